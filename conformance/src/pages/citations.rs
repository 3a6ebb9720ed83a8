//! Who cites what, and where that stands: for the pages and for `explain`.

use pkgsource_model::clauses::{AMBIGUITIES, CLAUSES, entries};
use pkgsource_model::documents::sentences::{PageSentence, Spot};
use pkgsource_model::documents::{Citation, Document};
use pkgsource_model::readings::QUESTIONS;

/// Every id that cites, with its citations, in the order of the register.
fn all() -> impl Iterator<Item = (&'static str, &'static [Citation])> {
    let clauses = CLAUSES.iter().map(|clause| (clause.id, clause.cites));
    let entries = entries().map(|entry| (entry.id, entry.cites));
    let questions = QUESTIONS.iter().map(|question| (question.id, question.cites));
    clauses.chain(entries).chain(questions)
}

/// The places of a document that are cited, each with who cites it there. A place on a method page is a spot, with what
/// the sentence there says; spots come in the order of the page, other places in that of the register.
#[must_use]
pub fn places_of(document: Document) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut add =
        |place: String, says: &'static str, leads_to: Option<&'static str>, id| match places
            .iter_mut()
            .find(|known| known.place == place && known.says == says)
        {
            Some(known) => known.cited_by.push(id),
            None => places.push(Place { place, says, leads_to, cited_by: vec![id] }),
        };
    for (sentence, spot) in on_page(document) {
        let entry = sentence.entry();
        for (id, _) in all().filter(|(_, cites)| cites.contains(&Citation::Sentence(sentence))) {
            add(spot.to_string(), entry.says, Some(entry.leads_to), id);
        }
    }
    for (id, cites) in all() {
        for citation in cites {
            if let Citation::Place(of, place) = *citation
                && of == document
            {
                add(place.to_owned(), "", None, id);
            }
        }
    }
    places
}

/// A place that is cited.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where in its document.
    pub place: String,
    /// What the sentence there says; empty where it is no method page.
    pub says: &'static str,
    /// The one id that the sentence leads to.
    pub leads_to: Option<&'static str>,
    /// Who cites it.
    pub cited_by: Vec<&'static str>,
}

/// The sentences of a method page, in its order.
fn on_page(document: Document) -> Vec<(PageSentence, Spot)> {
    let mut found: Vec<_> = PageSentence::all()
        .iter()
        .flat_map(|entry| entry.places().map(|(class, spot)| (entry.sentence, class, spot)))
        .filter(|(_, class, _)| class.entry().page == document)
        .map(|(sentence, _, spot)| (sentence, spot))
        .collect();
    found.sort_by_key(|&(sentence, spot)| (spot, sentence));
    found
}

/// The ambiguities that came to an id.
pub fn ambiguities_of(id: &str) -> impl Iterator<Item = &'static str> {
    AMBIGUITIES.iter().filter(move |one| one.leads_to == id).map(|one| one.id)
}
