//! Readings by name: the one place where a mutant's or a variant's readings become a vector.

use crate::plan::Random;
use pkgsource_model::readings::{QUESTIONS, Question, Readings};

/// A question held to one of its readings. A name that the question has not is refused where the table is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The question.
    pub question: Question,
    /// The name of its reading.
    pub reading: &'static str,
    place: usize,
}

impl Pin {
    /// Holds a question to the reading of this name.
    ///
    /// # Panics
    /// The question has no such reading; in a constant the compiler says so.
    #[must_use]
    pub const fn new(question: Question, reading: &'static str) -> Self {
        let readings = QUESTIONS[question as usize].readings;
        let mut place = 0;
        while place < readings.len() {
            if same(readings[place].name, reading) {
                return Self { question, reading, place };
            }
            place += 1;
        }
        panic!("the question has no reading of that name")
    }

    /// The question and the place of its reading, as the judge wants them.
    #[must_use]
    pub fn resolved(self) -> (Question, usize) {
        (self.question, self.place)
    }

    /// The pin as `verify --pin` spells it.
    #[must_use]
    pub fn argument(self) -> String {
        format!("{}={}", self.question.entry().id, self.reading)
    }

    /// A vector of readings with these pins in it.
    #[must_use]
    pub fn all(pins: &[Self], base: Readings) -> Readings {
        pins.iter().fold(base, |vector, pin| vector.with(pin.question, pin.place))
    }
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut place = 0;
    while place < one.len() && place < other.len() && one[place] == other[place] {
        place += 1;
    }
    place == one.len() && place == other.len()
}

/// The strongest reading of every question, except that a child site without a point gets metadata only, as the product's
/// own documentation describes it.
#[must_use]
pub fn strict() -> Readings {
    const DESCRIBED: &[Pin] = &[Pin::new(Question::ChildWithoutPoint, "metadata_only")];
    let strongest =
        QUESTIONS.iter().fold(Readings::weakest(), |vector, entry| vector.with(entry.question, 0));
    Pin::all(DESCRIBED, strongest)
}

/// A reading for every question, drawn from a seed.
#[must_use]
pub fn drawn(seed: u64) -> Readings {
    let mut random = Random::new(seed);
    QUESTIONS.iter().fold(Readings::weakest(), |vector, entry| {
        vector.with(entry.question, random.below(entry.readings.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_spelled_as_the_command_takes_it() {
        let pin = Pin::new(Question::TaskSequence, "inoperable");
        let (readings, question) = Readings::weakest().pinned(&pin.argument()).unwrap();
        assert_eq!((question, readings.chosen(question)), pin.resolved());
    }

    #[test]
    fn the_strict_reading_of_every_question_but_one_is_its_strongest() {
        let weaker: Vec<&str> = QUESTIONS
            .iter()
            .filter(|entry| strict().chosen(entry.question) > 0)
            .map(|entry| entry.id)
            .collect();
        assert_eq!(weaker, ["Q-CHILD"]);
    }
}
