//! The suite under test: mutants, each wrong in one way that one clause forbids, and variants, each different in one way
//! that is permitted. Both are the reference with something changed; what is changed is in [`defect`](self) and in
//! readings. Which of them the suite kills or clears is for the command and the tests to say.

mod defect;
mod table;
mod variant;

pub use defect::{Defect, Flaw};
pub use table::MUTANTS;
pub use variant::{VARIANTS, Variant, drawn};

use crate::adapter::reference::{Pace, Policy, Reference};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::readings::{Question, Readings};
use pkgsource_model::words::PackageClass;

/// An implementation with one defect.
#[derive(Clone, Copy, Debug)]
pub struct Mutant {
    /// Its name, as in `mutant:NAME`.
    pub name: &'static str,
    /// What is wrong, as one sentence.
    pub says: &'static str,
    /// The clause that it breaks, and no other on its shrunk plan.
    pub clause: ClauseId,
    /// The one class in which it is wrong; none for all.
    pub class: Option<PackageClass>,
    /// What it does.
    pub defect: Defect,
    /// Readings under which the clause binds it, where a question would otherwise permit it.
    pub pins: &'static [(Question, usize)],
}

impl Mutant {
    /// Finds a mutant by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        MUTANTS.iter().find(|mutant| mutant.name == name)
    }

    /// The mutant as an adapter.
    #[must_use]
    pub fn adapter(&self, seed: u64) -> Reference {
        let readings = self
            .pins
            .iter()
            .fold(strict(), |vector, &(question, place)| vector.with(question, place));
        let policy = Policy { readings, pace: Pace::AtOnce, seed };
        Reference::broken(
            &format!("mutant:{}", self.name),
            policy,
            Flaw { defect: self.defect, class: self.class },
        )
    }
}

/// The strongest reading of every question, except that a child site without a point gets metadata only, as the product's
/// own documentation describes it.
#[must_use]
pub fn strict() -> Readings {
    use pkgsource_model::readings::QUESTIONS;
    let strongest =
        QUESTIONS.iter().fold(Readings::weakest(), |vector, entry| vector.with(entry.question, 0));
    strongest.with(Question::ChildWithoutPoint, 1)
}
