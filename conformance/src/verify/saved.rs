//! Counterexamples as files, and the line for a shell that runs one again.

use super::Settings;
use crate::plan::scenarios::short;
use crate::plan::{Plan, write_plan};
use crate::written::write_new;
use pkgsource_model::clauses::{ClauseId, Force};
use pkgsource_model::judge::Requirements;
use pkgsource_model::readings::Readings;
use pkgsource_model::words::PackageClass;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Saves a plan under its clause's and class's name; a number is added where another plan has that name. A plan that
/// is there already is left as it is.
///
/// # Errors
/// The folder or the file cannot be made or written.
pub(super) fn save(
    folder: &Path,
    clause: ClauseId,
    class: PackageClass,
    plan: &Plan,
) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let text = write_plan(plan);
    let name = format!("{}-{}", clause.text().to_lowercase(), short(class));
    let mut nth = 1;
    loop {
        let number = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = folder.join(format!("{name}{number}.jsonl"));
        match write_new(&path, &text) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Err(_)
                if path.is_file() && fs::read_to_string(&path).is_ok_and(|known| known == text) =>
            {
                return Ok(path);
            }
            Err(_) => nth += 1,
        }
    }
}

/// The line that replays a saved plan under the same requirements.
pub(super) fn line(path: &Path, settings: &Settings) -> String {
    let mut words = vec!["pkgsource replay".to_owned(), quoted(&path.to_string_lossy())];
    let Requirements { classes, clauses, pinned, at_least, .. } = &settings.requirements;
    words.extend(classes.iter().map(|class| format!("--class {class}")));
    words.extend(clauses.iter().map(|clause| format!("--clause {}", clause.text())));
    for &(question, place) in pinned {
        let reading = Readings::weakest().with(question, place);
        words.push(format!("--pin {}={}", question.entry().id, reading.name(question)));
    }
    match at_least {
        Force::Implied => {}
        force @ (Force::Described | Force::Documented) => {
            words.push(format!("--at-least {}", force.name()));
        }
    }
    if !settings.command.is_empty() {
        words.push(settings.command.clone());
    }
    words.join(" ")
}

/// A word as a POSIX shell takes it for one.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
