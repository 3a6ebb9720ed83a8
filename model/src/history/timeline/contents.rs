//! Contents as numbers: equal contents have equal numbers, and different ones different.

use crate::words::Content;
use std::collections::BTreeMap;

/// A distinct content, as its place in [`Timelines::contents`](super::Timelines::contents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentId(pub u32);

impl ContentId {
    /// The content without files.
    pub const EMPTY: Self = Self(0);
    /// A content that nobody knows: an edit whose fate is unknown came before.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// What a point, a site or a version holds: files of the source, and which of the package's additions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The files that came from the source.
    pub base: ContentId,
    /// The additions, one bit each.
    pub added: u64,
}

/// Gives equal contents equal numbers.
pub(super) struct Numbers {
    pub(super) contents: Vec<Content>,
    known: BTreeMap<Content, u32>,
}

impl Numbers {
    pub(super) fn new() -> Self {
        let empty = Content::new();
        Self { contents: vec![empty.clone()], known: BTreeMap::from([(empty, 0)]) }
    }

    pub(super) fn number(&mut self, content: &Content) -> ContentId {
        if let Some(&number) = self.known.get(content) {
            return ContentId(number);
        }
        let number = u32::try_from(self.contents.len()).unwrap_or(u32::MAX - 1);
        self.contents.push(content.clone());
        self.known.insert(content.clone(), number);
        ContentId(number)
    }
}
