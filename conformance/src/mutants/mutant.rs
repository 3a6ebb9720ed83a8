//! What a mutant is: an implementation with one defect, and how one becomes an adapter.

use super::altered::{Alteration, Altered, Does};
use super::pin::{Pin, strict};
use super::table::mutants;
use super::when::When;
use crate::adapter::reference::{Pace, Policy, Reference};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::words::PackageClass;

/// An implementation with one defect.
#[derive(Clone, Copy, Debug)]
pub struct Mutant {
    /// Its name, as in `mutant:NAME`.
    pub name: &'static str,
    /// What it does, as one sentence.
    pub says: &'static str,
    /// The clause that it breaks.
    pub clause: ClauseId,
    /// The classes in which it is wrong; none for all that its clause binds.
    pub classes: &'static [PackageClass],
    /// Readings under which the clause binds it, where a question would otherwise permit it.
    pub pins: &'static [Pin],
    /// Why it needs its pins.
    pub pinned_because: &'static str,
    /// Other clauses that it truly breaks.
    pub companions: &'static [Companion],
    pace: Pace,
    defect: &'static [Alteration],
}

/// Another clause that a mutant truly breaks.
#[derive(Clone, Copy, Debug)]
pub struct Companion {
    /// The clause.
    pub clause: ClauseId,
    /// Why giving up the mutant's own clause cannot leave this one whole.
    pub because: &'static str,
}

/// A row of a table: what happens on one occasion.
pub(super) const fn on(when: When, does: Does) -> Alteration {
    Alteration { when, does }
}

/// A row of a table.
pub(super) const fn mutant(
    clause: ClauseId,
    name: &'static str,
    says: &'static str,
    defect: &'static [Alteration],
) -> Mutant {
    Mutant {
        name,
        says,
        clause,
        classes: &[],
        pins: &[],
        pinned_because: "",
        companions: &[],
        pace: Pace::AtOnce,
        defect,
    }
}

impl Mutant {
    /// The same, wrong in these classes only.
    pub(super) const fn only(self, classes: &'static [PackageClass]) -> Self {
        Self { classes, ..self }
    }

    /// The same under these readings.
    pub(super) const fn pinned(self, pins: &'static [Pin], pinned_because: &'static str) -> Self {
        Self { pins, pinned_because, ..self }
    }

    /// The same, which cannot but break other clauses, too.
    pub(super) const fn breaking(self, companions: &'static [Companion]) -> Self {
        Self { companions, ..self }
    }

    /// The same at another pace, for what can be seen only while something is left to do.
    pub(super) const fn at(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// Finds a mutant by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        mutants().find(|mutant| mutant.name == name)
    }

    /// The classes in which it is wrong: those of its own, or all, as far as its clause binds them.
    #[must_use]
    pub fn shows_in(&self) -> Vec<PackageClass> {
        let bound = |class: &PackageClass| self.clause.clause().binds.binds(*class);
        let own = |class: &PackageClass| self.classes.is_empty() || self.classes.contains(class);
        PackageClass::ALL.into_iter().filter(bound).filter(own).collect()
    }

    /// True for a clause that it may be accused of: its own, or a companion.
    #[must_use]
    pub fn breaks(&self, clause: ClauseId) -> bool {
        self.clause == clause || self.companions.iter().any(|other| other.clause == clause)
    }

    /// What the mutant would be without its defect: the reference under the same readings, at the same pace.
    #[must_use]
    pub fn without_its_defect(&self, seed: u64) -> Reference {
        let readings = Pin::all(self.pins, strict());
        let policy = Policy { readings, pace: self.pace, seed };
        Reference::new(&format!("mutant:{}", self.name), policy)
    }

    /// The mutant as an adapter.
    #[must_use]
    pub fn adapter(&self, seed: u64) -> Altered {
        Altered::new(self.without_its_defect(seed), self.defect, self.shows_in())
    }
}
