//! What the README shows of a run is what the run prints. The transcript of rsync is left to people: it names the version
//! of a program that every machine has another of.

use std::process::{Command, Stdio};

/// The lines between a transcript's heading and its end, without the fences.
fn transcript(of: &str) -> Vec<String> {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let heading = format!("<!-- transcript of: {of} -->");
    let after = readme.split_once(&heading).unwrap_or_else(|| panic!("no transcript of {of}")).1;
    let inside = after.split_once("<!-- end of transcript -->").unwrap().0;
    inside.lines().filter(|line| !line.starts_with("```")).map(str::to_owned).collect()
}

#[test]
fn the_default_run_prints_what_the_readme_shows_of_it() {
    let ran = Command::new(env!("CARGO_BIN_EXE_pkgsource")).stderr(Stdio::null()).output().unwrap();
    assert_eq!(ran.status.code(), Some(0));
    let printed = String::from_utf8(ran.stdout).unwrap();
    let mut rest = printed.lines();
    for shown in transcript("cargo run --release") {
        if shown != "…" && !shown.is_empty() {
            let found = rest.any(|line| line == shown);
            assert!(
                found,
                "the run does not print `{shown}`, or not there; it printed:\n{printed}"
            );
        }
    }
}
