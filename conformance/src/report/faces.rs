//! Every face of one view: what comes from outside is text in each, and nothing that a reader, a terminal or a browser
//! would obey.

mod hostile;
mod numbers;
pub(crate) mod page;
mod xml;

use super::{View, brief, html, json_text, junit, markdown, verbose};
use crate::report::view::{Because, NotTested};
use crate::subjects::built_in;
use crate::verify::{Settings, verify};
use pkgsource_model::words::PackageClass;
use pkgsource_model::words::visible::is_hidden;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Everything that somebody obeys: markup, an escape sequence, a line feed, a bidirectional override.
const HOSTILE: &str = "<script>alert(1)</script>\u{1b}[2J\nINJECTED\u{202e}]]>`|";

/// How it is to be shown.
const SHOWN: &str = "<script>alert(1)</script>\\u{1b}[2J\\nINJECTED\\u{202e}]]>`|";

/// Few plans are enough for what a face does with a verdict.
fn few_plans() -> Settings {
    let mut settings = Settings { plans: 5, enumerate: 0, covering: false, ..Settings::new(7) };
    settings.requirements.classes = vec![PackageClass::Package];
    settings
}

/// What is reported of a subject. Equal runs are equal, so that one of each is enough for all tests.
fn view(subject: &str) -> View {
    static KNOWN: Mutex<BTreeMap<String, View>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap();
    let view = known.entry(subject.to_owned()).or_insert_with(|| {
        let mut adapter = built_in(subject, 1).unwrap();
        View::of(&verify(adapter.as_mut(), subject, &few_plans(), |_, _| ()).unwrap().report)
    });
    view.clone()
}

/// A view in which every text is hostile, but the words that are looked at.
fn hostile() -> View {
    fn spoil(value: &mut Value, name: &str) {
        let kept = ["verdict", "state", "clause", "class", "classes", "kind", "how"];
        match value {
            Value::String(_) if kept.contains(&name) => {}
            Value::String(text) => HOSTILE.clone_into(text),
            Value::Array(list) => list.iter_mut().for_each(|value| spoil(value, name)),
            Value::Object(members) => {
                for (name, value) in members.iter_mut().filter(|(name, _)| *name != "plan") {
                    spoil(value, name);
                }
            }
            _ => {}
        }
    }
    let mut found = view("mutant:compares-size-and-time");
    found.changed = vec!["x".into()];
    found.doubts = vec!["x".into()];
    found.incomplete = vec!["x".into()];
    found.not_tested = vec![NotTested {
        because: Because::NotClaimed(vec!["x".into()]),
        clauses: vec!["VER-1".into()],
        classes: vec!["SMS_Package".into()],
    }];
    let mut value = super::view_json(&found);
    spoil(&mut value, "");
    serde_json::from_value(value).unwrap()
}

/// No face has a letter that somebody obeys, and a line feed from outside begins no line.
#[track_caller]
fn assert_text_in_every_face(view: &View) {
    let faces = [
        ("text", brief(view)),
        ("verbose", verbose(view)),
        ("json", json_text(view)),
        ("junit", junit(view)),
        ("markdown", markdown(view)),
        ("html", html(view)),
    ];
    for (face, text) in &faces {
        let obeyed = text.chars().find(|letter| *letter != '\n' && is_hidden(*letter));
        assert_eq!(obeyed, None, "{face}");
        for line in text.lines() {
            assert!(!line.trim_start().starts_with("INJECTED"), "{face}: {line}");
        }
    }
    let [(_, text), (_, verbose), (_, json), (_, junit), (_, markdown), (_, html)] = &faces;
    assert!(text.contains(SHOWN) && verbose.starts_with(text), "{text}");
    let read: View = serde_json::from_str(json).unwrap();
    assert_eq!(read, *view, "JSON keeps what was said");
    assert!(xml::assert_junit(junit).contains(SHOWN), "{junit}");
    assert!(markdown.contains("INJECTED"), "{markdown}");
    assert!(page::parsed(html).text.contains(SHOWN), "{html}");
}

#[test]
fn what_comes_from_outside_is_text_in_every_face() {
    let mut view = hostile();
    // Its lines are lines of a story, each of which was made visible before.
    view.counterexamples.iter_mut().for_each(|story| story.story = SHOWN.to_owned());
    assert_text_in_every_face(&view);
}

#[test]
fn what_an_implementation_says_is_text_in_every_face() {
    assert_text_in_every_face(&hostile::view());
}

#[test]
fn every_face_is_well_formed() {
    for subject in ["reference", "mutant:compares-size-and-time", "variant:delayed"] {
        let view = view(subject);
        xml::assert_junit(&junit(&view));
        let page = page::parsed(&html(&view));
        assert!(page.text.contains(&super::verdict(&view)), "{}", page.text);
    }
}

/// Outside of a block of code Markdown passes markup on.
#[test]
fn markdown_holds_what_comes_from_outside_in_code_or_escaped() {
    assert_markdown_is_text(&markdown(&hostile()));
    assert_markdown_is_text(&markdown(&hostile::view()));
}

#[track_caller]
fn assert_markdown_is_text(text: &str) {
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let ticks: String = line.chars().take_while(|letter| *letter == '`').collect();
        match &fence {
            Some(open) if *open == line => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 && !line.trim_start_matches('`').contains('`') => {
                fence = Some(ticks);
            }
            None => assert!(!line.contains("<script"), "{line}"),
        }
    }
    assert_eq!(fence, None, "a block of code is closed");
}

#[test]
fn the_first_screen_has_forty_lines_of_a_hundred_columns() {
    for subject in ["reference", "mutant:compares-size-and-time"] {
        let text = brief(&view(subject));
        assert!(text.lines().count() <= 40, "{text}");
        let widest = text.lines().filter(|line| !line.contains("is broken in "));
        let widest = widest.map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{text}");
    }
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let text = html(&view("mutant:compares-size-and-time"));
    for needed in ["http:", "https:", "src=", "@import", "url(", "<link"] {
        assert!(!text.contains(needed), "{needed}");
    }
    for shown in
        ["id=\"story-0\"", "a.txt = &quot;text 1&quot; ← here", "<th scope=\"col\">owner</th>"]
    {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
}

#[test]
fn junit_counts_what_the_view_counts() {
    let found = view("mutant:compares-size-and-time");
    let text = junit(&found);
    let read = quick_junit::Report::deserialize_from_str(&text).unwrap();
    let clauses: usize = found.classes.iter().map(|class| class.clauses.len()).sum();
    // The run itself is a case, too.
    assert_eq!((read.tests, read.failures, read.errors), (clauses + 1, 1, 0));
}
