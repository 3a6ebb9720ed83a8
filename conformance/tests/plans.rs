//! Laws of plans: every sequence of choices is a valid plan, a plan survives its file, and the generator reaches all
//! that it should. And the small algebra that plans rest on: deltas of files, schedule tokens.

use pkgsource::adapter::built_in;
use pkgsource::plan::generate::{Scope, decode, from_seed};
use pkgsource::plan::{Plan, Random, Spelled, Step, build, read_plan, write_plan};
use pkgsource_model::history::timeline::edited;
use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind};
use pkgsource_model::words::schedule::{Duration, Recurrence, Start};
use pkgsource_model::words::{
    Body, Content, FilePath, FileRecord, PackageClass, PackageId, PointName, ScheduleToken,
};
use proptest::collection::vec;
use proptest::prelude::*;
use quickcheck::{Arbitrary, Gen, QuickCheck};
use std::collections::{BTreeMap, BTreeSet};

/// The seeds over which classes of plans are counted.
const SEEDS: u64 = 2000;

/// What the generator may write for a built-in adapter.
fn scope(adapter: &str) -> Scope {
    let adapter = built_in(adapter, 1).expect("the name of a built-in adapter");
    Scope::of(adapter.capabilities())
}

fn scopes() -> [Scope; 2] {
    [scope("reference"), scope("folder")]
}

/// What a plan's steps have made so far, and the first step that presumes something else.
#[derive(Default)]
struct World {
    packages: BTreeSet<PackageId>,
    deleted: BTreeSet<PackageId>,
    assigned: BTreeSet<(PackageId, PointName)>,
    files: BTreeMap<String, BTreeMap<FilePath, Body>>,
    absent: BTreeSet<String>,
}

impl World {
    /// Takes a step's effect over; an error says what it presumes wrongly.
    fn take(&mut self, plan: &Plan, operation: &Operation<Body>) -> Result<(), String> {
        let has_point = |name: &PointName| plan.tree.points.iter().any(|p| p.point == *name);
        let check = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
        if let Some(package) = operation.package() {
            let known = self.packages.contains(package);
            match operation {
                Operation::Create { .. } => check(!known, "a package is created twice")?,
                Operation::Refresh { .. } if package.as_str() == "NOSUCH" => {}
                _ => check(known, "a package is used before it is created")?,
            }
            check(!self.deleted.contains(package), "a package is used after it was deleted")?;
        }
        match operation {
            Operation::Create { package, .. } => {
                self.packages.insert(package.clone());
            }
            Operation::Delete { package } => {
                self.deleted.insert(package.clone());
            }
            Operation::Assign { package, point } => {
                check(has_point(point), "a point is not in the tree")?;
                self.assigned.insert((package.clone(), point.clone()));
            }
            Operation::Remove { package, point }
            | Operation::Redistribute { package, point }
            | Operation::Cancel { package, point } => {
                let assignment = (package.clone(), point.clone());
                check(self.assigned.contains(&assignment), "a point is not the package's")?;
                if matches!(operation, Operation::Remove { .. }) {
                    self.assigned.remove(&assignment);
                }
            }
            Operation::Refresh { at: Some(at), .. } => {
                check(plan.tree.sites.iter().any(|entry| entry.site == *at), "an unknown site")?;
            }
            Operation::Edit { source, changes } => {
                check(!changes.is_empty(), "an edit changes nothing")?;
                check(!self.absent.contains(source.as_str()), "an absent source is edited")?;
                let files = self.files.entry(source.as_str().to_owned()).or_default();
                changes.iter().try_for_each(|change| apply(files, change).map(drop))?;
            }
            Operation::Fault { target, .. } => {
                check(self.absent.insert(target.clone()), "a source is lost twice")?;
            }
            Operation::Heal { target, .. } => {
                check(self.absent.remove(target), "a source is restored that was not lost")?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Applies a change to files, and says what kind of change it turned out to be.
fn apply(
    files: &mut BTreeMap<FilePath, Body>,
    change: &Change<Body>,
) -> Result<&'static str, String> {
    match change {
        Change::Write { path, file, keep_time } => {
            let old = files.insert(path.clone(), file.clone());
            Ok(match old {
                None if *keep_time => return Err(format!("`{path}` has no time to keep")),
                Some(old) if *keep_time && old != *file => "hidden edit",
                Some(old) if old == *file => "write of the same",
                _ if *file == Body::Text(String::new()) => "empty file",
                Some(_) => "overwriting",
                None => "new file",
            })
        }
        Change::Delete { path } => {
            files.remove(path).map(|_| "deletion").ok_or(format!("`{path}` is deleted unwritten"))
        }
        Change::Rename { from, to } => {
            let file = files.remove(from).ok_or(format!("`{from}` is renamed unwritten"))?;
            let replaced = files.insert(to.clone(), file).is_some();
            Ok(if replaced { "rename onto another" } else { "rename" })
        }
    }
}

fn operations(plan: &Plan) -> impl Iterator<Item = &Operation<Body>> {
    plan.steps.iter().filter_map(|step| match step {
        Step::Do(operation) => Some(operation),
        Step::Settle {} | Step::Look {} => None,
    })
}

/// The first thing that is wrong with a plan.
fn flaw(plan: &Plan) -> Result<(), String> {
    let sites: Vec<_> = plan.tree.sites.iter().map(|entry| &entry.site).collect();
    for (nth, entry) in plan.tree.sites.iter().enumerate() {
        let well = match &entry.parent {
            None => nth == 0,
            Some(parent) => sites[..nth].contains(&parent),
        };
        if !well || sites[..nth].contains(&&entry.site) {
            return Err(format!("site {} is misplaced", entry.site));
        }
    }
    if let Some(entry) = plan.tree.points.iter().find(|entry| !sites.contains(&&entry.site)) {
        return Err(format!("point {} is at no site", entry.point));
    }
    let mut world = World::default();
    operations(plan).try_for_each(|operation| {
        world.take(plan, operation).map_err(|why| format!("{why}: {operation:?}"))
    })
}

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
    for adapter in ["reference", "folder"] {
        let scope = scope(adapter);
        // Time passes where the run waits; the generator never writes it.
        let kinds = scope.operations.iter().filter(|kind| **kind != OperationKind::Clock);
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

/// Files of a few names, so that changes meet.
#[derive(Clone, Debug)]
struct Files(Content);

/// A change of one of those files.
#[derive(Clone, Debug)]
struct Delta(Change<FileRecord>);

fn arbitrary_path(g: &mut Gen) -> FilePath {
    build::path(g.choose(&["a", "b", "c/d", "é", "e\u{301}"]).expect("a list that is not empty"))
}

fn arbitrary_record(g: &mut Gen) -> FileRecord {
    let text = format!("text {}", u8::arbitrary(g) % 4);
    pkgsource::adapter::body::record_of(&Body::Text(text))
}

impl Arbitrary for Files {
    fn arbitrary(g: &mut Gen) -> Self {
        let count = u8::arbitrary(g) % 5;
        Self((0..count).map(|_| (arbitrary_path(g), arbitrary_record(g))).collect())
    }
}

impl Arbitrary for Delta {
    fn arbitrary(g: &mut Gen) -> Self {
        let path = arbitrary_path(g);
        Self(match u8::arbitrary(g) % 3 {
            0 => Change::Write { path, file: arbitrary_record(g), keep_time: bool::arbitrary(g) },
            1 => Change::Delete { path },
            _ => Change::Rename { from: path, to: arbitrary_path(g) },
        })
    }
}

fn changes(deltas: Vec<Delta>) -> Vec<Change<FileRecord>> {
    deltas.into_iter().map(|Delta(change)| change).collect()
}

#[test]
fn writing_a_new_file_and_deleting_it_restores_the_content() {
    fn law(Files(files): Files, Delta(change): Delta) -> bool {
        let (Change::Write { path, .. }
        | Change::Delete { path }
        | Change::Rename { from: path, .. }) = change;
        let file = pkgsource::adapter::body::record_of(&Body::Text("new".into()));
        let mut without = files.clone();
        without.remove(&path);
        let write = Change::Write { path: path.clone(), file, keep_time: false };
        let written = edited(files, std::slice::from_ref(&write));
        written.contains_key(&path) && edited(written, &[Change::Delete { path }]) == without
    }
    QuickCheck::new().quickcheck(law as fn(Files, Delta) -> bool);
}

#[test]
fn applying_changes_one_by_one_equals_applying_them_all() {
    fn law(Files(files): Files, deltas: Vec<Delta>) -> bool {
        let all = changes(deltas);
        let one_by_one = all
            .iter()
            .fold(files.clone(), |files, change| edited(files, std::slice::from_ref(change)));
        one_by_one == edited(files, &all)
    }
    QuickCheck::new().quickcheck(law as fn(Files, Vec<Delta>) -> bool);
}

#[test]
fn a_rename_moves_a_file_that_is_there_and_nothing_else() {
    fn law(Files(files): Files, from: u8, to: u8) -> bool {
        let path = |n: u8| build::path(["a", "b", "c/d"][usize::from(n % 3)]);
        let (from, to) = (path(from), path(to));
        let after = edited(files.clone(), &[Change::Rename { from: from.clone(), to: to.clone() }]);
        let expected = files.get(&from).copied().map_or_else(
            || files.clone(),
            |file| {
                let others = files.clone().into_iter().filter(|(path, _)| *path != from);
                others.chain([(to, file)]).collect()
            },
        );
        after == expected
    }
    QuickCheck::new().quickcheck(law as fn(Files, u8, u8) -> bool);
}

/// A token with every field in its range.
#[derive(Clone, Debug)]
struct Token(ScheduleToken);

/// A number from `low` to `high`.
fn within(g: &mut Gen, low: u32, high: u32) -> u32 {
    low + u32::arbitrary(g) % (high - low + 1)
}

impl Arbitrary for Token {
    fn arbitrary(g: &mut Gen) -> Self {
        let start = Start {
            year: within(g, 1970, 2033),
            month: within(g, 1, 12),
            day: within(g, 1, 31),
            hour: within(g, 0, 23),
            minute: within(g, 0, 59),
        };
        let duration =
            Duration { days: within(g, 0, 31), hours: within(g, 0, 23), minutes: within(g, 0, 59) };
        let recurrence = match within(g, 1, 5) {
            1 => Recurrence::NonRecurring,
            2 => Recurrence::Interval {
                days: within(g, 0, 31),
                hours: within(g, 0, 23),
                minutes: within(g, 0, 59),
            },
            3 => Recurrence::Weekly { day: within(g, 1, 7), weeks: within(g, 1, 4) },
            4 => Recurrence::MonthlyByWeekday {
                day: within(g, 1, 7),
                months: within(g, 1, 12),
                order: within(g, 0, 4),
            },
            _ => Recurrence::MonthlyByDate { day: within(g, 0, 31), months: within(g, 1, 12) },
        };
        let token = ScheduleToken::new(start, duration, bool::arbitrary(g), recurrence);
        Self(token.expect("every field is in its range"))
    }
}

/// SCH-3.
#[test]
fn a_schedule_token_survives_its_sixteen_digits() {
    fn law(Token(token): Token) -> bool {
        let text = token.to_string();
        text.len() == 16
            && text.parse() == Ok(token)
            && text.to_lowercase().parse() == Ok(token)
            && ScheduleToken::try_from(String::from(token)) == Ok(token)
    }
    QuickCheck::new().tests(2000).quickcheck(law as fn(Token) -> bool);
}

/// SCH-3: two tokens of equal digits are one token.
#[test]
fn different_schedule_tokens_have_different_digits() {
    fn law(Token(one): Token, Token(other): Token) -> bool {
        (one == other) == (one.to_string() == other.to_string())
    }
    QuickCheck::new().quickcheck(law as fn(Token, Token) -> bool);
}
