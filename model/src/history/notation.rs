//! Histories as people write them: one operation a line, with what came of it after an arrow. For the examples of clauses,
//! for pages, and for histories that are written from the documents by hand. The files of other tools are JSON Lines.
//!
//! ```text
//! edit S1 a.txt=one            lose S1, restore S1         quiescent
//! create P1 SMS_Package S1     assign P1 DP1               refresh P1 -> 0
//! package P1 -> 2 failed       site P1 PS2 -> 2 files 1    point P1 DP1 -> installed 2
//! content P1 DP1 -> a.txt=one  content P1 DP1 -> nothing   operable P1 -> yes
//! ```
//!
//! A text stands for its own digest, so that it has at most 32 bytes. The tree is one site of two points, with a child
//! of one more; it is declared whole in the header, and everything can be read.

mod parse;
mod reply;

use crate::history::{
    Bounds, Capabilities, Completes, Header, History, Identity, PointEntry, SiteEntry, SourceMode,
    Time, Tree,
};
use crate::operation::OperationKind;
use crate::words::{BadName, Digest, FileRecord, PackageClass, PointName, SiteCode};
use std::fmt;

/// A line that is no operation of the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotationError {
    /// The line, counted from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, `{}`: {}", self.line, self.text, self.why)
    }
}

impl std::error::Error for NotationError {}

impl FileRecord {
    /// The record that stands for a text in a history written by hand: its length, and itself for a digest.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { size: text.len() as u64, sha256: Digest(bytes) })
    }

    /// The text that a record of a history written by hand stands for; none for any other record.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        let size = usize::try_from(self.size).ok()?;
        let (text, rest) = self.sha256.0.split_at_checked(size)?;
        let printable = text.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
        (printable && rest.iter().all(|&byte| byte == 0))
            .then(|| String::from_utf8_lossy(text).into_owned())
    }
}

impl History {
    /// Reads a history that is written by hand. Empty lines, and what follows a `#`, say nothing.
    ///
    /// # Errors
    /// A line is not an operation of the notation.
    pub fn from_notation(text: &str) -> Result<Self, NotationError> {
        let mut history = Self { header: header(), events: Vec::new(), settled: Vec::new() };
        for (nth, line) in text.lines().enumerate() {
            let said = line.split('#').next().unwrap_or_default().trim();
            let error = |why: String| NotationError { line: nth + 1, text: said.to_owned(), why };
            if !said.is_empty() {
                parse::line(&mut history, said).map_err(error)?;
            }
        }
        Ok(history)
    }
}

fn header() -> Header {
    let name = |name: &str| Identity { name: name.into(), version: String::new() };
    let (changes, reads) =
        OperationKind::ALL.into_iter().partition(|kind: &OperationKind| !kind.is_read());
    Header {
        history: 1,
        plan: "written by hand".into(),
        seed: None,
        suite: "notation".into(),
        tree: tree().unwrap_or_default(),
        capabilities: Capabilities {
            protocol: 1,
            adapter: name("notation"),
            implementation: name("written by hand"),
            classes: PackageClass::ALL.to_vec(),
            operations: changes,
            reads,
            faults: vec![crate::operation::FaultKind::SourceAbsent],
            source_mode: SourceMode::Inline,
            time: Time::Virtual,
            completes: Completes::Reported,
            atomic_reads: true,
            parallel_calls: 1,
            instances: 1,
            window: 1,
            survives_restart: false,
            outlives_run: Vec::new(),
            shows_failure: true,
            synthesised: Vec::new(),
            bounds: Bounds::default(),
        },
    }
}

/// The sites and points of every history in this notation.
fn tree() -> Result<Tree, BadName> {
    let site = |code: &str, parent: Option<&str>| {
        let parent = parent.map(SiteCode::new).transpose()?;
        Ok(SiteEntry { site: SiteCode::new(code)?, parent })
    };
    let point = |name: &str, at: &str| {
        Ok(PointEntry { point: PointName::new(name)?, site: SiteCode::new(at)? })
    };
    Ok(Tree {
        sites: vec![site("PS1", None)?, site("PS2", Some("PS1"))?],
        points: vec![point("DP1", "PS1")?, point("DP2", "PS1")?, point("DP3", "PS2")?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_own_record_up_to_32_bytes() {
        let record = FileRecord::of_text("one").unwrap();
        assert_eq!((record.size, record.as_text()), (3, Some("one".into())));
        assert_eq!(FileRecord::of_text(&"x".repeat(33)), None);
    }

    #[test]
    fn a_line_that_is_no_operation_is_named_with_what_was_expected() {
        let error = |text: &str| History::from_notation(text).unwrap_err().to_string();
        assert_eq!(
            error("create P1 SMS_Package S1\nrefesh P1 -> 0"),
            "line 2, `refesh P1 -> 0`: there is no operation `refesh`"
        );
        assert_eq!(
            error("package P1 -> two"),
            "line 1, `package P1 -> two`: `two` is not a number"
        );
        assert_eq!(error("assign P1"), "line 1, `assign P1`: a point is missing");
    }

    #[test]
    fn operations_take_the_places_in_which_they_are_written() {
        let history = History::from_notation(
            "edit S1 a.txt=one  # the source\n\ncreate P1 SMS_Package S1\nquiescent\npackage P1 -> 1",
        )
        .unwrap();
        let invoked: Vec<u64> = history.events.iter().map(|event| event.invoked).collect();
        assert_eq!(invoked, [1, 3, 7]);
        assert_eq!(history.settled.iter().map(|settled| settled.at).collect::<Vec<_>>(), [5]);
    }
}
