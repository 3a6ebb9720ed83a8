//! The register of questions, in the order in which their readings are found: each with its readings, what every one of
//! them permits, and which promises ask less under it.

mod modelled;
mod open;

use super::{QuestionEntry, Reading};
use crate::clauses::ClauseId;
use crate::readings::behaviour::Behaviours;

/// Every question, in the order in which readings are found.
pub const QUESTIONS: [QuestionEntry; modelled::QUESTIONS.len() + open::QUESTIONS.len()] = {
    let mut all = [modelled::QUESTIONS[0]; modelled::QUESTIONS.len() + open::QUESTIONS.len()];
    let mut place = 0;
    while place < all.len() {
        all[place] = match place.checked_sub(modelled::QUESTIONS.len()) {
            None => modelled::QUESTIONS[place],
            Some(place) => open::QUESTIONS[place],
        };
        place += 1;
    }
    all
};

pub(super) const fn reading(
    name: &'static str,
    says: &'static str,
    costs: &'static [ClauseId],
    permits: Behaviours,
) -> Reading {
    Reading { name, says, costs, permits }
}

/// Alternatives that exclude each other, then their union.
macro_rules! either {
    ($($name:literal = $behaviour:expr, $says:literal, [$($cost:ident),*]);+; either [$($any:ident),*]) => {
        &[
            $(reading($name, $says, &[$($cost),*], $behaviour.only())),+,
            reading(
                "either",
                "now one of these and now another; it need not be the same each time",
                &[$($any),*],
                0 $(| $behaviour.only())+,
            ),
        ]
    };
}

/// What is expected, then that and what nothing rules out.
macro_rules! widening {
    (
        $strict:literal = $expected:expr, $strictly:literal;
        $free:literal = $other:expr, $freely:literal, [$($cost:ident),*]
    ) => {
        &[
            reading($strict, $strictly, &[], $expected.only()),
            reading($free, $freely, &[$($cost),*], $expected.only() | $other.only()),
        ]
    };
}

use {either, widening};
