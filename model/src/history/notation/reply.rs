//! What is answered on a line of a history that is written by hand.

use super::parse::{Parsed, Words, file, flag, number};
use crate::operation::Operation;
use crate::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
};
use crate::words::{Content, FileRecord, PointState, ReturnValue, SourceVersion};

pub(super) fn reply(
    operation: &Operation<FileRecord>,
    came: Option<&str>,
) -> Parsed<Reply<Answer>> {
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
    let mut states = PointState::ALL.into_iter();
    states
        .find(|state| state.name() == word)
        .ok_or_else(|| format!("`{word}` is no state of a point"))
}
