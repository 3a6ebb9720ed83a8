//! Runs the plans of one shard and writes down what happened, plan by plan. A shard that was killed has no last line, and
//! is refused when the shards are put together.

use super::{Done, Ended, Head, Part, ShardLine};
use crate::adapter::Adapter;
use crate::history::write_history;
use crate::plan::write_plan;
use crate::run::{Bounds, Campaign, Crew, Instances, Keep, Run, Stop, Turn, stop};
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
    instances: Instances<'_>,
    part: Part,
    mut head: Head,
    settings: &Settings,
    output: &mut dyn Write,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Ran> {
    let Instances { first: adapter, start, most } = instances;
    (head.plans, head.digest) = census(adapter, settings);
    let of = part.count(head.plans);
    line(output, &ShardLine::Shard { part, run: Box::new(head) })?;
    let own = (1..).zip(plans(adapter, settings)).filter(|(nth, _)| part.holds(*nth));
    let times = Times::of(settings);
    let bounds = Bounds { deadline: times.all_until, ..settings.bounds };
    let mut campaign = Campaign::new(adapter, bounds)?;
    let mut all = Run::default();
    let mut ended = Ended::default();
    let mut written = Ok(());
    let until = times.plans_until;
    let crew = Crew { campaign: &mut campaign, start, most, until, file: None };
    let crew_ended = crew.run_all(own, Some(of), &mut |turn| {
        ended.started += 1;
        ended.events += turn.history.as_ref().map_or(0, |history| history.events.len());
        if written.is_ok() {
            written = write_turn(output, &turn);
        }
        all.join(turn.run);
        progress(ended.started, Some(of));
        if written.is_ok() { Keep::Going } else { Keep::Stopped }
    });
    written?;
    all.stopped = crew_ended.stopped.or(all.stopped);
    plans_left(&mut all, crew_ended.left.map(|(_, plan)| plan));
    let mut last = Run::default();
    campaign.end(&mut last);
    last.join(crew_ended.troubles);
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

/// The lines of one plan.
fn write_turn(output: &mut dyn Write, turn: &Turn) -> io::Result<()> {
    line(output, &ShardLine::Plan { nth: turn.nth, text: write_plan(&turn.plan) })?;
    if let Some(history) = &turn.history {
        write_history(history, &mut *output)?;
    }
    line(output, &ShardLine::Done(done(&turn.run)))
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
