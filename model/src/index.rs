//! Places in lists, one type for each kind of list, so that a point's place cannot be passed where a site's is meant.
//! A number becomes a place where names do, or where a list counts its own; what the lists hold is not known here.
//!
//! ```
//! use pkgsource_model::index::{Index, List, PointIndex};
//! let points: List<PointIndex, &str> = List::from(vec!["DP1", "DP2"]);
//! assert_eq!(points.get(PointIndex::FIRST.next()), Some(&"DP2"));
//! ```
//!
//! ```compile_fail
//! use pkgsource_model::index::{Index, List, PointIndex, SiteIndex};
//! let points: List<PointIndex, &str> = List::from(vec!["DP1", "DP2"]);
//! assert_eq!(points.get(SiteIndex::FIRST.next()), Some(&"DP2"));
//! ```

mod list;
mod shared;

pub use list::{Indices, List};
pub use shared::SharedList;

/// A place in a list of one kind; by default the first.
pub trait Index: Copy + Ord {
    /// The first place.
    const FIRST: Self;

    /// The place of this number, counted from 0.
    #[must_use]
    fn of(number: usize) -> Self;

    /// Its number, counted from 0.
    #[must_use]
    fn number(self) -> usize;

    /// The place after it.
    #[must_use]
    fn next(self) -> Self {
        Self::of(self.number() + 1)
    }

    /// Its place once so many others stand before it.
    #[must_use]
    fn after(self, others: usize) -> Self {
        Self::of(others + self.number())
    }

    /// Its place once everything before `first` is gone; the first for what is gone itself.
    #[must_use]
    fn counted_from(self, first: Self) -> Self {
        Self::of(self.number().saturating_sub(first.number()))
    }
}

macro_rules! indices {
    ($($(#[$attribute:meta])* $name:ident,)*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(usize);

        impl Index for $name {
            const FIRST: Self = Self(0);

            fn of(number: usize) -> Self {
                Self(number)
            }

            fn number(self) -> usize {
                self.0
            }
        }
    )*};
}

indices! {
    /// A distribution point, by its place in the tree.
    PointIndex,
    /// A site, by its place in the tree.
    SiteIndex,
    /// A source, by its place among those that a package's timeline, or a world, knows.
    SourceIndex,
    /// Something that was added to a package beside its source, by its place among the package's additions.
    AdditionIndex,
    /// A package, by its place among those of its history.
    PackageIndex,
    /// A timeline that nothing explains, by its place among those of a run.
    RejectedIndex,
    /// A history, by its place among those that are judged together.
    HistoryIndex,
    /// An event, by its place in its history.
    EventIndex,
    /// A moment, by its place in a package's timeline.
    MomentIndex,
    /// A snapshot that was taken, by its place among those that a package's state has.
    GenerationIndex,
    /// A snapshot that was, or may have been, taken, by its place among those that are known of.
    SnapshotIndex,
    /// A stretch of time in which a snapshot would have held the same, by its place among those that are known of.
    EpochIndex,
}

impl SiteIndex {
    /// The site that owns the packages.
    pub const OWNER: Self = Self::FIRST;

    /// True for the site that owns the packages; the others are its children.
    #[must_use]
    pub fn is_owner(self) -> bool {
        self == Self::OWNER
    }
}

impl SourceIndex {
    /// Its bit where sources are kept as bits; those past the last bit share that.
    #[must_use]
    pub fn bit(self) -> u64 {
        1 << self.0.min(63)
    }

    /// True where its bit is one of these.
    #[must_use]
    pub fn is_in(self, bits: u64) -> bool {
        bits & self.bit() != 0
    }
}

impl AdditionIndex {
    /// Its bit where additions are kept as bits: the first has the lowest.
    #[must_use]
    pub fn bit(self) -> u64 {
        1 << self.0
    }

    /// True where its bit is one of these.
    #[must_use]
    pub fn is_in(self, bits: u64) -> bool {
        bits & self.bit() != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addition_is_in_its_own_bit_and_in_no_other() {
        let additions: Vec<AdditionIndex> = (0..64).map(AdditionIndex::of).collect();
        for one in &additions {
            assert!(additions.iter().all(|other| other.is_in(one.bit()) == (one == other)));
        }
    }

    #[test]
    fn the_owner_is_the_first_site_and_no_other() {
        assert!(SiteIndex::FIRST.is_owner());
        assert!(!SiteIndex::FIRST.next().is_owner());
    }
}
