//! A suite that stands inside another program: it starts no process and watches no signal, which are its host's.

use super::Interrupted;

/// None: the host knows how much room there is.
pub(crate) fn room<F>(_folder: &F) -> Option<u64> {
    None
}

/// None: signals are the host's.
pub(crate) fn interrupted() -> Option<Interrupted> {
    None
}
