//! What the gate of `pkgsource bench` is worth on this machine: the embedded site against itself, again and again, and
//! against itself slowed by a fifth. Short samples, in `TMPDIR`; best in memory, on a machine with nothing else to do:
//!
//! ```sh
//! TMPDIR=/dev/shm cargo run --release --package pkgsource --example gate -- 100
//! ```

use pkgsource::adapter::folder::Folder;
use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource::bench::compare::{Answer, Row, against};
use pkgsource::bench::{Bench, Settings, Shape, bench};
use pkgsource::model::history::{Capabilities, Tree};
use pkgsource::model::operation::Operation;
use pkgsource::model::reply::{Answer as Said, Reply};
use pkgsource::model::words::Body;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

/// By how much a time may differ, as `--gate 5%`.
const GATE: f64 = 0.05;

/// The embedded site, whose refresh takes a share longer than it has to.
struct Slowed {
    inner: Folder,
    by: f64,
}

impl Adapter for Slowed {
    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.inner.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Said>, AdapterFault> {
        let began = now();
        let reply = self.inner.perform(operation)?;
        if matches!(operation, Operation::Refresh { .. }) && self.by > 0.0 {
            let until = began + began.elapsed().mul_f64(1.0 + self.by);
            // A sleep would be longer than it says.
            while now() < until {
                std::hint::spin_loop();
            }
        }
        Ok(reply)
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.inner.close()
    }
}

#[expect(clippy::disallowed_methods, reason = "an example that measures")]
fn now() -> Instant {
    Instant::now()
}

fn measured(by: f64) -> Result<Bench, Box<dyn Error>> {
    let settings = Settings {
        points: vec![1],
        shapes: vec![Shape::Large],
        samples: 20,
        time: Duration::from_mins(1),
        ..Settings::default()
    };
    let mut adapter = Slowed { inner: Folder::new(), by };
    let measured = bench(&mut adapter, "folder", &settings, |_, _| ())?.bench;
    if measured.cases.is_empty() {
        return Err(measured.not_measured.join("; ").into());
    }
    Ok(measured)
}

/// How many comparisons said what, where the noise was below the gate and where it was not.
#[derive(Default)]
struct Tally {
    better: usize,
    same: usize,
    worse: usize,
    cannot_tell: usize,
}

impl Tally {
    /// One comparison: what its figures say together, the loudest first.
    fn note(&mut self, rows: &[&Row]) {
        let says = |answer| rows.iter().any(|row| row.compared.answer == answer);
        match () {
            () if says(Answer::Worse) => self.worse += 1,
            () if says(Answer::Better) => self.better += 1,
            () if says(Answer::Same) => self.same += 1,
            () => self.cannot_tell += 1,
        }
    }

    fn tell(&self, what: &str) {
        let Self { better, same, worse, cannot_tell } = self;
        println!("{what}: {better} better, {same} same, {worse} worse, {cannot_tell} cannot tell");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let times: usize = std::env::args().nth(1).map_or(Ok(100), |times| times.parse())?;
    let began = now();
    let mut itself = Tally::default();
    let (mut slowed, mut slowed_in_noise) = (Tally::default(), Tally::default());
    for _ in 0..times {
        let (one, other, slow) = (measured(0.0)?, measured(0.0)?, measured(0.2)?);
        let rows = against("", &one, &other, GATE).rows;
        itself.note(&rows.iter().collect::<Vec<_>>());
        let rows = against("", &one, &slow, GATE).rows;
        // What the machine does to a fixed work is noise as well.
        let is_steady = |row: &&Row| (1.0 / (1.0 + GATE)..=1.0 + GATE).contains(&row.machine);
        let is_noisy = |row: &&Row| row.compared.noise >= GATE || !is_steady(row);
        let quiet: Vec<&Row> = rows.iter().filter(|row| !is_noisy(row)).collect();
        if quiet.is_empty() {
            slowed_in_noise.note(&rows.iter().collect::<Vec<_>>());
        } else {
            slowed.note(&quiet);
        }
    }
    itself.tell("the same twice");
    slowed.tell("slowed by a fifth, noise below the gate");
    slowed_in_noise.tell("slowed by a fifth, noise above the gate");
    println!("{} comparisons of each kind in {} s", times, began.elapsed().as_secs());
    let false_alarms = itself.better + itself.worse;
    let quiet = slowed.better + slowed.same + slowed.worse + slowed.cannot_tell;
    println!(
        "budget: {false_alarms} of {times} false alarms, at most {}; {} of {quiet} found, at least {}; {} told in noise, none is to be",
        times / 20,
        slowed.worse,
        (quiet * 9).div_ceil(10),
        slowed_in_noise.better + slowed_in_noise.same + slowed_in_noise.worse,
    );
    if quiet == 0 {
        return Err("too noisy a machine: no slowdown could be told, and so nothing follows".into());
    }
    let is_kept = false_alarms <= times / 20 && slowed.worse * 10 >= quiet * 9;
    if is_kept { Ok(()) } else { Err("the budget is not kept".into()) }
}
