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
