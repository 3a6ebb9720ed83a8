//! Snapshots that newer ones have replaced: which of them can come to no point any more, and which say nothing that another
//! does not. Nothing here is a transition; it is what a search through long timelines may forget.

use super::rows::{Generation, PointRow};
use super::state::State;
use crate::index::{GenerationIndex, Index};
use std::collections::BTreeSet;

/// A snapshot that a newer one has replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Superseded {
    generation: Generation,
    /// The first of those that stay which is newer.
    before: GenerationIndex,
    /// For each point, whether the package had that already when it was taken.
    comes_to: Vec<bool>,
}

impl State {
    /// Forgets what can come to no point any more, and which of two snapshots that are the same came to a point, lest a long
    /// timeline cost a search more for each event than a short one.
    pub(crate) fn forget_superseded(&mut self) {
        let oldest = std::mem::take(&mut self.work.oldest).number();
        // What was cancelled has not arrived, though it be what is there.
        let tells = self.points.iter().any(PointRow::is_cancelled);
        let mut stays = vec![true; self.generations.len()];
        stays.iter_mut().take(oldest).for_each(|stays| *stays = false);
        for (nth, pair) in self.generations.windows(2).enumerate().skip(oldest) {
            stays[nth + 1] = tells || pair[0] != pair[1];
        }
        for row in self.points.iter_mut() {
            // Where the same came again, the first of the same is sent.
            while row.since.number() > oldest && stays.get(row.since.number()) == Some(&false) {
                row.since = GenerationIndex::of(row.since.number() - 1);
            }
        }
        self.keep_generations(&stays);
    }

    /// Forgets the snapshots that are not to stay; what held one of them holds the last before it that does.
    fn keep_generations(&mut self, stays: &[bool]) {
        if stays.iter().all(|stays| *stays) {
            return;
        }
        for row in self.points.iter_mut() {
            let upto = |held: GenerationIndex| left_before(stays, held.next()).number();
            row.held = row.held.map(|held| GenerationIndex::of(upto(held).saturating_sub(1)));
            row.since = left_before(stays, row.since);
        }
        let mut is_left = stays.iter();
        self.generations.retain(|_| is_left.next().is_some_and(|stays| *stays));
    }

    /// The state without the snapshots that a newer content has replaced and no point holds, and these apart. What they
    /// can still do is come to a point that is owed nothing, so that a state with more of them can do what one with fewer
    /// can, if the two are otherwise the same.
    pub(crate) fn without_superseded(&self) -> (Self, BTreeSet<Superseded>) {
        let mut stays = vec![false; self.generations.len()];
        let kept = self.points.iter().filter_map(|row| row.held);
        for at in kept.chain(self.target()).chain(self.generations.last_index()) {
            stays[at.number()] = true;
        }
        let gone = self.generations.indexed().filter(|(at, _)| !stays[at.number()]);
        let apart = gone.map(|(at, &generation)| Superseded {
            generation,
            before: left_before(&stays, at),
            comes_to: self.points.iter().map(|row| at >= row.since).collect(),
        });
        let mut rest = self.clone();
        rest.keep_generations(&stays);
        (rest, apart.collect())
    }
}

/// How many of those that stay are before a place: the place itself, once the others are gone.
fn left_before(stays: &[bool], at: GenerationIndex) -> GenerationIndex {
    GenerationIndex::of(stays.iter().take(at.number()).filter(|stays| **stays).count())
}
