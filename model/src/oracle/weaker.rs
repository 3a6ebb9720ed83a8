//! Which of many runs need not be followed, because another can do all that they can. What a run can do is in
//! [`crate::step`].

use super::Run;
use crate::step::Superseded;
use std::collections::{BTreeMap, BTreeSet};

/// Drops the runs that can do nothing that another cannot: of those that are the same but for superseded snapshots, the
/// ones that have no snapshot which the other lacks.
pub(super) fn without_weaker(runs: Vec<Run>) -> Vec<Run> {
    let mut alike: BTreeMap<Run, Vec<(BTreeSet<Superseded>, Run)>> = BTreeMap::new();
    for run in runs {
        let (state, apart) = run.state.without_superseded();
        let rest = Run { state, unanswered: run.unanswered.clone() };
        let of = alike.entry(rest).or_default();
        if !of.iter().any(|(more, _)| apart.is_subset(more)) {
            of.retain(|(less, _)| !less.is_subset(&apart));
            of.push((apart, run));
        }
    }
    alike.into_values().flatten().map(|(_, run)| run).collect()
}

#[cfg(test)]
mod tests {
    use crate::history::History;
    use crate::history::timeline::Timelines;
    use crate::oracle::{Explained, Search, explain};
    use crate::readings::Readings;

    /// A content package that is refreshed eight times, of which nobody sees whether a snapshot is taken: there are more runs
    /// than are followed as they are. Then its points show these.
    fn shows(first: &str, second: &str) -> bool {
        let mut text = String::from(
            "edit S1 a.txt=before\ncreate P1 SMS_ContentPackage S1\nassign P1 DP1\nassign P1 DP2\nquiescent\n\
             content P1 DP1 -> a.txt=before\ncontent P1 DP2 -> a.txt=before\n",
        );
        for nth in 0..8 {
            text += &format!("edit S1 a.txt={nth}\nrefresh P1 -> 0\nquiescent\npackage P1 -> 1\n");
        }
        text += &format!("content P1 DP1 -> a.txt={first}\ncontent P1 DP2 -> a.txt={second}\n");
        let timelines = Timelines::of(&History::from_notation(&text).unwrap());
        let timeline = timelines.list.iter().next().unwrap();
        let found = explain(timeline, &timelines.contents, &Readings::weakest(), Search::Lazy);
        assert!(!matches!(found, Explained::NotSearched { .. }));
        found == Explained::Yes
    }

    #[test]
    fn a_run_that_is_not_followed_can_do_nothing_that_is_then_missed() {
        for first in 0..8 {
            for second in 0..8 {
                assert!(shows(&first.to_string(), &second.to_string()), "{first} and {second}");
            }
        }
    }

    #[test]
    fn a_run_that_is_not_followed_adds_nothing_that_none_can_do() {
        assert!(shows("before", "7"));
        assert!(!shows("never", "7"));
        assert!(!shows("7", "never"));
    }
}
