//! What an operation may not ask for, whoever wrote it: names that do not go with a kind of fault, and texts and times
//! without bound. Names and paths are checked by their types; how many bytes a file has is for whoever makes the bytes.

use super::{FaultKind, Operation};
use crate::words::{FaultTarget, PointName, SiteCode, SourceName};

/// The longest `ContextID`, `Name` or `ShareName`, in bytes.
pub const MOST_TEXT: usize = 1024;

/// The longest that virtual time may be moved at once, in milliseconds: ten years.
pub const MOST_CLOCK_MS: u64 = 10 * 366 * 24 * 3_600_000;

/// The most changes of one edit, and the most tokens of one schedule.
const MOST_ITEMS: usize = 10_000;

impl FaultKind {
    /// True where the kind strikes something that can have this name.
    #[must_use]
    pub fn strikes(self, target: &FaultTarget) -> bool {
        let name = target.as_str();
        match self {
            Self::SourceAbsent => SourceName::new(name).is_ok(),
            Self::PointDown | Self::PointFull | Self::PointTampered => PointName::new(name).is_ok(),
            Self::LinkDown | Self::ServerKilled => SiteCode::new(name).is_ok(),
        }
    }
}

impl<F> Operation<F> {
    /// Why the operation cannot be taken from outside, if so: its member, and what the member takes.
    #[must_use]
    pub fn objection(&self) -> Option<String> {
        let long = |member: &str, text: &Option<String>| {
            let length = text.as_ref().map_or(0, String::len);
            (length > MOST_TEXT)
                .then(|| format!("`{member}` has {length} bytes; it takes at most {MOST_TEXT}"))
        };
        let many = |member: &str, count: usize| {
            (count > MOST_ITEMS)
                .then(|| format!("`{member}` has {count} entries; it takes at most {MOST_ITEMS}"))
        };
        match self {
            Self::Fault { kind, target } | Self::Heal { kind, target } => (!kind.strikes(target))
                .then(|| format!("`target` is `{target}`, which is no site code")),
            Self::Clock { advance_ms } => (*advance_ms > MOST_CLOCK_MS)
                .then(|| format!("`advance_ms` is {advance_ms}; it takes at most {MOST_CLOCK_MS}")),
            Self::Edit { changes, .. } => many("changes", changes.len()),
            Self::SetSchedule { tokens, .. } => many("tokens", tokens.len()),
            Self::Refresh { context, .. } => long("context", context),
            Self::Context { context, .. } => (context.len() > MOST_TEXT).then(|| {
                format!("`context` has {} bytes; it takes at most {MOST_TEXT}", context.len())
            }),
            Self::Put { properties, .. } => long("name", &properties.name)
                .or_else(|| long("share_name", &properties.share_name)),
            Self::Create { .. }
            | Self::Assign { .. }
            | Self::Remove { .. }
            | Self::Redistribute { .. }
            | Self::Cancel { .. }
            | Self::Delete { .. }
            | Self::AddDriver { .. }
            | Self::AddContent { .. }
            | Self::Package { .. }
            | Self::Site { .. }
            | Self::Point { .. }
            | Self::Content { .. }
            | Self::Operable { .. }
            | Self::Idle {} => None,
        }
    }
}
