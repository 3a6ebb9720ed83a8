//! What an adapter claims, what the suite does itself, and what nobody does.

use crate::report::view::NotClaimed;
use pkgsource_model::history::{Capabilities, Completes, SourceMode, Time};
use pkgsource_model::operation::{FaultKind, OperationKind};
use pkgsource_model::words::PackageClass;

pub(super) fn names(kinds: &[OperationKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.name().to_owned()).collect()
}

pub(super) fn nothing() -> NotClaimed {
    NotClaimed {
        operations: Vec::new(),
        classes: Vec::new(),
        synthesised: Vec::new(),
        faults_never_asked_for: Vec::new(),
    }
}

pub(super) fn not_claimed(capabilities: &Capabilities) -> NotClaimed {
    let absent: Vec<OperationKind> =
        OperationKind::ALL.into_iter().filter(|kind| !is_claimed(capabilities, *kind)).collect();
    let classes = PackageClass::ALL.into_iter();
    let classes = classes.filter(|class| !capabilities.classes.contains(class));
    let synthesised = capabilities
        .synthesised
        .iter()
        .filter_map(|what| serde_json::to_value(what).ok()?.as_str().map(str::to_owned));
    let unused = capabilities
        .faults
        .iter()
        .filter(|&&kind| kind != FaultKind::SourceAbsent)
        .filter_map(|kind| serde_json::to_value(kind).ok()?.as_str().map(str::to_owned));
    NotClaimed {
        operations: names(&absent),
        classes: classes.map(|class| class.name().to_owned()).collect(),
        synthesised: synthesised.collect(),
        faults_never_asked_for: unused.collect(),
    }
}

/// What an adapter serves, what the suite does itself, and what needs a capability of another kind.
pub(super) fn is_claimed(capabilities: &Capabilities, kind: OperationKind) -> bool {
    capabilities.operations.contains(&kind)
        || capabilities.reads.contains(&kind)
        || implied(capabilities, kind)
}

/// What the suite does itself, or what needs a capability of another kind.
fn implied(capabilities: &Capabilities, kind: OperationKind) -> bool {
    match kind {
        OperationKind::Edit => capabilities.source_mode == SourceMode::Path,
        OperationKind::Fault | OperationKind::Heal => true,
        OperationKind::Clock => capabilities.time == Time::Real,
        OperationKind::Idle => capabilities.completes == Completes::AtReturn,
        _ => false,
    }
}
