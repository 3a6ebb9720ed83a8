//! From release to release: the options that keep a run, compare it with an earlier one, and hold it against a file of
//! known deviations. What differs and what was expected is found elsewhere.

use super::{faces, output};
use crate::exit::{Exit, Trouble};
use crate::expectations::{Expectations, hold};
use crate::regression::{Kind, Made, Saved, compare};
use crate::report::{View, Word};
use clap::Args;
use std::path::{Path, PathBuf};

/// What a run is kept for, and held against.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "From release to release")]
pub(super) struct ReleaseArgs {
    /// Keep what was found in this file, for a later run to be compared with
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,
    /// Name what differs from a run that was kept with --save; exit code 1 where a clause is broken that was not
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Known deviations (TOML): each still runs and must still fail; exit code 0 where nothing else is broken
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Write the file of --expect from what is broken now, without the comments that it had; refused where the run was
    /// not whole
    #[arg(long, requires = "expect")]
    bless: bool,
}

/// The files that a run is held against.
#[derive(Debug)]
pub(super) struct Release {
    against: Option<Saved>,
    expectations: Option<Expectations>,
}

impl ReleaseArgs {
    /// The file of expectations, where it will be written.
    pub(super) fn blessed(&self) -> Option<&Path> {
        self.expect.as_deref().filter(|_| self.bless)
    }

    /// Reads the files, before any work is done.
    pub(super) fn read(&self) -> Result<Release, Trouble> {
        let against = |path: &PathBuf| {
            let text = output::text("saved run", path, output::MOST_SAVED)?;
            Saved::read(&text).map_err(|bad| usage("saved run", path, &bad))
        };
        let expectations = |path: &PathBuf| {
            if self.bless && !path.exists() {
                return Ok(Expectations::default());
            }
            let most = output::MOST_EXPECTATIONS;
            let text = output::text("file of expectations", path, most)?;
            Expectations::read(&text).map_err(|bad| usage("file of expectations", path, &bad))
        };
        Ok(Release {
            against: self.against.as_ref().map(against).transpose()?,
            expectations: self.expect.as_ref().map(expectations).transpose()?,
        })
    }

    /// Compares a run with what it is to be held against, and keeps it.
    pub(super) fn compare(
        &self,
        release: &Release,
        view: &mut View,
        options: Vec<String>,
    ) -> Result<(), Trouble> {
        let now = faces::now();
        let saved = Saved::of(view, options, Some(Made { date: now.clone() }));
        let name = |path: &Path| path.display().to_string();
        if let (Some(path), Some(was)) = (&self.against, &release.against) {
            view.against = Some(compare(&name(path), was, &saved));
        }
        if let (Some(path), Some(known)) = (&self.expect, &release.expectations) {
            let mut known = known.clone();
            if self.bless {
                known = Expectations::bless(view, &known)
                    .map_err(|bad| usage("file of expectations", path, &bad))?;
                output::replace(path, &known.text())?;
            }
            let today = now.get(..10).unwrap_or_default();
            view.expected = Some(hold(&name(path), &known, view, today));
        }
        match &self.save {
            Some(path) => output::write_new(path, &saved.text()),
            None => Ok(()),
        }
    }
}

fn usage(what: &str, path: &Path, why: &dyn std::fmt::Display) -> Trouble {
    Trouble::Usage(format!("{what} `{}`: {why}", path.display()))
}

/// The end of the verdict in one line, where what the run was held against decides how the command ends.
pub(super) fn decided(view: &View) -> String {
    let mut text = String::new();
    if let Some(expected) = &view.expected {
        let file = &expected.file;
        let wrong = expected.wrong.iter().map(|why| format!("wrong entry: {why}"));
        let unexpected = expected.unexpected.iter().map(|what| format!("not expected: {what}"));
        text += &match first_of(unexpected.chain(wrong).collect()) {
            Some(first) => format!("; NOT as expected by {file}: {first}"),
            None => format!("; as expected by {file}"),
        };
    }
    if let Some(against) = &view.against {
        let file = &against.file;
        let worse = against.differences.iter().filter(|one| one.kind == Kind::Regression);
        let worse = worse.map(|one| format!("regression: {} {} -> {}", one.what, one.was, one.is));
        text += &match first_of(worse.collect()) {
            Some(first) => format!("; against {file}: {first}"),
            None => format!("; against {file}: no regression"),
        };
    }
    text
}

/// The first of some things, and how many more there are; none where there is none.
fn first_of(things: Vec<String>) -> Option<String> {
    let more = things.len().checked_sub(1)?;
    let first = things.into_iter().next()?;
    Some(if more == 0 { first } else { format!("{first} (and {more} more)") })
}

/// How a run ends that may have been held against something: what was known and is as it was is no reason to fail.
pub(super) fn exit(view: &View) -> Exit {
    let is_held = view.expected.is_some() || view.against.is_some();
    let is_met = view.expected.as_ref().is_none_or(crate::expectations::Expected::is_met)
        && !view.against.as_ref().is_some_and(crate::regression::Against::has_regression);
    let was_learned = view.faults.is_empty() && view.slow.is_empty() && view.incomplete.is_empty();
    match view.word() {
        _ if !is_met => Exit::Violates,
        Word::Violates if is_held && was_learned => Exit::Conforms,
        Word::Violates if is_held => Exit::Undecided,
        word => word.into(),
    }
}
