//! The pages below `specs/` that are derived: the register, the questions, the class table and the sources, as Markdown.
//!
//! They say nothing of their own. `conformance/tests/pages.rs` compares them with what is on disk and renews them.

pub mod citations;
mod classes;
mod clauses;
mod questions;
mod sources;

use pkgsource_model::clauses::ClauseId;
use pkgsource_model::documents::sentences::Stands;
use pkgsource_model::documents::{Citation, Document};
use pkgsource_model::readings::Question;
use pkgsource_model::words::PackageClass;
use std::fmt::Write as _;

/// Every derived page: its path below `specs/`, and its text.
#[must_use]
pub fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("clauses.md", clauses::page()),
        ("questions.md", questions::page()),
        ("classes.md", classes::page()),
        ("sources.md", sources::page()),
    ]
}

/// A page's first lines: its title, and that it is derived, from what, and how to renew it.
fn opening(title: &str, from: &[&str]) -> String {
    let files: Vec<String> = from.iter().map(|file| format!("[`{file}`](../{file})")).collect();
    format!(
        "# {title}\n\n\
         *Derived from {}.\n\
         Do not edit this page; renew it with\n\
         `PKGSOURCE_WRITE_PAGES=1 cargo test --package pkgsource --test pages`.*\n",
        files.join(",\n")
    )
}

/// A table; a bar inside a cell is escaped.
fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: [String; N]| {
        format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
    };
    let mut text = line(head.map(str::to_owned)) + &format!("|{}\n", "---|".repeat(N));
    text.extend(rows.into_iter().map(line));
    text
}

/// A sentence as it stands in a page: a capital first, a full stop last.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    sentence += letters.as_str();
    if !sentence.ends_with(['.', '?']) {
        sentence.push('.');
    }
    sentence
}

/// Names in code type.
fn code<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A link to a heading of a derived page.
fn link(page: &str, id: &str) -> String {
    format!("[{id}]({page}#{})", id.to_lowercase())
}

/// An id as a link to its heading, where it has one; entries are rows of tables and have none.
fn link_to(id: &str) -> String {
    if ClauseId::by_text(id).is_some() {
        link("clauses.md", id)
    } else if Question::by_id(id).is_some() {
        link("questions.md", id)
    } else if Document::by_key(id).is_some() {
        link("sources.md", id)
    } else {
        id.to_owned()
    }
}

/// Citations as they stand in a page: each document a link, then the place.
fn places(cites: &[Citation]) -> String {
    let one = |citation: &Citation| match citation {
        Citation::Place(document, place) => format!("{} ({place})", link_to(document.key())),
        Citation::Sentence(sentence) => {
            let entry = sentence.entry();
            let on = |stands: &Stands| {
                let pages = stands.pages.iter().map(|class| link_to(class.entry().page.key()));
                format!("{} ({})", pages.collect::<Vec<_>>().join(", "), stands.spot)
            };
            let pages: Vec<String> = entry.stands.iter().map(on).collect();
            format!("*{}* {}", entry.says, pages.join(", "))
        }
    };
    cites.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Some of the classes in the fewest words.
fn class_names(these: &[PackageClass]) -> String {
    let others: Vec<PackageClass> =
        PackageClass::ALL.into_iter().filter(|class| !these.contains(class)).collect();
    match others.len() {
        0 => "all ten classes".to_owned(),
        1..=3 => format!("all classes but {}", code(others.iter().map(|class| class.name()))),
        _ => code(these.iter().map(|class| class.name())),
    }
}

/// A line of a list, where there is something to say.
fn item(text: &mut String, what: &str, says: &str) {
    if !says.is_empty() {
        // Writing to a `String` cannot fail.
        writeln!(text, "* {what}: {says}").ok();
    }
}
