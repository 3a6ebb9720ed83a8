//! `doctor`: what it says of mistakes that people make, on the skeleton with one line of it changed.

use crate::scene::{CONFORMS, Scene, UNDECIDED};
use insta::assert_snapshot;
use std::fs;

/// The skeleton with some texts replaced, each once, examined with some options.
fn examined(options: &[&str], changes: &[(&str, &str)]) -> (Option<i32>, String) {
    let skeleton = concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/skeleton");
    let mut text = fs::read_to_string(skeleton).unwrap();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "`{old}` in the skeleton");
        text = text.replace(old, new);
    }
    let scene = Scene::new();
    scene.file("adapter.py", &text);
    let program = ["--", "python3", "adapter.py"];
    let arguments: Vec<&str> = ["doctor"].iter().chain(options).chain(&program).copied().collect();
    let ran = scene.run(&arguments);
    assert_eq!(ran.err, "");
    (ran.code, ran.out)
}

/// What is said from the first stage on that is not `ok`.
fn told(options: &[&str], changes: &[(&str, &str)]) -> String {
    let (_, out) = examined(options, changes);
    let lines = out.lines().filter(|line| !line.starts_with("ok "));
    let lines = lines.filter(|line| !line.starts_with("note    without"));
    // What a program writes to standard error differs from one Python to the next.
    let lines = lines.filter(|line| !line.starts_with("        it wrote: "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_healthy_adapter_is_told_what_cannot_be_judged_with_its_declarations() {
    let (code, out) = examined(&[], &[]);
    assert_eq!(code, Some(CONFORMS));
    assert_snapshot!(out, @r#"
    ok      starts                       python3 adapter.py
    ok      speaks, hello is valid       skeleton, for folder copy
    ok      refuses unknown operations   an operation that does not exist is `unsupported`
    ok      claims the minimum profile   create, assign, refresh, package, content
    ok      opens and closes             one site, one point; `close` can be repeated
    ok      refreshes once               create, assign, edit, refresh -> 0, 15 requests answered
    ok      serves two points            edit, create, assign, edit, refresh
    ok      ends with its input          in time, without another word, and nothing of it runs on
    note    without `cancel`             never put to the test: FLT-7
    note    without `put`                never put to the test: VER-5, CLS-8
    note    without `redistribute`       never put to the test: VER-7
    note    without `set_schedule`       never put to the test: SCH-1
    note    without `site`               never put to the test: HIE-1, HIE-2, HIE-3, HIE-4
    note    without `shows_failure`      a failure that shows only later is taken on trust: IF-4
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    "#);
}

#[test]
fn a_program_that_needs_long_to_start_is_told_of_the_option() {
    let change = (
        "def do_hello(self, req):",
        "def do_hello(self, req):\n        import time; time.sleep(30)",
    );
    assert_snapshot!(told(&["--start-ms", "300"], &[change]), @r#"
    BROKEN  speaks                       adapter fault during `hello`: no reply within 300 ms
            mend: not a byte came: flush standard output after every reply; a program that needs longer to start is given it with --start-ms
    "#);
}

#[test]
fn a_request_that_is_not_answered_is_no_matter_of_flushing() {
    let change = (
        "def do_refresh(self, req):  # YOURS",
        "def do_refresh(self, req):\n        import time; time.sleep(30)",
    );
    assert_snapshot!(told(&["--refresh-ms", "300"], &[change]), @r#"
    BROKEN  refreshes once               adapter fault during `refresh`: no reply within 300 ms
            mend: earlier requests were answered, so flushing is not it: answer `refresh`, too; what needs longer is given it with --refresh-ms
    "#);
}

#[test]
fn a_member_of_a_wrong_type_is_named_and_no_type_of_rust() {
    let version = (
        "return {\"version\": found[\"version\"]}",
        "return {\"version\": str(found[\"version\"])}",
    );
    let value =
        ("        return {\"return_value\": 0}", "        return {\"return_value\": \"0\"}");
    let id = ("        number = req[\"id\"]", "        number = str(req[\"id\"])");
    let all = [version, value, id].map(|change| told(&[], &[change]));
    assert_snapshot!(all.join("\n"), @r#"
    BROKEN  refreshes once               adapter fault during `package`: the `version` in the `ok` of `package`: invalid type: string "1", expected a whole number from 0 to 4294967295
            mend: give the member the form that sections 3 to 5 of the protocol page describe
    BROKEN  refreshes once               adapter fault during `refresh`: the `return_value` in the `ok` of `refresh`: invalid type: string "0", expected a whole number from -2147483648 to 2147483647
            mend: give the member the form that sections 3 to 5 of the protocol page describe
    BROKEN  speaks                       adapter fault during `hello`: a line is not a reply: its `id` is `"1"`, which is no id: `{"id": "1", "ok": {"protocol": 1, "adapter": {"name": "skeleton", "version": "1"}, "implementation":…`
            mend: repeat the request's `id` as it came, a number
    "#);
}

#[test]
fn a_digest_in_capitals_and_a_path_with_a_dot_are_mended_by_their_form() {
    let digest = (".hexdigest()})", ".hexdigest().upper()})");
    let path = ("files.append({\"path\": path,", "files.append({\"path\": \"./\" + path,");
    let unsorted = (
        "sorted(files, key=lambda f: f[\"path\"].encode(\"utf-8\"))",
        "sorted(files, key=lambda f: f[\"path\"], reverse=True)",
    );
    let all = [digest, path, unsorted].map(|change| told(&[], &[change]));
    assert_snapshot!(all.join("\n"), @r#"
    BROKEN  refreshes once               adapter fault during `content`: the `files` in the `ok` of `content`: `7692C3AD3540BB803C020B3AEE66CD8887123234EA0C6E7143C0ADD73FF431ED` is not a SHA-256: it takes 64 lower-case hexadecimal digits
            mend: give the member the form that sections 3 to 5 of the protocol page describe
    BROKEN  refreshes once               adapter fault during `content`: the `files` in the `ok` of `content`: `./a.txt` is not a file path: it takes a relative path of at most 1024 bytes, parts of 1 to 255 bytes with `/` between, no `.` or `..`, no backslash and no control character
            mend: give the member the form that sections 3 to 5 of the protocol page describe
    BROKEN  refreshes once               adapter fault during `content`: the `files` in the `ok` of `content` are not sorted: `a.txt` after `sub/b.txt`
            mend: give the member the form that sections 3 to 5 of the protocol page describe
    "#);
}

#[test]
fn what_says_itself_what_is_wrong_is_not_told_to_be_mended() {
    let change = (
        "        self.packages = {}\n        return {}\n\n    def do_create",
        "        raise Refused(\"the tool is missing\")\n\n    def do_create",
    );
    assert_snapshot!(
        told(&[], &[change]),
        @"BROKEN  opens and closes             adapter fault during `close`: `close` was answered `error`: the tool is missing"
    );
}

#[test]
fn below_the_minimum_profile_no_verdict_is_possible() {
    let change =
        ("\"reads\": [\"package\", \"point\", \"content\"]", "\"reads\": [\"package\", \"point\"]");
    let (code, out) = examined(&[], &[change]);
    assert_eq!(code, Some(CONFORMS));
    let last = out.lines().last().unwrap();
    assert_eq!(last, "The adapter is healthy, but no verdict is possible without content.");
}

#[test]
fn a_refresh_that_fails_or_does_nothing_is_remarked() {
    let fails = ("        return {\"return_value\": 0}", "        return {\"return_value\": 128}");
    let keeps = ("        found[\"version\"] += 1\n", "");
    let stale = ("            copy(self.path(\"sources\", found[\"source\"]), library)\n", "");
    let all = [fails, keeps, stale].map(|change| told(&[], &[change]));
    assert_snapshot!(all.join("\n"), @r#"
    note    refreshes once               a plain refresh of a changed source returned 128, which is a failure: IF-16 will ask why
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    note    refreshes once               the version is 1 before and after a refresh that returned 0: VER-1
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    note    refreshes once               DP1 has the old files after a refresh that returned 0: DST-1
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    "#);
}

#[test]
fn what_is_declared_and_not_served_is_found_before_a_run() {
    let remove = (
        "[\"create\", \"assign\", \"refresh\"]",
        "[\"create\", \"assign\", \"refresh\", \"remove\"]",
    );
    assert_snapshot!(told(&[], &[remove]), @r#"
    BROKEN  serves two points            adapter fault during `remove`: `remove` is declared in `hello` and answered `unsupported`
            mend: serve it, or take it out of `hello`
    "#);
}

#[test]
fn a_property_that_the_implementation_does_not_have_is_remarked_and_no_fault() {
    let put =
        ("[\"create\", \"assign\", \"refresh\"]", "[\"create\", \"assign\", \"refresh\", \"put\"]");
    assert_snapshot!(told(&[], &[put]), @r#"
    note    serves two points            `put` of `name` is `unsupported`, which fits a property that there is not; where none can be written, take `put` out of `hello`
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    "#);
}

#[test]
fn a_declaration_of_completeness_that_is_absent_or_not_so_is_remarked() {
    let line = "            \"completes\": \"at_return\",";
    let absent = (line, "            #");
    let pending =
        ("{\"state\": \"installed\" if found", "{\"state\": \"content_updating\" if found");
    let all = [absent, pending].map(|change| told(&[], &[change]));
    assert_snapshot!(all.join("\n"), @r#"
    note    `completes` is `unknown`     nobody tells when a call's effect is complete: VER-1, DST-1, DST-3, DST-9, HIE-1 and all that look at the end of an update are hardly asked, and a run without `bounds.stall_ms` is undecided
    The adapter is healthy, but no verdict is possible without `completes` or `bounds.stall_ms`.
    note    refreshes once               `completes` is `at_return`, and DP1 is `content_updating` when the call has returned: one of the two is not so
    The adapter is healthy. What it stands for is judged by: pkgsource verify
    "#);
}

#[test]
fn a_line_without_its_end_is_told_from_silence() {
    let (code, out) = examined(
        &["--start-ms", "500"],
        &[(".encode(\"ascii\") + b\"\\n\")", ".encode(\"ascii\"))")],
    );
    assert_eq!(code, Some(UNDECIDED));
    assert!(out.contains("a line was begun and has no end"), "{out}");
    assert!(out.contains("mend: end every reply with a line feed"), "{out}");
}
