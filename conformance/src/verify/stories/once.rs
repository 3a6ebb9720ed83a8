//! Which stories stay of those that were found, and whose name each goes by. How they are found and made small is not
//! known here.

use crate::plan::Step;
use crate::report::Counterexample;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::words::PackageClass;

/// A plan that is told for two clauses is told once; and a clause that no story shows does not lend its name to one.
pub(super) fn tell_once(examples: &mut Vec<Counterexample>) {
    let mut told: Vec<(ClauseId, PackageClass, Vec<Step>)> = Vec::new();
    examples.retain(|example| {
        let this = (example.clause, example.class, example.plan.steps.clone());
        let is_new = !told.contains(&this);
        told.extend(is_new.then_some(this));
        is_new
    });
    let shown: Vec<ClauseId> = examples
        .iter()
        .filter(|example| example.counted_as.is_none())
        .map(|example| example.clause)
        .collect();
    for cause in examples.iter_mut().filter_map(|example| example.counted_as.as_mut()) {
        cause.has_its_story = shown.contains(&cause.clause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Build;
    use crate::plan::build::package;
    use crate::report::CountedAs;
    use pkgsource_model::clauses::Value;
    use pkgsource_model::history::History;
    use pkgsource_model::index::{HistoryIndex, Index};
    use pkgsource_model::judge::Breach;

    fn story(clause: ClauseId, counted_as: Option<ClauseId>, text: &str) -> Counterexample {
        Counterexample {
            clause,
            counted_as: counted_as.map(|clause| CountedAs { clause, has_its_story: true }),
            alone: Vec::new(),
            class: PackageClass::Package,
            also: Vec::new(),
            is_gone_later: false,
            seen: None,
            plan: Build::new("p", "", &["PS1"]).write("S1", "a.txt", text).plan(),
            history: History::from_notation("").unwrap(),
            breach: Breach {
                history: HistoryIndex::FIRST,
                package: package("P1"),
                events: Vec::new(),
                expected: Value::NoContent,
                seen: Value::NoContent,
                with: Vec::new(),
            },
            repeat: String::new(),
        }
    }

    #[test]
    fn a_plan_that_was_found_for_two_clauses_is_told_once() {
        let (dst4, flt6) = (Some(ClauseId::Dst4), Some(ClauseId::Flt6));
        let mut stories = vec![
            story(ClauseId::Dst1, dst4, "one"),
            story(ClauseId::Dst1, flt6, "one"),
            story(ClauseId::Dst1, flt6, "two"),
        ];
        tell_once(&mut stories);
        assert_eq!(stories.len(), 2);
    }

    #[test]
    fn a_cause_lends_its_name_where_a_story_of_its_own_shows_it() {
        let of = |own: ClauseId| {
            let cause = story(ClauseId::Dst1, Some(ClauseId::Dst4), "one");
            let mut stories = vec![cause, story(own, None, "two")];
            tell_once(&mut stories);
            stories[0].counted_as.unwrap().has_its_story
        };
        assert!(of(ClauseId::Dst4));
        assert!(!of(ClauseId::Flt6));
    }
}
