//! What cannot be judged with what an adapter declares.

use crate::report::view::needs;
use pkgsource_model::clauses::CLAUSES;
use pkgsource_model::history::{Capabilities, Completes};
use pkgsource_model::operation::OperationKind;
use std::collections::BTreeMap;

/// What the minimum profile needs and is not declared.
pub(super) fn below_the_profile(capabilities: &Capabilities) -> Vec<&'static str> {
    use OperationKind::{Assign, Content, Create, Package, Refresh};
    let minimum = [Create, Assign, Refresh, Package, Content];
    minimum
        .into_iter()
        .filter(|kind| !serves(capabilities, *kind))
        .map(OperationKind::name)
        .collect()
}

/// What a verdict needs and is not declared: the minimum profile, and somebody who tells when all work is done.
pub(super) fn no_verdict_without(capabilities: &Capabilities) -> Vec<&'static str> {
    let nobody_tells =
        capabilities.completes == Completes::Unknown && capabilities.bounds.stall_ms.is_none();
    let mut missing = below_the_profile(capabilities);
    missing.extend(nobody_tells.then_some("`completes` or `bounds.stall_ms`"));
    missing
}

/// What is not declared, and what is never put to the test without it.
pub(super) fn limits(capabilities: &Capabilities) -> Vec<(String, String)> {
    let mut limits = Vec::new();
    if capabilities.completes == Completes::Unknown {
        limits.push((
            "`completes` is `unknown`".to_owned(),
            "nobody tells when a call's effect is complete: VER-1, DST-1, DST-3, DST-9, HIE-1 and all that \
             look at the end of an update are hardly asked, and a run without `bounds.stall_ms` is undecided"
                .to_owned(),
        ));
    }
    let mut without: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for clause in CLAUSES {
        let bound = capabilities.classes.iter().any(|&class| clause.binds.binds(class));
        let missing: Vec<String> = needs(clause.clause)
            .iter()
            .filter(|kind| !serves(capabilities, **kind))
            .map(|kind| format!("`{kind}`"))
            .collect();
        if bound && !missing.is_empty() {
            without.entry(missing.join(" and ")).or_default().push(clause.id);
        }
    }
    limits.extend(without.into_iter().map(|(missing, ids)| {
        (format!("without {missing}"), format!("never put to the test: {}", ids.join(", ")))
    }));
    if !capabilities.shows_failure {
        limits.push((
            "without `shows_failure`".to_owned(),
            "a failure that shows only later is taken on trust: IF-4".to_owned(),
        ));
    }
    limits
}

fn serves(capabilities: &Capabilities, kind: OperationKind) -> bool {
    capabilities.operations.contains(&kind) || capabilities.reads.contains(&kind)
}
