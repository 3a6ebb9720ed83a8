//! A citation: a place in a document, or a sentence of the method pages, which stands at a place of its own on each.

use super::Document;
use super::sentences::PageSentence;
use std::fmt;

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Citation {
    /// A heading, paragraph, property or item of a document.
    Place(Document, &'static str),
    /// A sentence of the method pages, wherever it stands.
    Sentence(PageSentence),
}

/// A place in a document.
#[must_use]
pub const fn at(document: Document, place: &'static str) -> Citation {
    Citation::Place(document, place)
}

/// A sentence of the method pages.
#[must_use]
pub const fn said(sentence: PageSentence) -> Citation {
    Citation::Sentence(sentence)
}

impl Citation {
    /// Every place that it names: the document, and where in it.
    #[must_use]
    pub fn places(self) -> Vec<(Document, String)> {
        match self {
            Self::Place(document, place) => vec![(document, place.to_owned())],
            Self::Sentence(sentence) => sentence
                .entry()
                .places()
                .map(|(class, spot)| (class.entry().page, spot.to_string()))
                .collect(),
        }
    }

    /// The same with the document's title, for whoever does not know the documents by their short names.
    #[must_use]
    pub fn in_full(self) -> String {
        match self {
            Self::Place(document, place) => format!("{} ({document}), {place}", document.title()),
            Self::Sentence(_) => self.to_string(),
        }
    }

    /// Citations as a line: what stands at the end of a sentence that cites them.
    #[must_use]
    pub fn line(citations: &[Self]) -> String {
        citations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(document, place) => write!(f, "{document}, {place}"),
            Self::Sentence(sentence) => {
                let entry = sentence.entry();
                let pages: Vec<String> =
                    entry.places().map(|(class, _)| class.entry().page.to_string()).collect();
                match pages.as_slice() {
                    [one] => write!(f, "{one}")?,
                    all if all.len() == 10 => f.write_str("all ten method pages")?,
                    some if some.len() > 3 => write!(f, "{} of the 10 method pages", some.len())?,
                    few => f.write_str(&few.join(", "))?,
                }
                write!(f, " ({})", entry.id)
            }
        }
    }
}
