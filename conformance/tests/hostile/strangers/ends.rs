//! How an adapter ends, what it leaves running, and how it keeps silent.

use super::{costs, costs_with};

#[test]
fn an_end_before_its_time_is_told_with_how_it_came() {
    let modes = [
        "exits at create",
        "exits at the first refresh",
        "is killed at assign",
        "stops itself",
        "aborts at content",
        "exits after the reply",
        "kills its group",
        "exits at close",
        "talks at the end",
        "replies at the end",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn what_happens_after_the_end_of_input_is_told() {
    let modes = ["stays after the end", "stays after the end, deaf"];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn whatever_it_started_is_gone_and_that_is_told() {
    let modes = [
        "leaves a child",
        "leaves a child of a group of its own",
        "leaves a daemon",
        "leaves a daemon of a daemon",
        "leaves a deaf daemon",
        "leaves a chain of orphans",
        "leaves two hundred",
        "leaves a daemon and dies",
        "leaves a daemon at every start",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn silence_costs_its_bound() {
    let modes = [
        "is silent at create",
        "is silent at close",
        "is silent at open",
        "hangs at refresh",
        "hangs at refresh, deaf",
        "hangs at content",
        "trickles without end",
        "closes its output",
        "answers in single bytes",
    ];
    insta::assert_snapshot!(costs_with("--request-ms 700 --refresh-ms 700", &modes));
}
