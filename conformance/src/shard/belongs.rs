//! Whether a history in a shard is that of the plan above it: of its name, its tree and its steps, as far as the plan came.
//! What was answered is for the judge.

use super::{Done, Head};
use crate::adapter::body::record_of;
use crate::plan::{Plan, Step};
use pkgsource_model::history::History;
use pkgsource_model::operation::OperationKind;

/// What every mismatch means.
const CHANGED: &str = "something was taken out or put in";

/// Makes sure that what is told of a plan, the `nth` of its run, is told of this plan and to its end.
///
/// # Errors
/// The history is none of this plan, or ends early or is missing, and nothing is said of why.
pub(super) fn belongs(
    head: &Head,
    nth: usize,
    plan: &Plan,
    history: Option<&History>,
    done: &Done,
) -> Result<(), String> {
    let says_why =
        done.skipped.is_some() || done.stopped || !done.slow.is_empty() || !done.faults.is_empty();
    let whole = |is_whole: bool, what: &str| {
        let why = format!("plan {nth} {what}, and nothing is said of why; {CHANGED}");
        if is_whole || says_why { Ok(()) } else { Err(why) }
    };
    let Some(history) = history else { return whole(false, "has no history") };
    let header = &history.header;
    let name = format!("{}-{nth}", plan.name);
    if header.plan != name {
        let of = &header.plan;
        return Err(format!(
            "under plan {nth} stands the history of `{of}`, and not of `{name}`; {CHANGED}"
        ));
    }
    if (&header.tree, header.seed) != (&plan.tree, plan.seed) {
        return Err(format!(
            "the history of plan {nth} has another tree or seed than its plan; {CHANGED}"
        ));
    }
    if header.capabilities != head.capabilities {
        return Err(format!(
            "the history of plan {nth} is of another adapter than its run; {CHANGED}"
        ));
    }
    // The suite's own looks and waits are reads, and move a clock.
    let is_step = |kind: OperationKind| !kind.is_read() && kind != OperationKind::Clock;
    let asked = history.events.iter().map(|event| &event.operation);
    let mut steps = plan.steps.iter().filter_map(|step| match step {
        Step::Do(operation) => Some(operation).filter(|operation| is_step(operation.kind())),
        Step::Settle {} | Step::Look {} => None,
    });
    for operation in asked.filter(|operation| is_step(operation.kind())) {
        if steps.next().is_none_or(|step| step.map_files(record_of) != *operation) {
            let kind = operation.kind();
            return Err(format!(
                "the history of plan {nth} has a `{kind}` that its plan has not; {CHANGED}"
            ));
        }
    }
    whole(steps.next().is_none(), "did not come to its end")
}
