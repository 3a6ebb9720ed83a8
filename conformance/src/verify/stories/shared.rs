//! Whether classes share a cause: the plan that shows it in one shows it in the other, too.

use super::{Shown, Stories, judge};
use crate::plan::{Plan, Step};
use crate::report::{Counterexample, Seen};
use crate::run::stop;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;
use std::time::Instant;

/// A plan that breaks a clause in a class, and what happened on it.
struct Shows<'s> {
    plan: &'s Plan,
    history: &'s History,
    clause: ClauseId,
    class: PackageClass,
    seen: Option<Seen>,
}

impl<'s> Shows<'s> {
    fn of(story: &'s Counterexample) -> Self {
        let Counterexample { plan, history, clause, class, seen, .. } = story;
        Self { plan, history, clause: *clause, class: *class, seen: *seen }
    }
}

impl Stories<'_, '_> {
    /// True where one of the stories, told of another class, breaks the same clause there, too: both together show one
    /// cause.
    pub(super) fn joins(
        &mut self,
        told: &mut [Counterexample],
        class: PackageClass,
        until: Instant,
    ) -> bool {
        for story in told {
            if story.also.contains(&class) {
                return true;
            }
            if story.class != class && self.breaks_in(&Shows::of(story), class, until) {
                story.also.push(class);
                return true;
            }
        }
        false
    }

    /// True where a plan that was shown as a whole breaks the same clause in another class: it will join once that is small.
    pub(super) fn shares_a_whole_plan(
        &mut self,
        shown: &[Shown<'_>],
        class: PackageClass,
        until: Instant,
    ) -> bool {
        shown.iter().any(|shown| {
            let (found, whole) = (&shown.found, &shown.whole);
            let Some((history, _)) = &whole.proof else { return false };
            let (clause, seen) = (found.alone, Some(whole.seen));
            let shows = Shows { plan: found.plan, history, clause, class: found.class, seen };
            self.breaks_in(&shows, class, until)
        })
    }

    /// Takes a story among those that are told. One whose plan breaks the same clause wherever an earlier one does stands
    /// for both.
    pub(super) fn keep(
        &mut self,
        told: &mut Vec<Counterexample>,
        mut story: Counterexample,
        until: Instant,
    ) {
        let is_known = |known: &Counterexample| {
            known.plan.steps == story.plan.steps && known.clause == story.clause
        };
        if told.iter().any(is_known) {
            return;
        }
        told.retain(|earlier| {
            let mut classes = vec![earlier.class];
            classes.extend(&earlier.also);
            let may_stand = earlier.clause == story.clause && !classes.contains(&story.class);
            let stands = may_stand
                && classes.iter().all(|&of| self.breaks_in(&Shows::of(&story), of, until));
            if stands {
                story.also.extend(classes);
            }
            !stands
        });
        story.also.sort_unstable();
        told.push(story);
    }

    /// True where a plan, told of another class, breaks the same clause there. One that does not come every time is tried
    /// as often as it was shown.
    fn breaks_in(&mut self, shows: &Shows<'_>, class: PackageClass, until: Instant) -> bool {
        let plan = of_class(shows.plan, shows.class, class);
        let tries = shows.seen.map_or(1, |seen| if seen.times < seen.of { seen.of } else { 1 });
        for _ in 0..tries {
            if stop(Some(until)).is_some() {
                return false;
            }
            (self.progress)();
            let outcome = self.campaign.run_one(&plan);
            let Some(history) = outcome.history.filter(|_| outcome.fault.is_none()) else {
                continue;
            };
            let both = [shows.history.clone(), history];
            let judgement = judge(&both, &self.settings.requirements);
            let mut broken = judgement.broken();
            if broken.any(|(of, verdict)| of == class && verdict.clause == shows.clause) {
                return true;
            }
        }
        false
    }
}

/// The same plan about packages of another class.
fn of_class(plan: &Plan, from: PackageClass, to: PackageClass) -> Plan {
    let mut plan = plan.clone();
    for step in &mut plan.steps {
        match step {
            Step::Do(
                Operation::Create { class, .. } | Operation::Refresh { class: Some(class), .. },
            ) if *class == from => {
                *class = to;
            }
            Step::Do(_) | Step::Settle {} | Step::Look {} => {}
        }
    }
    plan
}

/// True where the kinds of a small plan's steps come in a plan in the same order: it may well be the same cause.
pub(super) fn contains(plan: &Plan, small: &Plan) -> bool {
    let mut steps = plan.steps.iter().map(kind);
    small.steps.iter().map(kind).all(|wanted| steps.any(|step| step == wanted))
}

/// What a step does to a package: a property that is written to have a refresh is one.
fn kind(step: &Step) -> &'static str {
    match step {
        Step::Do(Operation::Put { properties, .. })
            if properties.refresh_pkg_source_flag == Some(true) =>
        {
            "refresh"
        }
        Step::Do(operation) => operation.kind().name(),
        Step::Settle {} => "settle",
        Step::Look {} => "look",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::build::{Build, refresh_flag};

    /// The same defect is often shown by a call in one plan and by the property in another.
    #[test]
    fn a_property_that_asks_for_a_refresh_is_known_by_a_call() {
        let begun =
            || Build::new("p", "", &["PS1"]).create("P1", PackageClass::Package, "S1").settle();
        let small = begun().refresh("P1").refresh("P1").plan();
        let other = begun().refresh("P1").look().put("P1", refresh_flag()).plan();
        assert!(contains(&other, &small) && !contains(&begun().plan(), &small));
    }

    #[test]
    fn a_plan_about_another_class_differs_in_nothing_else() {
        let of = |class| Build::new("p", "", &["PS1"]).create("P1", class, "S1").refresh("P1");
        let (from, to) = (PackageClass::Package, PackageClass::BootImage);
        assert_eq!(of_class(&of(from).plan(), from, to), of(to).plan());
        assert_eq!(of_class(&of(from).plan(), to, from), of(from).plan());
    }
}
