//! The reference's world: one state of the model for every package, and the choices that its policy makes.
//! What it answers to reads is in [`super::answers`].

use crate::mutants::Flaw;
use crate::plan::Random;
use pkgsource_model::history::Tree;
use pkgsource_model::history::timeline::{
    Act, ContentId, ContextArgument, Held, Numbers, Outcome, edited,
};
use pkgsource_model::operation::{FaultKind, Operation};
use pkgsource_model::readings::{Question, Readings, behaviour as b};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::step::{Action, Choice, Existence, Rules, State, step};
use pkgsource_model::words::{
    Content, FilePath, FileRecord, PackageClass, PackageId, PointName, ReturnValue, SiteCode,
    SourceFlag, SourceName,
};
use std::collections::BTreeMap;

/// When the reference does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Before a call returns.
    AtOnce,
    /// Bit by bit, between requests, as its seed says.
    Later,
}

/// How the reference resolves its freedom.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The readings that it keeps to.
    pub readings: Readings,
    /// When it works.
    pub pace: Pace,
    /// Where its choices come from.
    pub seed: u64,
}

/// Something that was added to a package besides its source.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Where it shows.
    pub path: FilePath,
    /// Its bytes' record.
    pub record: FileRecord,
}

/// One package: the model's state, and what the state does not hold.
#[derive(Clone, Debug)]
pub struct Package {
    pub(crate) class: PackageClass,
    pub(crate) state: State,
    pub(crate) additions: Vec<Addition>,
    pub(crate) contexts: Vec<String>,
    /// What a defect makes a point hold.
    pub(crate) instead: BTreeMap<usize, Option<Content>>,
    /// What a defect shows as the flag.
    pub(crate) flag_instead: Option<SourceFlag>,
    /// What a defect remembers.
    pub(crate) memory: BTreeMap<(&'static str, usize), u32>,
}

/// A plan's world.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) policy: Policy,
    pub(crate) defect: Option<Flaw>,
    pub(crate) random: Random,
    pub(crate) sites: Vec<SiteCode>,
    pub(crate) points: Vec<(PointName, usize)>,
    pub(crate) sources: Vec<(SourceName, Content, bool)>,
    pub(crate) contents: Numbers,
    pub(crate) packages: BTreeMap<PackageId, Package>,
}

impl World {
    pub(super) fn new(tree: &Tree, policy: Policy, defect: Option<Flaw>) -> Self {
        let sites: Vec<SiteCode> = tree.sites.iter().map(|entry| entry.site.clone()).collect();
        let at = |code: &SiteCode| sites.iter().position(|site| site == code).unwrap_or(0);
        let points =
            tree.points.iter().map(|entry| (entry.point.clone(), at(&entry.site))).collect();
        Self {
            random: Random::new(policy.seed),
            policy,
            defect,
            sites,
            points,
            sources: Vec::new(),
            contents: Numbers::default(),
            packages: BTreeMap::new(),
        }
    }

    pub(super) fn perform(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        if self.policy.pace == Pace::Later && self.random.below(3) == 0 {
            self.work_a_little();
        }
        let before = self.defect.map(|_| self.packages.clone());
        let reply =
            if operation.kind().is_read() { self.read(operation) } else { self.change(operation) };
        if self.policy.pace == Pace::AtOnce && !operation.kind().is_read() {
            self.work_until_done();
        } else if !self.policy.readings.permits(Question::VersionVisible, b::LATER) {
            self.take_snapshots();
        }
        match (self.defect, before) {
            (Some(defect), Some(before)) => defect.strike(self, &before, operation, reply),
            _ => reply,
        }
    }

    fn change(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        match operation {
            Operation::Edit { source, changes } => {
                let nth = self.source(source);
                let files = std::mem::take(&mut self.sources[nth].1);
                self.sources[nth].1 = edited(files, changes);
                self.source_changed(nth);
                Reply::Ok(Answer::Done)
            }
            Operation::Fault { kind, target } | Operation::Heal { kind, target } => {
                let lost = matches!(operation, Operation::Fault { .. });
                match SourceName::new(target) {
                    Ok(source) if *kind == FaultKind::SourceAbsent => {
                        let nth = self.source(&source);
                        self.sources[nth].2 = !lost;
                        self.source_changed(nth);
                        Reply::Ok(Answer::Done)
                    }
                    _ => Reply::Unsupported(Problem::default()),
                }
            }
            Operation::Clock { .. } => {
                (0..4).for_each(|_| self.work_a_little());
                Reply::Ok(Answer::Done)
            }
            Operation::Create { package, class, .. } => {
                self.create(package, *class);
                self.act_on(operation, package)
            }
            _ => match operation.package() {
                Some(package) => self.act_on(operation, package),
                None => Reply::Unsupported(Problem::default()),
            },
        }
    }

    fn create(&mut self, id: &PackageId, class: PackageClass) {
        let sources = self.sources.len();
        let (points, sites) = (self.points.len(), self.sites.len());
        let state = || State::new(sources, points, sites);
        let package = || Package {
            class,
            state: state(),
            additions: Vec::new(),
            contexts: Vec::new(),
            instead: BTreeMap::new(),
            flag_instead: None,
            memory: BTreeMap::new(),
        };
        self.packages.entry(id.clone()).or_insert_with(package);
        for nth in 0..sources {
            self.source_changed(nth);
        }
    }

    /// The place of a source, which begins as an empty folder.
    fn source(&mut self, name: &SourceName) -> usize {
        if let Some(nth) = self.sources.iter().position(|(known, ..)| known == name) {
            return nth;
        }
        self.sources.push((name.clone(), Content::new(), true));
        for package in self.packages.values_mut() {
            package.state.sources.push(Some(ContentId::EMPTY));
        }
        self.sources.len() - 1
    }

    fn source_changed(&mut self, nth: usize) {
        let Some((_, files, present)) = self.sources.get(nth) else { return };
        let state = present.then(|| self.contents.number(files));
        for package in self.packages.values_mut() {
            if let Some(slot) = package.state.sources.get_mut(nth) {
                *slot = state;
            }
        }
    }

    pub(crate) fn number(&mut self, content: &Content) -> ContentId {
        self.contents.number(content)
    }

    pub(crate) fn point(&self, name: &PointName) -> Option<usize> {
        self.points.iter().position(|(point, _)| point == name)
    }

    /// The operation as the model's act; none for a name that the plan's tree does not have.
    fn act(&mut self, operation: &Operation<FileRecord>, id: &PackageId) -> Option<Act> {
        let owner = self.sites.first().cloned();
        let package = self.packages.get_mut(id);
        Some(match operation {
            Operation::Create { class, source, source_flag, .. } => {
                let default =
                    if source.is_some() { SourceFlag::Direct } else { SourceFlag::NoSource };
                let source = source.as_ref().map(|name| self.source(name));
                Act::Create { class: *class, source, flag: source_flag.unwrap_or(default) }
            }
            Operation::Put { properties, .. } => Act::Put {
                source: properties.source.as_ref().map(|name| self.source(name)),
                flag: properties.source_flag,
                share_name: properties.share_name.is_some(),
                version: properties.source_version.is_some(),
                refresh: properties.refresh_pkg_source_flag == Some(true),
            },
            Operation::Refresh { context, at, class, .. } => {
                let own = package.as_ref().map(|package| package.class);
                Act::Refresh {
                    context: context_argument(package, context.as_deref()),
                    at_owner: at.is_none() || *at == owner,
                    own_class: class.is_none() || *class == own,
                }
            }
            Operation::SetSchedule { tokens, .. } => Act::SetSchedule { tokens: tokens.len() },
            Operation::Assign { point, .. } => Act::Assign { point: self.point(point)? },
            Operation::Remove { point, .. } => Act::Remove { point: self.point(point)? },
            Operation::Redistribute { point, .. } => {
                Act::Redistribute { point: self.point(point)? }
            }
            Operation::Cancel { point, .. } => Act::Cancel { point: self.point(point)? },
            Operation::Delete { .. } => Act::Delete,
            Operation::AddDriver { path, file, .. } => add(package?, path, file, true, false),
            Operation::AddContent { path, file, refresh_points, .. } => {
                add(package?, path, file, false, *refresh_points)
            }
            _ => return None,
        })
    }

    fn act_on(&mut self, operation: &Operation<FileRecord>, id: &PackageId) -> Reply<Answer> {
        let is_refresh = matches!(operation, Operation::Refresh { .. });
        let unknown = || {
            Reply::Error(Problem {
                code: Some("0x80041002".into()),
                message: format!("package `{id}` not found"),
            })
        };
        let Some(act) = self.act(operation, id) else { return unknown() };
        let exists =
            self.packages.get(id).is_some_and(|package| package.state.existence == Existence::Here);
        if !exists && !matches!(act, Act::Create { .. }) {
            let value = self.policy.readings.permits(Question::UnknownPackage, b::RETURN_VALUE);
            let error = self.policy.readings.permits(Question::UnknownPackage, b::ERROR);
            let answers_value = is_refresh && value && (!error || self.random.below(2) == 0);
            return if answers_value {
                Reply::Ok(Answer::Refreshed(ReturnValue(0x0000_0490)))
            } else {
                unknown()
            };
        }
        let outcomes: &[Outcome] = if is_refresh {
            &[Outcome::Done, Outcome::NonZero, Outcome::Error]
        } else {
            &[Outcome::Done, Outcome::Error]
        };
        let Some((state, outcome)) = self.choose(id, &act, outcomes) else { return unknown() };
        if let Some(package) = self.packages.get_mut(id) {
            package.state = state;
        }
        match outcome {
            Outcome::Done if is_refresh => Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS)),
            Outcome::Done => Reply::Ok(Answer::Done),
            Outcome::NonZero => Reply::Ok(Answer::Refreshed(ReturnValue(3))),
            Outcome::Error | Outcome::Unknown => Reply::Error(Problem {
                code: Some("0x80041001".into()),
                message: "the operation failed".into(),
            }),
        }
    }

    /// One of the ends and effects that the model permits; an operation fails only where it cannot succeed, or where
    /// the readings let it fail in several ways.
    fn choose(
        &mut self,
        id: &PackageId,
        act: &Act,
        outcomes: &[Outcome],
    ) -> Option<(State, Outcome)> {
        let rules = self.rules(self.packages.get(id)?.class);
        let state = &self.packages.get(id)?.state;
        let mut possible = Vec::new();
        for &outcome in outcomes {
            for choice in Choice::ALL {
                if let Ok(next) = step(state, Action::Client(act, outcome, choice), &rules) {
                    possible.push((next, outcome));
                }
            }
        }
        let is_refresh = matches!(act, Act::Refresh { .. });
        if !is_refresh && possible.iter().any(|(_, outcome)| *outcome == Outcome::Done) {
            possible.retain(|(_, outcome)| *outcome == Outcome::Done);
        }
        let nth = self.random.below(possible.len());
        (nth < possible.len()).then(|| possible.swap_remove(nth))
    }

    pub(crate) fn rules(&self, class: PackageClass) -> Rules {
        Rules {
            class: Some(class),
            site_of: self.points.iter().map(|&(_, site)| site).collect(),
            readings: self.policy.readings,
            atomic_reads: true,
            shows_failure: true,
        }
    }

    /// One action of the product, for a package that has something to do.
    pub(super) fn work_a_little(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        let nth = self.random.below(ids.len());
        if let Some(id) = ids.get(nth) {
            self.work_on(id);
        }
    }

    /// Does one enabled action of a package; false where there is none.
    fn work_on(&mut self, id: &PackageId) -> bool {
        let Some(package) = self.packages.get(id) else { return false };
        let rules = self.rules(package.class);
        let mut possible: Vec<State> = Vec::new();
        for action in package.state.product_actions(0..package.state.points.len()) {
            if let Ok(next) = step(&package.state, Action::Product(action), &rules) {
                possible.push(next);
            }
        }
        let nth = self.random.below(possible.len());
        match (self.packages.get_mut(id), nth < possible.len()) {
            (Some(package), true) => {
                package.state = possible.swap_remove(nth);
                true
            }
            _ => false,
        }
    }

    /// Who shows a new version before a call returns must have made it, lest it fail afterwards.
    fn take_snapshots(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        for id in ids {
            let waiting = |world: &Self| {
                world.packages.get(&id).is_some_and(|package| package.state.pending > 0)
            };
            while waiting(self) && self.work_on(&id) {}
        }
    }

    /// Does everything that is left, and marks every package settled.
    pub(crate) fn work_until_done(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        for id in ids {
            while self
                .packages
                .get(&id)
                .is_some_and(|package| package.state.opening || package.state.pending > 0)
                && self.work_on(&id)
            {}
            self.settle(&id);
        }
    }

    /// True where the package could be settled; then it is.
    pub(super) fn settle(&mut self, id: &PackageId) -> bool {
        let Some(package) = self.packages.get(id) else { return false };
        let rules = self.rules(package.class);
        match (
            step(&package.state, Action::Observe(&Act::Settled), &rules),
            self.packages.get_mut(id),
        ) {
            (Ok(state), Some(package)) => {
                package.state = state;
                true
            }
            _ => false,
        }
    }

    /// The files of what is held.
    pub(crate) fn files(&self, package: &Package, held: Held) -> Content {
        let mut files = self.contents.content(held.base).cloned().unwrap_or_default();
        for (bit, addition) in package.additions.iter().enumerate() {
            if held.added >> bit & 1 == 1 {
                files.insert(addition.path.clone(), addition.record);
            }
        }
        files
    }
}

fn add(
    package: &mut Package,
    path: &FilePath,
    record: &FileRecord,
    driver: bool,
    refresh_points: bool,
) -> Act {
    let addition = package.additions.len();
    package.additions.push(Addition { path: path.clone(), record: *record });
    Act::Add { addition, driver, refresh_points }
}

fn context_argument(package: Option<&mut Package>, context: Option<&str>) -> ContextArgument {
    match (context, package) {
        (None, _) => ContextArgument::Absent,
        (Some(""), _) => ContextArgument::Empty,
        (Some(id), Some(package)) if package.contexts.iter().any(|known| known == id) => {
            ContextArgument::Reused
        }
        (Some(id), Some(package)) => {
            package.contexts.push(id.to_owned());
            ContextArgument::Fresh
        }
        (Some(_), None) => ContextArgument::Fresh,
    }
}
