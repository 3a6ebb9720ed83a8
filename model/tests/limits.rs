//! What is too much to be told is said to be, and accuses nobody.

use pkgsource_model::history::History;
use pkgsource_model::judge::{Doubt, HistorySet, Judgement, Outcome, Requirements};
use std::fmt::Write;

fn judged(text: &str) -> Judgement {
    let history = History::from_notation(text).unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut set = HistorySet::new();
    set.add(&history);
    set.judge(&Requirements::default())
}

/// A driver package that is given so many files beside its source, and shows them all at its point.
fn given(additions: usize) -> Judgement {
    let mut text = String::from(
        "edit S1 a.txt=one\ncreate P1 SMS_DriverPackage S1\nassign P1 DP1\nquiescent\n\
         content P1 DP1 -> a.txt=one\nedit S1 a.txt=three\n",
    );
    let mut shown = String::from("content P1 DP1 -> a.txt=three");
    for nth in 0..additions {
        writeln!(text, "add_content P1 added/{nth}.inf=x").unwrap();
        write!(shown, " added/{nth}.inf=x").unwrap();
    }
    judged(&format!("{text}refresh P1 -> 0\nquiescent\npackage P1 -> 2\n{shown}\n"))
}

#[test]
fn as_many_files_as_are_judged_are_judged() {
    let judged = given(64);
    assert_eq!(judged.broken_clauses(), []);
    assert!(!judged.doubts.contains(&Doubt::TooManyAdditions(1)), "{:?}", judged.doubts);
}

#[test]
fn one_file_more_leaves_the_rest_undecided() {
    let judged = given(65);
    assert_eq!(judged.broken_clauses(), []);
    assert_eq!(judged.outcome, Outcome::Undecided);
    assert!(judged.doubts.contains(&Doubt::TooManyAdditions(1)), "{:?}", judged.doubts);
}

/// So many refreshes of which nobody knows what was answered, and the content of before.
fn unanswered(refreshes: usize) -> Judgement {
    let mut text = String::from(
        "edit S1 a.txt=one\ncreate P1 SMS_Package S1\nassign P1 DP1\nquiescent\n\
         content P1 DP1 -> a.txt=one\n",
    );
    for _ in 0..refreshes {
        text += "refresh P1 -> unknown\n";
    }
    text += "quiescent\ncontent P1 DP1 -> a.txt=one\n";
    judged(&text)
}

#[test]
fn more_calls_without_an_answer_than_are_searched_leave_the_run_undecided() {
    let judged = unanswered(65);
    assert_eq!(judged.broken_clauses(), []);
    assert_eq!(judged.outcome, Outcome::Undecided);
    assert!(judged.doubts.contains(&Doubt::NotSearched(1)), "{:?}", judged.doubts);
}

/// A source that gets one file after the other, each with a refresh; and at the end a version that nothing made.
fn growing(files: usize) -> Judgement {
    let mut text = String::from("create P1 SMS_Package S1\nquiescent\n");
    for nth in 0..files {
        writeln!(text, "edit S1 {nth}=x\nrefresh P1 -> 0").unwrap();
    }
    judged(&format!("{text}quiescent\npackage P1 -> {}\n", files + 2))
}

#[test]
fn a_source_of_more_files_than_can_be_kept_is_judged_up_to_there() {
    let judged = growing(2_100);
    assert_eq!(judged.broken_clauses(), []);
    assert_eq!(judged.outcome, Outcome::Undecided);
    assert!(judged.doubts.contains(&Doubt::TooManyFiles(1)), "{:?}", judged.doubts);
}

#[test]
fn a_source_that_grows_within_bounds_is_judged_to_the_end() {
    let judged = growing(200);
    assert_eq!(judged.outcome, Outcome::Violates);
    assert!(!judged.doubts.contains(&Doubt::TooManyFiles(1)), "{:?}", judged.doubts);
}

/// A content package that is refreshed so often, and whose points show what they had at first: whether a snapshot was taken
/// each time, nobody can see. `between` is done before all is quiescent.
fn refreshed_in_vain(times: usize, between: &str) -> Judgement {
    let mut text = String::from(
        "edit S1 a.txt=one\ncreate P1 SMS_ContentPackage S1\nassign P1 DP1\nassign P1 DP2\nquiescent\n\
         content P1 DP1 -> a.txt=one\ncontent P1 DP2 -> a.txt=one\n",
    );
    for nth in 0..times {
        writeln!(text, "edit S1 a.txt={nth}\nrefresh P1 -> 0\n{between}quiescent").unwrap();
        writeln!(text, "package P1 -> 1\ncontent P1 DP1 -> a.txt=one\ncontent P1 DP2 -> a.txt=one")
            .unwrap();
    }
    judged(&text)
}

#[test]
fn a_package_of_which_nobody_sees_whether_it_is_refreshed_is_searched_however_often_it_is() {
    for between in ["", "refresh P1 -> 0\n", "redistribute P1 DP3 -> error\n"] {
        let judged = refreshed_in_vain(40, between);
        assert_eq!(judged.broken_clauses(), [], "{between}");
        assert!(!judged.doubts.contains(&Doubt::NotSearched(1)), "{:?}", judged.doubts);
    }
}
