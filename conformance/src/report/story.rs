//! A counterexample as a story: the steps with what came back, the first bad observation, the clause in its own words.
//! Files in a story are told apart by their bytes' first digits where their text is not at hand.

use super::{Counterexample, Seen};
use crate::adapter::body::record_of;
use crate::plan::{Plan, Step};
use pkgsource_model::clauses::Value;
use pkgsource_model::history::{Event, History};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{Body, Content, FilePath, FileRecord, visible};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Tells a counterexample.
#[must_use]
pub fn tell(example: &Counterexample) -> String {
    let clause = example.clause.clause();
    let mut text = format!(
        "{} is broken in {}: {}\n  source: {} ({})\n\n",
        clause.id,
        example.class,
        clause.says,
        clause.source(),
        clause.force.name()
    );
    let texts = Texts::of(&example.plan);
    text.push_str(&narrate(&example.history, &texts, &example.breach.events, true));
    put(&mut text, format_args!("       expected  {}\n", texts.value(&example.breach.expected)));
    put(&mut text, format_args!("       seen      {}\n", texts.value(&example.breach.seen)));
    if !example.also.is_empty() {
        let also: Vec<&str> = example.also.iter().map(|class| class.name()).collect();
        put(&mut text, format_args!("\n  the same in: {}\n", also.join(", ")));
    }
    if let Some(Seen { times, of }) = example.seen {
        let depends = if times < of { ": it depends on timing" } else { "" };
        put(&mut text, format_args!("\n  shown again: {times} of {of} times{depends}\n"));
    }
    if !example.repeat.is_empty() {
        put(&mut text, format_args!("\n  repeat it: {}\n", example.repeat));
    }
    text
}

/// Tells a whole history, every read included.
#[must_use]
pub fn narrate_all(plan: &Plan, history: &History) -> String {
    let everything: Vec<usize> = (0..history.events.len()).collect();
    narrate(history, &Texts::of(plan), &everything, false)
}

/// What is known of files by their records: the texts that the plan wrote.
pub(super) struct Texts {
    known: BTreeMap<FileRecord, String>,
}

impl Texts {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut known = BTreeMap::new();
        let mut note = |body: &Body| {
            if let Body::Text(text) = body {
                known.insert(record_of(body), format!("{text:?}"));
            }
        };
        for step in &plan.steps {
            match step {
                Step::Do(Operation::Edit { changes, .. }) => {
                    for change in changes {
                        if let Change::Write { file, .. } = change {
                            note(file);
                        }
                    }
                }
                Step::Do(
                    Operation::AddDriver { file, .. } | Operation::AddContent { file, .. },
                ) => note(file),
                _ => {}
            }
        }
        Self { known }
    }

    fn file(&self, record: &FileRecord) -> String {
        match self.known.get(record) {
            Some(text) if text.len() <= 24 => text.clone(),
            _ => format!("{} bytes, {}…", record.size, &record.sha256.to_string()[..8]),
        }
    }

    /// What was expected, or seen.
    fn value(&self, value: &Value) -> String {
        match value {
            Value::Files(files) => self.files(files),
            Value::OneOf(contents) => {
                let each: Vec<String> = contents.iter().map(|files| self.files(files)).collect();
                each.join("; or ")
            }
            Value::Version(_)
            | Value::AtLeast(_)
            | Value::AtMost(_)
            | Value::Point(..)
            | Value::Installed(_)
            | Value::FilesOf(_)
            | Value::NoContent
            | Value::Present(_)
            | Value::Failure(_)
            | Value::Ends(_)
            | Value::Flag(_)
            | Value::Operable(_)
            | Value::Action(_)
            | Value::Injection(_)
            | Value::Says(_) => value.to_string(),
        }
    }

    fn files(&self, files: &Content) -> String {
        const MOST: usize = 4;
        let shown: Vec<String> = files
            .iter()
            .take(MOST)
            .map(|(path, record)| format!("{} = {}", shown(path), self.file(record)))
            .collect();
        match files.len() {
            0 => "no files".into(),
            count if count > MOST => format!("{}, and {} more", shown.join(", "), count - MOST),
            _ => shown.join(", "),
        }
    }
}

crate::report::view::data! {
    /// A line of a story.
    struct Line {
        /// The number of a step; none for a read and for a mark.
        pub number: Option<usize>,
        /// What happened.
        pub says: String,
        /// True for the mark that nothing was left to do.
        pub is_quiescent: bool,
        /// True for the observation that is wrong.
        pub is_breach: bool,
    }
}

impl Line {
    fn text(&self) -> String {
        let mark = if self.is_breach { "   <-- here" } else { "" };
        match self.number {
            _ if self.is_quiescent => format!("       -- {} --", self.says),
            Some(number) => format!("  {number:>3}. {}{mark}", self.says),
            None => format!("     read {}{mark}", self.says),
        }
    }
}

/// The lines of a counterexample's story.
pub(super) fn lines(example: &Counterexample) -> Vec<Line> {
    narrated(&example.history, &Texts::of(&example.plan), &example.breach.events, true)
}

/// What was expected in a counterexample, and what was seen.
pub(super) fn values(example: &Counterexample) -> (String, String) {
    let texts = Texts::of(&example.plan);
    (texts.value(&example.breach.expected), texts.value(&example.breach.seen))
}

/// Tells single events of a plan.
pub(super) struct Teller(Texts);

impl Teller {
    pub(super) fn of(plan: &Plan) -> Self {
        Self(Texts::of(plan))
    }

    /// What was asked, and what came back.
    pub(super) fn event(&self, event: &Event) -> String {
        tell_event(event, &self.0)
    }

    /// What came back.
    pub(super) fn answer_of(&self, event: &Event) -> String {
        match &event.reply {
            Reply::Ok(answer) => tell_answer(answer, &self.0),
            Reply::Error(problem) => format!("error: {problem}"),
            Reply::Unknown(_) => "no answer".into(),
            Reply::Unsupported(_) => "not supported".into(),
            Reply::AdapterError(_) => "the adapter failed".into(),
        }
    }
}

fn narrate(history: &History, texts: &Texts, evidence: &[usize], marked: bool) -> String {
    let lines = narrated(history, texts, evidence, marked);
    lines.iter().map(|line| line.text() + "\n").collect()
}

/// The operations of a history that change something, the reads that matter, and the breach marked.
fn narrated(history: &History, texts: &Texts, evidence: &[usize], marked: bool) -> Vec<Line> {
    let breach = evidence.last().copied().filter(|_| marked);
    let mut lines = Vec::new();
    let mut number = 0;
    let mut marks = history.settled.iter().peekable();
    for (place, event) in history.events.iter().enumerate() {
        let read = event.operation.kind().is_read();
        while marks.next_if(|mark| mark.at < event.invoked).is_some() {
            if marks.peek().is_none_or(|mark| mark.at > event.invoked) {
                let says = "quiescent: nothing is left to do".to_owned();
                lines.push(Line { number: None, says, is_quiescent: true, is_breach: false });
            }
        }
        if read && !evidence.contains(&place) {
            continue;
        }
        number += usize::from(!read);
        let is_breach = Some(place) == breach;
        let number = (!read).then_some(number);
        let says = tell_event(event, texts);
        lines.push(Line { number, says, is_quiescent: false, is_breach });
        if is_breach {
            break;
        }
    }
    lines
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).unwrap_or_else(|_| unreachable!("a string takes every write"));
}

fn tell_event(event: &Event, texts: &Texts) -> String {
    let asked = describe(&event.operation, |record| texts.file(record));
    match &event.reply {
        Reply::Ok(Answer::Done) => asked,
        Reply::Ok(answer) => format!("{asked} -> {}", tell_answer(answer, texts)),
        Reply::Error(problem) => format!("{asked} -> error: {problem}"),
        Reply::Unknown(problem) => format!("{asked} -> no answer: {problem}"),
        Reply::Unsupported(_) => format!("{asked} -> not supported"),
        Reply::AdapterError(problem) => format!("{asked} -> the adapter failed: {problem}"),
    }
}

fn tell_answer(answer: &Answer, texts: &Texts) -> String {
    match answer {
        Answer::Done => "done".into(),
        Answer::Refreshed(value) => format!("returns {value}"),
        Answer::Package(None) | Answer::Site(None) => "there is none".into(),
        Answer::Package(Some(status)) => {
            let failure = status
                .failure
                .as_ref()
                .map_or(String::new(), |failure| format!(", failure: {}", visible(failure)));
            let flag = status
                .source_flag
                .map_or(String::new(), |flag| format!(", flag {}", flag.number()));
            format!("version {}{flag}{failure}", status.version)
        }
        Answer::Site(Some(status)) => match status.stored {
            None => format!("knows version {}", status.version),
            Some(None) => format!("knows version {}, has no files", status.version),
            Some(Some(stored)) => {
                format!("knows version {}, has the files of {stored}", status.version)
            }
        },
        Answer::Point(status) => match status.version {
            Some(version) => format!("{:?}, version {version}", status.state),
            None => format!("{:?}", status.state),
        },
        Answer::Content(None) => "nothing".into(),
        Answer::Content(Some(page)) => texts.files(&page.files),
        Answer::Context(status) => {
            format!(
                "status {}, {} of {}, error {}",
                status.status, status.progress, status.max_progress, status.error_code
            )
        }
        Answer::Operable(operable) => if *operable { "operable" } else { "inoperable" }.into(),
        Answer::Idle(idle) => if *idle { "idle" } else { "busy" }.into(),
    }
}

/// An operation in words.
pub fn describe<F>(operation: &Operation<F>, file: impl Fn(&F) -> String) -> String {
    match operation {
        Operation::Create { package, class, source, source_flag } => {
            let source = source
                .as_ref()
                .map_or("without source".into(), |source| format!("with source {source}"));
            let flag =
                source_flag.map_or(String::new(), |flag| format!(", flag {}", flag.number()));
            format!("create {package}, a {class}, {source}{flag}")
        }
        Operation::Edit { source, changes } => {
            let list: Vec<String> =
                changes.iter().take(4).map(|change| describe_change(change, &file)).collect();
            let more = if changes.len() > 4 {
                format!(", and {} more", changes.len() - 4)
            } else {
                String::new()
            };
            format!("edit {source}: {}{more}", list.join(", "))
        }
        Operation::Put { package, properties } => {
            let json = serde_json::to_string(properties).unwrap_or_default();
            format!("put {package}: {json}")
        }
        Operation::Refresh { package, context, at, class: _ } => {
            let context = context
                .as_ref()
                .map_or(String::new(), |context| format!(" with ContextID {context:?}"));
            let at = at.as_ref().map_or(String::new(), |at| format!(" at {at}"));
            format!("refresh {package}{context}{at}")
        }
        Operation::SetSchedule { package, tokens } => {
            format!("set a schedule of {} tokens on {package}", tokens.len())
        }
        Operation::Assign { package, point } => format!("assign {package} to {point}"),
        Operation::Remove { package, point } => format!("remove {package} from {point}"),
        Operation::Redistribute { package, point } => format!("redistribute {package} to {point}"),
        Operation::Cancel { package, point } => format!("cancel {package} at {point}"),
        Operation::Delete { package } => format!("delete {package}"),
        Operation::AddDriver { package, path, .. } => format!("add driver {path} to {package}"),
        Operation::AddContent { package, path, refresh_points, .. } => {
            let when = if *refresh_points { ", refreshing the points" } else { "" };
            format!("add content {path} to {package}{when}")
        }
        Operation::Fault { kind, target } => format!("fault {kind:?} at {target}"),
        Operation::Heal { kind, target } => format!("heal {kind:?} at {target}"),
        Operation::Clock { advance_ms } => format!("{advance_ms} ms pass"),
        Operation::Package { package } => format!("package {package}"),
        Operation::Site { package, site } => format!("site {site} of {package}"),
        Operation::Point { package, point } => format!("point {point} of {package}"),
        Operation::Content { package, point, .. } => format!("content of {package} at {point}"),
        Operation::Context { package, context } => format!("context {context:?} of {package}"),
        Operation::Operable { package } => format!("operable {package}"),
        Operation::Idle {} => "idle".into(),
    }
}

/// A path, and beside it its escaped form where two that look alike could be two: letters outside ASCII, spaces at an end.
fn shown(path: &FilePath) -> String {
    let text = path.as_str();
    if text.is_ascii() && text.trim() == text {
        return text.to_owned();
    }
    format!("{text} (\"{}\")", text.escape_default())
}

fn describe_change<F>(change: &Change<F>, file: &impl Fn(&F) -> String) -> String {
    match change {
        Change::Write { path, file: body, keep_time } => {
            let kept = if *keep_time { " (same modification time)" } else { "" };
            format!("write {} = {}{kept}", shown(path), file(body))
        }
        Change::Delete { path } => format!("delete {}", shown(path)),
        Change::Rename { from, to } => format!("rename {} to {}", shown(from), shown(to)),
    }
}
