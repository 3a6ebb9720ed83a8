//! The JSON report: the view, as it is. `specs/schema/report.json` says what it holds. `subject` names what was verified;
//! the rest of two equal runs is equal.

use super::{Report, View};
use pkgsource_model::words::visible::is_hidden;
use serde_json::Value;

/// The report as one JSON value.
#[must_use]
pub fn json(report: &Report) -> Value {
    view_json(&View::of(report))
}

/// A view as one JSON value.
#[must_use]
pub fn view_json(view: &View) -> Value {
    serde_json::to_value(view)
        .unwrap_or_else(|error| unreachable!("a view has no map with odd keys: {error}"))
}

/// A view as the text of a JSON value, with what is hidden in its strings spelled out, which does not change them.
#[must_use]
pub fn json_text(view: &View) -> String {
    nothing_hidden(&format!("{:#}\n", view_json(view)))
}

/// The text of JSON with what is hidden in its strings spelled out.
#[must_use]
pub fn nothing_hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut units = [0; 2];
    for letter in text.chars() {
        if letter == '\n' || !is_hidden(letter) {
            shown.push(letter);
        } else {
            let units = letter.encode_utf16(&mut units);
            shown.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    shown
}
