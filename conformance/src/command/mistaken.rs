//! A file given for one of another kind: each kind of file is told by its first line, and what to do with it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

/// How much of a file is looked at.
const MOST: u64 = 1 << 16;

/// The kinds of files, by the member that each begins with, and what to do with them.
const KINDS: [(&str, &str, &str); 6] = [
    ("plan", "a plan", "`pkgsource replay FILE` runs it"),
    ("header", "a history", "`pkgsource judge FILE` judges it"),
    ("shard", "a shard of a run", "`pkgsource merge FILES...` judges all of them"),
    ("saved", "what a run left", "`pkgsource verify --against FILE` compares with it"),
    ("bench", "a baseline", "`pkgsource bench --against FILE` compares with it"),
    ("report", "a report", "nothing reads it again"),
];

/// The end of a message about a file that should be `wanted`: what it is instead, where that can be told.
pub(super) fn instead(path: &Path, wanted: &str) -> String {
    let is = kind(path).filter(|(name, ..)| *name != wanted);
    is.map_or(String::new(), |(_, what, then)| format!("; it is {what}: {then}"))
}

fn kind(path: &Path) -> Option<(&'static str, &'static str, &'static str)> {
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut start = String::new();
    let lines = BufReader::new(File::open(path).ok()?.take(MOST)).lines();
    for line in lines.map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
        start.push_str(line.trim());
        if start.len() > 2 {
            break;
        }
    }
    let first = start.strip_prefix('{')?.trim_start().strip_prefix('"')?;
    KINDS
        .into_iter()
        .find(|(name, ..)| first.strip_prefix(name).is_some_and(|rest| rest.starts_with('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_first_member_and_one_of_no_kind_by_nothing() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("f");
        let told = |text: &str, wanted: &str| {
            std::fs::write(&path, text).unwrap();
            instead(&path, wanted)
        };
        assert!(told("{\"plan\":\"p\"", "header").contains("it is a plan: `pkgsource replay"));
        assert!(told("\n{\n  \"saved\": 2,", "plan").contains("what a run left"));
        assert_eq!(told("{\"plan\":\"p\"", "plan"), "");
        for nothing in ["", "# words", "{}", "{\"plans\":1}", "[\"plan\"]"] {
            assert_eq!(told(nothing, "header"), "", "{nothing}");
        }
        assert_eq!(instead(Path::new("/nonexistent"), "plan"), "");
    }
}
