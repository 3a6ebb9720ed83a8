//! `JUnit` as its readers expect it: which element stands in which, in what order, with which attributes, and with numbers
//! that are the numbers of what is inside. These are facts of the format as CI systems read it, stated here.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

/// An element, its attributes and what stands in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

/// Parses a document and asserts that it is `JUnit`. Returns all its text and attributes.
#[track_caller]
pub(super) fn assert_junit(xml: &str) -> String {
    let root = parsed(xml);
    assert_eq!(root.name, "testsuites");
    only(&root, &["name", "tests", "failures", "errors", "skipped", "disabled", "time"]);
    let mut sums = [0; 4];
    for suite in &root.children {
        let counts = assert_suite(suite);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    assert_eq!(numbers(&root), sums, "the counts of the whole are the sums of its suites'");
    let mut text = String::new();
    gather(&root, &mut text);
    text
}

fn assert_suite(suite: &Element) -> [usize; 4] {
    assert_eq!(suite.name, "testsuite");
    let known = [
        "name",
        "tests",
        "failures",
        "errors",
        "skipped",
        "disabled",
        "time",
        "timestamp",
        "hostname",
        "id",
        "package",
    ];
    only(suite, &known);
    assert!(!attribute(suite, "name").is_empty());
    let rank = |element: &Element| match element.name.as_str() {
        "properties" => 0,
        "testcase" => 1,
        "system-out" => 2,
        "system-err" => 3,
        other => panic!("`{other}` in a suite"),
    };
    assert!(suite.children.iter().map(rank).is_sorted(), "the order of what stands in a suite");
    let mut counts = [0; 4];
    let mut names = Vec::new();
    for case in suite.children.iter().filter(|child| child.name == "testcase") {
        only(case, &["name", "classname", "time", "assertions", "status"]);
        assert!(!attribute(case, "classname").is_empty());
        names.push(attribute(case, "name"));
        counts[0] += 1;
        assert!(case.children.len() <= 1, "one outcome of a case");
        for outcome in &case.children {
            only(outcome, &["message", "type"]);
            let place =
                ["failure", "error", "skipped"].iter().position(|name| *name == outcome.name);
            counts[1 + place.unwrap_or_else(|| panic!("`{}` in a case", outcome.name))] += 1;
            assert!(!attribute(outcome, "message").is_empty());
            if outcome.name != "skipped" {
                assert!(!attribute(outcome, "type").is_empty());
            }
        }
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "every case of a suite has a name of its own");
    assert_eq!(numbers(suite), counts, "a suite counts what stands in it");
    counts
}

fn numbers(element: &Element) -> [usize; 4] {
    ["tests", "failures", "errors", "skipped"].map(|name| {
        let text = attribute(element, name);
        text.parse().unwrap_or_else(|_| panic!("`{name}` is {text:?}"))
    })
}

fn attribute<'a>(element: &'a Element, name: &str) -> &'a str {
    let of = element.attributes.get(name);
    of.unwrap_or_else(|| panic!("`{}` has no attribute `{name}`: {element:?}", element.name))
}

fn only(element: &Element, known: &[&str]) {
    for name in element.attributes.keys() {
        assert!(known.contains(&name.as_str()), "`{}` has an attribute `{name}`", element.name);
    }
}

fn gather(element: &Element, text: &mut String) {
    for value in element.attributes.values() {
        text.push_str(value);
        text.push('\n');
    }
    text.push_str(&element.text);
    text.push('\n');
    element.children.iter().for_each(|child| gather(child, text));
}

fn parsed(xml: &str) -> Element {
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    let may = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..);
    assert!(xml.chars().all(may), "a letter that XML cannot hold");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap();
        let last = open.last_mut().unwrap();
        match event {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => last.children.push(element(&start)),
            Event::Text(text) => last.text.push_str(&text.decode().unwrap()),
            Event::CData(text) => last.text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => {
                let name = name.decode().unwrap();
                last.text.push_str(resolve_predefined_entity(&name).unwrap());
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
    let mut outside = open.pop().unwrap();
    assert!(open.is_empty() && outside.children.len() == 1 && outside.text.trim().is_empty());
    outside.children.remove(0)
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
        assert!(attributes.insert(name(attribute.key.as_ref()), value).is_none());
    }
    Element { name: name(start.name().as_ref()), attributes, ..Element::default() }
}
