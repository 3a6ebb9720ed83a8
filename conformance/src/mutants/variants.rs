//! Correct variants: each uses one permission or one weak reading, and none may raise an alarm. What a variant is; the
//! variants themselves stand in three tables: those of the permissions, of the questions, and of the questions that the
//! specification does not model.

mod open;
mod permissions;
mod questions;

use super::altered::{Alteration, Altered};
use super::pin::{Pin, drawn, strict};
use crate::adapter::reference::{Pace, Policy, Reference};
use pkgsource_model::readings::Question;
use pkgsource_model::words::PackageClass;

const EVENTUALLY: Pin = Pin::new(Question::VersionVisible, "eventually");
const LATER_STATUS: Pin = Pin::new(Question::FailureShows, "later_status");

/// An implementation that is different in one permitted way.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name, as in `variant:NAME`.
    pub name: &'static str,
    /// What it does, as one sentence without its subject.
    pub says: &'static str,
    /// The entry of the register that permits it.
    pub permitted_by: &'static str,
    /// The readings by which it differs.
    pub pins: &'static [Pin],
    base: Base,
    pace: Pace,
    difference: &'static [Alteration],
}

/// The readings of a variant where it is not held to its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// Those of the mutants and of the reference.
    Strict,
    /// Drawn from its seed.
    Drawn,
}

/// A row of a table: one that works at once and differs in these readings.
const fn variant(
    name: &'static str,
    permitted_by: &'static str,
    pins: &'static [Pin],
    says: &'static str,
) -> Variant {
    let (base, pace) = (Base::Strict, Pace::AtOnce);
    Variant { name, says, permitted_by, pins, base, pace, difference: &[] }
}

const SECTIONS: [&[Variant]; 3] = [permissions::VARIANTS, questions::VARIANTS, open::VARIANTS];

/// Every variant, those of the permissions first.
#[must_use]
pub fn variants() -> impl DoubleEndedIterator<Item = &'static Variant> + Clone {
    SECTIONS.into_iter().flatten()
}

impl Variant {
    /// The same at another pace.
    const fn at(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same with readings that its seed draws.
    const fn drawn(self) -> Self {
        Self { base: Base::Drawn, ..self }
    }

    /// The same, which does something that the reference does not do.
    const fn with(self, difference: &'static [Alteration]) -> Self {
        Self { difference, ..self }
    }

    /// Finds a variant by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        variants().find(|variant| variant.name == name)
    }

    /// The variant as an adapter.
    #[must_use]
    pub fn adapter(&self, seed: u64) -> Altered {
        let base = match self.base {
            Base::Strict => strict(),
            Base::Drawn => drawn(seed),
        };
        let policy = Policy { readings: Pin::all(self.pins, base), pace: self.pace, seed };
        let reference = Reference::new(&format!("variant:{}", self.name), policy);
        Altered::new(reference, self.difference, PackageClass::ALL.to_vec())
    }

    /// The reference itself: the strict readings, at once.
    #[must_use]
    pub fn reference(seed: u64) -> Reference {
        Reference::new("reference", Policy { readings: strict(), pace: Pace::AtOnce, seed })
    }
}
