//! Fuzzes what strangers write, on a stable toolchain: `fuzz TARGET SECONDS [SEED]`, with a target of `plan`, `history`,
//! `reply` or `token`, or `all` for each in turn. Inputs are made by changing those of `conformance/fuzz/corpus`.
//!
//! An input that is found to do harm (a panic, two seconds, or another value when it is written and read again) is left in
//! the folder for temporary files, and the program ends with 1.

use pkgsource::adapter::process::check_reply;
use pkgsource::adapter::reference::{Pace, Policy, Reference};
use pkgsource::history::{Histories, write_history};
use pkgsource::plan::{Plan, read_plan, write_plan};
use pkgsource::run::{Bounds, run_plan};
use pkgsource::verify::judge;
use pkgsource_model::history::History;
use pkgsource_model::judge::Requirements;
use pkgsource_model::operation::OperationKind;
use pkgsource_model::readings::Readings;
use pkgsource_model::words::ScheduleToken;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const TARGETS: [(&str, Target); 4] =
    [("plan", plan), ("history", history), ("reply", reply), ("token", token)];

/// What is tried with an input. True where it was taken for what it is meant to be; the error is a finding.
type Target = fn(&[u8]) -> Result<bool, String>;

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(2);

/// Larger plans and histories are read and written, and not run or judged: that is what the tests of the judge are for.
const MOST_JUDGED: usize = 60;

fn plan(input: &[u8]) -> Result<bool, String> {
    let Ok(text) = str::from_utf8(input) else { return Ok(false) };
    let Ok(plan) = read_plan(text) else { return Ok(false) };
    if read_plan(&write_plan(&plan)).as_ref() != Ok(&plan) {
        return Err("a plan that is written and read again is another one".into());
    }
    if plan.steps.len() <= MOST_JUDGED && plan.tree.points.len() * plan.tree.sites.len() <= 64 {
        run(&plan);
    }
    Ok(true)
}

fn run(plan: &Plan) {
    let policy = Policy { readings: Readings::weakest(), pace: Pace::AtOnce, seed: 1 };
    let mut reference = Reference::new("reference", policy);
    let bounds = Bounds { plan: Duration::from_secs(1), ..Bounds::default() };
    if let Some(history) = run_plan(&mut reference, plan, &bounds, Path::new("")).history {
        judged(&history);
    }
}

fn judged(history: &History) {
    let requirements =
        Requirements { explain: history.events.len() <= 200, ..Requirements::default() };
    drop(judge(std::slice::from_ref(history), &requirements));
}

fn history(input: &[u8]) -> Result<bool, String> {
    let Ok(read) = Histories::new(input).collect::<Result<Vec<History>, _>>() else {
        return Ok(false);
    };
    for history in &read {
        let mut written = Vec::new();
        write_history(history, &mut written).map_err(|error| error.to_string())?;
        let again: Vec<_> = Histories::new(written.as_slice()).filter_map(Result::ok).collect();
        if again.as_slice() != std::slice::from_ref(history) {
            return Err("a history that is written and read again is another one".into());
        }
        if history.events.len() <= MOST_JUDGED {
            judged(history);
        }
    }
    Ok(!read.is_empty())
}

#[expect(clippy::unnecessary_wraps, reason = "every target has one type")]
fn reply(input: &[u8]) -> Result<bool, String> {
    let ops = OperationKind::ALL.map(OperationKind::name);
    let taken = ops
        .into_iter()
        .chain(["hello", "open", "close"])
        .filter(|op| check_reply(op, input).is_ok());
    Ok(taken.count() > 0)
}

fn token(input: &[u8]) -> Result<bool, String> {
    let Ok(text) = str::from_utf8(input) else { return Ok(false) };
    let Ok(token) = text.trim().parse::<ScheduleToken>() else { return Ok(false) };
    if token.to_string().parse() != Ok(token) {
        return Err("a token that is written and read again is another one".into());
    }
    Ok(true)
}

/// Chooses and changes; the same seed does the same.
struct Mutator {
    state: u64,
    words: Vec<Vec<u8>>,
}

impl Mutator {
    fn new(seed: u64, corpus: &[Vec<u8>]) -> Self {
        let numbers = [
            "0",
            "-1",
            "1e309",
            "18446744073709551616",
            "4294967296",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\"..\"",
        ];
        let mut words: BTreeSet<Vec<u8>> =
            numbers.iter().map(|word| word.as_bytes().to_vec()).collect();
        // Every quoted word of the corpus, so that one message's words come into another's.
        for input in corpus {
            words.extend(
                input
                    .split(|byte| *byte == b'"')
                    .filter(|part| part.len() < 40)
                    .map(<[u8]>::to_vec),
            );
        }
        Self { state: seed, words: words.into_iter().collect() }
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }

    fn word(&mut self) -> Vec<u8> {
        let nth = self.roll(self.words.len());
        self.words[nth].clone()
    }

    fn change(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let at = self.roll(input.len() + 1);
        let until = (at + self.roll(24)).min(input.len());
        match self.roll(8) {
            0 if at < input.len() => input[at] ^= 1 << self.roll(8),
            1 => drop(input.drain(at..until)),
            2 => {
                let word = self.word();
                input.splice(at..until, word);
            }
            3 => {
                let word = self.word();
                let start = input[..at]
                    .iter()
                    .rposition(|byte| *byte == b'"')
                    .map_or(at, |quote| quote + 1);
                let end = input[at..]
                    .iter()
                    .position(|byte| *byte == b'"')
                    .map_or(at, |quote| at + quote);
                input.splice(start.min(end)..end, word);
            }
            4 => {
                let from = self.roll(other.len() + 1);
                let to = (from + self.roll(200)).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
            5 => self.exchange_lines(input),
            6 => {
                let copy = input[at..until].to_vec();
                input.splice(at..at, copy);
            }
            _ if at < input.len() => {
                let digit = b"0123456789-.eE{}[],:\"\\/ \n"[self.roll(25)];
                input[at] = digit;
            }
            _ => {}
        }
    }

    fn exchange_lines(&mut self, input: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> =
            input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let (one, two) = (self.roll(lines.len()), self.roll(lines.len()));
        match self.roll(3) {
            0 => lines.swap(one, two),
            1 => drop(lines.remove(one)),
            _ => lines.insert(one, lines[two].clone()),
        }
        *input = lines.join(&b'\n');
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

#[expect(clippy::disallowed_methods, reason = "it is given a time")]
fn fuzz(name: &str, target: Target, seconds: u64, seed: u64) -> bool {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "`{name}` has no corpus");
    let mut mutator = Mutator::new(seed, &corpus);
    // What was taken is worth changing again.
    let mut pool = corpus.clone();
    let (mut inputs, mut taken, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    let until = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < until {
        let mut input = pool[mutator.roll(pool.len())].clone();
        let other = pool[mutator.roll(pool.len())].clone();
        for _ in 0..=mutator.roll(6) {
            mutator.change(&mut input, &other);
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| target(&input)));
        let took = started.elapsed();
        slowest = slowest.max(took);
        inputs += 1;
        let finding = match outcome {
            Ok(Ok(_)) if took > LONGEST => format!("it takes {} ms", took.as_millis()),
            Ok(Ok(was_taken)) => {
                taken += u64::from(was_taken);
                if was_taken && input.len() < 100_000 {
                    let place = mutator.roll(256).max(corpus.len());
                    if place < pool.len() { pool[place] = input } else { pool.push(input) }
                }
                continue;
            }
            Ok(Err(why)) => why,
            Err(_) => "it panics".into(),
        };
        let path = std::env::temp_dir().join(format!("fuzz-{name}-{seed}-{inputs}"));
        println!("{name}: {finding}: {} ({:?})", path.display(), std::fs::write(&path, &input));
        return false;
    }
    println!(
        "{name}: {inputs} inputs, {taken} of them taken, the slowest in {} ms, no finding",
        slowest.as_millis()
    );
    true
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default: u64| match arguments.get(nth).map(|text| text.parse()) {
        None => Some(default),
        Some(number) => number.ok(),
    };
    let name = arguments.first().map_or("", String::as_str);
    let wanted: Vec<_> =
        TARGETS.iter().filter(|(target, _)| name == "all" || name == *target).collect();
    let (Some(seconds), Some(seed), false) = (number(1, 10), number(2, 1), wanted.is_empty())
    else {
        eprintln!("usage: fuzz plan|history|reply|token|all [SECONDS [SEED]]");
        return ExitCode::from(2);
    };
    let clean = wanted.iter().all(|(name, target)| fuzz(name, *target, seconds, seed));
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
