//! What the command is asked: misspelt arguments, unknown ids, no verb at all, help and the version.

use crate::scene::{CONFORMS, USAGE, assert_refused, run};
use insta::assert_snapshot;

/// A misspelt argument costs one line that names it, and the hint where help is.
#[track_caller]
fn assert_misspelt(arguments: &[&str], names: &str) {
    let ran = run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    let first = ran.err.lines().next().unwrap_or_default();
    assert!(first.starts_with("error: ") && first.contains(names), "{}", ran.err);
}

#[test]
fn misspelt_arguments_are_named() {
    assert_misspelt(&["verify", "--class", "SMS_Nope"], "`SMS_Nope` is not a package class");
    assert_misspelt(&["verify", "--plans", "many"], "'many' for '--plans <N>'");
    assert_misspelt(&["verify", "--adapter", "reference", "--", "x"], "'--adapter <NAME>'");
    assert_misspelt(&["list", "nope"], "'nope' for '<WHAT>'");
    assert_misspelt(&["verify", "--enumerate", "51"], "51 is not in 0..=50");
    assert_misspelt(&["nope"], "'nope'");
    assert_misspelt(&["--nope"], "'--nope'");
}

/// What clap repeats of an argument is an argument, and no line of its own.
#[test]
fn an_argument_of_several_lines_is_refused_on_one() {
    let name = "x\n::error::y";
    for arguments in [
        vec![name],
        vec!["verify", "--class", name],
        vec!["verify", "--class=x\n::error::y"],
        vec!["verify", "--shard", name, "--save", "s"],
        vec!["verify", "--plans", name],
        vec!["list", name],
    ] {
        let ran = run(&arguments);
        assert_eq!(ran.code, Some(USAGE), "{ran:?}");
        assert!(ran.err.contains(r"x\n::error::y"), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("\n::error"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn unknown_ids_cost_one_line_that_lists_the_known_ones() {
    assert_refused(
        &["verify", "--clause", "NOPE"],
        "`NOPE` is no clause; known: ",
        &["VER-1", "DST-9"],
    );
    assert_refused(&["verify", "--pin", "NOPE=x"], "`NOPE=x` pins no reading; ", &["Q-VISIBLE"]);
    assert_refused(
        &["verify", "--pin", "Q-VISIBLE=x"],
        "`Q-VISIBLE=x` pins",
        &["at_return, eventually"],
    );
    let (pin, other) = ("Q-VISIBLE=at_return", "Q-VISIBLE=eventually");
    assert_refused(
        &["verify", "--pin", pin, "--pin", other],
        "Q-VISIBLE is pinned to two readings; ",
        &["give one"],
    );
    assert_refused(
        &["verify", "--adapter", "nope"],
        "`nope` is no built-in adapter; ",
        &["mutant:NAME"],
    );
    assert_refused(
        &["verify", "--adapter", "mutant:nope"],
        "`nope` is no mutant; ",
        &["skips-an-increment"],
    );
    assert_refused(
        &["verify", "--adapter", "variant:nope"],
        "`nope` is no variant; ",
        &["coalescing"],
    );
    assert_refused(&["adapter", "nope"], "`nope` is no built-in adapter; ", &["folder"]);
    assert_refused(
        &["mutants", "--only", "nope"],
        "`nope` is neither a mutant nor a variant; ",
        &[],
    );
    assert_refused(&["explain", "NOPE"], "`NOPE` is no clause, question, ", &["pkgsource list"]);
}

#[test]
fn no_verb_is_verify() {
    let options = ["--adapter", "reference", "--plans", "5", "--no-covering"];
    assert_eq!(run(&options), run(&[&["verify"], options.as_slice()].concat()));
}

/// The lines of the list of verbs in the short help.
fn verbs() -> String {
    let ran = run(&["-h"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    let lines = ran.out.lines().skip_while(|line| *line != "Commands:");
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The headings of a help.
fn headings(arguments: &[&str]) -> Vec<String> {
    let ran = run(arguments);
    let is_heading = |line: &&str| line.ends_with(':') && !line.starts_with(' ');
    ran.out.lines().filter(is_heading).map(str::to_owned).collect()
}

#[test]
fn a_short_help_fits_a_screen_and_a_long_one_has_groups_examples_and_exit_codes() {
    let groups = ["Subject:", "What is required:", "Plans:", "From release to release:", "Output:"];
    for (arguments, long) in [(["verify", "-h"], false), (["verify", "--help"], true)] {
        let found = headings(&arguments);
        let groups = groups.iter().filter(|group| found.iter().any(|known| known == *group));
        assert_eq!(groups.count(), 5, "{found:?}");
        assert_eq!(found.contains(&"Examples:".to_owned()), long, "{found:?}");
        assert_eq!(found.contains(&"Exit codes:".to_owned()), long, "{found:?}");
    }
    let (short, long) = (run(&["verify", "-h"]).out, run(&["verify", "--help"]).out);
    assert!(short.lines().count() <= 70 && short.lines().count() < long.lines().count(), "{short}");
    assert!(!short.contains("--policy-seed") && long.contains("--policy-seed"));
}

#[test]
fn help_lists_the_verbs() {
    assert_snapshot!(verbs(), @r"
    Commands:
      verify   Run plans on an implementation and judge what happened
      judge    Judge stored histories
      merge    Put the shards of one run together, and judge it
      replay   Run one stored plan and tell what happened
      bench    Measure how fast content fans out
      doctor   Find out what is wrong with an adapter, stage by stage
      explain  Explain a clause, a question, an entry of the register, a class or a mutant
      list     List what has a name: clauses, questions, classes, mutants, scenarios, requirements
      mutants  Kill every mutant, clear every variant, and print the matrix
      adapter  Serve a built-in adapter over the protocol
      help     Print this message or the help of the given subcommand(s)
    ");
}

#[test]
fn every_verb_has_help_that_fits_a_hundred_columns() {
    let verbs = verbs();
    let names = verbs.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    for verb in names.filter(|name| *name != "help") {
        for arguments in [[verb, "--help"], [verb, "-h"], ["help", verb]] {
            let ran = run(&arguments);
            assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{arguments:?}");
            let usage = format!("\nUsage: pkgsource {verb} ");
            assert!(ran.out.contains(&usage), "{arguments:?}: {}", ran.out);
            let long = ran.out.lines().find(|line| line.chars().count() > 100);
            assert_eq!(long, None, "{arguments:?}");
        }
    }
}

#[test]
fn the_version_is_the_packages_own() {
    let ran = run(&["--version"]);
    assert_eq!(ran.out, format!("pkgsource {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_slip_is_told_what_to_do() {
    let told = |arguments: &[&str], what: &str| {
        let ran = run(arguments);
        assert_eq!(ran.code, Some(USAGE));
        assert!(ran.err.contains(what), "{}", ran.err);
    };
    told(&["verfiy"], "did you mean the verb `verify`?");
    told(&["verify", "/bin/sh"], "put `--` before it: pkgsource verify -- /bin/sh");
    told(&["verify", "--plans", "-1"], "`-1` is below 0, and no number here may be");
    told(&["verify", "--clause", "VER1"], "did you mean `VER-1`?");
    told(&["explain", "ver-1"], "did you mean `VER-1`?");
    told(&["verify", "--class", "SMS_Packag"], "did you mean `SMS_Package`?");
    told(&["verify", "--class", "vhdpackage"], "did you mean `SMS_VhdPackage`?");
    let two = "repeat the option instead: --class SMS_Package --class SMS_VhdPackage";
    told(&["verify", "--class", "SMS_Package,SMS_VhdPackage"], two);
    told(&["verify", "--clause", "VER-1,VER-2"], "instead: --clause VER-1 --clause VER-2");
    told(&["verify", "--pin", "Q-VISIBEL=at_return"], "did you mean `Q-VISIBLE=at_return`?");
    told(&["verify", "--pin", "Q-VISIBLE=at_retrun"], "did you mean `Q-VISIBLE=at_return`?");
    told(&["verify", "--pin", "Q-VISIBLE"], "a pin has a reading, as in `Q-VISIBLE=at_return`");
    told(&["verify", "--adapter", "foldr"], "did you mean `folder`?");
    told(&["verify", "--adapter", "mutant:copies-nothin"], "mean `mutant:copies-nothing`?");
    told(&["verify", "--adapter", "copies-nothing"], "did you mean `mutant:copies-nothing`?");
    told(&["adapter", "variant:coalescin"], "did you mean `variant:coalescing`?");
    told(&["verify", "--requirements", "2026-12"], "known: 2026-11; did you mean `2026-11`?");
    told(&["replay", "update-regulr"], "did you mean `update-regular`?");
    told(&["explain", "mutant:copies-nothin"], "did you mean `copies-nothing`?");
}

#[test]
fn completions_and_the_manual_page_come_from_the_command_itself() {
    let bash = run(&["completions", "bash"]);
    assert_eq!(bash.code, Some(CONFORMS));
    assert!(bash.out.contains("--against"), "{}", bash.out);
    let man = run(&["man"]);
    assert_eq!(man.code, Some(CONFORMS));
    assert!(man.out.starts_with(".ie") || man.out.contains(".TH pkgsource"), "{}", man.out);
}
