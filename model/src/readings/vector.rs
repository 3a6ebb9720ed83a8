//! One reading for every question. Ordered by strength: a vector is weaker where every reading is.

use super::behaviour::{Behaviour, Behaviours};
use super::question::{QUESTIONS, Question};
use std::fmt;

/// The chosen reading of every question, by its place in the question's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Readings([u8; QUESTIONS.len()]);

impl Readings {
    /// Every question at its weakest reading, which permits everything that any reading does.
    #[must_use]
    pub fn weakest() -> Self {
        Self(std::array::from_fn(|i| u8::try_from(QUESTIONS[i].readings.len() - 1).unwrap_or(0)))
    }

    /// The place of the chosen reading in the question's list.
    #[must_use]
    pub fn chosen(&self, question: Question) -> usize {
        usize::from(self.0[question as usize])
    }

    /// The same vector with another reading for one question; the weakest if there is no such place.
    #[must_use]
    pub fn with(mut self, question: Question, place: usize) -> Self {
        let last = question.entry().readings.len() - 1;
        self.0[question as usize] = u8::try_from(place.min(last)).unwrap_or(0);
        self
    }

    /// The same vector with the strongest reading for one question that permits what either vector's reading permits.
    #[must_use]
    pub fn joined(self, question: Question, other: &Self) -> Self {
        let both = self.permitted(question) | other.permitted(question);
        let readings = question.entry().readings;
        let place = readings.iter().position(|reading| both & !reading.permits == 0);
        self.with(question, place.unwrap_or(readings.len()))
    }

    /// The name of the chosen reading.
    #[must_use]
    pub fn name(&self, question: Question) -> &'static str {
        QUESTIONS[question as usize].readings[self.chosen(question)].name
    }

    /// True where the chosen reading permits `behaviour`.
    #[must_use]
    pub fn permits<B: Behaviour>(&self, behaviour: B) -> bool {
        self.permitted(B::QUESTION) & behaviour.bit() != 0
    }

    /// True where the chosen reading permits `behaviour` and nothing else.
    #[must_use]
    pub fn demands<B: Behaviour>(&self, behaviour: B) -> bool {
        self.permitted(B::QUESTION) == behaviour.bit()
    }

    fn permitted(&self, question: Question) -> Behaviours {
        QUESTIONS[question as usize].readings[self.chosen(question)].permits
    }

    /// True where everything that `self` permits, `other` permits.
    #[must_use]
    pub fn is_at_least_as_strong_as(&self, other: &Self) -> bool {
        QUESTIONS.iter().all(|entry| {
            let permits = |vector: &Self| entry.readings[vector.chosen(entry.question)].permits;
            permits(self) & !permits(other) == 0
        })
    }

    /// Pins a question to a reading, spelled `Q-VISIBLE=at_return`.
    ///
    /// # Errors
    /// There is no such question, or it has no such reading; the message lists those that it has.
    pub fn pinned(self, pin: &str) -> Result<(Self, Question), BadPin> {
        let (id, name) = pin.split_once('=').unwrap_or((pin, ""));
        let unknown = |known| BadPin::Unknown { pin: pin.to_owned(), known };
        let questions = || QUESTIONS.iter().map(|entry| entry.id).collect();
        let question = Question::by_id(id).ok_or_else(|| unknown(questions()))?;
        let readings = question.entry().readings;
        let place = readings.iter().position(|reading| reading.name == name);
        let known = || readings.iter().map(|reading| reading.name).collect();
        let place = place.ok_or_else(|| unknown(known()))?;
        Ok((self.with(question, place), question))
    }
}

/// A pin that closes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPin {
    /// It names no question or no reading of it.
    Unknown {
        /// What was given.
        pin: String,
        /// What could have been given instead.
        known: Vec<&'static str>,
    },
    /// The question was pinned to another reading before.
    Contradicts(Question),
}

impl fmt::Display for BadPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { pin, known } => {
                write!(f, "`{pin}` pins no reading; known here: {}", known.join(", "))
            }
            Self::Contradicts(question) => {
                write!(f, "{} is pinned to two readings; give one", question.entry().id)
            }
        }
    }
}

impl std::error::Error for BadPin {}

#[cfg(test)]
mod tests {
    use super::*;
    use quickcheck::{Arbitrary, Gen, quickcheck};

    impl Arbitrary for Readings {
        fn arbitrary(g: &mut Gen) -> Self {
            QUESTIONS.iter().fold(Self::weakest(), |vector, entry| {
                vector.with(entry.question, usize::arbitrary(g) % entry.readings.len())
            })
        }
    }

    quickcheck! {
        fn every_vector_is_at_least_as_strong_as_the_weakest(vector: Readings) -> bool {
            vector.is_at_least_as_strong_as(&Readings::weakest())
        }

        fn strength_is_an_order(a: Readings, b: Readings, c: Readings) -> bool {
            let le = |x: &Readings, y: &Readings| x.is_at_least_as_strong_as(y);
            le(&a, &a) && (!(le(&a, &b) && le(&b, &c)) || le(&a, &c))
        }

        fn what_a_stronger_vector_permits_a_weaker_one_permits(a: Readings, b: Readings) -> bool {
            !a.is_at_least_as_strong_as(&b)
                || QUESTIONS.iter().all(|entry| {
                    a.permitted(entry.question) & !b.permitted(entry.question) == 0
                })
        }
    }

    #[test]
    fn a_pin_names_a_question_and_a_reading_or_says_what_could_be_named() {
        let (vector, question) = Readings::weakest().pinned("Q-VISIBLE=at_return").unwrap();
        assert_eq!(vector.name(question), "at_return");
        let error = Readings::weakest().pinned("Q-VISIBLE=soon").unwrap_err().to_string();
        assert_eq!(error, "`Q-VISIBLE=soon` pins no reading; known here: at_return, eventually");
    }
}
