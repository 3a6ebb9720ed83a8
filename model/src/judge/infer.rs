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
    let mut witnesses = Witnesses::of(court, &weakest);
    loop {
        let (readings, found) = witnesses.infer(court, weakest);
        if !witnesses.call_up(court, &readings, &weakest) {
            return (readings, found);
        }
    }
}

/// A case that the weakest readings explain.
struct Witness<'a> {
    case: &'a Case,
    /// The questions that it puts.
    asked: Vec<Question>,
    /// It is heard at every question, and the oracle is asked, too: it contradicted what the others had said.
    called_up: bool,
}

impl Witness<'_> {
    fn agrees(&self, court: &Court<'_>, readings: &Readings) -> bool {
        court.is_explained(self.case, readings, self.called_up && court.searches())
    }
}

struct Witnesses<'a> {
    list: Vec<Witness<'a>>,
}

impl<'a> Witnesses<'a> {
    fn of(court: &Court<'a>, weakest: &Readings) -> Self {
        let mut list = Vec::new();
        for case in court.cases {
            let (rulings, asked) = court.facts(case, weakest);
            if rulings.values().all(|finding| finding.broken.is_empty()) {
                list.push(Witness { case, asked, called_up: false });
            }
        }
        Self { list }
    }

    fn infer(&self, court: &Court<'_>, weakest: Readings) -> (Readings, Vec<(Question, Found)>) {
        let mut readings = weakest;
        let mut found = Vec::new();
        for entry in QUESTIONS.iter().filter(|entry| entry.concerns(court.class)) {
            let question = entry.question;
            let asking: Vec<&Witness<'_>> =
                self.list.iter().filter(|witness| witness.asked.contains(&question)).collect();
            if court.pinned().iter().any(|&(pinned, _)| pinned == question) {
                found.push((question, Found::Pinned));
            } else if asking.is_empty() {
                found.push((question, Found::NotAsked));
            } else {
                let heard: Vec<&Witness<'_>> = self
                    .list
                    .iter()
                    .filter(|w| w.called_up || w.asked.contains(&question))
                    .collect();
                let (place, strongest) = strongest_place(court, &readings, question, &heard);
                readings = readings.with(question, place);
                found.push((
                    question,
                    Found::Reading { strongest: strongest.min(asking.len()), of: asking.len() },
                ));
            }
        }
        (readings, found)
    }

    /// Calls up every witness that the found readings leave unexplained. False where there is none.
    fn call_up(&mut self, court: &Court<'_>, readings: &Readings, weakest: &Readings) -> bool {
        let mut changed = false;
        for witness in self.list.iter_mut().filter(|witness| !witness.called_up) {
            if !court.is_explained(witness.case, readings, court.searches()) {
                witness.called_up = true;
                changed = true;
            }
        }
        // Who is not explained even by the weakest readings has nothing to say on the stronger ones.
        self.list.retain(|witness| !witness.called_up || witness.agrees(court, weakest));
        changed
    }
}

/// The strongest reading under which every witness stays explained, and how many agree with the strongest of all.
fn strongest_place(
    court: &Court<'_>,
    readings: &Readings,
    question: Question,
    heard: &[&Witness<'_>],
) -> (usize, usize) {
    let agree = |place: usize| {
        let candidate = readings.with(question, place);
        heard.iter().filter(|witness| witness.agrees(court, &candidate)).count()
    };
    let strongest = agree(0);
    if strongest == heard.len() {
        return (0, strongest);
    }
    let last = question.entry().readings.len() - 1;
    let place = (1..last).find(|&place| agree(place) == heard.len());
    (place.unwrap_or(last), strongest)
}
