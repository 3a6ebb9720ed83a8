//! What a plan does where somebody else exchanges files and folders of its sources, at any moment, for links to where
//! nobody may go, for pipes, and for each other: the suite writes there, and the embedded site reads there.

use super::changed::Dice;
use super::{Stand, scenarios};
use pkgsource::adapter::{Adapter, AdapterFault, FaultCause, Opened};
use pkgsource::plan::Plan;
use pkgsource::plan::generate::{Scope, from_seed};
use pkgsource::run::{Bounds, run_plan};
use pkgsource::subjects::built_in;
use pkgsource_model::history::{Capabilities, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::Body;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// The embedded site, with somebody at its sources.
struct Meddled {
    inner: Box<dyn Adapter>,
    sources: PathBuf,
    decoy: PathBuf,
    dice: Dice,
}

impl Meddled {
    fn exchange_something(&mut self) {
        let mut paths = Vec::new();
        below(&self.sources, &mut paths);
        if paths.is_empty() || self.dice.roll(3) > 0 {
            return;
        }
        let path = &paths[self.dice.roll(paths.len())];
        let other = &paths[self.dice.roll(paths.len())];
        let removed = if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        removed.unwrap();
        // Whoever names a source chooses where it leads: what is exchanged for a link is in one.
        let kinds = if path.parent() == Some(self.sources.as_path()) { 6..9 } else { 0..9 };
        match kinds.start + self.dice.roll(kinds.len()) {
            0 => symlink(&self.decoy, path),
            1 => symlink(self.decoy.join("f"), path),
            2 => symlink(self.decoy.join("S1"), path),
            3 => symlink(self.decoy.join("not there"), path),
            4 => symlink(path, path),
            5 => symlink(other, path),
            6 => fs::create_dir(path),
            7 => fs::write(path, "something else"),
            _ => rustix::fs::mkfifoat(rustix::fs::CWD, path, 0o600.into()).map_err(Into::into),
        }
        .unwrap();
    }
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            below(&path, paths);
        }
        paths.push(path);
    }
    paths.sort();
}

impl Adapter for Meddled {
    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        let opened = self.inner.open(plan, tree, scratch)?;
        let Opened::Ready(Some(sources)) = &opened else { panic!("{opened:?}") };
        self.sources.clone_from(sources);
        Ok(opened)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        self.exchange_something();
        let reply = self.inner.perform(operation);
        self.exchange_something();
        reply
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.inner.close()
    }
}

#[test]
fn whatever_stands_in_a_source_nothing_outside_is_read_or_touched() {
    let scope = Scope::of(built_in("folder", 1).unwrap().capabilities());
    let generated = (0..150).map(|seed| from_seed(seed, &scope));
    let plans: Vec<Plan> =
        scenarios::scenarios(&scope).into_iter().take(50).chain(generated).collect();
    let stand = Stand::new();
    let mut adapter = Meddled {
        inner: built_in("folder", 1).unwrap(),
        sources: PathBuf::new(),
        decoy: stand.decoy(),
        dice: Dice(9),
    };
    let mut meddled = 0;
    for (nth, plan) in plans.iter().enumerate() {
        let scratch = stand.folder.path().join(format!("tmp/{nth}"));
        fs::create_dir(&scratch).unwrap();
        let run = run_plan(&mut adapter, plan, &Bounds::default(), &scratch);
        if let Some(fault) = run.fault {
            assert!(matches!(fault.cause, FaultCause::Meddled(_)), "{nth}: {fault}");
            meddled += 1;
        }
        let touched = stand.watch.touched();
        assert!(touched.is_empty(), "{nth}: {touched:?} {plan:?}");
        fs::remove_dir_all(&scratch).unwrap();
    }
    assert!(meddled > 100, "only {meddled} plans met something that was exchanged");
}
