//! Histories as files: JSON Lines, a header line before each plan's events and a mark at the end. What they mean is the
//! model's business. How one is written as a run goes is in [`write`](self::HistoryFile).

mod read;
mod write;

pub(crate) use read::spoken;
pub use read::{Histories, HistoryError, MOST_LINE, MOST_PLAN, Whole};
pub use write::{HistoryFile, write_history};

use pkgsource_model::reply::{Answer, Reply};

/// How many bytes the paths and texts of a reply have in a file, without whatever stands between them.
pub(crate) fn text_length(reply: &Reply<Answer>) -> usize {
    let text = |text: &str| text.len() + text.bytes().filter(|byte| b"\"\\".contains(byte)).count();
    match reply {
        Reply::Ok(Answer::Content(Some(page))) => {
            page.files.keys().map(|path| text(path.as_str())).sum()
        }
        Reply::Ok(Answer::Package(Some(status))) => status.failure.as_deref().map_or(0, text),
        Reply::Ok(_) => 0,
        Reply::Error(problem)
        | Reply::Unknown(problem)
        | Reply::Unsupported(problem)
        | Reply::AdapterError(problem) => {
            text(&problem.message) + problem.code.as_deref().map_or(0, text)
        }
    }
}
