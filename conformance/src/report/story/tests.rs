//! What a story says of files and of reads: the difference first, and what the clause is about always.

use super::texts::Texts;
use super::words::tell_event;
use super::{CountedAs, Counterexample, title};
use crate::adapter::body::record_of;
use crate::plan::build::{Build, package, path};
use pkgsource_model::clauses::{ClauseId, Value};
use pkgsource_model::history::{Event, History};
use pkgsource_model::index::{HistoryIndex, Index};
use pkgsource_model::judge::Breach;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::reply::{Answer, PackageStatus, Reply};
use pkgsource_model::words::{Body, Content, FileRecord, PackageClass, SourceName, SourceVersion};

fn breach(expected: Value, seen: Value) -> Breach {
    Breach {
        history: HistoryIndex::of(0),
        package: package("P1"),
        events: Vec::new(),
        expected,
        seen,
        with: Vec::new(),
    }
}

fn texts(breach: &Breach) -> Texts {
    let known = ["as before", "new", "old"];
    let plan = known
        .into_iter()
        .fold(Build::new("p", "", &["PS1"]), |plan, text| plan.write("S1", "any", text));
    Texts::about(&plan.plan(), breach)
}

fn file(text: &str) -> FileRecord {
    record_of(&Body::Text(text.to_owned()))
}

/// Ten files that are as before, with one that is not.
fn ten_and(name: &str, text: &str) -> Content {
    let mut files: Content =
        (0..10).map(|nth| (path(&format!("{nth}.txt")), file("as before"))).collect();
    files.insert(path(name), file(text));
    files
}

#[test]
fn a_difference_beyond_the_fourth_file_is_told_and_what_is_equal_is_counted() {
    let of = breach(Value::Files(ten_and("7.txt", "new")), Value::Files(ten_and("7.txt", "old")));
    let (expected, seen) = texts(&of).values(&of);
    assert_eq!(expected, "7.txt = \"new\", and 9 more");
    assert_eq!(seen, "7.txt = \"old\", and 9 more");
}

#[test]
fn a_file_that_is_missing_is_named_on_either_side() {
    let of = breach(Value::Files(ten_and("x.txt", "new")), Value::Files(ten_and("y.txt", "old")));
    let (expected, seen) = texts(&of).values(&of);
    assert_eq!(expected, "x.txt = \"new\", no y.txt, and 10 more");
    assert_eq!(seen, "no x.txt, y.txt = \"old\", and 10 more");
}

#[test]
fn what_was_seen_is_never_among_what_was_expected_and_the_nearest_comes_first() {
    let far = Content::from([(path("a.txt"), file("new")), (path("b.txt"), file("new"))]);
    let near = Content::from([(path("a.txt"), file("new"))]);
    let seen = Content::new();
    let all = vec![seen.clone(), far.clone(), near.clone(), far];
    let of = breach(Value::OneOf(all), Value::Files(seen));
    let (expected, seen) = texts(&of).values(&of);
    assert_eq!(expected, "a.txt = \"new\"; or a.txt = \"new\", b.txt = \"new\"");
    assert_eq!(seen, "no files");
}

#[test]
fn of_many_changes_those_are_told_that_the_breach_is_about() {
    let of = breach(Value::Files(ten_and("7.txt", "new")), Value::Files(ten_and("7.txt", "old")));
    let write = |nth| Change::Write {
        path: path(&format!("{nth}.txt")),
        file: file("new"),
        keep_time: false,
    };
    let source = SourceName::new("S1").unwrap();
    let edit = Operation::Edit { source, changes: (0..10).map(write).collect() };
    let told = tell_event(&event(edit, Answer::Done), &texts(&of));
    assert!(told.starts_with("edit S1: write 7.txt = \"new\", write 0.txt"), "{told}");
    assert!(told.ends_with(", and 6 more"), "{told}");
}

fn event(operation: Operation<FileRecord>, answer: Answer) -> Event {
    Event { invoked: 0, returned: Some(1), operation, reply: Reply::Ok(answer), took_us: None }
}

fn read(action: Option<u32>, failure: Option<&str>) -> Event {
    let status = PackageStatus {
        version: SourceVersion(2),
        action,
        failure: failure.map(str::to_owned),
        source_flag: None,
    };
    event(Operation::Package { package: package("P1") }, Answer::Package(Some(status)))
}

#[test]
fn a_read_tells_the_member_that_the_clause_is_about() {
    let action = breach(Value::Says("no action in progress"), Value::Action(1));
    let failure = breach(Value::Failure(true), Value::Failure(false));
    let version = breach(Value::Version(3), Value::Version(2));
    let told = |of: &Breach, event: &Event| tell_event(event, &texts(of));
    let says = "package P1 -> version 2";
    assert_eq!(told(&action, &read(Some(1), None)), format!("{says}, ActionInProgress 1"));
    assert_eq!(told(&action, &read(Some(0), None)), format!("{says}, ActionInProgress 0"));
    assert_eq!(told(&failure, &read(Some(0), None)), format!("{says}, no failure"));
    assert_eq!(told(&failure, &read(None, Some("x"))), format!("{says}, failure: x"));
    assert_eq!(told(&version, &read(Some(0), None)), says);
}

#[test]
fn a_plan_that_reads_as_another_clause_lends_its_name_only_where_another_story_has_none() {
    let of = |counted_as| {
        title(&Counterexample {
            clause: ClauseId::Dst1,
            counted_as,
            alone: Vec::new(),
            class: PackageClass::Package,
            also: Vec::new(),
            is_gone_later: false,
            seen: None,
            plan: Build::new("p", "", &["PS1"]).plan(),
            history: History::from_notation("").unwrap(),
            breach: breach(Value::NoContent, Value::NoContent),
            repeat: String::new(),
        })
    };
    let clause = ClauseId::Dst4;
    assert_eq!(of(None), "DST-1 is broken in SMS_Package");
    assert_eq!(
        of(Some(CountedAs { clause, has_its_story: true })),
        "DST-1 is broken in SMS_Package where this plan is judged alone: the cause of DST-4, or one of its own"
    );
    assert_eq!(
        of(Some(CountedAs { clause, has_its_story: false })),
        "DST-1 is broken in SMS_Package; DST-4 is what explains all plans of the run together"
    );
}
