//! Puts the shards of one run together: none is missing, none is there twice, all are of one run, and every plan of the
//! run is in its place. What they left is judged in the order of the plans, as one run would judge it.

use super::read::{Entry, ShardFile};
use super::write::shown;
use super::{Head, Part};
use crate::court::{Court, Exhibits};
use crate::plan::coverage::Coverage;
use crate::plan::enumerate;
use crate::report::{Cut, Report};
use crate::run::{Run, Skipped, THE_END};
use crate::verify::{MOST_COUNTED, scope};
use pkgsource_model::judge::Requirements;
use pkgsource_model::words::visible;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead};

/// Why files are not the shards of one run.
#[derive(Debug)]
#[non_exhaustive]
pub enum MergeError {
    /// A file cannot be read.
    Read {
        /// Its name.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// A line is not one of a shard.
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: String,
    },
    /// A file was cut, or its run was killed.
    Cut {
        /// The file.
        file: String,
        /// The shard.
        part: Part,
    },
    /// A file is a shard of another run.
    OtherRun {
        /// The file.
        file: String,
        /// The file that it was held against.
        first: String,
        /// The member of the first line that differs.
        member: String,
        /// What it is, and what it is in the other file.
        values: [String; 2],
    },
    /// A shard is there twice.
    Doubled {
        /// The shard.
        part: Part,
        /// Both files.
        files: [String; 2],
    },
    /// Shards are missing.
    Missing(Vec<Part>),
    /// A plan is not where it belongs.
    Misplaced {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { file, error } => write!(f, "shard `{file}` cannot be read: {error}"),
            Self::Line { file, line, why } => {
                write!(f, "shard `{file}`: line {line}: {}", visible(why))
            }
            Self::Cut { file, part } => write!(
                f,
                "shard {part} in `{file}` has no end: it was cut, or its run was killed; run it again"
            ),
            Self::OtherRun { file, first, member, values: [is, was] } => write!(
                f,
                "`{file}` is a shard of another run: its `{member}` is {}, and in `{first}` it is {}; run all shards in the same way",
                visible(is),
                visible(was)
            ),
            Self::Doubled { part, files: [one, other] } => {
                write!(f, "shard {part} is there twice, in `{one}` and in `{other}`; leave one out")
            }
            Self::Missing(parts) => {
                let names: Vec<String> = parts.iter().map(Part::to_string).collect();
                let (names, is) = (names.join(", "), if parts.len() == 1 { "is" } else { "are" });
                write!(f, "shard {names} {is} missing; name the file, or run it with --shard")
            }
            Self::Misplaced { file, why } => write!(f, "shard `{file}`: {}", visible(why)),
        }
    }
}

impl std::error::Error for MergeError {}

/// All shards of one run.
#[derive(Debug)]
pub struct Shards<R> {
    files: Vec<ShardFile<R>>,
    head: Head,
    any: Part,
}

impl<R: BufRead> Shards<R> {
    /// Reads the first line of every file, and makes sure that they are the shards of one run, each once.
    ///
    /// # Errors
    /// The first thing that is wrong, with the name of the shard or the file.
    pub fn open(files: impl IntoIterator<Item = (String, R)>) -> Result<Self, MergeError> {
        let mut by_part: BTreeMap<Part, ShardFile<R>> = BTreeMap::new();
        let mut first: Option<(String, Head, Part)> = None;
        for (name, input) in files {
            let file = ShardFile::open(name, input)?;
            match &first {
                None => first = Some((file.name.clone(), file.head.clone(), file.part)),
                Some(first) => check_run(first, &file)?,
            }
            if let Some(known) = by_part.get(&file.part) {
                let files = [known.name.clone(), file.name];
                return Err(MergeError::Doubled { part: file.part, files });
            }
            by_part.insert(file.part, file);
        }
        let Some((_, head, any)) = first else { return Err(MergeError::Missing(Vec::new())) };
        let missing: Vec<Part> = any.all().filter(|part| !by_part.contains_key(part)).collect();
        if !missing.is_empty() {
            return Err(MergeError::Missing(missing));
        }
        Ok(Self { files: by_part.into_values().collect(), head, any })
    }

    /// The run.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Judges all plans in the order of one run. There is nothing to shrink a counterexample on: none is told here.
    ///
    /// # Errors
    /// A file cannot be read, or a plan is missing, doubled or another one.
    pub fn judge(mut self, requirements: &Requirements) -> Result<(Report, Exhibits), MergeError> {
        let mut coverage = Coverage::of(&scope(&self.head.capabilities, requirements));
        let mut court = Court::new(requirements);
        let mut run = Run::default();
        let mut hash = Sha256::new();
        let (mut started, mut has_enumerated) = (0, false);
        for nth in 1..=self.head.plans {
            // How many plans there are is what the files say; how long this takes is what they hold.
            if self.files.iter().all(|file| file.ended.is_some()) {
                break;
            }
            let Some(entry) = self.entry(nth)? else { continue };
            started += 1;
            hash.update(&entry.text);
            run.join(troubles(&entry));
            if let Some(history) = entry.history {
                coverage.meet(&entry.plan);
                has_enumerated |= enumerate::is_enumerated(&entry.plan);
                court.hear(Some(entry.plan), history);
            }
        }
        let incomplete = self.finish(&mut run)?;
        let is_whole = started == self.head.plans;
        if is_whole && shown(hash) != self.head.digest {
            let why =
                "its plans are others than those that its run had; something was changed".into();
            let file = self.files.first().map_or(String::new(), |file| file.name.clone());
            return Err(MergeError::Misplaced { file, why });
        }
        let (judgement, exhibits) = court.judge();
        let report = Report {
            subject: self.head.subject,
            capabilities: Some(self.head.capabilities),
            requirements: None,
            enumerated: (has_enumerated && is_whole).then_some(self.head.enumerate),
            seed: self.head.seed,
            cut: (!is_whole).then(|| Cut {
                run: started,
                of: Some(self.head.plans),
                left: run.left.clone(),
            }),
            coverage: Some((coverage.all() - coverage.left(), coverage.all())),
            changed: self.head.changed,
            judgement,
            answers: exhibits.answers().clone(),
            counterexamples: Vec::new(),
            skipped: run.skipped,
            faults: run.faults,
            slow: run.slow,
            incomplete,
        };
        Ok((report, exhibits))
    }

    /// The plan of this number out of its shard; none where that shard was stopped before.
    fn entry(&mut self, nth: usize) -> Result<Option<Entry>, MergeError> {
        let part = self.any.of_plan(nth);
        let Some(file) = self.files.get_mut(part.which - 1) else { return Ok(None) };
        match file.next()? {
            Some(entry) if entry.nth == nth => Ok(Some(entry)),
            Some(entry) => {
                let why = format!("plan {} stands where plan {nth} belongs", entry.nth);
                Err(MergeError::Misplaced { file: file.name.clone(), why })
            }
            None => Ok(None),
        }
    }

    /// Reads the ends of all shards: what was left, why, and that nothing stands where nothing belongs.
    fn finish(&mut self, run: &mut Run) -> Result<Vec<String>, MergeError> {
        let mut incomplete = Vec::new();
        for file in &mut self.files {
            let name = file.name.clone();
            let misplaced = move |why: String| MergeError::Misplaced { file: name, why };
            if let Some(entry) = file.next()? {
                return Err(misplaced(format!("plan {} is one too many", entry.nth)));
            }
            let Some(ended) = &file.ended else { continue };
            let own = file.part.count(self.head.plans);
            let left = ended.left.values().fold(0, |sum: usize, &more| sum.saturating_add(more));
            let all = ended.started.saturating_add(left);
            if all > own || (all < own && left < MOST_COUNTED) {
                return Err(misplaced(format!(
                    "of its {own} plans it started {} and says nothing of the others",
                    ended.started
                )));
            }
            for (what, count) in &ended.left {
                let known = run.left.entry(what.clone()).or_default();
                *known = known.saturating_add(*count);
            }
            for fault in &ended.at_end {
                run.note_fault(THE_END, fault.clone());
            }
            let interrupted = ended.interrupted.iter();
            incomplete.extend(interrupted.map(|why| format!("shard {}: {why}", file.part)));
        }
        Ok(incomplete)
    }
}

/// What went wrong in one plan.
fn troubles(entry: &Entry) -> Run {
    let name = || entry.plan.name.clone();
    let skipped = entry.done.skipped.iter().map(|why| Skipped { plan: name(), why: why.clone() });
    Run {
        skipped: skipped.collect(),
        faults: entry.done.faults.iter().map(|fault| (name(), fault.clone())).collect(),
        slow: entry.done.slow.iter().map(|slow| (name(), slow.clone())).collect(),
        ..Run::default()
    }
}

/// Makes sure that a file is of the same run as the first, and says in which member it is not.
fn check_run<R>(
    (first, head, part): &(String, Head, Part),
    file: &ShardFile<R>,
) -> Result<(), MergeError> {
    let other = |member: &str, is: String, was: String| MergeError::OtherRun {
        file: file.name.clone(),
        first: first.clone(),
        member: member.to_owned(),
        values: [is, was],
    };
    if file.part.of() != part.of() {
        return Err(other("part", file.part.to_string(), part.to_string()));
    }
    if file.head == *head {
        return Ok(());
    }
    let members = |head: &Head| match serde_json::to_value(head) {
        Ok(serde_json::Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
    let (is, was) = (members(&file.head), members(head));
    // Plans are others because something else is: that is said first.
    let (plans, others): (Vec<_>, Vec<_>) =
        is.iter().partition(|(member, _)| ["digest", "plans"].contains(&member.as_str()));
    for (member, value) in others.into_iter().chain(plans) {
        let before = was.get(member).unwrap_or(&serde_json::Value::Null);
        if value != before {
            return Err(other(member, value.to_string(), before.to_string()));
        }
    }
    Err(other("run", "another".into(), "this".into()))
}
