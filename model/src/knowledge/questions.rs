//! The questions that a timeline puts: what it did that the documents leave open, once a read has shown what came of it.

use crate::readings::Question;

/// The questions that were put, and those that a read of a version will put.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions {
    asked: Vec<Question>,
    raised: Vec<Question>,
}

impl Questions {
    /// An event has shown how it is answered.
    pub(super) fn ask(&mut self, question: Question) {
        if !self.asked.contains(&question) {
            self.asked.push(question);
        }
    }

    /// The next read of a version will show how it is answered.
    pub(super) fn raise(&mut self, question: Question) {
        if !self.raised.contains(&question) {
            self.raised.push(question);
        }
    }

    /// A version was read.
    pub(super) fn show(&mut self) {
        for question in std::mem::take(&mut self.raised) {
            self.ask(question);
        }
    }

    pub(super) fn into_asked(self) -> Vec<Question> {
        self.asked
    }
}
