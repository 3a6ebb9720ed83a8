//! The derived pages below `specs/` are what the register makes of them.

use pkgsource::pages::pages;
use std::fs;
use std::path::Path;

/// Set it to write the pages instead of comparing them.
const WRITE: &str = "PKGSOURCE_WRITE_PAGES";

#[test]
fn the_pages_on_disk_are_those_of_the_register() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let write = std::env::var_os(WRITE).is_some_and(|value| value == "1");
    let mut old = Vec::new();
    for (name, text) in pages() {
        let path = specs.join(name);
        if write {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            old.push(name);
        }
    }
    assert!(
        old.is_empty(),
        "specs/{} differ from the register; renew them with {WRITE}=1 cargo test --package pkgsource --test pages",
        old.join(", specs/")
    );
}

#[test]
fn no_table_is_ragged() {
    for (name, text) in pages() {
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| line.starts_with('|'))) {
            assert_eq!(cells(pair[0]), cells(pair[1]), "{name}: {}", pair[1]);
        }
    }
}

#[test]
fn every_link_inside_the_pages_leads_to_a_heading() {
    let pages = pages();
    let headings = |name: &str| -> Vec<String> {
        let text = pages.iter().find(|(page, _)| *page == name).map_or("", |(_, text)| text);
        let titles = text.lines().filter_map(|line| {
            line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))
        });
        titles.map(|title| title.to_lowercase().replace(' ', "-")).collect()
    };
    let mut seen = 0;
    for (name, text) in &pages {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if let Some((page, heading)) = target.split_once('#') {
                let page = if page.is_empty() { name } else { page };
                assert!(
                    headings(page).iter().any(|known| known == heading),
                    "{name} links to {target}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen} links");
}

#[test]
fn every_file_that_a_page_is_made_of_is_there() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut seen = 0;
    for (name, text) in pages() {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("../") {
                assert!(specs.join(target).exists(), "{name} names {target}");
                seen += 1;
            }
        }
    }
    assert!(seen > 4, "{seen} files");
}
