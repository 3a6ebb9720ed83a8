//! The covering array: long plans, drafted greedily where most is still missing, until every value and every pair that
//! an adapter can meet is met. Equal scopes give equal plans.

use super::draft::Draft;
use super::ledger::Coverage;
use crate::plan::generate::Scope;
use crate::plan::{Plan, Random};

/// What covering plans' names begin with.
const PREFIX: &str = "c";

/// How many drafts the best is taken of.
const DRAFTS: u64 = 5;

/// So many plans in a row without anything new mean that nothing more can be met.
const DRY: usize = 120;

/// The covering plans, those that meet most first.
#[must_use]
pub fn covering(scope: &Scope, met: Coverage) -> Covering {
    Covering { scope: scope.clone(), coverage: met, written: 0, tried: 0, dry: 0 }
}

/// The plans of [`covering`], drafted one at a time.
#[derive(Clone, Debug)]
pub struct Covering {
    scope: Scope,
    coverage: Coverage,
    written: usize,
    tried: u64,
    dry: usize,
}

impl Covering {
    /// What has been met by the plans so far, and by what came before them.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

impl Iterator for Covering {
    type Item = Plan;

    fn next(&mut self) -> Option<Plan> {
        while self.coverage.left() > 0 && self.dry < DRY && !self.scope.classes.is_empty() {
            let drafts = (0..DRAFTS).map(|nth| {
                let random = Random::new(self.tried * DRAFTS + nth);
                Draft::new(&self.scope, &self.coverage, random).written()
            });
            let gains = drafts.map(|plan| (self.coverage.gain(&plan), plan));
            let best = gains.max_by_key(|(gain, _)| *gain);
            self.tried += 1;
            match best {
                Some((gain, mut plan)) if gain > 0 => {
                    self.dry = 0;
                    self.written += 1;
                    self.coverage.meet(&plan);
                    plan.name = format!("{PREFIX}{}", self.written);
                    return Some(plan);
                }
                _ => self.dry += 1,
            }
        }
        None
    }
}
