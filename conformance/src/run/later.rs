//! Which part of a plan is done again when it is asked whether an event is wrong because it was looked at too soon: no more
//! than led there. How it is run is in [`campaign`](super::campaign).

use crate::plan::{Plan, Step};
use pkgsource_model::history::{Event, History};
use pkgsource_model::index::{EventIndex, Index};

/// The plan as far as the settle that looked at an event; none where nothing settled, or something was done in between.
pub(super) fn up_to_the_settle_before(
    plan: &Plan,
    history: &History,
    wrong: EventIndex,
) -> Option<Plan> {
    let wrong = history.events.get(wrong.number())?;
    let before = || history.settled.iter().filter(|settled| settled.at < wrong.invoked);
    let settled = before().next_back()?;
    let since = |event: &&Event| event.invoked > settled.at && event.invoked <= wrong.invoked;
    let is_looked_at =
        history.events.iter().filter(since).all(|event| event.operation.kind().is_read());
    let is_settle = |(_, step): &(usize, &Step)| matches!(step, Step::Settle {});
    let (last, _) = plan.steps.iter().enumerate().filter(is_settle).nth(before().count() - 1)?;
    let steps = plan.steps.get(..=last)?.to_vec();
    is_looked_at.then(|| Plan { steps, ..plan.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Build;
    use crate::run::{Bounds, run_plan};
    use crate::subjects::built_in;
    use pkgsource_model::operation::Operation;
    use pkgsource_model::words::{FileRecord, PackageClass};
    use std::path::Path;

    fn plan() -> Plan {
        Build::new("p", "", &["PS1", "DP1@PS1"])
            .create("P1", PackageClass::Package, "S1")
            .settle()
            .assign("P1", "DP1")
            .settle()
            .refresh("P1")
            .look()
            .plan()
    }

    /// How many steps lead to each event of this kind, in their order; none where no settle looked at it.
    fn lead_to(is_wrong: fn(&Operation<FileRecord>) -> bool) -> Vec<Option<usize>> {
        let mut adapter = built_in("reference", 1).unwrap();
        let run = run_plan(adapter.as_mut(), &plan(), &Bounds::default(), Path::new(""));
        let history = run.history.unwrap();
        let wrong =
            (0..history.events.len()).filter(|&nth| is_wrong(&history.events[nth].operation));
        let shorter =
            wrong.map(|nth| up_to_the_settle_before(&plan(), &history, EventIndex::of(nth)));
        shorter.map(|plan| plan.map(|plan| plan.steps.len())).collect()
    }

    #[test]
    fn what_a_settle_showed_is_led_to_by_the_steps_up_to_it_and_what_came_later_by_none() {
        let of_the_point = lead_to(|operation| matches!(operation, Operation::Point { .. }));
        assert_eq!(of_the_point, [Some(2), Some(4), None]);
        assert_eq!(lead_to(|operation| matches!(operation, Operation::Create { .. })), [None]);
    }
}
