//! The binary, operated by hand: one answer per line, and a clear word about a wrong call.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_pkgsource-site"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_site_is_operated_by_lines() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("site");
    let root = root.to_str().unwrap();
    let source = Path::new(scratch.path()).join("the source");
    std::fs::create_dir(&source).unwrap();
    let commands = format!(
        "create PS100001 SMS_Package {}\nassign PS100001 DP-A\nrefresh PS100001\nnonsense\n",
        source.display()
    );
    let made = run(&[root, "PS1", "PS2/PS1", "DP-A@PS2"], &commands);
    let answers: Vec<&str> = text(&made.stdout).lines().collect();
    assert_eq!(answers[..4], ["ready", "ok done", "ok done", "ok 0"]);
    assert!(answers[4].starts_with("error `command` refused"), "{}", answers[4]);
    let opened = run(&[root], "point PS100001 DP-A\n");
    assert!(text(&opened.stdout).contains("version: Some(2)"), "{}", text(&opened.stdout));
}

#[test]
fn a_call_without_a_folder_shows_the_usage() {
    for arguments in [&[][..], &["--help"]] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).starts_with("usage: pkgsource-site ROOT"));
    }
}

#[test]
fn a_folder_without_a_site_is_a_failure_that_says_so() {
    let scratch = tempfile::tempdir().unwrap();
    let output = run(&[scratch.path().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no site"), "{}", text(&output.stderr));
}
