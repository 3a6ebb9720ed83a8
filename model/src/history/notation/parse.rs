//! One line of a history that is written by hand, as an event. Which lines there are stands in [`super`].

use crate::history::{Event, History, Settled, SettledBy};
use crate::operation::{Change, FaultKind, Operation, Properties};
use crate::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
};
use crate::words::{
    Content, FaultTarget, FilePath, FileRecord, PackageId, PointName, PointState, ReturnValue,
    ScheduleToken, SiteCode, SourceFlag, SourceName, SourceVersion,
};
use std::fmt::Display;
use std::str::FromStr;

type Parsed<T> = Result<T, String>;

/// The words of one side of a line.
struct Words<'a>(std::str::SplitWhitespace<'a>);

impl<'a> Words<'a> {
    fn next(&mut self, what: &str) -> Parsed<&'a str> {
        self.0.next().ok_or_else(|| format!("{what} is missing"))
    }

    fn parsed<T: FromStr<Err: Display>>(&mut self, what: &str) -> Parsed<T> {
        self.next(what)?.parse().map_err(|error: T::Err| error.to_string())
    }

    fn number<T: FromStr>(&mut self, what: &str) -> Parsed<T> {
        number(self.next(what)?)
    }

    fn package(&mut self) -> Parsed<PackageId> {
        self.parsed("a package")
    }

    fn point(&mut self) -> Parsed<PointName> {
        self.parsed("a point")
    }
}

fn number<T: FromStr>(text: &str) -> Parsed<T> {
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

/// Adds what a line says to a history.
pub(super) fn line(history: &mut History, text: &str) -> Parsed<()> {
    let last = history.events.last().map(|event| event.returned.unwrap_or(event.invoked + 1));
    let settled = history.settled.last().map(|settled| settled.at + 1);
    let now = last.max(settled).unwrap_or(0);
    let (asked, came) = text.split_once("->").map_or((text, None), |(a, b)| (a, Some(b.trim())));
    let mut words = Words(asked.split_whitespace());
    let verb = words.next("an operation")?;
    if verb == "quiescent" {
        history.settled.push(Settled { at: now + 1, by: SettledBy::Idle });
        return Ok(());
    }
    let operation = operation(verb, &mut words)?;
    if let Some(word) = words.0.next() {
        return Err(format!("`{word}` is one word too many"));
    }
    let reply = reply(&operation, came)?;
    let returned = (!matches!(reply, Reply::Unknown(_))).then_some(now + 2);
    history.events.push(Event { invoked: now + 1, returned, operation, reply, took_us: None });
    Ok(())
}

fn operation(verb: &str, words: &mut Words<'_>) -> Parsed<Operation<FileRecord>> {
    Ok(match verb {
        "edit" => {
            let source = words.parsed("a source")?;
            let changes = words.0.by_ref().map(change).collect::<Parsed<_>>()?;
            Operation::Edit { source, changes }
        }
        "lose" => Operation::Fault { kind: FaultKind::SourceAbsent, target: source(words)? },
        "restore" => Operation::Heal { kind: FaultKind::SourceAbsent, target: source(words)? },
        "fault" => {
            let (kind, target) = fault(words)?;
            Operation::Fault { kind, target }
        }
        "heal" => {
            let (kind, target) = fault(words)?;
            Operation::Heal { kind, target }
        }
        "create" => create(words)?,
        "put" => Operation::Put { package: words.package()?, properties: properties(words)? },
        "refresh" => refresh(words)?,
        "schedule" => {
            let package = words.package()?;
            let count = words.number("how many tokens")?;
            let token = ScheduleToken::from_str("0001170000100008").map_err(|e| e.to_string())?;
            Operation::SetSchedule { package, tokens: vec![token; count] }
        }
        "assign" => Operation::Assign { package: words.package()?, point: words.point()? },
        "remove" => Operation::Remove { package: words.package()?, point: words.point()? },
        "redistribute" => {
            Operation::Redistribute { package: words.package()?, point: words.point()? }
        }
        "cancel" => Operation::Cancel { package: words.package()?, point: words.point()? },
        "delete" => Operation::Delete { package: words.package()? },
        "add_driver" => {
            let package = words.package()?;
            let (path, file) = file(words.next("a file")?)?;
            Operation::AddDriver { package, path, file }
        }
        "add_content" => {
            let package = words.package()?;
            let (path, file) = file(words.next("a file")?)?;
            let refresh_points = words.0.next() == Some("refresh");
            Operation::AddContent { package, path, file, refresh_points }
        }
        "package" => Operation::Package { package: words.package()? },
        "site" => {
            Operation::Site { package: words.package()?, site: words.parsed::<SiteCode>("a site")? }
        }
        "point" => Operation::Point { package: words.package()?, point: words.point()? },
        "content" => {
            Operation::Content { package: words.package()?, point: words.point()?, after: None }
        }
        "context" => Operation::Context {
            package: words.package()?,
            context: words.next("a ContextID")?.to_owned(),
        },
        "operable" => Operation::Operable { package: words.package()? },
        _ => return Err(format!("there is no operation `{verb}`")),
    })
}

fn create(words: &mut Words<'_>) -> Parsed<Operation<FileRecord>> {
    let (package, class) = (words.package()?, words.parsed("a class")?);
    let (mut source, mut source_flag) = (None, None);
    for word in words.0.by_ref() {
        match word.strip_prefix("flag=") {
            Some(name) => source_flag = Some(flag(name)?),
            None => source = Some(SourceName::new(word).map_err(|error| error.to_string())?),
        }
    }
    Ok(Operation::Create { package, class, source, source_flag })
}

fn fault(words: &mut Words<'_>) -> Parsed<(FaultKind, FaultTarget)> {
    let kind = match words.next("a kind of fault")? {
        "source_absent" => FaultKind::SourceAbsent,
        "point_down" => FaultKind::PointDown,
        "point_full" => FaultKind::PointFull,
        "point_tampered" => FaultKind::PointTampered,
        "link_down" => FaultKind::LinkDown,
        other => return Err(format!("`{other}` is no kind of fault")),
    };
    Ok((kind, words.parsed("the target of a fault")?))
}

fn source(words: &mut Words<'_>) -> Parsed<FaultTarget> {
    Ok(FaultTarget::from(&words.parsed::<SourceName>("a source")?))
}

fn refresh(words: &mut Words<'_>) -> Parsed<Operation<FileRecord>> {
    let package = words.package()?;
    let (mut context, mut at, mut class) = (None, None, None);
    for word in words.0.by_ref() {
        match word.split_once('=') {
            Some(("context", id)) => context = Some(id.to_owned()),
            Some(("at", site)) => at = Some(SiteCode::new(site).map_err(|e| e.to_string())?),
            Some(("class", name)) => class = Some(name.parse().map_err(|e| format!("{e}"))?),
            _ => return Err(format!("a refresh takes context=, at= and class=, not `{word}`")),
        }
    }
    Ok(Operation::Refresh { package, context, at, class })
}

fn properties(words: &mut Words<'_>) -> Parsed<Properties> {
    let mut properties = Properties::default();
    for word in words.0.by_ref() {
        match word.split_once('=') {
            None if word == "refresh" => properties.refresh_pkg_source_flag = Some(true),
            Some(("name", name)) => properties.name = Some(name.to_owned()),
            Some(("share", name)) => properties.share_name = Some(name.to_owned()),
            Some(("version", version)) => properties.source_version = Some(number(version)?),
            Some(("source", name)) => {
                properties.source = Some(SourceName::new(name).map_err(|e| e.to_string())?);
            }
            Some(("flag", name)) => properties.source_flag = Some(flag(name)?),
            _ => return Err(format!("`{word}` is no property")),
        }
    }
    Ok(properties)
}

fn flag(name: &str) -> Parsed<SourceFlag> {
    Ok(match name {
        "needs_specifying" => SourceFlag::NeedsSpecifying,
        "no_source" => SourceFlag::NoSource,
        "direct" => SourceFlag::Direct,
        "compress" => SourceFlag::Compress,
        "local" => SourceFlag::Local,
        _ => return Err(format!("`{name}` is no PkgSourceFlag")),
    })
}

fn change(word: &str) -> Parsed<Change<FileRecord>> {
    let path = |text: &str| FilePath::new(text).map_err(|error| error.to_string());
    if let Some(gone) = word.strip_prefix('-') {
        return Ok(Change::Delete { path: path(gone)? });
    }
    if let Some((from, to)) = word.split_once('>') {
        return Ok(Change::Rename { from: path(from)?, to: path(to)? });
    }
    let kept = word.strip_suffix('!');
    let (path, file) = file(kept.unwrap_or(word))?;
    Ok(Change::Write { path, file, keep_time: kept.is_some() })
}

fn file(word: &str) -> Parsed<(FilePath, FileRecord)> {
    let (path, text) = word.split_once('=').ok_or_else(|| format!("`{word}` is not NAME=TEXT"))?;
    let record = FileRecord::of_text(text).ok_or("a text has at most 32 bytes")?;
    Ok((FilePath::new(path).map_err(|error| error.to_string())?, record))
}

fn reply(operation: &Operation<FileRecord>, came: Option<&str>) -> Parsed<Reply<Answer>> {
    match came {
        Some("error") => return Ok(Reply::Error(Problem::new("it failed"))),
        Some("unknown") => return Ok(Reply::Unknown(Problem::new("no answer"))),
        _ => {}
    }
    let came = came.unwrap_or_default();
    let mut words = Words(came.split_whitespace());
    let answer = match operation {
        Operation::Refresh { .. } => Answer::Refreshed(ReturnValue(words.number("a value")?)),
        Operation::Package { .. } => Answer::Package(package_status(came)?),
        Operation::Site { .. } => Answer::Site(site_status(came)?),
        Operation::Point { .. } => {
            let state = state(words.next("a state")?)?;
            let version = words.0.next().map(number).transpose()?.map(SourceVersion);
            Answer::Point(PointStatus { state, version })
        }
        Operation::Content { .. } => Answer::Content(match came {
            "nothing" => None,
            "" => Some(Page::default()),
            _ => {
                let files = words.0.map(file).collect::<Parsed<Content>>()?;
                Some(Page { files, next: None })
            }
        }),
        Operation::Context { .. } => Answer::Context(ContextStatus {
            status: words.number("a status")?,
            progress: words.number("how far")?,
            max_progress: words.number("out of how much")?,
            error_code: words.0.next().map(number).transpose()?.unwrap_or(0),
        }),
        Operation::Operable { .. } => Answer::Operable(came == "yes"),
        Operation::Create { .. }
        | Operation::Edit { .. }
        | Operation::Put { .. }
        | Operation::SetSchedule { .. }
        | Operation::Assign { .. }
        | Operation::Remove { .. }
        | Operation::Redistribute { .. }
        | Operation::Cancel { .. }
        | Operation::Delete { .. }
        | Operation::AddDriver { .. }
        | Operation::AddContent { .. }
        | Operation::Fault { .. }
        | Operation::Heal { .. }
        | Operation::Clock { .. }
        | Operation::Idle {} => Answer::Done,
    };
    Ok(Reply::Ok(answer))
}

fn package_status(came: &str) -> Parsed<Option<PackageStatus>> {
    if came == "absent" {
        return Ok(None);
    }
    let mut words = Words(came.split_whitespace());
    let version = SourceVersion(words.number("a version")?);
    let mut status = PackageStatus { version, action: None, failure: None, source_flag: None };
    for word in words.0 {
        match word.split_once('=') {
            None if word == "failed" => status.failure = Some("it failed".into()),
            Some(("flag", name)) => status.source_flag = Some(flag(name)?),
            Some(("action", action)) => status.action = Some(number(action)?),
            _ => {
                return Err(format!(
                    "a package's status has `failed`, flag= and action=, not `{word}`"
                ));
            }
        }
    }
    Ok(Some(status))
}

fn site_status(came: &str) -> Parsed<Option<SiteStatus>> {
    if came == "absent" {
        return Ok(None);
    }
    let mut words = Words(came.split_whitespace());
    let version = SourceVersion(words.number("a version")?);
    let stored = match words.0.next() {
        None => None,
        Some("files") => Some(Some(SourceVersion(words.number("the version of the files")?))),
        Some("nofiles") => Some(None),
        Some(word) => return Err(format!("a site has `files N` or `nofiles`, not `{word}`")),
    };
    Ok(Some(SiteStatus { version, stored }))
}

fn state(word: &str) -> Parsed<PointState> {
    let name = |state: &PointState| match state {
        PointState::None => "none",
        PointState::Installed => "installed",
        PointState::InstallPending => "install_pending",
        PointState::InstallRetrying => "install_retrying",
        PointState::InstallFailed => "install_failed",
        PointState::RemovalPending => "removal_pending",
        PointState::RemovalRetrying => "removal_retrying",
        PointState::RemovalFailed => "removal_failed",
        PointState::ContentUpdating => "content_updating",
        PointState::ContentMonitoring => "content_monitoring",
    };
    let mut states = PointState::ALL.into_iter();
    states
        .find(|state| name(state) == word)
        .ok_or_else(|| format!("`{word}` is no state of a point"))
}
