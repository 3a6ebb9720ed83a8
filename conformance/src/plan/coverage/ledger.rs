//! What has been met of all spots and pairs of spots, and what can be met at all.

use super::impossible::{impossible, is_out_of_reach, is_served};
use super::spot::Spot;
use super::world::{Situation, promises_points, situations};
use crate::plan::Plan;
use crate::plan::generate::Scope;
use pkgsource_model::words::PackageClass;
use std::sync::LazyLock;

/// What plans have met.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// A bit for each pair, the row of the lesser spot; a spot with itself is the spot alone.
    met: Vec<bool>,
    /// What is wanted and has not been met.
    wanted: Vec<bool>,
    left: usize,
    all: usize,
}

/// The pairs that do not contradict each other, whatever an adapter serves.
static POSSIBLE: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut possible = vec![false; Spot::COUNT * Spot::COUNT];
    for one in Spot::all() {
        for other in Spot::all().filter(|&other| one <= other) {
            possible[place(one, other)] = impossible(one, other).is_none();
        }
    }
    possible
});

fn place(one: Spot, other: Spot) -> usize {
    one.min(other).index() * Spot::COUNT + one.max(other).index()
}

impl Coverage {
    /// Nothing is met yet; all that a scope can meet is wanted.
    #[must_use]
    pub fn of(scope: &Scope) -> Self {
        let mut wanted = vec![false; Spot::COUNT * Spot::COUNT];
        let served: Vec<Spot> = Spot::all().filter(|&spot| is_served(spot, scope)).collect();
        let telling = scope.classes.iter().any(|&class| promises_points(class));
        let is_class = |spot: Spot| spot.index() < PackageClass::ALL.len();
        for (nth, &one) in served.iter().enumerate() {
            for &other in &served[nth..] {
                let binds = telling || is_class(one);
                let is_pair = one == other || one.dimension() != other.dimension();
                let is_possible =
                    POSSIBLE[place(one, other)] && !is_out_of_reach(one, other, scope);
                if binds && is_pair && is_possible {
                    wanted[place(one, other)] = true;
                }
            }
        }
        let left = wanted.iter().filter(|&&wanted| wanted).count();
        Self { met: vec![false; wanted.len()], wanted, left, all: left }
    }

    /// Takes over what a plan meets. Says how much of it is new and wanted.
    pub fn meet(&mut self, plan: &Plan) -> usize {
        let before = self.left;
        for situation in situations(plan) {
            self.each(&situation, |coverage, place| {
                coverage.met[place] = true;
                if std::mem::take(&mut coverage.wanted[place]) {
                    coverage.left -= 1;
                }
            });
        }
        before - self.left
    }

    /// Takes spots for met together, whatever their class.
    pub(super) fn take(&mut self, spots: &[Spot]) {
        let situation = Situation { spots: spots.to_vec(), is_telling: true };
        self.each(&situation, |coverage, place| coverage.wanted[place] = false);
    }

    /// How much of what a plan meets would be new and wanted.
    #[must_use]
    pub fn gain(&self, plan: &Plan) -> usize {
        self.clone().meet(plan)
    }

    fn each(&mut self, situation: &Situation, mut meet: impl FnMut(&mut Self, usize)) {
        for (nth, &one) in situation.spots.iter().enumerate() {
            for &other in &situation.spots[nth..] {
                let has_class = one.min(other).index() < PackageClass::ALL.len();
                if situation.is_telling || has_class {
                    meet(self, place(one, other));
                }
            }
        }
    }

    /// True where a pair, or a spot with itself, is wanted and not met.
    #[must_use]
    pub fn wants(&self, one: Spot, other: Spot) -> bool {
        self.wanted[place(one, other)]
    }

    /// True where a pair, or a spot with itself, was met.
    #[must_use]
    pub fn has(&self, one: Spot, other: Spot) -> bool {
        self.met[place(one, other)]
    }

    /// How many spots and pairs are wanted and not met.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left
    }

    /// How many spots and pairs were wanted at first.
    #[must_use]
    pub fn all(&self) -> usize {
        self.all
    }

    /// The wanted pairs that were not met; a spot with itself is the spot alone.
    pub fn unmet(&self) -> impl Iterator<Item = (Spot, Spot)> {
        Spot::all().flat_map(move |one| {
            Spot::all()
                .filter(move |&other| one <= other && self.wants(one, other))
                .map(move |other| (one, other))
        })
    }
}
