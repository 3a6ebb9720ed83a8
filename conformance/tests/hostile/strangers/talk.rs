//! Lines, ids, replies and promises that are none.

use super::costs;

#[test]
fn a_line_that_is_no_reply_is_shown() {
    let modes = [
        "writes text before a reply",
        "writes an empty line",
        "writes NUL",
        "writes UTF-16",
        "writes a byte order mark",
        "writes broken UTF-8",
        "writes two replies on a line",
        "writes a line of 20 MB",
        "writes 20 MB without an end",
        "nests a million deep",
        "writes single quotes",
        "writes NaN",
        "writes empty lines without end",
        "writes lines of spaces without end",
        "writes half a surrogate",
        "writes a line of 16 MiB and a byte",
        "writes to standard error",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn an_id_that_nobody_waits_for_is_named() {
    let modes = [
        "answers id 0",
        "answers a text as id",
        "answers a negative id",
        "answers half an id",
        "answers an id of 2 to the 65",
        "answers null as id",
        "answers an array as id",
        "answers the last id again",
        "answers twice",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn a_reply_that_is_none_says_why() {
    let modes = [
        "answers nothing",
        "answers ok and error",
        "answers ok with null",
        "answers ok with an array",
        "answers ok with a truth value",
        "answers error with a text",
        "answers a number as message",
        "answers ok twice",
        "answers an id twice",
        "answers an id twice, once with escapes",
        "repeats an unknown member",
        "answers by position",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn a_greeting_that_the_suite_cannot_work_with_is_refused() {
    let modes = [
        "greets with another protocol",
        "greets without classes",
        "greets with an unknown operation",
        "greets with a read as operation",
        "greets with a window of 0",
        "greets with a name in an array",
        "greets with bounds in an array",
        "greets with a class twice named",
        "greets with a window of 2 to the 64",
        "greets with a bound of -1",
        "greets with a bound of years",
        "greets with a class that is none",
        "greets with no operations",
        "greets with every class fifty times",
        "greets with a name of 15 MB",
        "greets with a million operations",
        "greets with lines in its name",
        "greets with an error",
        "promises what it does not serve",
        "knows every operation",
        "differs after a restart",
    ];
    insta::assert_snapshot!(costs(&modes));
}
