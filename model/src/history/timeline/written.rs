//! A package's properties as far as the history tells them: what its creation gave and what was written since. What follows from
//! a write that changes one is not known here.

use super::{Moves, Outcome};
use crate::operation::Properties;
use crate::words::{SourceFlag, SourceName};

/// The last known values; none where nobody knows.
#[derive(Default)]
pub(super) struct Written(Properties);

impl Written {
    /// The package may have been created: with these, where it was not there before.
    pub(super) fn create(
        &mut self,
        source: Option<&SourceName>,
        flag: SourceFlag,
        outcome: Outcome,
    ) {
        if outcome == Outcome::Done && self.0 == Properties::default() {
            (self.0.source, self.0.source_flag) = (source.cloned(), Some(flag));
            self.0.share_name = Some(String::new());
        }
    }

    /// The package may be gone, and all that was known of it.
    pub(super) fn delete(&mut self, outcome: Outcome) {
        if outcome != Outcome::Error {
            self.0 = Properties::default();
        }
    }

    /// Properties are written: whether the path or the share name is another then, and whether any other is, or may be.
    pub(super) fn write(&mut self, new: &Properties, outcome: Outcome) -> (Moves, bool) {
        let Properties { name, source, source_flag, share_name, .. } = &mut self.0;
        let path = replace(source, new.source.as_ref(), outcome);
        let moves = replace(share_name, new.share_name.as_ref(), outcome).max(path);
        let named = replace(name, new.name.as_ref(), outcome);
        let others = replace(source_flag, new.source_flag.as_ref(), outcome).max(named);
        (moves, others != Moves::No)
    }
}

/// Writes what is to be written, where that was not refused, and tells whether it was another.
fn replace<T: Clone + PartialEq>(old: &mut Option<T>, new: Option<&T>, outcome: Outcome) -> Moves {
    let moves = match (&*old, new) {
        (_, None) => return Moves::No,
        (None, Some(_)) => Moves::Perhaps,
        (Some(old), Some(new)) if old == new => return Moves::No,
        (Some(_), Some(_)) => Moves::Yes,
    };
    match outcome {
        Outcome::Done => *old = new.cloned(),
        Outcome::Unknown => *old = None,
        Outcome::NonZero | Outcome::Error => {}
    }
    moves
}
