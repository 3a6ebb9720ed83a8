//! `sources.md`: every document that the register cites, with its address, the places cited and by whom; of the method
//! pages every sentence, and the one entry that it leads to.

use super::citations::{Place, places_of};
use super::{link_to, opening, table};
use pkgsource_model::documents::{Document, Publisher};
use pkgsource_model::words::PackageClass;

const PUBLISHERS: [Publisher; 9] = [
    Publisher::Reference,
    Publisher::Guide,
    Publisher::Administration,
    Publisher::Troubleshooting,
    Publisher::Earlier,
    Publisher::KnowledgeBase,
    Publisher::Microsoft,
    Publisher::Field,
    Publisher::Own,
];

const INTRODUCTION: &str = "
The documents that [clauses.md](clauses.md) and [questions.md](questions.md) cite, each with its address and with every place that is
cited. A place is a heading, a paragraph, a property or an item; no sentence is copied, so look there for the words. A promise
is *documented* only where a place under *Reference* says it.

Of the ten method pages every sentence stands here, in our own words, with the one promise, question or entry that it leads to.
";

pub(super) fn page() -> String {
    let mut page = opening(
        "Sources",
        &[
            "model/src/documents/table.rs",
            "model/src/documents/sentences/table.rs",
            "model/src/clauses/promises.rs",
            "model/src/clauses/entries.rs",
            "model/src/readings/question/table.rs",
        ],
    );
    page += INTRODUCTION;
    for publisher in PUBLISHERS {
        let of = Document::ALL.iter().filter(|document| document.publisher() == publisher);
        page.extend(["\n## ", publisher.name(), "\n"]);
        page.extend(of.map(|&document| section(document)));
    }
    page
}

fn section(document: Document) -> String {
    let address = match document.publisher() {
        Publisher::Own => format!("[{0}](../{0})", document.address()),
        _ => format!("<{}>", document.address()),
    };
    let mut text = format!("\n### {document}\n\n{}: {address}\n\n", document.title());
    let places = places_of(document);
    let ids =
        |ids: &[&'static str]| ids.iter().map(|id| link_to(id)).collect::<Vec<_>>().join(", ");
    if is_method_page(document) {
        let row = |place: &Place| {
            let leads_to = place.leads_to.map(link_to).unwrap_or_default();
            let others: Vec<&str> =
                place.cited_by.iter().copied().filter(|id| Some(*id) != place.leads_to).collect();
            [place.place.clone(), place.says.to_owned(), leads_to, ids(&others)]
        };
        text +=
            &table(["place", "what is said", "leads to", "also cited by"], places.iter().map(row));
    } else {
        let row = |place: &Place| [place.place.clone(), ids(&place.cited_by)];
        text += &table(["place", "cited by"], places.iter().map(row));
    }
    text
}

fn is_method_page(document: Document) -> bool {
    PackageClass::ALL.iter().any(|class| class.entry().page == document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_publisher_has_a_section_and_every_document_is_cited() {
        for &document in Document::ALL {
            assert!(PUBLISHERS.contains(&document.publisher()), "{document}");
            assert!(!places_of(document).is_empty(), "nobody cites {document}");
        }
    }
}
