//! The operations without their arguments: their names, and which of them are reads, or the world's.

use crate::words::named;

named! {
    /// Which operation, without its arguments: what clients ask first, then what the world does, then reads.
    #[expect(missing_docs, reason = "each names the operation above")]
    OperationKind {
        Create = "create",
        Edit = "edit",
        Put = "put",
        Refresh = "refresh",
        SetSchedule = "set_schedule",
        Assign = "assign",
        Remove = "remove",
        Redistribute = "redistribute",
        Cancel = "cancel",
        Delete = "delete",
        AddDriver = "add_driver",
        AddContent = "add_content",
        Fault = "fault",
        Heal = "heal",
        Clock = "clock",
        Package = "package",
        Site = "site",
        Point = "point",
        Content = "content",
        Context = "context",
        Operable = "operable",
        Idle = "idle",
    }
}

impl OperationKind {
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
