//! Where implementations go wrong, and which plans go there: the dimensions as data, what a plan meets of them, and a
//! covering array of long plans that meets every value and every pair of two dimensions' values.
//! What should be seen there is nobody's business here.

mod array;
mod asking;
mod begin;
mod changes;
mod dimensions;
mod draft;
mod episode;
mod files;
mod impossible;
mod ledger;
mod place;
mod refresh;
mod spot;
mod values;
mod world;

pub use array::{Covering, covering};
pub use dimensions::*;
pub use impossible::impossible;
pub use ledger::Coverage;
pub use spot::{Dimension, Spot};
pub use world::{Situation, situations};
