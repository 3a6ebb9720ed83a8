//! The operations without their arguments: their names, and which of them are reads, or the world's.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which operation, without its arguments. The name is the one in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each names the operation above")]
pub enum OperationKind {
    Create,
    Edit,
    Put,
    Refresh,
    SetSchedule,
    Assign,
    Remove,
    Redistribute,
    Cancel,
    Delete,
    AddDriver,
    AddContent,
    Fault,
    Heal,
    Clock,
    Package,
    Site,
    Point,
    Content,
    Context,
    Operable,
    Idle,
}

impl OperationKind {
    /// Every kind, client operations first, then the world's, then reads.
    pub const ALL: [Self; 22] = [
        Self::Create,
        Self::Edit,
        Self::Put,
        Self::Refresh,
        Self::SetSchedule,
        Self::Assign,
        Self::Remove,
        Self::Redistribute,
        Self::Cancel,
        Self::Delete,
        Self::AddDriver,
        Self::AddContent,
        Self::Fault,
        Self::Heal,
        Self::Clock,
        Self::Package,
        Self::Site,
        Self::Point,
        Self::Content,
        Self::Context,
        Self::Operable,
        Self::Idle,
    ];

    /// The name in messages and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Put => "put",
            Self::Refresh => "refresh",
            Self::SetSchedule => "set_schedule",
            Self::Assign => "assign",
            Self::Remove => "remove",
            Self::Redistribute => "redistribute",
            Self::Cancel => "cancel",
            Self::Delete => "delete",
            Self::AddDriver => "add_driver",
            Self::AddContent => "add_content",
            Self::Fault => "fault",
            Self::Heal => "heal",
            Self::Clock => "clock",
            Self::Package => "package",
            Self::Site => "site",
            Self::Point => "point",
            Self::Content => "content",
            Self::Context => "context",
            Self::Operable => "operable",
            Self::Idle => "idle",
        }
    }

    /// True for the operations that only look.
    #[must_use]
    pub fn is_read(self) -> bool {
        self >= Self::Package
    }

    /// True for what the world does.
    #[must_use]
    pub fn is_world(self) -> bool {
        matches!(self, Self::Fault | Self::Heal | Self::Clock)
    }
}

impl fmt::Display for OperationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
