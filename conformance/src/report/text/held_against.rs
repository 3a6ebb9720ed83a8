//! What a run was held against: a file of known deviations, and an earlier run.

use super::page::{Page, many};
use super::tested::classes;
use crate::report::view::View;
use pkgsource_model::words::visible;

pub(super) fn expected(out: &mut Page, view: &View) {
    let Some(expected) = &view.expected else { return };
    out.say("");
    let word = if expected.is_met() { "as expected" } else { "NOT as expected" };
    out.say(&format!("{word} by {}", visible(&expected.file)));
    for (what, lines) in [
        ("known deviation", &expected.met),
        ("not expected", &expected.unexpected),
        ("wrong entry", &expected.wrong),
    ] {
        for line in lines {
            out.wrapped(&format!("  {what}: {line}"), 6);
        }
    }
}

pub(super) fn against(out: &mut Page, view: &View) {
    let Some(against) = &view.against else { return };
    out.say("");
    let count = match against.differences.len() {
        0 => "nothing differs".to_owned(),
        count => many(count, "difference", "differences"),
    };
    let (file, subject) = (visible(&against.file), visible(&against.subject));
    out.say(&format!("against {file} ({subject}, {}): {count}", visible(&against.suite)));
    against.notes.iter().for_each(|note| out.wrapped(&format!("  note: {}", visible(note)), 4));
    for difference in &against.differences {
        let classes = match classes(view, &difference.classes) {
            None => String::new(),
            Some(classes) => format!(" ({classes})"),
        };
        let kind = difference.kind.words();
        let (was, is) = (visible(&difference.was), visible(&difference.is));
        let change = match (was.is_empty(), is.is_empty()) {
            (true, _) => is.into_owned(),
            (_, true) => was.into_owned(),
            _ => format!("{was} -> {is}"),
        };
        out.wrapped(&format!("  {kind}: {} {change}{classes}", difference.what), 6);
    }
}
