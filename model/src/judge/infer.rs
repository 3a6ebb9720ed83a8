//! Finds the readings that a class of packages shows: the strongest for each question, in register order, under which
//! everything that was explained stays explained.

use super::{Case, Court};
use crate::readings::{QUESTIONS, Question, Readings};

/// What was found at one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The run never put the question.
    NotAsked,
    /// The user pinned it.
    Pinned,
    /// The strongest reading that explains all, with how many of the packages that put the question agree with the
    /// strongest reading of all.
    Reading {
        /// Packages that agree with the question's strongest reading.
        strongest: usize,
        /// Packages that put the question.
        of: usize,
    },
}

/// The readings of a class, and how they were found.
pub(super) fn infer(court: &Court<'_>) -> (Readings, Vec<(Question, Found)>) {
    let pins = court.pinned().iter();
    let weakest =
        pins.fold(Readings::weakest(), |vector, &(question, place)| vector.with(question, place));
    let cases = Explainable::of(court, &weakest);
    let (readings, found) = cases.infer(court, weakest, false);
    let stays = |case: &&Case| !court.searches() || court.is_explained(case, &readings, true);
    if cases.list.iter().all(|(case, _)| stays(case)) {
        return (readings, found);
    }
    // The clauses let a reading pass that no run explains: let the oracle decide every candidate.
    let cases = cases.searched(court, &weakest);
    cases.infer(court, weakest, true)
}

/// The cases that the weakest readings explain, each with the questions that it puts.
struct Explainable<'a> {
    list: Vec<(&'a Case, Vec<Question>)>,
}

impl<'a> Explainable<'a> {
    fn of(court: &Court<'a>, weakest: &Readings) -> Self {
        let mut list = Vec::new();
        for case in court.cases {
            let (rulings, asked) = court.facts(case, weakest);
            if rulings.values().all(|finding| finding.broken.is_empty()) {
                list.push((case, asked));
            }
        }
        Self { list }
    }

    fn searched(mut self, court: &Court<'a>, weakest: &Readings) -> Self {
        self.list.retain(|(case, _)| court.is_explained(case, weakest, true));
        self
    }

    fn infer(
        &self,
        court: &Court<'_>,
        weakest: Readings,
        search: bool,
    ) -> (Readings, Vec<(Question, Found)>) {
        let mut readings = weakest;
        let mut found = Vec::new();
        for entry in QUESTIONS.iter().filter(|entry| entry.concerns(court.class)) {
            let question = entry.question;
            if court.pinned().iter().any(|&(pinned, _)| pinned == question) {
                found.push((question, Found::Pinned));
                continue;
            }
            let asking: Vec<&Case> = self
                .list
                .iter()
                .filter(|(_, asked)| asked.contains(&question))
                .map(|&(case, _)| case)
                .collect();
            if asking.is_empty() {
                found.push((question, Found::NotAsked));
                continue;
            }
            let agree = |place: usize| {
                let candidate = readings.with(question, place);
                asking.iter().filter(|case| court.is_explained(case, &candidate, search)).count()
            };
            let strongest = agree(0);
            let all = asking.len();
            let place = (0..entry.readings.len())
                .find(|&place| if place == 0 { strongest == all } else { agree(place) == all });
            readings = readings.with(question, place.unwrap_or(usize::MAX));
            found.push((question, Found::Reading { strongest, of: all }));
        }
        (readings, found)
    }
}
