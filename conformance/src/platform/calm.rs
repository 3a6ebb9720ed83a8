//! A suite that stands inside another program: it starts no process and watches no signal, which are its host's.

use super::Interrupted;
use cap_std::fs::Dir;
use std::io;
use std::path::Path;

/// None: the host knows how much room there is.
pub(crate) fn room<F>(_folder: &F) -> Option<u64> {
    None
}

/// None: signals are the host's.
pub(crate) fn interrupted() -> Option<Interrupted> {
    None
}

/// False: who embeds the suite mounts nothing in its folders.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn is_mounted(_parent: &Dir, _name: &Path) -> io::Result<bool> {
    Ok(false)
}
