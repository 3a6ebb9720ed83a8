//! What each of the ten method pages says, sentence by sentence: in our own words, with the spot on every page where it
//! stands, and the one entry of the register that it leads to.
//!
//! A sentence that says two things is two rows at one spot. `SMS_VhdPackage`'s page is withdrawn: its rows are those of
//! the copy that was read, without its *See Also*.

mod places;
mod spot;
mod table;

pub use spot::{Heading, Spot};
pub use table::PageSentence;

use crate::words::PackageClass;

/// The spots of a sentence on some pages: the same on each.
#[derive(Clone, Copy, Debug)]
pub struct Stands {
    /// Whose pages.
    pub pages: &'static [PackageClass],
    /// Where on each.
    pub spot: Spot,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct SentenceEntry {
    /// Which sentence.
    pub sentence: PageSentence,
    /// Its permanent id.
    pub id: &'static str,
    /// What it says, in our own words.
    pub says: &'static str,
    /// Where it stands.
    pub stands: &'static [Stands],
    /// The id of the one entry, clause or question that it leads to.
    pub leads_to: &'static str,
}

impl SentenceEntry {
    /// Every page that it stands on, and where there.
    pub fn places(&self) -> impl Iterator<Item = (PackageClass, Spot)> {
        let on = self
            .stands
            .iter()
            .flat_map(|stands| stands.pages.iter().map(move |&class| (class, stands.spot)));
        let mut places: Vec<(PackageClass, Spot)> = on.collect();
        places.sort_by_key(|&(class, spot)| (class as usize, spot));
        places.into_iter()
    }
}

impl PageSentence {
    /// The sentence's row.
    #[must_use]
    pub fn entry(self) -> &'static SentenceEntry {
        &table::SENTENCES[self as usize]
    }

    /// Every row, in the order in which the pages say them.
    #[must_use]
    pub fn all() -> &'static [SentenceEntry] {
        &table::SENTENCES
    }
}
