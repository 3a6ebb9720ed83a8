//! The mutants, each with the clause that it breaks, its name, its sentence and its defect: a file for each section of the
//! register, two or three for the long ones. The means are in [`super::spoil`].

mod additions;
mod copies;
mod failure;
mod files;
mod hierarchy;
mod interface;
mod place;
mod refusal;
mod reported;
mod single_class;
mod unasked;
mod version;
mod whole;

use super::Mutant;

const SECTIONS: [&[Mutant]; 13] = [
    interface::MUTANTS,
    refusal::MUTANTS,
    version::MUTANTS,
    unasked::MUTANTS,
    reported::MUTANTS,
    copies::MUTANTS,
    place::MUTANTS,
    whole::MUTANTS,
    files::MUTANTS,
    hierarchy::MUTANTS,
    failure::MUTANTS,
    additions::MUTANTS,
    single_class::MUTANTS,
];

/// Every mutant, in the order of the sections.
#[must_use]
pub fn mutants() -> impl DoubleEndedIterator<Item = &'static Mutant> + Clone {
    SECTIONS.into_iter().flatten()
}
