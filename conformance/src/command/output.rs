//! Reading and writing the files that a user names. Nothing is overwritten but what `--bless` writes again, nothing is waited
//! for, what is written is there whole or not at all, and of what is read there is a most.

use crate::exit::Trouble;
use crate::history::{Histories, HistoryFile};
use crate::plan::{Plan, read_plan};
use crate::platform::open_regular;
use crate::written::{self, Draft};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The longest file of expectations, in bytes: people write it.
pub(super) const MOST_EXPECTATIONS: u64 = 1024 * 1024;

/// The longest saved run, and the longest baseline, in bytes.
pub(super) const MOST_SAVED: u64 = 64 * 1024 * 1024;

/// Reads a plan: a regular file of bounded length, or standard input where it is named `-`.
pub(super) fn plan(path: &Path) -> Result<Plan, Trouble> {
    let most = crate::plan::MOST_BYTES as u64;
    let text = input(path).and_then(|input| within(input, most)).map_err(|error| {
        let is_long = error.kind() == ErrorKind::FileTooLarge;
        let instead = if is_long { super::mistaken::instead(path, "plan") } else { String::new() };
        unreadable("plan", path, &io::Error::other(format!("{error}{instead}")))
    })?;
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

/// Makes sure, before any work is done, that files can be written: new ones, where nothing may stand, and one that may be
/// written over. No two of them may be one.
pub(super) fn reserve<'a>(
    new: impl IntoIterator<Item = &'a Path>,
    over: Option<&'a Path>,
) -> Result<(), Trouble> {
    let new: Vec<&Path> = new.into_iter().collect();
    new.iter().try_for_each(|path| reserve_new(path))?;
    if let Some(path) = over {
        written::replaceable(path).map_err(|error| unwritable(path, &error))?;
    }
    let mut places: Vec<(PathBuf, &Path)> = Vec::new();
    for path in new.into_iter().chain(over) {
        let place = place(path).map_err(|error| unwritable(path, &error))?;
        if let Some((_, other)) = places.iter().find(|(known, _)| *known == place) {
            let (one, other) = (other.display(), path.display());
            return Err(Trouble::Usage(format!(
                "`{one}` and `{other}` are one file, which can hold one thing; name another"
            )));
        }
        places.push((place, path));
    }
    Ok(())
}

/// A file's name in the one spelling of its folder.
fn place(path: &Path) -> io::Result<PathBuf> {
    let folder = written::folder_of(path).canonicalize()?;
    Ok(path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

fn reserve_new(path: &Path) -> Result<(), Trouble> {
    if path.symlink_metadata().is_ok() {
        let why = "something stands there; name another file, or remove it first";
        return Err(unwritable(path, &io::Error::other(why)));
    }
    let folder = written::folder_of(path);
    let beside = std::fs::metadata(folder).and_then(|_| Draft::of(path));
    beside.map(drop).map_err(|error| unwritable(path, &error))
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> Trouble {
    Trouble::Usage(format!("`{}` cannot be written: {error}", path.display()))
}

/// Writes a file that nothing stands at, whole or not at all.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Trouble> {
    written::write_new(path, text).map_err(|error| unwritable(path, &error))
}

/// Writes a file again; where that fails, it is as it was.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Trouble> {
    written::replace(path, text).map_err(|error| {
        let path = path.display();
        Trouble::Usage(format!(
            "`{path}` cannot be written: {error}; what stood there is as it was"
        ))
    })
}

/// Reads a regular file of text, of at most so many bytes. `what` is what it should be.
pub(super) fn text(what: &str, path: &Path, most: u64) -> Result<String, Trouble> {
    open_regular(path)
        .and_then(|file| within(file, most))
        .map_err(|error| unreadable(what, path, &error))
}

/// All of an input, where that is no more than so many bytes.
fn within(input: impl Read, most: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let why = format!("it is longer than {most} bytes, the most that is read");
        return Err(io::Error::new(ErrorKind::FileTooLarge, why));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        io::Error::new(ErrorKind::InvalidData, format!("it is not UTF-8 from byte {at}"))
    })
}

/// Begins a file of histories that is written as the run goes. Nothing stands there.
pub(super) fn begin_history(path: &Path) -> Result<HistoryFile, Trouble> {
    let file = File::create_new(path).map_err(|error| unwritable(path, &error))?;
    Ok(HistoryFile::new(file))
}
