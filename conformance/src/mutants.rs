//! The suite under test: mutants, each wrong in one way that one clause forbids, and variants, each different in one way
//! that is permitted. Both are the reference with something around it, so that the reference knows of neither. Which of
//! them the suite kills or clears is for the command and the tests to say.
//!
//! * [`Mutant`]: a row of a table, and its defect. The tables stand in `table/`, a file for each section of the register.
//! * `altered`: the adapter that stands around the reference. `past` is what it remembers, `scene` what a defect has at hand.
//! * `spoil/`: the means, by what they spoil: the number, a point, the content, an answer.
//! * [`situations`]: plans for the mutants that no scenario shows.
//! * [`Variant`]: a row of a table of `variants/`.

mod altered;
mod mutant;
mod past;
mod pin;
mod scene;
mod situations;
mod spoil;
mod table;
mod variants;
mod when;

pub use altered::Altered;
pub use mutant::{Companion, Mutant};
pub use pin::{Pin, drawn, strict};
pub use situations::situations;
pub use table::mutants;
pub use variants::{Variant, variants};
