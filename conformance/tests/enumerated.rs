//! Enumerated plans: none is missing and none is there twice, up to the names, and they contain the smaller ones. None is
//! missing says the brute force in `letters`. What happens on them is in `enumerated_runs.rs`.

#[path = "enumerated/letters.rs"]
mod letters;

use letters::{Letter, canonical, every_word, of_operation};
use pkgsource::plan::enumerate::enumerated;
use pkgsource::plan::generate::Scope;
use pkgsource::plan::{Plan, Step, read_plan, write_plan};
use pkgsource::subjects::built_in;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, PackageClass};
use std::collections::{BTreeMap, BTreeSet};

fn scope(adapter: &str) -> Scope {
    Scope::of(built_in(adapter, 1).expect("a built-in adapter").capabilities())
}

fn scope_of(class: PackageClass) -> Scope {
    Scope { classes: vec![class], ..scope("reference") }
}

/// The steps that come after the beginning, which ends with the first settle.
fn steps(plan: &Plan) -> &[Step] {
    let settle = plan.steps.iter().position(|step| *step == Step::Settle {});
    &plan.steps[settle.expect("the beginning is settled") + 1..]
}

fn operations(plan: &Plan) -> impl Iterator<Item = &Operation<Body>> {
    plan.steps.iter().filter_map(|step| match step {
        Step::Do(operation) => Some(operation),
        Step::Settle {} | Step::Look {} => None,
    })
}

fn word(plan: &Plan) -> Vec<Letter> {
    let done = steps(plan).iter().filter_map(|step| match step {
        Step::Do(operation) => Some(of_operation(operation)),
        Step::Settle {} | Step::Look {} => None,
    });
    done.collect()
}

#[test]
fn up_to_names_every_plan_of_one_and_two_steps_is_enumerated_once() {
    for class in PackageClass::ALL {
        for length in [1, 2] {
            let words: Vec<_> =
                enumerated(length, &scope_of(class)).map(|plan| word(&plan)).collect();
            let found: BTreeSet<_> = words.iter().map(|word| canonical(word)).collect();
            assert_eq!(found.len(), words.len(), "{class}, {length} steps: a plan is there twice");
            let expected = every_word(class, length);
            let missing: Vec<_> = expected.difference(&found).take(5).collect();
            let beyond: Vec<_> = found.difference(&expected).take(5).collect();
            assert!(missing.is_empty() && beyond.is_empty(), "{class}: {missing:?}, {beyond:?}");
        }
    }
}

#[test]
fn how_many_plans_there_are_is_known() {
    let count = |steps, scope: &Scope| enumerated(steps, scope).count();
    let of_class = |class| [1, 2, 3].map(|steps| count(steps, &scope_of(class)));
    assert_eq!(of_class(PackageClass::Package), [22, 463, 9_806]);
    assert_eq!(of_class(PackageClass::BootImage), [25, 602, 14_581]);
    let all = scope("reference");
    assert_eq!([0, 1, 2].map(|steps| count(steps, &all)), [0, 228, 4_993]);
    let later = Scope { completes_at_return: false, ..all };
    assert_eq!([1, 2].map(|steps| count(steps, &later)), [228, 2 * 4_993]);
}

#[test]
fn a_plan_settled_after_fewer_steps_is_a_plan_of_fewer_steps_and_none_is_missing() {
    let scope = Scope { completes_at_return: false, ..scope_of(PackageClass::Package) };
    let of_two: BTreeSet<String> =
        enumerated(2, &scope).map(|plan| format!("{:?}", steps(&plan))).collect();
    let mut prefixes = BTreeSet::new();
    for plan in enumerated(3, &scope) {
        let prefix = &steps(&plan)[..4];
        if prefix.last() == Some(&Step::Settle {}) {
            prefixes.insert(format!("{prefix:?}"));
        }
    }
    assert_eq!(prefixes, of_two);
}

#[test]
fn every_text_of_a_plan_is_new_and_only_a_hidden_edit_keeps_a_length() {
    for plan in enumerated(2, &scope("reference")) {
        let mut lengths: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut texts = BTreeSet::new();
        for operation in operations(&plan) {
            let change = match operation {
                Operation::Edit { source, changes } => (source.as_str(), &changes[0]),
                _ => continue,
            };
            match change {
                (source, Change::Write { path, file: Body::Text(text), keep_time }) => {
                    assert!(texts.insert(text.clone()), "{plan:?}");
                    let name = (source.to_owned(), path.as_str().to_owned());
                    let before = lengths.insert(name, text.len());
                    assert_eq!(before == Some(text.len()), *keep_time, "{plan:?}");
                }
                (source, Change::Rename { from, to }) => {
                    let name = |path: &str| (source.to_owned(), path.to_owned());
                    let length =
                        lengths.remove(&name(from.as_str())).expect("a file that is there");
                    lengths.insert(name(to.as_str()), length);
                }
                (source, Change::Delete { path }) => {
                    lengths.remove(&(source.to_owned(), path.as_str().to_owned()));
                }
                (_, other) => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn names_are_unique_and_every_plan_survives_its_file() {
    let plans: Vec<Plan> = enumerated(2, &scope("folder")).collect();
    let names: BTreeSet<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
    assert_eq!(names.len(), plans.len());
    assert_eq!(plans[0].name, "e-regular-1");
    assert_eq!(plans[0].about, "refresh, then refresh");
    assert!(enumerated(2, &scope("folder")).eq(plans.iter().cloned()), "the order differs");
    for plan in plans.iter().step_by(7) {
        assert_eq!(read_plan(&write_plan(plan)).as_ref(), Ok(plan));
    }
}

#[test]
fn a_plan_uses_only_what_its_scope_serves() {
    let kinds: BTreeSet<_> = enumerated(2, &scope("reference"))
        .flat_map(|plan| operations(&plan).map(Operation::kind).collect::<Vec<_>>())
        .collect();
    for kind in kinds {
        let mut scope = scope("reference");
        scope.operations.retain(|known| *known != kind);
        scope.source_faults &= !matches!(kind.name(), "fault" | "heal");
        let plans = enumerated(2, &scope);
        let found = plans.flat_map(|plan| operations(&plan).cloned().collect::<Vec<_>>());
        assert_eq!(found.filter(|operation| operation.kind() == kind).count(), 0, "{kind}");
    }
    let narrow = Scope { points: 1, child_sites: false, ..scope("reference") };
    assert!(enumerated(2, &narrow).all(|p| p.tree.points.len() == 1 && p.tree.sites.len() == 1));
}
