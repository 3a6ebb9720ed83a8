//! Operations, their answers and changes of files in words.

use super::texts::{About, MOST, Member, Texts};
use pkgsource_model::history::Event;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::reply::{Answer, PackageStatus, Reply};
use pkgsource_model::words::{FilePath, FileRecord, SourceName, visible};

pub(super) fn tell_event(event: &Event, texts: &Texts) -> String {
    let asked = match &event.operation {
        Operation::Edit { source, changes } => {
            let (told, more) = texts.told(changes);
            let kept =
                |path: &FilePath, record: &FileRecord| texts.is_of_the_same_size(path, record);
            describe_edit(source, &told, more, &|record| texts.file(record), &kept)
        }
        operation => describe(operation, |record| texts.file(record)),
    };
    match &event.reply {
        Reply::Ok(Answer::Done) => asked,
        Reply::Ok(answer) => format!("{asked} -> {}", tell_answer(answer, texts)),
        Reply::Error(problem) => format!("{asked} -> error: {problem}"),
        Reply::Unknown(problem) => format!("{asked} -> no answer: {problem}"),
        Reply::Unsupported(_) => format!("{asked} -> not supported"),
        Reply::AdapterError(problem) => format!("{asked} -> the adapter failed: {problem}"),
    }
}

pub(super) fn tell_answer(answer: &Answer, texts: &Texts) -> String {
    match answer {
        Answer::Done => "done".into(),
        Answer::Refreshed(value) => format!("returns {value}"),
        Answer::Package(None) | Answer::Site(None) => "there is none".into(),
        Answer::Package(Some(status)) => tell_package(status, texts.is_about()),
        Answer::Site(Some(status)) => match status.stored {
            None => format!("knows version {}", status.version),
            Some(None) => format!("knows version {}, has no files", status.version),
            Some(Some(stored)) => {
                format!("knows version {}, has the files of {stored}", status.version)
            }
        },
        Answer::Point(status) => match status.version {
            Some(version) => format!("{}, version {version}", status.state.documented()),
            None if texts.is_about().has(Member::Version) => {
                format!("{}, no version", status.state.documented())
            }
            None => status.state.documented(),
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

/// A package's row: what it holds, and also what it does not hold where a breach is about that.
fn tell_package(status: &PackageStatus, about: &About) -> String {
    let mut members = vec![format!("version {}", status.version)];
    match status.source_flag {
        Some(flag) => members.push(format!("flag {}", flag.number())),
        None if about.has(Member::Flag) => members.push("no flag".to_owned()),
        None => {}
    }
    match status.action {
        Some(action) if action != 0 || about.has(Member::Action) => {
            members.push(format!("ActionInProgress {action}"));
        }
        Some(_) | None => {}
    }
    match &status.failure {
        Some(failure) => members.push(format!("failure: {}", visible(failure))),
        None if about.has(Member::Failure) => members.push("no failure".to_owned()),
        None => {}
    }
    members.join(", ")
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
            let told: Vec<&Change<F>> = changes.iter().take(MOST).collect();
            describe_edit(source, &told, changes.len() - told.len(), &file, &|_, _| false)
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
        Operation::Fault { kind, target } => format!("fault {kind} at {target}"),
        Operation::Heal { kind, target } => format!("heal {kind} at {target}"),
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
pub(super) fn shown(path: &FilePath) -> String {
    let text = path.as_str();
    if text.is_ascii() && text.trim() == text {
        return text.to_owned();
    }
    format!("{text} (\"{}\")", text.escape_default())
}

fn describe_edit<F>(
    source: &SourceName,
    changes: &[&Change<F>],
    more: usize,
    file: &impl Fn(&F) -> String,
    same_size: &impl Fn(&FilePath, &F) -> bool,
) -> String {
    let list: Vec<String> =
        changes.iter().map(|change| describe_change(change, file, same_size)).collect();
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("edit {source}: {}{more}", list.join(", "))
}

fn describe_change<F>(
    change: &Change<F>,
    file: &impl Fn(&F) -> String,
    same_size: &impl Fn(&FilePath, &F) -> bool,
) -> String {
    match change {
        Change::Write { path, file: body, keep_time } => {
            let kept = match (*keep_time, *keep_time && same_size(path, body)) {
                (false, _) => "",
                (true, false) => " (same modification time)",
                (true, true) => " (same size and modification time)",
            };
            format!("write {} = {}{kept}", shown(path), file(body))
        }
        Change::Delete { path } => format!("delete {}", shown(path)),
        Change::Rename { from, to } => format!("rename {} to {}", shown(from), shown(to)),
    }
}
