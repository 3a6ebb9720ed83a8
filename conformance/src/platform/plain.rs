//! The rights to files and folders on systems that are not Unix: whoever made it may remove it.

use cap_std::fs::Dir;
use std::io;
use std::path::Path;

/// Those that the system gives.
pub(crate) fn rights_of_new_files() -> Option<std::fs::Permissions> {
    None
}

/// Nothing has to be given.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn unlock(_parent: &Dir, _name: &Path) -> io::Result<()> {
    Ok(())
}
