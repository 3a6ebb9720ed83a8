//! SIGKILLs in the middle of operations, and what is true afterwards.
//!
//! The binary is a process of its own and is killed at an instant that a seeded generator picks: mostly so many turns
//! of a loop after the request was sent, out of as many as a whole operation was seen to take. There is no sleep and no
//! clock. Where each kill landed is found out afterwards and counted; a class that was never hit fails the test.

mod choices;
mod operator;
mod other;
mod refresh;
mod scene;
