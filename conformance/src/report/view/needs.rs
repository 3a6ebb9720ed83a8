//! The operations and reads without which a clause cannot be put to the test.

use pkgsource_model::clauses::ClauseId;
use pkgsource_model::operation::OperationKind;

/// What an adapter has to serve for the clause to be tested, beyond the minimum profile.
#[must_use]
pub fn needs(clause: ClauseId) -> &'static [OperationKind] {
    match clause.text() {
        "VER-5" | "CLS-8" => &[OperationKind::Put],
        "VER-7" => &[OperationKind::Redistribute],
        "DST-3" | "DST-4" => &[OperationKind::Point],
        "HIE-1" | "HIE-2" | "HIE-3" | "HIE-4" => &[OperationKind::Site],
        "FLT-7" => &[OperationKind::Cancel, OperationKind::Point],
        "CLS-1" => &[OperationKind::Operable],
        "CLS-3" => &[OperationKind::AddDriver],
        "CLS-4" => &[OperationKind::Context],
        "CLS-6" => &[OperationKind::AddContent],
        "SCH-1" => &[OperationKind::SetSchedule],
        _ => &[],
    }
}
