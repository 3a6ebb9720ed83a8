//! Where the documents leave room: questions, their readings, and a vector that holds one reading for each.
//!
//! A reading is a set of permitted behaviours; weaker means a superset. Which reading an implementation
//! shows is found by [`crate::judge`], not here.

mod question;
mod vector;

pub use question::{Behaviour, QUESTIONS, Question, QuestionEntry, Reading, behaviour};
pub use vector::{BadPin, Readings};
