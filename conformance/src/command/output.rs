//! Reading and writing the files that a user names. Nothing is overwritten, nothing is waited for, and only standard input
//! may be without end.

use crate::exit::Trouble;
use crate::history::{Histories, HistoryFile};
use crate::plan::{Plan, read_plan};
use crate::platform::open_regular;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

/// Reads a plan: a regular file of bounded length, or standard input where it is named `-`.
pub(super) fn plan(path: &Path) -> Result<Plan, Trouble> {
    let mut text = String::new();
    let most = crate::plan::MOST_BYTES as u64;
    let input = input(path).map_err(|error| unreadable("plan", path, &error))?;
    let read = input.take(most + 1).read_to_string(&mut text);
    if read.map_err(|error| unreadable("plan", path, &error))? as u64 > most {
        let instead = super::mistaken::instead(path, "plan");
        let why = std::io::Error::other(format!("it is longer than {most} bytes{instead}"));
        return Err(unreadable("plan", path, &why));
    }
    let plan = read_plan(&text).map_err(|error| {
        let instead = super::mistaken::instead(path, "plan");
        Trouble::Usage(format!("plan `{}`: {error}{instead}", path.display()))
    })?;
    Ok(plan)
}

/// A regular file; `-` and `/dev/stdin` are standard input, which may be a pipe.
fn input(path: &Path) -> std::io::Result<Box<dyn Read>> {
    if path == Path::new("-") || path == Path::new("/dev/stdin") {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(open_regular(path)?))
}

/// Reads every plan of a folder, in the order of their names.
pub(super) fn plans(folder: &Path) -> Result<Vec<Plan>, Trouble> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| unreadable("folder of plans", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable("folder of plans", folder, &error))?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    paths.iter().map(|path| plan(path)).collect()
}

/// Opens a file of histories; `-` and `/dev/stdin` are standard input, which may be a pipe.
pub(super) fn histories(path: &Path) -> Result<Histories<Box<dyn BufRead>>, Trouble> {
    let input = input(path).map_err(|error| unreadable("history", path, &error))?;
    Ok(Histories::new(Box::new(BufReader::with_capacity(1 << 16, input))))
}

fn unreadable(what: &str, path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Usage(format!("{what} `{}` cannot be read: {error}", path.display()))
}

/// Makes sure, before any work is done, that a file can be written, and that nothing stands there.
pub(super) fn reserve(path: &Path) -> Result<(), Trouble> {
    let parent =
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let refuse =
        |why: String| Err(Trouble::Usage(format!("`{}` cannot be written: {why}", path.display())));
    if path.exists() {
        return refuse("something stands there; name another file, or remove it first".into());
    }
    if let Err(error) = std::fs::metadata(parent) {
        return refuse(error.to_string());
    }
    match tempfile::Builder::new().prefix(".pkgsource-").tempfile_in(parent) {
        Ok(_) => Ok(()),
        Err(error) => refuse(error.to_string()),
    }
}

/// Writes a file that nothing stands at.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Trouble> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written
        .map_err(|error| Trouble::Usage(format!("`{}` cannot be written: {error}", path.display())))
}

/// The longest file, other than plans and histories, that is read.
const MOST_READ: u64 = 64 * 1024 * 1024;

/// Reads a regular file of text. `what` is what it should be.
pub(super) fn text(what: &str, path: &Path) -> Result<String, Trouble> {
    let mut text = String::new();
    let read = open_regular(path).and_then(|file| file.take(MOST_READ).read_to_string(&mut text));
    read.map_err(|error| unreadable(what, path, &error))?;
    Ok(text)
}

/// Begins a file of histories that is written as the run goes. Nothing stands there.
pub(super) fn begin_history(path: &Path) -> Result<HistoryFile, Trouble> {
    let file = File::create_new(path).map_err(|error| {
        Trouble::Usage(format!("`{}` cannot be written: {error}", path.display()))
    })?;
    Ok(HistoryFile::new(file))
}
