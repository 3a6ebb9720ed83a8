//! Finds the readings that a class of packages shows: for each question, in register order, the strongest under which
//! everything that can be explained stays explained.

use super::Case;
use super::class::ClassJudge;
use crate::oracle::Explained;
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

/// The readings of a class, and how they were found. The witnesses are the cases that the weakest readings explain, each
/// with the questions that it puts.
pub(super) fn infer(
    judge: &ClassJudge<'_>,
    weakest: Readings,
    cases: Vec<(&Case, Vec<Question>)>,
) -> (Readings, Vec<(Question, Found)>) {
    let witness = |(case, asked)| Witness { case, asked, heard_at_all: false };
    let mut witnesses = Witnesses { list: cases.into_iter().map(witness).collect() };
    loop {
        let (readings, found) = witnesses.infer(judge, weakest);
        if !witnesses.hear_those_left_out(judge, &readings) {
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
    heard_at_all: bool,
}

impl Witness<'_> {
    fn agrees(&self, judge: &ClassJudge<'_>, readings: &Readings) -> bool {
        judge.facts(self.case, readings).rejection.is_none()
            && (!self.heard_at_all || self.is_searched(judge, readings))
    }

    fn is_searched(&self, judge: &ClassJudge<'_>, readings: &Readings) -> bool {
        !matches!(judge.explained(self.case, readings), Explained::No { .. })
    }
}

struct Witnesses<'a> {
    list: Vec<Witness<'a>>,
}

impl Witnesses<'_> {
    fn infer(
        &self,
        judge: &ClassJudge<'_>,
        weakest: Readings,
    ) -> (Readings, Vec<(Question, Found)>) {
        let mut readings = weakest;
        let mut found = Vec::new();
        for entry in QUESTIONS.iter().filter(|entry| entry.concerns(judge.class)) {
            let question = entry.question;
            let asks = |witness: &&Witness<'_>| witness.asked.contains(&question);
            let asking = self.list.iter().filter(asks).count();
            let pinned = judge.requirements.pinned.iter().any(|&(pinned, _)| pinned == question);
            found.push((
                question,
                match (pinned, asking) {
                    (true, _) => Found::Pinned,
                    (false, 0) => Found::NotAsked,
                    (false, of) => {
                        let heard = self.list.iter().filter(|w| w.heard_at_all || asks(w));
                        let heard: Vec<&Witness<'_>> = heard.collect();
                        let (place, strongest) =
                            strongest_place(judge, &readings, question, &heard);
                        if is_decided(judge, &readings.with(question, place), question, &heard) {
                            readings = readings.with(question, place);
                            Found::Reading { strongest: strongest.min(of), of }
                        } else {
                            Found::NotAsked
                        }
                    }
                },
            ));
        }
        (readings, found)
    }

    /// Hears at every question whoever the found readings leave unexplained. False where there is nobody.
    fn hear_those_left_out(&mut self, judge: &ClassJudge<'_>, readings: &Readings) -> bool {
        let mut changed = false;
        for witness in self.list.iter_mut().filter(|witness| !witness.heard_at_all) {
            if !witness.agrees(judge, readings) || !witness.is_searched(judge, readings) {
                witness.heard_at_all = true;
                changed = true;
            }
        }
        changed
    }
}

/// True where some witness contradicts each reading that permits none of what the chosen one permits: nothing is found that
/// another answer would explain as well.
fn is_decided(
    judge: &ClassJudge<'_>,
    chosen: &Readings,
    question: Question,
    heard: &[&Witness<'_>],
) -> bool {
    let readings = question.entry().readings;
    let permits = |place: usize| readings.get(place).map_or(0, |reading| reading.permits);
    let own = permits(chosen.chosen(question));
    let mut others = (0..readings.len()).filter(|&place| permits(place) & own == 0);
    others.all(|place| {
        let other = chosen.with(question, place);
        heard.iter().any(|witness| !witness.agrees(judge, &other))
    })
}

/// The strongest reading under which every witness stays explained, and how many agree with the strongest of all.
fn strongest_place(
    judge: &ClassJudge<'_>,
    readings: &Readings,
    question: Question,
    heard: &[&Witness<'_>],
) -> (usize, usize) {
    let agree = |place: usize| {
        let candidate = readings.with(question, place);
        heard.iter().filter(|witness| witness.agrees(judge, &candidate)).count()
    };
    let strongest = agree(0);
    if strongest == heard.len() {
        return (0, strongest);
    }
    let last = question.entry().readings.len() - 1;
    let place = (1..last).find(|&place| agree(place) == heard.len());
    (place.unwrap_or(last), strongest)
}
