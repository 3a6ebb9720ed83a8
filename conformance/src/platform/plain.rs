//! The rights to a folder on systems that are not Unix: whoever made it may remove it.

use cap_std::fs::Dir;
use std::io;
use std::path::Path;

/// Nothing has to be given.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn unlock(_parent: &Dir, _name: &Path) -> io::Result<()> {
    Ok(())
}
