//! The executable specification of `RefreshPkgSource`: words, what an operation means, what a history must satisfy.
//!
//! Pure: no file, socket, thread, clock, randomness or hash order. It knows no adapter and no report.

pub mod classes;
pub mod clauses;
pub mod documents;
pub mod explore;
pub mod history;
pub mod index;
pub mod judge;
mod knowledge;
pub mod operation;
pub mod oracle;
pub mod readings;
pub mod reply;
pub mod rules;
pub mod step;
pub mod words;
