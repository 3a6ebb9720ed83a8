//! Runs the plans of one shard and writes down what happened, plan by plan. A shard that was killed has no last line, and
//! is refused when the shards are put together.

use super::{Done, Ended, Head, Part, ShardLine};
use crate::adapter::Adapter;
use crate::history::write_history;
use crate::plan::write_plan;
use crate::run::{Bounds, Campaign, Keep, Run, Stop, stop};
use crate::verify::{Settings, Times, plans, plans_left};
use pkgsource_model::words::Digest;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

/// What a shard did.
#[derive(Debug)]
pub struct Ran {
    /// How many plans it had.
    pub of: usize,
    /// How many of them were started.
    pub started: usize,
    /// How many faults of the adapter, and waits without an answer, there were.
    pub troubles: usize,
    /// Why it ended before its last plan.
    pub stopped: Option<Stop>,
}

/// The number of all plans of a run, and the SHA-256 of their texts.
fn census(adapter: &dyn Adapter, settings: &Settings) -> (usize, String) {
    let mut hash = Sha256::new();
    let mut count = 0;
    for plan in plans(adapter, settings) {
        hash.update(write_plan(&plan));
        count += 1;
    }
    (count, shown(hash))
}

/// A digest as text.
pub(super) fn shown(hash: Sha256) -> String {
    Digest(hash.finalize().into()).to_string()
}

/// Runs the plans of one part and writes its file. `head` is filled with what the plans of the whole run are.
///
/// # Errors
/// The file cannot be written, or the suite's own scratch folder cannot be made.
pub fn run_shard(
    adapter: &mut dyn Adapter,
    part: Part,
    mut head: Head,
    settings: &Settings,
    output: &mut dyn Write,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Ran> {
    (head.plans, head.digest) = census(adapter, settings);
    let of = part.count(head.plans);
    line(output, &ShardLine::Shard { part, run: Box::new(head) })?;
    let numbered = plans(adapter, settings).zip(1..);
    let mut own = numbered.filter(|(_, nth)| part.holds(*nth));
    let times = Times::of(settings);
    let bounds = Bounds { deadline: times.all_until, ..settings.bounds };
    let mut campaign = Campaign::new(adapter, bounds)?;
    let mut all = Run::default();
    let mut ended = Ended::default();
    while let Some((plan, nth)) = own.next() {
        all.stopped = stop(times.plans_until);
        if all.stopped.is_some() {
            plans_left(&mut all, plan, own.by_ref().map(|(plan, _)| plan));
            break;
        }
        ended.started += 1;
        line(output, &ShardLine::Plan { nth, text: write_plan(&plan) })?;
        campaign.count_from(nth);
        let mut run = Run::default();
        let mut left = None;
        let keep = campaign.add(plan, &mut run, None, |_, history| left = Some(history));
        if let Some(history) = left {
            ended.events += history.events.len();
            write_history(&history, &mut *output)?;
        }
        line(output, &ShardLine::Done(done(&run)))?;
        all.join(run);
        if keep == Keep::Stopped {
            if let Some((plan, _)) = own.next() {
                plans_left(&mut all, plan, own.by_ref().map(|(plan, _)| plan));
            }
            break;
        }
        progress(ended.started, Some(of));
    }
    let mut last = Run::default();
    campaign.end(&mut last);
    ended.at_end = last.faults.iter().map(|(_, fault)| fault.clone()).collect();
    all.join(last);
    all.stopped = stop(None).or(all.stopped);
    ended.left.clone_from(&all.left);
    ended.interrupted = match all.stopped {
        Some(stop @ Stop::Signal(_)) => Some(stop.to_string()),
        Some(Stop::Time) | None => None,
    };
    let started = ended.started;
    line(output, &ShardLine::Ended(ended))?;
    output.flush()?;
    let troubles = all.faults.len() + all.slow.len();
    Ok(Ran { of, started, troubles, stopped: all.stopped })
}

fn done(run: &Run) -> Done {
    Done {
        skipped: run.skipped.first().map(|skipped| skipped.why.clone()),
        slow: run.slow.iter().map(|(_, slow)| slow.clone()).collect(),
        faults: run.faults.iter().map(|(_, fault)| fault.clone()).collect(),
        stopped: run.stopped.is_some(),
    }
}

fn line(output: &mut dyn Write, line: &ShardLine) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
