//! The command: parses arguments and dispatches to one verb. Each verb is a file; none knows another.

mod adapter;
mod bench;
mod doctor;
mod explain;
mod faces;
mod help;
mod judge;
mod list;
mod merge;
mod mistaken;
mod mutants;
mod near;
mod output;
mod release;
mod replay;
mod required;
mod subject;
mod verify;

use crate::exit::{Exit, Trouble};
use crate::platform;
use clap::{CommandFactory as _, Parser, Subcommand};
use pkgsource_model::words::visible;

/// Verifies any implementation of Configuration Manager's `RefreshPkgSource`. Without a verb: `verify`.
#[derive(Debug, Parser)]
#[command(
    name = "pkgsource",
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    after_help = help::SHORT,
    after_long_help = help::VERIFY
)]
pub struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    verify: verify::VerifyArgs,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run plans on an implementation and judge what happened
    #[command(after_help = help::SHORT, after_long_help = help::VERIFY)]
    Verify(verify::VerifyArgs),
    /// Judge stored histories
    #[command(after_help = help::SHORT, after_long_help = help::JUDGE)]
    Judge(judge::JudgeArgs),
    /// Put the shards of one run together, and judge it
    #[command(after_help = help::SHORT, after_long_help = help::MERGE)]
    Merge(merge::MergeArgs),
    /// Run one stored plan and tell what happened
    #[command(after_help = help::SHORT, after_long_help = help::REPLAY)]
    Replay(replay::ReplayArgs),
    /// Measure how fast content fans out
    #[command(after_help = help::SHORT, after_long_help = help::BENCH)]
    Bench(bench::BenchArgs),
    /// Find out what is wrong with an adapter, stage by stage
    #[command(after_help = help::SHORT, after_long_help = help::DOCTOR)]
    Doctor(doctor::DoctorArgs),
    /// Explain a clause, a question, an entry of the register, a class or a mutant
    #[command(after_help = help::SHORT, after_long_help = help::EXPLAIN)]
    Explain(explain::ExplainArgs),
    /// List what has a name: clauses, questions, classes, mutants, scenarios, requirements
    #[command(after_help = help::SHORT, after_long_help = help::LIST)]
    List(list::ListArgs),
    /// Kill every mutant, clear every variant, and print the matrix
    #[command(after_help = help::SHORT, after_long_help = help::MUTANTS)]
    Mutants(mutants::MutantsArgs),
    /// Serve a built-in adapter over the protocol
    #[command(after_help = help::SHORT, after_long_help = help::ADAPTER)]
    Adapter(adapter::AdapterArgs),
    /// Print completions for a shell
    #[command(hide = true)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// Runs the command with the process's arguments.
#[must_use]
pub fn main() -> Exit {
    if std::env::args_os().next_back().is_some_and(|last| last == "--") {
        // An empty variable, most likely: whoever wrote `-- $ADAPTER` did not ask for the embedded site.
        eprintln!(
            "pkgsource: nothing stands after `--`; give a program and its arguments, or leave `--` out"
        );
        return Exit::Usage;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Conforms };
            refuse(&error);
            let command = Cli::command();
            let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            if let Some(hint) = near::hint(&error, &verbs) {
                eprintln!("pkgsource: {hint}");
            }
            return exit;
        }
    };
    if let Err(error) = platform::survive_limits() {
        complain(&Trouble::Ours(format!("no signal can be heard: {error}")));
        return Exit::Ours;
    }
    let result = match &cli.verb {
        None => verify::run(&cli.verify),
        Some(Verb::Verify(args)) => verify::run(args),
        Some(Verb::Judge(args)) => judge::run(args),
        Some(Verb::Merge(args)) => merge::run(args),
        Some(Verb::Replay(args)) => replay::run(args),
        Some(Verb::Bench(args)) => bench::run(args),
        Some(Verb::Doctor(args)) => doctor::run(args),
        Some(Verb::Explain(args)) => explain::run(args),
        Some(Verb::List(args)) => list::run(args),
        Some(Verb::Mutants(args)) => mutants::run(args),
        Some(Verb::Adapter(args)) => adapter::run(args),
        Some(Verb::Completions { shell }) => completions(*shell),
        Some(Verb::Man) => man(),
    };
    let exit = result.unwrap_or_else(|trouble| {
        complain(&trouble);
        trouble.exit()
    });
    // Whatever could not be learned because a signal asked for the end: the signal is why.
    match (exit, platform::interrupted()) {
        (Exit::Undecided, Some(signal)) => signal.by.into(),
        (exit, _) => exit,
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, Trouble> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pkgsource", &mut script);
    print_as_it_is(&String::from_utf8_lossy(&script)).map(|()| Exit::Conforms)
}

fn man() -> Result<Exit, Trouble> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print_as_it_is(&String::from_utf8_lossy(&page)).map(|()| Exit::Conforms)
}

/// Prints what clap has to say: help, or what is wrong with the arguments, of which it repeats what was given as it was.
fn refuse(error: &clap::Error) {
    use std::io::Write as _;
    if !error.use_stderr() {
        // A closed terminal is no reason to fail a request for help.
        return drop(error.print());
    }
    let mut text = error.render().ansi().to_string();
    for argument in std::env::args_os().skip(1) {
        let argument = argument.to_string_lossy();
        let value = argument.split_once('=').map(|(_, value)| value);
        for part in [Some(argument.as_ref()), value].into_iter().flatten() {
            let shown = told(part);
            if shown != part {
                text = text.replace(part, &shown);
            }
        }
    }
    drop(anstream::stderr().write_all(text.as_bytes()));
}

/// Says on standard error what went wrong; where nobody can be told, nobody is. Every line feed here is ours: one that
/// came from outside, in a name or a message, is spelled out.
fn complain(trouble: &Trouble) {
    use std::io::Write as _;
    let lines = trouble.lines();
    let lines = lines.iter().map(|line| told(line)).collect::<Vec<_>>();
    let text = format!("pkgsource: {}\n", lines.join("\n"));
    drop(std::io::stderr().lock().write_all(text.as_bytes()));
}

/// The most characters of one line of a complaint: our longest lists of names have half as many.
const MOST_TOLD: usize = 16_000;

/// The most characters without a space in it: nothing of ours has so many.
const MOST_WORD: usize = 400;

/// A text on one line, with nothing hidden in it, and cut where somebody gave a name, or a file, without end.
fn told(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(|word| cut(word, MOST_WORD)).collect();
    visible(&cut(&words.join(" "), MOST_TOLD)).into_owned()
}

/// Of a long text the beginning and the end: what is wrong stands first, and what to do last.
fn cut(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let place = |nth: usize| text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at);
    let first = text.get(..place(most - most / 4)).unwrap_or_default();
    let last = text.get(place(count - most / 4)..).unwrap_or_default();
    format!("{first}… and {} more …{last}", count - most)
}

/// Text with everything but its line feeds made visible: what comes from outside was put on one line before.
fn shown(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// Prints to standard output; a reader that went away ends the program quietly, as it does any filter.
fn print(text: &str) -> Result<(), Trouble> {
    print_as_it_is(&shown(text))
}

/// Prints one line, with nothing hidden in it.
fn print_line(line: &str) -> Result<(), Trouble> {
    print_as_it_is(&format!("{}\n", visible(line)))
}

fn print_as_it_is(text: &str) -> Result<(), Trouble> {
    use std::io::Write as _;
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Trouble::Usage(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_one_line_however_it_came() {
        assert_eq!(told("a\n::error::b\u{202e}"), r"a\n::error::b\u{202e}");
    }

    #[test]
    fn of_what_is_long_the_beginning_and_the_end_are_told() {
        let shown = told(&format!("`{}` is no clause\n", "é".repeat(1_000_000)));
        assert!(shown.starts_with("`éé") && shown.ends_with(r"éé` is no clause\n"), "{shown}");
        assert!(shown.contains("é… and 999602 more …é"), "{shown}");
        assert!(shown.chars().count() < 2 * MOST_WORD, "{shown}");
        let words = "a word ".repeat(1_000_000);
        assert!(told(&words).chars().count() < MOST_TOLD + 100);
        assert_eq!(told(&words[..MOST_TOLD]), words[..MOST_TOLD]);
    }
}
