//! One line of a history that is written by hand, as an event. Which lines there are stands in [`super`].

use super::reply::reply;
use crate::history::{Event, History, Settled, SettledBy};
use crate::operation::{Change, FaultKind, Operation, Properties};
use crate::reply::Reply;
use crate::words::{
    FaultTarget, FilePath, FileRecord, PackageId, PointName, ScheduleToken, SiteCode, SourceFlag,
    SourceName,
};
use std::fmt::Display;
use std::str::FromStr;

pub(super) type Parsed<T> = Result<T, String>;

/// The words of one side of a line.
pub(super) struct Words<'a>(pub(super) std::str::SplitWhitespace<'a>);

impl<'a> Words<'a> {
    pub(super) fn next(&mut self, what: &str) -> Parsed<&'a str> {
        self.0.next().ok_or_else(|| format!("{what} is missing"))
    }

    pub(super) fn parsed<T: FromStr<Err: Display>>(&mut self, what: &str) -> Parsed<T> {
        self.next(what)?.parse().map_err(|error: T::Err| error.to_string())
    }

    pub(super) fn number<T: FromStr>(&mut self, what: &str) -> Parsed<T> {
        number(self.next(what)?)
    }

    fn package(&mut self) -> Parsed<PackageId> {
        self.parsed("a package")
    }

    fn point(&mut self) -> Parsed<PointName> {
        self.parsed("a point")
    }
}

pub(super) fn number<T: FromStr>(text: &str) -> Parsed<T> {
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

pub(super) fn flag(name: &str) -> Parsed<SourceFlag> {
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

pub(super) fn file(word: &str) -> Parsed<(FilePath, FileRecord)> {
    let (path, text) = word.split_once('=').ok_or_else(|| format!("`{word}` is not NAME=TEXT"))?;
    let record = FileRecord::of_text(text).ok_or("a text has at most 32 bytes")?;
    Ok((FilePath::new(path).map_err(|error| error.to_string())?, record))
}
