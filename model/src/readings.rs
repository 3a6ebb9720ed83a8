//! Where the documents leave room: questions, their readings, and a vector that holds one reading for each.
//!
//! A reading is a set of permitted behaviours; weaker means a superset. Which reading an implementation
//! shows is found by [`crate::judge`], not here.

pub mod behaviour;
mod question;
mod vector;

pub use behaviour::Behaviour;
pub use question::{QUESTIONS, Question, QuestionEntry, Reading};
pub use vector::{BadPin, Readings};
