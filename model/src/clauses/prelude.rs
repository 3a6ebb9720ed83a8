//! What every clause's file needs, and the macro that tests its examples.

pub(super) use super::{Binds, Check, Clause, ClauseId, Examples, Force, Value};
pub(super) use crate::documents::Document as D;
pub(super) use crate::documents::sentences::PageSentence as S;
pub(super) use crate::documents::{at, said};
pub(super) use crate::history::timeline::{Act, Moment, Outcome};
pub(super) use crate::knowledge::Knowledge;
pub(super) use crate::step::Relaxation;

/// A clause's examples as its own test: one history keeps it, and the other breaks it and accuses it alone.
macro_rules! examples_hold {
    ($clause:ident) => {
        #[cfg(test)]
        mod tests {
            use crate::clauses::{ClauseId, examples};

            #[test]
            fn its_example_holds_it() {
                examples::holds(ClauseId::$clause);
            }

            #[test]
            fn its_broken_example_breaks_it_and_accuses_it_alone() {
                examples::breaks(ClauseId::$clause);
            }
        }
    };
}

pub(super) use examples_hold;
