//! Makes a failing plan small: first what goes at one stroke, plain texts and names among it, so that every further run is
//! short; then fewer packages, steps, points, sites and changes, then plainer operations, then shorter texts and names. Every cut is made lazily and kept where it was found, without beginning again; what is left
//! is tried again until nothing goes. It runs plans and asks the judge; it knows nothing of either.

mod bodies;
mod names;
mod steps;
mod trees;

use crate::plan::{Plan, can_be_read_back};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Shrinks `plan` while `fails` says that it still fails. `budget` bounds how often it is asked.
pub fn shrink(plan: &Plan, budget: usize, fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut left = budget;
    let may_ask = move || {
        let may = left > 0;
        left = left.saturating_sub(1);
        may
    };
    shrink_while(plan, may_ask, fails)
}

/// Shrinks `plan` while `fails` says that it still fails, and for as long as `may_ask` allows another question.
pub fn shrink_while(
    plan: &Plan,
    may_ask: impl FnMut() -> bool,
    fails: impl FnMut(&Plan) -> bool,
) -> Plan {
    let mut shrinking =
        Shrinking { best: plan.clone(), asked: BTreeSet::new(), may_ask, fails, is_over: false };
    shrinking.without_idle_heals();
    shrinking.plain_bodies();
    shrinking.plain_names();
    loop {
        let before = shrinking.best.clone();
        shrinking.fewer_packages();
        shrinking.fewer_steps();
        shrinking.without_idle_heals();
        shrinking.smaller_tree();
        shrinking.fewer_changes();
        shrinking.plainer_steps();
        shrinking.shorter_bodies();
        shrinking.shorter_names();
        if shrinking.is_over || shrinking.best == before {
            return shrinking.best;
        }
    }
}

/// The smallest plan so far, and who says whether a smaller one still fails.
struct Shrinking<M, F> {
    best: Plan,
    /// Fingerprints of the plans that were asked about: nothing is asked twice.
    asked: BTreeSet<u64>,
    may_ask: M,
    fails: F,
    is_over: bool,
}

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    /// Takes a candidate if it differs and still fails.
    fn take(&mut self, candidate: Plan) -> bool {
        if self.is_over
            || candidate == self.best
            || !can_be_read_back(&candidate)
            || !self.asked.insert(fingerprint(&candidate))
        {
            return false;
        }
        if !(self.may_ask)() {
            self.is_over = true;
            return false;
        }
        let fails = (self.fails)(&candidate);
        if fails {
            self.best = candidate;
        }
        fails
    }

    /// Takes a changed copy of the plan if it still fails.
    fn try_with(&mut self, change: impl FnOnce(&mut Plan)) -> bool {
        let mut candidate = self.best.clone();
        change(&mut candidate);
        self.take(candidate)
    }

    /// Takes away as many of `count` items as can go: halves first, then smaller parts, down to single ones; each part
    /// from the end. `without` makes the plan that lacks the items of a range.
    fn cut(&mut self, mut count: usize, without: impl Fn(&Plan, std::ops::Range<usize>) -> Plan) {
        let mut width = count.div_ceil(2);
        while width >= 1 && !self.is_over {
            let mut end = count;
            while end > 0 {
                let start = end.saturating_sub(width);
                let candidate = without(&self.best, start..end);
                if self.take(candidate) {
                    count -= end - start;
                }
                end = start;
            }
            width /= 2;
        }
    }
}

fn fingerprint(plan: &Plan) -> u64 {
    let mut hasher = DefaultHasher::new();
    crate::plan::write_plan(plan).hash(&mut hasher);
    hasher.finish()
}
