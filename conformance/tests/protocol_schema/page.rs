//! The page that explains the protocol: its examples are what the schemas take.

use crate::schemas::{Oks, assert_valid, definition, specs, validator};
use serde_json::Value;
use std::collections::BTreeMap;

/// The lines of the page's JSON blocks, by section.
fn page() -> BTreeMap<u32, Vec<Value>> {
    let mut sections = BTreeMap::<u32, Vec<Value>>::new();
    let (mut section, mut in_block) = (0, false);
    for line in specs("protocol.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.split('.').next().unwrap().parse().unwrap();
        } else if line.starts_with("```") {
            in_block = line == "```json";
        } else if in_block {
            let value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            sections.entry(section).or_default().push(value);
        }
    }
    sections
}

#[test]
fn every_example_on_the_page_is_a_valid_request_with_a_valid_reply() {
    let (requests, oks) = (validator("request"), Oks::new());
    let page = page();
    for section in [2, 3, 7] {
        let examples = &page[&section];
        for pair in examples.chunks(2) {
            let [request, reply] = pair else { panic!("a request without a reply: {pair:?}") };
            assert_valid(&requests, request);
            oks.assert_answers(request, reply);
        }
    }
}

#[test]
fn every_change_on_the_page_is_valid() {
    let changes = definition("request", "change");
    assert_eq!(page()[&4].len(), 3);
    for change in &page()[&4] {
        assert_valid(&changes, change);
    }
}
