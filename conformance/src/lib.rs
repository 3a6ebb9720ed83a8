//! The conformance suite: plans, adapters, runs, shrinking and reports around the specification in `pkgsource-model`.
//!
//! One road: a [`plan`] is performed on an [`adapter`] by a [`run`], which leaves a [`history`]; the model judges it, and
//! a [`report`] tells the verdict. [`shrink`] makes a failing plan small, [`verify`] walks the whole road.

pub mod adapter;
pub mod command;
pub mod court;
pub mod exit;
pub mod history;
pub mod kill;
pub mod mutants;
pub mod pages;
pub mod plan;
mod platform;
pub mod report;
pub mod run;
pub mod shrink;
pub mod statements;
pub mod subjects;
pub mod verify;
