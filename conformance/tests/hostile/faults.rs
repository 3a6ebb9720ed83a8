//! What each misbehaviour costs: one line, within its bound. How an adapter goes on after a fault is in [`crate::recovery`].

use crate::scene::{LATE, Scene, ample, beside_each_other, now};
use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use std::time::Duration;

/// A bound that is meant to be broken.
const SHORT: Duration = Duration::from_millis(300);

/// A bound that is meant to be broken after the process has done something, on the busiest machine.
const SEEN: Duration = Duration::from_secs(4);

/// The fault of a behaviour as its report says it; `bounds` are all ample but for the one that is to be broken.
fn fault_with(behaviour: &str, bounds: ProcessBounds) -> String {
    let scene = Scene::new();
    let started = now();
    let fault = scene.session(behaviour, bounds).expect_err(behaviour);
    assert!(started.elapsed() < LATE, "`{behaviour}` took {:?}", started.elapsed());
    scene.assert_nobody_is_left(behaviour);
    let line = fault.to_string();
    assert!(!line.contains(char::is_control), "`{behaviour}` costs one line: {line}");
    format!("{behaviour}: {line}")
}

fn faults(behaviours: &[&str], bounds: ProcessBounds) -> String {
    let faults = beside_each_other(behaviours, 4, |behaviour| fault_with(behaviour, bounds));
    faults.join("\n").replace("adapter fault during ", "")
}

#[test]
fn a_process_that_ends_is_told_with_its_status_and_what_it_started_is_gone() {
    let ends = [
        "exits at once",
        "dies of a signal",
        "exits in mid-reply",
        "exits and leaves a sleeper",
        "exits and leaves a daemon",
    ];
    insta::assert_snapshot!(faults(&ends, ample()), @"
    exits at once: `hello`: the process ended (exit status 3) with the reply outstanding
    dies of a signal: `refresh`: the process ended (signal 11) with the reply outstanding
    exits in mid-reply: `refresh`: the process ended (exit status 0) with the reply outstanding
    exits and leaves a sleeper: `refresh`: the process ended (exit status 3) with the reply outstanding
    exits and leaves a daemon: `refresh`: the process ended (exit status 3) with the reply outstanding
    ");
}

#[test]
fn a_program_that_is_not_there_cannot_be_started() {
    let command = ["/no/such/program".into()];
    let fault = ProcessAdapter::start(&command, ample(), 7).unwrap_err().to_string();
    insta::assert_snapshot!(fault, @"adapter fault during `start`: the program cannot be started: `/no/such/program`: No such file or directory (os error 2)");
    let fault = ProcessAdapter::start(&[], ample(), 7).unwrap_err().to_string();
    insta::assert_snapshot!(fault, @"adapter fault during `start`: the program cannot be started: the command is empty");
}

#[test]
fn silence_costs_the_bound() {
    let start = |start| ProcessBounds { start, ..ample() };
    insta::assert_snapshot!(faults(&["says nothing"], start(SHORT)), @"says nothing: `hello`: no reply within 300 ms");
    insta::assert_snapshot!(faults(&["begins a line"], start(SEEN)), @"begins a line: `hello`: no reply within 4000 ms: a line was begun and has no end");
    let refresh = |refresh| ProcessBounds { refresh, ..ample() };
    let silent = [
        "hangs with a sleeper",
        "hangs with a silent sleeper",
        "ignores SIGTERM",
        "closes its input",
    ];
    insta::assert_snapshot!(faults(&silent, refresh(SHORT)), @"
    hangs with a sleeper: `refresh`: no reply within 300 ms
    hangs with a silent sleeper: `refresh`: no reply within 300 ms
    ignores SIGTERM: `refresh`: no reply within 300 ms
    closes its input: `refresh`: the process closed its standard input, and no reply came within 300 ms
    ");
    insta::assert_snapshot!(faults(&["trickles", "closes its output"], refresh(SEEN)), @"
    trickles: `refresh`: no reply within 4000 ms: a line was begun and has no end
    closes its output: `refresh`: the process closed its standard output and goes on running
    ");
}

/// The request after the refresh is larger than a pipe. Its bound is also that of the healthy requests before it.
#[test]
fn a_process_that_never_reads_costs_the_bound() {
    let bounds = ProcessBounds { request: Duration::from_secs(3), ..ample() };
    insta::assert_snapshot!(faults(&["never reads"], bounds), @"never reads: `add_content`: no reply within 3000 ms");
}

#[test]
fn a_line_that_is_no_reply_is_shown() {
    let lines = [
        "greets",
        "writes no JSON",
        "writes an array",
        "writes an empty line",
        "writes no UTF-8",
        "writes a deep line",
        "writes 100 MB",
        "writes a line of 100 MB",
    ];
    insta::assert_snapshot!(faults(&lines, ample()), @r#"
    greets: `hello`: a line is not a reply: it is not JSON: expected value at column 1: `Starting...`
    writes no JSON: `refresh`: a line is not a reply: it is not JSON: EOF while parsing an object at column 15: `{"id":5,"ok":{}`
    writes an array: `refresh`: a line is not a reply: it is not a JSON object: `[6,{"return_value":0}]`
    writes an empty line: `refresh`: a line is not a reply: it is empty: ``
    writes no UTF-8: `refresh`: a line is not a reply: it is not UTF-8 from byte 15: `{"id":5,"ok":{"��":0}}`
    writes a deep line: `refresh`: a line is not a reply: it is not JSON: recursion limit exceeded at column 139: `{"id":6,"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…`
    writes 100 MB: `refresh`: a line is longer than 16777216 bytes
    writes a line of 100 MB: `refresh`: a line is longer than 16777216 bytes
    "#);
}

#[test]
fn a_reply_that_nobody_waits_for_is_a_fault() {
    let ids = [
        "answers another id",
        "answers without an id",
        "answers twice",
        "answers what nobody asked",
        "answers before it is asked",
    ];
    insta::assert_snapshot!(faults(&ids, ample()), @r#"
    answers another id: `refresh`: a reply to id 4711, which is not waiting for one
    answers without an id: `refresh`: a line is not a reply: it has no `id`: `{"ok":{"return_value":0}}`
    answers twice: `refresh`: a reply to id 5, which is not waiting for one
    answers what nobody asked: `refresh`: a reply to id 4711, which is not waiting for one
    answers before it is asked: `unknown operation`: a reply to id 2, which is not waiting for one
    "#);
}

#[test]
fn a_reply_that_does_not_fit_its_request_is_a_fault() {
    let replies = [
        "answers two ways",
        "answers no way",
        "returns no value",
        "returns too much",
        "returns a text",
        "stays on a page",
        "names no page",
    ];
    insta::assert_snapshot!(faults(&replies, ample()), @r#"
    answers two ways: `refresh`: a line is not a reply: it has both `ok` and `unknown`: `{"id":6,"ok":{"return_value":0},"unknown":{"message":"?"}}`
    answers no way: `refresh`: a line is not a reply: it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`: `{"id":6,"done":{}}`
    returns no value: `refresh`: the `ok` of `refresh` lacks `return_value`
    returns too much: `refresh`: the `return_value` in the `ok` of `refresh`: invalid value: integer `2147483648`, expected a whole number from -2147483648 to 2147483647
    returns a text: `refresh`: the `return_value` in the `ok` of `refresh`: invalid type: string "0", expected a whole number from -2147483648 to 2147483647
    stays on a page: `content`: the page of `content` after `f2` has the file `f0`, which is not after it
    names no page: `content`: the `next` of a page of `content` is `f6`, which is not the last file in it
    "#);
}

#[test]
fn a_promise_that_is_not_kept_is_a_fault() {
    let promises = [
        "answers anything",
        "fails at anything",
        "does not serve",
        "refuses hello",
        "speaks protocol 2",
        "has an unknown class",
        "has no window",
        "cannot open",
        "errs at open",
        "has no sources",
        "has sources nowhere",
        "does not close",
    ];
    insta::assert_snapshot!(faults(&promises, ample()), @"
    answers anything: `unknown operation`: an operation that does not exist was answered `ok`, not `unsupported`
    fails at anything: `unknown operation`: an operation that does not exist was answered `adapter_error`, not `unsupported`
    does not serve: `refresh`: `refresh` is declared in `hello` and answered `unsupported`
    refuses hello: `hello`: the answer to `hello` is `unsupported`, not `ok`
    speaks protocol 2: `hello`: the answer to `hello` speaks protocol 2; the suite speaks 1 to 1
    has an unknown class: `hello`: the answer to `hello` cannot be read: `classes`: unknown variant `SMS_Nothing`, expected one of `SMS_Package`, `SMS_ContentPackage`, `SMS_DriverPackage`, `SMS_TaskSequencePackage`, `SMS_SoftwareUpdatesPackage`, `SMS_DeviceSettingPackage`, `SMS_ImagePackage`, `SMS_BootImagePackage`, `SMS_OperatingSystemInstallPackage`, `SMS_VhdPackage`
    has no window: `hello`: the answer to `hello` has a `window` of 0
    cannot open: `open`: the adapter reports: no such server (5)
    errs at open: `open`: `open` was answered `error`: no room
    has no sources: `open`: the `ok` of `open` lacks `sources`
    has sources nowhere: `open`: the `sources` of `open` is not a folder: `/no/such/folder`
    does not close: `close`: `close` was answered `unsupported`: not now
    ");
}

#[test]
fn the_end_of_input_is_the_end() {
    insta::assert_snapshot!(faults(&["talks at the end"], ample()), @"talks at the end: `exit`: a line is not a reply: it is not JSON: expected value at column 1: `Goodbye.`");
    let bounds = ProcessBounds { close: Duration::from_secs(3), ..ample() };
    insta::assert_snapshot!(faults(&["stays after the end"], bounds), @"stays after the end: `exit`: no reply within 3000 ms");
}

#[test]
fn a_fault_carries_the_last_lines_of_standard_error() {
    let scene = Scene::new();
    let bounds = ProcessBounds { stderr_lines: 3, ..ample() };
    let fault = scene.session("floods stderr and exits", bounds).unwrap_err();
    assert_eq!(fault.stderr, ["a line of standard error"; 3]);
}
