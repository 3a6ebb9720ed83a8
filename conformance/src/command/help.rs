//! What stands below the options in the help of each verb: what the exit codes mean, and lines to copy.

/// Below a short help.
pub(super) const SHORT: &str = "Examples, exit codes and more options: --help";

macro_rules! long {
    ($($line:literal)+) => {
        concat!(
            "Examples:\n", $("  ", $line, "\n",)+
            "\nExit codes:\n",
            "  0  it conforms, or what was asked for was done\n",
            "  1  a required promise is broken, or a figure or an expectation is worse than it was\n",
            "  2  the command was used wrongly, or a file or program that it names cannot be used\n",
            "  3  undecided: too little was learned, or the adapter or its surroundings failed\n",
            "  4  a fault of pkgsource itself\n",
            "  129, 130, 143  ended by SIGHUP, SIGINT or SIGTERM"
        )
    };
}

pub(super) const VERIFY: &str = long!(
    "pkgsource verify                                       # the embedded site, with real files"
    "pkgsource verify -- ./my-adapter --fast                # any program that speaks the protocol"
    "pkgsource verify --class SMS_DriverPackage --plans 500 --seed 7 -- ./my-adapter"
    "pkgsource verify --minutes 5 --report junit=junit.xml --report html=report.html -- ./my-adapter"
    "pkgsource verify --save 1.4.json -- ./my-adapter       # keep this release"
    "pkgsource verify --against 1.4.json -- ./my-adapter    # what differs from it"
    "pkgsource verify --requirements 2026-11 -- ./my-adapter"
    "pkgsource verify --shard 1/4 --save 1.shard -- ./my-adapter"
);
pub(super) const JUDGE: &str = long!(
    "pkgsource judge run.jsonl"
    "pkgsource judge --format json --pin Q-VISIBLE=at_return run.jsonl other.jsonl"
    "pkgsource judge -                                      # from standard input"
);
pub(super) const MERGE: &str = long!(
    "pkgsource merge 1.shard 2.shard 3.shard 4.shard"
    "pkgsource merge --report html=report.html 1.shard 2.shard"
);
pub(super) const REPLAY: &str = long!(
    "pkgsource replay pkgsource-saved/dst-9-regular.jsonl -- ./my-adapter"
    "pkgsource replay update-regular                        # a scenario: pkgsource list scenarios"
    "pkgsource replay - --adapter mutant:copies-nothing     # a plan from standard input"
);
pub(super) const BENCH: &str = long!(
    "pkgsource bench --beside cp,rsync --html bench.html -- ./my-adapter"
    "pkgsource bench --points 1,4,16 --shape large,unchanged --samples 20"
    "pkgsource bench --save 1.4.bench -- ./my-adapter       # a baseline"
    "pkgsource bench --against 1.4.bench --gate 5% -- ./my-adapter"
);
pub(super) const DOCTOR: &str = long!("pkgsource doctor -- ./my-adapter");
pub(super) const EXPLAIN: &str = long!(
    "pkgsource explain DST-9                                # a clause"
    "pkgsource explain Q-VISIBLE                            # a question"
    "pkgsource explain update-regular                       # a scenario, with its plan"
);
pub(super) const LIST: &str = long!(
    "pkgsource list clauses"
    "pkgsource list coverage -- ./my-adapter"
    "pkgsource list requirements"
);
pub(super) const MUTANTS: &str = long!(
    "pkgsource mutants"
    "pkgsource mutants --only copies-nothing"
);
pub(super) const ADAPTER: &str = long!(
    "pkgsource adapter reference                            # speaks the protocol on standard input"
    "pkgsource verify -- pkgsource adapter folder"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Cli;
    use clap::Parser as _;

    /// What people copy is taken.
    #[test]
    fn every_example_is_a_command_line_that_the_command_takes() {
        let all = [VERIFY, JUDGE, MERGE, REPLAY, BENCH, DOCTOR, EXPLAIN, LIST, MUTANTS, ADAPTER];
        for text in all {
            let lines = text.lines().filter_map(|line| line.strip_prefix("  pkgsource"));
            let mut count = 0;
            for line in lines {
                let words = line.split('#').next().unwrap_or_default().split_whitespace();
                let parsed = Cli::try_parse_from(std::iter::once("pkgsource").chain(words));
                assert!(parsed.is_ok(), "pkgsource{line}: {}", parsed.unwrap_err());
                count += 1;
            }
            assert!(count > 0, "{text}");
        }
    }
}
