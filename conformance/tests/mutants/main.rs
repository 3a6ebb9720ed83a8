//! The mutants' room: what the tables must hold, that every mutant changes something that can be seen, and that no
//! variant raises an alarm. Which plans of a default run kill which mutant is for `pkgsource mutants` to say.

mod shown;
mod tables;
mod variants;
