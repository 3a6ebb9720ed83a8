//! Every sequence of choices is a valid plan within its scope, and a plan survives its file.

use crate::validity::{flaw, operations};
use crate::{scope, scopes};
use pkgsource::plan::generate::{decode, from_seed};
use pkgsource::plan::{Random, Spelled, read_plan, write_plan};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::words::PackageClass;
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_spell_a_plan_that_survives_its_file(bytes in vec(any::<u8>(), 0..400)) {
        for scope in scopes() {
            let plan = decode(&mut Spelled::new(&bytes), &scope);
            prop_assert_eq!(read_plan(&write_plan(&plan)), Ok(plan));
        }
    }

    #[test]
    fn equal_bytes_spell_equal_plans(bytes in vec(any::<u8>(), 0..400)) {
        for scope in scopes() {
            let [one, other] = [0, 1].map(|_| decode(&mut Spelled::new(&bytes), &scope));
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn any_bytes_spell_a_plan_that_presumes_nothing_it_has_not_made(bytes in vec(any::<u8>(), 0..400)) {
        for scope in scopes() {
            let plan = decode(&mut Spelled::new(&bytes), &scope);
            prop_assert_eq!(flaw(&plan), Ok(()));
        }
    }

    #[test]
    fn a_plan_uses_only_what_its_scope_allows(
        bytes in vec(any::<u8>(), 0..400),
        classes in prop::sample::subsequence(PackageClass::ALL.to_vec(), 1..4),
        kinds in prop::sample::subsequence(OPTIONAL.to_vec(), 0..OPTIONAL.len()),
        points in 1_usize..4,
        faults in any::<bool>(),
        child_sites in any::<bool>(),
    ) {
        let always = [OperationKind::Create, OperationKind::Edit, OperationKind::Refresh];
        let mut scope = scope("reference");
        scope.operations = always.into_iter().chain(kinds).collect();
        (scope.classes, scope.points) = (classes, points);
        (scope.source_faults, scope.child_sites) = (faults, child_sites);
        let plan = decode(&mut Spelled::new(&bytes), &scope);
        prop_assert!(plan.tree.points.len() <= points);
        prop_assert!(child_sites || plan.tree.sites.len() == 1);
        for operation in operations(&plan) {
            let kind = operation.kind();
            let made_here = matches!(kind, OperationKind::Fault | OperationKind::Heal);
            prop_assert!(if made_here { faults } else { scope.operations.contains(&kind) }, "{kind}");
            if let Operation::Create { class, .. } = operation {
                prop_assert!(scope.classes.contains(class), "{class}");
            }
        }
    }

    #[test]
    fn equal_seeds_give_equal_plans_named_after_the_seed(seed in any::<u64>()) {
        let scope = scope("folder");
        let plan = from_seed(seed, &scope);
        prop_assert_eq!(&plan, &from_seed(seed, &scope));
        prop_assert_eq!((plan.seed, &plan.name), (Some(seed), &format!("g{seed:x}")));
        prop_assert_eq!(plan.steps, decode(&mut Random::new(seed), &scope).steps);
    }
}

/// The operations that a scope may leave out.
const OPTIONAL: [OperationKind; 9] = [
    OperationKind::Put,
    OperationKind::SetSchedule,
    OperationKind::Assign,
    OperationKind::Remove,
    OperationKind::Redistribute,
    OperationKind::Cancel,
    OperationKind::Delete,
    OperationKind::AddDriver,
    OperationKind::AddContent,
];
