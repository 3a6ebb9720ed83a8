//! What is asked of a document. The documents themselves are in the table beside this.

use super::table::Document;
use std::fmt;

impl Document {
    /// Where it is: an address, or a path from the root of this repository.
    #[must_use]
    pub fn address(self) -> String {
        format!("{}{}", self.publisher().begins(), self.end())
    }

    /// Finds a document by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|document| document.key() == key)
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_document_has_a_title_and_an_address_of_its_own() {
        let all = Document::ALL.len();
        let of = |what: fn(Document) -> String| {
            Document::ALL.iter().map(|&document| what(document)).collect::<BTreeSet<_>>().len()
        };
        assert_eq!(of(|document| document.key().to_owned()), all);
        assert_eq!(of(|document| document.title().to_owned()), all);
        assert_eq!(of(Document::address), all);
        for document in Document::ALL {
            assert!(!document.end().is_empty() && !document.title().is_empty(), "{document}");
            assert!(!document.address().contains([' ', '"']), "{document}");
        }
    }
}
