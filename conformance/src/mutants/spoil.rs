//! The means by which something is spoiled, grouped by what: the number, what a point has, the content itself, what is
//! answered, what is there at all. Each gives up one thing and leaves everything that can be seen consistent with that.

mod answers;
pub(super) mod contents;
mod life;
mod numbers;
mod points;
