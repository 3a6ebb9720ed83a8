//! Who is accused where a wrong answer has consequences: the clause that was broken, and none that follows from it. Each
//! history stands here by hand, with the defect that it shows.

use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{HistorySet, Requirements};

/// The clauses that are broken in a history.
#[track_caller]
fn accused(text: &str) -> Vec<&'static str> {
    accused_in(&History::from_notation(text).unwrap_or_else(|wrong| panic!("{wrong}")))
}

fn accused_in(history: &History) -> Vec<&'static str> {
    let mut set = HistorySet::new();
    set.add(history);
    let judged = set.judge(&Requirements::default());
    judged.broken_clauses().into_iter().map(ClauseId::text).collect()
}

#[test]
fn a_refused_call_that_raised_the_version_is_not_blamed_on_the_refresh_after_it() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         refresh P1 context=X1 -> 5
         quiescent
         package P1 -> 2
         edit S1 a.txt=three
         refresh P1 -> 0
         quiescent
         package P1 -> 3
         point P1 DP1 -> installed 3
         content P1 DP1 -> a.txt=three",
    );
    assert_eq!(broken, ["IF-12"]);
}

#[test]
fn a_refresh_that_was_done_and_answers_with_a_number_is_refused_without_cause_alone() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         edit S1 a.txt=three
         refresh P1 -> 5
         quiescent
         package P1 -> 2
         point P1 DP1 -> installed 2
         content P1 DP1 -> a.txt=three",
    );
    assert_eq!(broken, ["IF-16"]);
}

#[test]
fn content_of_the_source_before_is_not_excused_by_a_write_that_failed() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         lose S1
         put P1 refresh -> error
         quiescent
         package P1 -> 1
         restore S1
         edit S2 b.txt=two
         put P1 source=S2
         refresh P1 -> 0
         quiescent
         package P1 -> 2
         content P1 DP1 -> a.txt=one",
    );
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(["DST-1", "DST-10"].contains(&broken[0]), "{broken:?}");
}

#[test]
fn a_point_that_stays_at_the_version_before_is_not_said_to_go_back() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         assign P1 DP2
         quiescent
         point P1 DP2 -> installed 1
         refresh P1 -> 0
         quiescent
         package P1 -> 2
         point P1 DP1 -> installed 2
         point P1 DP2 -> installed 1",
    );
    assert_eq!(broken, ["DST-3"]);
}

#[test]
fn files_that_a_child_site_no_longer_has_are_no_version_that_goes_back() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP3
         quiescent
         site P1 PS2 -> 1 files 1
         refresh P1 -> 0
         quiescent
         site P1 PS2 -> 2 files 0",
    );
    assert_eq!(broken, ["HIE-1"]);
}

#[test]
fn a_late_cancel_after_which_an_installed_point_has_failed_is_not_a_point_s_own_failure() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         point P1 DP1 -> installed 1
         cancel P1 DP1
         quiescent
         point P1 DP1 -> install_failed",
    );
    assert_eq!(broken, ["DST-3"]);
}

#[test]
fn where_another_point_ails_a_late_cancel_need_not_be_why_a_point_has_failed() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         assign P1 DP2
         quiescent
         point P1 DP1 -> installed 1
         point P1 DP2 -> install_failed 1
         cancel P1 DP1
         quiescent
         point P1 DP1 -> install_failed 1",
    );
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn a_version_that_rises_once_a_schedule_is_taken_away_is_not_the_schedule_s() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         schedule P1 1
         quiescent
         package P1 -> 1
         schedule P1 0
         quiescent
         package P1 -> 1
         edit S1 a.txt=three
         quiescent
         package P1 -> 2",
    );
    assert_eq!(broken, ["VER-4"]);
}

/// Where a read may see half a switch, a refresh that nobody asked for would explain whatever is read.
#[test]
fn a_first_version_that_lacks_a_file_is_no_version_that_nobody_asked_for() {
    let text = "edit S1 a.txt=one b.txt=two
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         package P1 -> 1
         point P1 DP1 -> installed 1
         content P1 DP1 -> a.txt=one";
    for atomic_reads in [true, false] {
        let mut history = History::from_notation(text).unwrap();
        history.header.capabilities.atomic_reads = atomic_reads;
        assert_eq!(accused_in(&history), ["DST-5"], "{atomic_reads}");
    }
}

#[test]
fn a_point_that_has_nothing_is_no_package_that_has_gone() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         assign P1 DP1
         quiescent
         content P1 DP1 -> a.txt=one
         put P1 name=renamed
         quiescent
         package P1 -> 1
         content P1 DP1 -> nothing",
    );
    assert_eq!(broken, ["DST-5"]);
}

#[test]
fn what_a_point_loses_with_its_package_is_the_package_s_end() {
    let broken = accused(
        "edit S1 a.txt=one
         create P1 SMS_Package S1
         create P2 SMS_Package S1
         assign P1 DP1
         quiescent
         content P1 DP1 -> a.txt=one
         delete P2
         quiescent
         content P1 DP1 -> nothing
         package P1 -> absent",
    );
    assert_eq!(broken, ["IF-18"]);
}
