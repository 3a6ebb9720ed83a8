//! `explain` and `list`: what is listed can be explained, with a story as short as it can be.

use crate::scene::{CONFORMS, UNDECIDED, USAGE, run};
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
      source: 8 of the 10 method pages (S-INCREMENT)
      source: BASE, property SourceVersion
      binds: all ten classes
      note: where the method page does not say so, as Q-UNPROMISED reads
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
      source: 8 of the 10 method pages (S-INCREMENT)
      source: SMS_PackageBaseclass Server WMI Class (BASE), property SourceVersion
      force: documented (a reference page states it without condition)

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
    assert_snapshot!(ran.out, @r#"
    Q-VISIBLE: when is the new version visible?
      source: UPA, Update a package, steps 1 to 3
      source: BASE, property SourceVersion
      readings, strong to weak:
        at_return              when the call has returned 0, the new version is there
        eventually             the new version comes some time after the call, at the latest when nothing is left to do
                               less is asked by VER-1, VER-6
      concerns: all ten classes
      pin one: pkgsource verify --pin Q-VISIBLE=at_return
    "#);
}

#[test]
fn the_story_of_an_edit_of_equal_size_is_as_short_as_it_can_be() {
    let ran = run(&["explain", "DST-9"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(story(&ran.out), @r#"
    the shortest story in which it is broken, by mutant:compares-size-and-time

    DST-9 is broken in SMS_Package: a file whose contents changed, or that was renamed or moved, is a change
      source: Fundamental concepts for content management (FCC), Binary differential replication, 1st
              item
      force: described (a document describes the product doing it, or calls the opposite a bug); with
              `--at-least documented` a remark

        1. edit S1: write a.txt = "text 1"
        2. create P1, a SMS_Package, with source S1
        3. assign P1 to DP1
        4. edit S1: write a.txt = "text 2" (same size and modification time)
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
        // Whom each mutant's story accuses is for the test of all stories to say; here one of ten is told.
        let step = if what == "mutants" { 10 } else { 1 };
        let ids = ids.into_iter().step_by(step);
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
fn a_source_is_explained_with_its_address_and_who_cites_which_place() {
    let ran = run(&["explain", "FCC"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r#"
    source FCC: Fundamental concepts for content management
      https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/fundamental-concepts-for-content-management
      cited:
        Binary differential replication, 1st item (DST-9)
        Binary differential replication, 2nd item (HIE-9)
    "#);
}

#[test]
fn a_method_page_is_explained_sentence_by_sentence() {
    let ran = run(&["explain", "RPS-CONTENT"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r#"
    source RPS-CONTENT: RefreshPkgSource Method in Class SMS_ContentPackage
      https://learn.microsoft.com/intune/configmgr/develop/reference/core/servers/configure/refreshpkgsource-method-in-class-sms_contentpackage
      cited:
        introduction, 1st paragraph, 1st sentence: RefreshPkgSource is a method of the class (IF-10)
        introduction, 1st paragraph, 1st sentence: it causes a refresh of the package source; no distribution point is mentioned (Q-UNPROMISED)
        introduction, 2nd paragraph, 1st sentence: the signature that follows is simplified (DOC-1)
        Syntax: the method's signature (IF-1)
        Parameters, 1st line: there is no parameter (IF-2, IF-9, Q-PARAMETER)
        Return Values, 1st paragraph, 1st sentence: the return value is an SInt32 (IF-3)
        Return Values, 1st paragraph, 1st sentence: 0 is success, and any other value failure (IF-4, IF-12, IF-16, RMT-1, RMT-3, Q-FAILURE, Q-INJECTION)
        Return Values, 2nd paragraph, 1st sentence: how returned errors are handled is told on a page of its own (IF-6)
        Remarks, 1st paragraph, 1st sentence: that is for when the properties of the package have not changed (Q-PROPERTIES)
        Runtime Requirements: what must be installed to run it is told elsewhere (DOC-2)
        Development Requirements: what must be installed to develop with it is told elsewhere (DOC-2)
        See Also, 1st link: related: a class page (DOC-3)
        introduction and Remarks: the sentences are absent (CLS-2)
    "#);
}

#[test]
fn entries_sentences_ambiguities_and_readings_are_explained() {
    let all = ["UPD-1", "IF-13", "S-ONLY-WAY", "A6", "Q-CHILD=metadata_only"];
    let texts = all.map(|id| {
        let ran = run(&["explain", id]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{id}");
        ran.out
    });
    assert_snapshot!(texts.join("\n"), @r#"
    UPD-1: but for a schedule, the method is the only way to force an update of the source files
      contradicted: it binds nobody; see SCH-2, CLS-8, CLS-9, CLS-11, Q-ADDED, Q-PUT-PATH, Q-REDISTRIBUTE
      source: 9 of the 10 method pages (S-ONLY-WAY)
      source: BASE, property RefreshPkgSourceFlag, 2nd paragraph
      source: ADD-DRV, parameter bRefreshDPs
      source: ADD-SUP, parameter bRefreshDPs
      source: COMMIT, introduction
      source: CLS-PKG, Remarks, the paragraph on ShareName and PkgSourcePath
      source: DP, property RefreshNow

    IF-13: 0 means accepted: source and points may still be untouched, and a failure may show later
      permission: proved by the correct variant `delayed`
      source: UPA, Update a package, steps 1 to 3: the call returns before the source is read

    S-ONLY-WAY: it is the only way to force an update of the source files
      a sentence of the method pages; it leads to UPD-1
      stands in RPS-PKG, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-DRV, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-TS, Remarks, 1st paragraph, 1st sentence
      stands in RPS-SUP, Remarks, 1st paragraph, 1st sentence
      stands in RPS-DEV, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-IMG, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-BOOT, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-OSI, Remarks, 2nd paragraph, 1st sentence
      stands in RPS-VHD, Remarks, 2nd paragraph, 1st sentence

    A6: what does the condition ask for that the properties have not changed?
      see Q-PROPERTIES

    Q-CHILD=metadata_only: a child site without a point of the package learns the version and gets no files
      it answers: does a child site without a point of the package get the content?
      less is asked by: HIE-1
      pin it: pkgsource verify --pin Q-CHILD=metadata_only
    "#);
}

#[test]
fn a_scenario_that_a_report_names_is_explained() {
    let scenario = run(&["explain", "update-regular"]);
    assert_eq!(scenario.code, Some(CONFORMS), "{}", scenario.err);
    assert!(scenario.out.contains("{\"plan\":\"update-regular\""), "{}", scenario.out);
}

#[test]
fn a_misspelt_id_of_any_kind_finds_the_one_that_was_meant() {
    let all = [
        ("VER1", "VER-1"),
        ("UPD1", "UPD-1"),
        ("rps-pkg", "RPS-PKG"),
        ("S-ONLYWAY", "S-ONLY-WAY"),
        ("KB318834", "KB-318834"),
        ("update-regualr", "update-regular"),
    ];
    for (id, meant) in all {
        let ran = run(&["explain", id]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{id}");
        assert!(ran.err.contains(&format!("did you mean `{meant}`?")), "{id}: {}", ran.err);
    }
}
