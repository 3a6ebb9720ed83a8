//! A suite that stands inside another program: it starts no process and watches no signal, which are its host's.

use super::Interrupted;

/// None: signals are the host's.
pub(crate) fn interrupted() -> Option<Interrupted> {
    None
}
