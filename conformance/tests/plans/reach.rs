//! The generator reaches all that it should: every class, operation and trait in two thousand seeds.

use crate::scope;
use crate::validity::{apply, flaw, operations};
use pkgsource::plan::generate::from_seed;
use pkgsource::plan::{Plan, Step};
use pkgsource_model::operation::{FaultKind, Operation, OperationKind};
use pkgsource_model::words::{Body, FilePath};
use std::collections::{BTreeMap, BTreeSet};

/// The seeds over which classes of plans are counted.
const SEEDS: u64 = 2000;

/// How many generated plans have each trait.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Begins at zero for all that must occur.
    fn of(required: impl IntoIterator<Item = String>) -> Self {
        Self(required.into_iter().map(|name| (name, 0)).collect())
    }

    /// Counts a plan once for each of its traits.
    fn count(&mut self, plan: &Plan) {
        let mut files: BTreeMap<&str, BTreeMap<FilePath, Body>> = BTreeMap::new();
        let mut traits: BTreeSet<String> = BTreeSet::new();
        for step in &plan.steps {
            let name = match step {
                Step::Settle {} => "settle",
                Step::Look {} => "look",
                Step::Do(operation) => operation.kind().name(),
            };
            traits.insert(name.to_owned());
        }
        for operation in operations(plan) {
            traits.extend(words(operation).map(str::to_owned));
            if let Operation::Edit { source, changes } = operation {
                let files = files.entry(source.as_str()).or_default();
                let kinds = changes.iter().filter_map(|change| apply(files, change).ok());
                traits.extend(kinds.map(str::to_owned));
            }
        }
        let creates = operations(plan).filter(|o| o.kind() == OperationKind::Create).count();
        let of_tree = [
            (creates > 1, "two packages"),
            (plan.tree.sites.len() > 1, "child site"),
            (plan.tree.points.len() > 1, "several points"),
        ];
        traits.extend(of_tree.iter().filter(|(has, _)| *has).map(|(_, name)| (*name).to_owned()));
        for name in traits {
            *self.0.entry(name).or_default() += 1;
        }
    }
}

/// What is remarkable about one operation.
fn words(operation: &Operation<Body>) -> impl Iterator<Item = &'static str> {
    let (class, remark) = match operation {
        Operation::Create { class, source, .. } => {
            (Some(class.name()), source.is_none().then_some("package without source"))
        }
        Operation::Fault { kind: FaultKind::SourceAbsent, .. } => (None, Some("absent source")),
        Operation::Refresh { package, .. } if package.as_str() == "NOSUCH" => {
            (None, Some("unknown package"))
        }
        Operation::Refresh { at: Some(_), .. } => (None, Some("refresh at a child site")),
        Operation::Refresh { context: Some(context), .. } if context.is_empty() => {
            (None, Some("empty context"))
        }
        Operation::Refresh { context: Some(_), .. } => (None, Some("context")),
        _ => (None, None),
    };
    class.into_iter().chain(remark)
}

const TRAITS: [&str; 20] = [
    "hidden edit",
    "rename",
    "rename onto another",
    "deletion",
    "empty file",
    "new file",
    "overwriting",
    "write of the same",
    "absent source",
    "package without source",
    "unknown package",
    "refresh at a child site",
    "empty context",
    "context",
    "two packages",
    "child site",
    "several points",
    "settle",
    "look",
    "heal",
];

#[test]
fn over_two_thousand_seeds_every_class_operation_and_trait_occurs() {
    let at_work = ["package", "point", "content", "site", "clock"];
    for adapter in ["reference", "folder", "variant:delayed"] {
        let scope = scope(adapter);
        // Where all is done at a return there is nothing to wait for, and no read of what is half done.
        let is_written = |kind: &&OperationKind| {
            let waits = kind.is_read() || **kind == OperationKind::Clock;
            !waits || (!scope.completes_at_return && at_work.contains(&kind.name()))
        };
        let kinds = scope.operations.iter().filter(is_written);
        let kinds = kinds.map(|kind| kind.name());
        let classes = scope.classes.iter().map(|class| class.name());
        let required = kinds.chain(classes).chain(TRAITS).map(str::to_owned);
        let mut counts = Counts::of(required);
        for seed in 0..SEEDS {
            let plan = from_seed(seed, &scope);
            assert_eq!(flaw(&plan), Ok(()), "seed {seed}");
            counts.count(&plan);
        }
        let rows = counts.0.iter().map(|(name, count)| format!("{count:>6} {name}"));
        let table = rows.collect::<Vec<_>>().join("\n");
        println!("plans of {SEEDS} for {adapter} that have:\n{table}");
        assert!(counts.0.values().all(|count| *count > 0), "nothing of a class occurs:\n{table}");
    }
}
