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

impl Held {
    /// True where what was read is what is held; a source whose fate is not known could hold anything.
    #[must_use]
    pub fn agrees(self, seen: Self) -> bool {
        self.base == ContentId::UNKNOWN || self == seen
    }
}

/// How many files the distinct contents of one history may have in all: what a history says is kept in memory.
pub const MOST_FILES: usize = 2_000_000;

/// Gives equal contents equal numbers. The content without files has its number from the beginning.
#[derive(Clone, Debug)]
pub struct Numbers {
    contents: Vec<Content>,
    /// How many files they have in all.
    files: usize,
    known: BTreeMap<Content, u32>,
}

impl Default for Numbers {
    fn default() -> Self {
        let empty = Content::new();
        Self { contents: vec![empty.clone()], files: 0, known: BTreeMap::from([(empty, 0)]) }
    }
}

impl Numbers {
    /// The number of a content, a new one where it has none yet; none where that would be more than can be kept.
    pub(super) fn number_within_bounds(&mut self, content: &Content) -> Option<ContentId> {
        if let Some(&number) = self.known.get(content) {
            return Some(ContentId(number));
        }
        (self.files + content.len() <= MOST_FILES).then(|| self.number(content))
    }

    /// The number of a content, a new one where it has none yet.
    pub fn number(&mut self, content: &Content) -> ContentId {
        if let Some(&number) = self.known.get(content) {
            return ContentId(number);
        }
        self.files += content.len();
        let number = u32::try_from(self.contents.len()).unwrap_or(u32::MAX - 1);
        self.contents.push(content.clone());
        self.known.insert(content.clone(), number);
        ContentId(number)
    }

    /// The content that has a number.
    #[must_use]
    pub fn content(&self, number: ContentId) -> Option<&Content> {
        self.contents.get(number.0 as usize)
    }

    pub(super) fn contents(&self) -> &[Content] {
        &self.contents
    }

    /// The contents, each in the place that its number names.
    #[must_use]
    pub fn into_contents(self) -> Vec<Content> {
        self.contents
    }
}
