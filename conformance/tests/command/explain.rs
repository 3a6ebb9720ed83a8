//! `explain` and `list`: what is listed can be explained, with a story as short as it can be.

use crate::scene::{CONFORMS, UNDECIDED, run};
use insta::assert_snapshot;

/// The story that an explanation ends with.
fn story(text: &str) -> &str {
    text.split_once("\n\n").map_or("", |(_, story)| story)
}

#[test]
fn a_clause_is_explained_with_its_source_whom_it_binds_and_a_story() {
    let ran = run(&["explain", "VER-1"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r#"
    VER-1: a processed refresh increments SourceVersion
      force: documented
      source: RPS-* (eight pages); BASE; for the other two as Q-UNPROMISED reads
      binds: all ten classes
      proved by the mutants
        skips-an-increment: a refresh of a changed source raises no version
        skips-every-second-increment: every second refresh of a changed source raises no version
        skips-the-third-version: no refresh of a changed source leads from version 2 to version 3
        skips-an-increment-after-a-failure: the first refresh of a changed source after one that failed raises no version
        skips-an-increment-after-a-redistribution: a redistribution costs the next refresh of a changed source its version
        skips-an-increment-of-a-shared-source: a refresh of a changed source that another package has, too, raises no version
        skips-an-increment-without-points: a refresh of a changed source raises no version while no point has the package
        skips-an-increment-for-a-deletion: a refresh raises no version where files only went from the source
        version-stops-at-five: no refresh of a changed source leads beyond version 5

    the shortest story in which it is broken, by mutant:skips-an-increment

    VER-1 is broken in SMS_Package: a processed refresh increments SourceVersion
      source: RPS-* (eight pages); BASE; for the other two as Q-UNPROMISED reads (documented)

        1. create P1, a SMS_Package, with source S1
           -- quiescent: nothing is left to do --
         read package P1 -> version 1, flag 2
        2. edit S1: write a.txt = "text 1"
        3. refresh P1 -> returns 0
           -- quiescent: nothing is left to do --
         read package P1 -> version 1, flag 2   <-- here
           expected  version 2 or higher
           seen      version 1
    "#);
}

#[test]
fn a_question_is_explained_with_its_readings() {
    let ran = run(&["explain", "Q-VISIBLE"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r"
    Q-VISIBLE: when is the new version visible?
      left open by: A2
      readings, strong to weak:
        at_return
        eventually
      concerns: all ten classes
      pin one: pkgsource verify --pin Q-VISIBLE=at_return
    ");
}

#[test]
fn the_story_of_an_edit_of_equal_size_is_as_short_as_it_can_be() {
    let ran = run(&["explain", "DST-9"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(story(&ran.out), @r#"
    the shortest story in which it is broken, by mutant:compares-size-and-time

    DST-9 is broken in SMS_Package: a file changed, renamed or moved is a change, whatever its size and time
      source: FCC (documented)

        1. edit S1: write a.txt = "text 1"
        2. create P1, a SMS_Package, with source S1
        3. assign P1 to DP1
        4. edit S1: write a.txt = "text 2" (same modification time)
        5. refresh P1 -> returns 0
           -- quiescent: nothing is left to do --
         read content of P1 at DP1 -> a.txt = "text 1"   <-- here
           expected  a.txt = "text 2"
           seen      a.txt = "text 1"
    "#);
}

#[test]
fn everything_that_is_listed_can_be_explained() {
    for what in ["clauses", "questions", "entries", "classes", "mutants", "variants"] {
        let listed = run(&["list", what]);
        assert_eq!((listed.code, listed.err.as_str()), (Some(CONFORMS), ""), "{what}");
        let ids: Vec<&str> =
            listed.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert!(!ids.is_empty(), "{what}");
        for id in ids {
            let ran = run(&["explain", id]);
            assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{id}");
            assert!(ran.out.contains(id), "{id}: {}", ran.out);
            assert!(!ran.out.contains("finds no plan"), "{id}: {}", ran.out);
        }
    }
}

#[test]
fn scenarios_and_adapters_are_listed_and_the_adapters_without_a_name_run() {
    assert!(run(&["list", "scenarios"]).out.lines().count() > 10);
    let listed = run(&["list", "adapters"]);
    for adapter in ["folder", "reference"] {
        assert!(listed.out.lines().any(|line| line.starts_with(adapter)), "{}", listed.out);
        let options = ["verify", "--no-scenarios", "--plans", "1", "--adapter", adapter];
        let code = run(&options).code;
        assert!(code == Some(CONFORMS) || code == Some(UNDECIDED), "{adapter}: {code:?}");
    }
}

#[test]
fn a_source_and_a_scenario_that_a_report_names_are_explained() {
    let source = run(&["explain", "FCC"]);
    assert_eq!(source.code, Some(CONFORMS), "{}", source.err);
    assert!(
        source.out.starts_with("source FCC: ") && source.out.contains("DST-9"),
        "{}",
        source.out
    );
    let scenario = run(&["explain", "update-regular"]);
    assert_eq!(scenario.code, Some(CONFORMS), "{}", scenario.err);
    assert!(scenario.out.contains("{\"plan\":\"update-regular\""), "{}", scenario.out);
}
