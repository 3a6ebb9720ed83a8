//! Every entry of the register that is not a promise: what is permitted, what is a question, what other documents
//! contradict, what is judged under another id, and what is excluded and why. So that nothing is missing by oversight.

mod classes;
mod concurrency;
mod failure;
mod hierarchy;
mod interface;
mod points;
mod schedule;
mod version;

use crate::documents::Citation;

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An implementation may do it; proved by the named correct variant.
    Permission(&'static str),
    /// It is left open; the named question holds its readings.
    Question(&'static str),
    /// It is judged, under the id of the named promise.
    Within(&'static str),
    /// Other documents contradict it, and it binds nobody; the named promises, questions and entries are the other ways.
    Contradicted(&'static [&'static str]),
    /// It is not judged, for the reason given.
    Excluded(Why, &'static str),
    /// It says nothing of what a call does.
    Aside,
}

/// Why something is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// No read that a client has shows it.
    NotObservable,
    /// A client can read it, and the protocol has no read for it.
    NotRead,
    /// A client could see it, and the suite does not make the situation in which it shows.
    NotMade,
    /// A run shows it, and no promise is made of it yet.
    NotJudged,
}

impl Why {
    /// The word in pages and lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotObservable => "not observable",
            Self::NotRead => "not read",
            Self::NotMade => "not made",
            Self::NotJudged => "not judged",
        }
    }
}

impl Kind {
    /// The word in pages and lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Permission(_) => "permission",
            Self::Question(_) => "question",
            Self::Within(_) => "judged",
            Self::Contradicted(_) => "contradicted",
            Self::Excluded(why, _) => why.name(),
            Self::Aside => "aside",
        }
    }
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its permanent id.
    pub id: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What became of it.
    pub kind: Kind,
    /// Where it stands, or where it was looked for.
    pub cites: &'static [Citation],
}

/// Every entry, in the order of the register's groups.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let groups = [
        interface::ENTRIES,
        version::ENTRIES,
        points::ENTRIES,
        hierarchy::ENTRIES,
        failure::ENTRIES,
        concurrency::ENTRIES,
        classes::ENTRIES,
        schedule::ENTRIES,
    ];
    groups.into_iter().flatten()
}

const fn permission(
    id: &'static str,
    says: &'static str,
    variant: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Permission(variant), cites }
}

const fn question(
    id: &'static str,
    says: &'static str,
    question: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Question(question), cites }
}

const fn within(
    id: &'static str,
    says: &'static str,
    promise: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Within(promise), cites }
}

const fn not_observable(
    id: &'static str,
    says: &'static str,
    reason: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Excluded(Why::NotObservable, reason), cites }
}

const fn not_read(
    id: &'static str,
    says: &'static str,
    reason: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Excluded(Why::NotRead, reason), cites }
}

const fn not_made(
    id: &'static str,
    says: &'static str,
    reason: &'static str,
    cites: &'static [Citation],
) -> Entry {
    Entry { id, says, kind: Kind::Excluded(Why::NotMade, reason), cites }
}

const fn aside(id: &'static str, says: &'static str, cites: &'static [Citation]) -> Entry {
    Entry { id, says, kind: Kind::Aside, cites }
}
