//! Answers that do not fit, that say nothing, that have no end, and that command whoever reads them.

use super::{Stranger, costs};
use crate::scene::beside_each_other;

#[test]
fn an_answer_that_does_not_fit_its_request_names_the_member() {
    let modes = [
        "returns a text",
        "returns too much",
        "returns half",
        "returns nothing",
        "returns a truth value",
        "has a version of -1",
        "has a version of 2 to the 32",
        "has a version in an array",
        "is absent and has a version",
        "has an absent that is 0",
        "has an empty page and a next",
        "has a path of a megabyte",
        "has a state of its own",
        "is absent and has files",
        "has files that are no array",
        "has a file that is an array",
        "has a file twice",
        "has a file twice with other bytes",
        "has files out of order",
        "has a path with dots",
        "has an absolute path",
        "has an empty path",
        "has a path with a line feed",
        "has a digest in capitals",
        "has a digest that is short",
        "has a size of -1",
        "has a size that is a text",
        "has no size",
        "has no files",
        "has a next that is no file",
    ];
    insta::assert_snapshot!(costs(&modes));
}

/// Legal each, and wrong: the implementation is to blame, however large the numbers are.
#[test]
fn the_largest_and_the_least_numbers_are_judged_like_others() {
    let modes = [
        "has a version of 4294967295",
        "has a version of 0",
        "has a size of 2 to the 64 less 1",
        "returns the least number",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn what_the_page_allows_costs_nothing() {
    let modes = [
        "honest",
        "sends what nobody knows",
        "sends null for what it has not",
        "spells whole numbers with a fraction",
        "fails at the end",
        "has an absent that is false",
        "spells legal values oddly",
        "writes a line of 16 MiB",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn where_nothing_was_learned_nothing_conforms() {
    let modes = [
        "shows no content",
        "fails at content",
        "fails at one content",
        "fails at every read",
        "fails now and then",
        "fails at page two",
        "errs at page two",
        "answers unknown to everything",
        "answers error to everything",
        "supports no tree",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn text_from_outside_commands_nobody() {
    let modes = [
        "injects lines by messages",
        "injects lines by failures",
        "injects lines by paths",
        "injects lines by standard error",
    ];
    insta::assert_snapshot!(costs(&modes));
}

/// Whatever comes, an answer ends: by its files, its pages or its time, whichever is first on this machine.
#[test]
fn pages_without_end_have_one() {
    let modes = [
        "has pages without end",
        "has large pages without end",
        "has slow pages without end",
        "has paths without end",
    ];
    beside_each_other(&modes, 4, |&mode| {
        let ran = Stranger::new(mode).with("--plans 1 --request-ms 4000 --refresh-ms 4000").run();
        assert_eq!(ran.code, Some(3), "{mode}: {}", ran.out);
        let ends = [
            "files, and goes on",
            "pages, and goes on",
            "bytes, and goes on",
            "no end within 4000 ms",
        ];
        assert!(ends.iter().any(|end| ran.out.contains(end)), "{mode}: {}", ran.out);
        assert!(
            ran.out.contains("blame: adapter. In plan g1: adapter fault during `content`"),
            "{}",
            ran.out
        );
    });
}

/// The limits on memory in `LIMITS` hold; without bounds, three plans would need more.
#[test]
fn long_answers_are_not_kept() {
    for (mode, code) in [
        ("has 60,000 files in each content", 1),
        ("says 15 MB in each message", 3),
        ("says 15 MB in each failure", 3),
    ] {
        let stranger = Stranger::new(mode).with("--minutes 1 --plans 2 --history ../h.jsonl");
        let ran = stranger.run_keeping_history();
        assert_eq!(ran.code, Some(code), "{mode}: {}", ran.out);
        assert!(ran.out.len() < 100_000, "{mode}: {} bytes", ran.out.len());
    }
}

#[test]
fn points_that_stay_stale_cannot_be_hidden_behind_adapter_error() {
    let ran = Stranger::new("hides what is stale").with("--plans 30").run();
    assert_eq!(ran.code, Some(3), "{}", ran.out);
    assert!(ran.out.contains("it was answered `adapter_error`: cannot read"), "{}", ran.out);
}

#[test]
fn what_does_not_repeat_is_marked() {
    let ran = Stranger::new("is wrong once").with("--plans 6").run();
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.out.contains("shown again: 0 of 20 times: it depends on timing"), "{}", ran.out);
}
