//! What a request does in the reference's world: the model's act, and the choice among the ends that the model permits.

use super::world::{Addition, Package, World};
use pkgsource_model::history::timeline::{Act, ContextArgument, Outcome, Writes, edited};
use pkgsource_model::index::List;
use pkgsource_model::operation::{FaultKind, Operation};
use pkgsource_model::readings::behaviour as b;
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::step::{Action, Choice, Existence, State, step};
use pkgsource_model::words::{
    FilePath, FileRecord, PackageClass, PackageId, ReturnValue, SourceFlag, SourceName,
};

impl World {
    pub(super) fn change(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        match operation {
            Operation::Edit { source, changes } => {
                let nth = self.source(source);
                if let Some(folder) = self.sources.get_mut(nth) {
                    folder.files = edited(std::mem::take(&mut folder.files), changes);
                }
                self.source_changed(nth);
                Reply::Ok(Answer::Done)
            }
            Operation::Fault { kind, target } | Operation::Heal { kind, target } => {
                let lost = matches!(operation, Operation::Fault { .. });
                match SourceName::new(target.as_str()) {
                    Ok(source) if *kind == FaultKind::SourceAbsent => {
                        let nth = self.source(&source);
                        if let Some(folder) = self.sources.get_mut(nth) {
                            folder.present = !lost;
                        }
                        self.source_changed(nth);
                        Reply::Ok(Answer::Done)
                    }
                    Ok(_) | Err(_) => Reply::Unsupported(Problem::default()),
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
            Operation::Put { package, .. }
            | Operation::Refresh { package, .. }
            | Operation::SetSchedule { package, .. }
            | Operation::Assign { package, .. }
            | Operation::Remove { package, .. }
            | Operation::Redistribute { package, .. }
            | Operation::Cancel { package, .. }
            | Operation::Delete { package }
            | Operation::AddDriver { package, .. }
            | Operation::AddContent { package, .. } => self.act_on(operation, package),
            Operation::Package { .. }
            | Operation::Site { .. }
            | Operation::Point { .. }
            | Operation::Content { .. }
            | Operation::Context { .. }
            | Operation::Operable { .. }
            | Operation::Idle {} => Reply::Unsupported(Problem::default()),
        }
    }

    fn create(&mut self, id: &PackageId, class: PackageClass) {
        let sources = self.sources.indices();
        let (points, sites) = (self.points.len(), self.sites.len());
        let state = || State::new(self.sources.len(), points, sites);
        let package = || Package {
            class,
            state: state(),
            additions: List::default(),
            contexts: Vec::new(),
            share_name: String::new(),
        };
        self.packages.entry(id.clone()).or_insert_with(package);
        for source in sources {
            self.source_changed(source);
        }
    }

    /// The operation as the model's act; none for a name that the plan's tree does not have.
    fn act(&mut self, operation: &Operation<FileRecord>, id: &PackageId) -> Option<Act> {
        let owner = self.sites.first().cloned();
        let package = self.packages.get_mut(id);
        Some(match operation {
            Operation::Create { class, source, source_flag, .. } => {
                let flag = SourceFlag::at_creation(*source_flag, source.is_some());
                let source = source.as_ref().map(|name| self.source(name));
                Act::Create { class: *class, source, flag }
            }
            Operation::Put { properties, .. } => {
                let source = properties.source.as_ref().map(|name| self.source(name));
                let package = self.packages.get_mut(id);
                let moves = package.map(|package| package.is_moved_by(properties, source));
                Act::put(properties, source, moves.unwrap_or_default(), Writes::Property)
            }
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
            Operation::Edit { .. }
            | Operation::Fault { .. }
            | Operation::Heal { .. }
            | Operation::Clock { .. }
            | Operation::Package { .. }
            | Operation::Site { .. }
            | Operation::Point { .. }
            | Operation::Content { .. }
            | Operation::Context { .. }
            | Operation::Operable { .. }
            | Operation::Idle {} => return None,
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
            let value = self.policy.readings.permits(b::UnknownPackage::ReturnValue);
            let error = self.policy.readings.permits(b::UnknownPackage::Error);
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
}

fn add(
    package: &mut Package,
    path: &FilePath,
    record: &FileRecord,
    driver: bool,
    refresh_points: bool,
) -> Act {
    let addition = package.additions.end();
    let known = package.additions.indexed().filter(|(_, known)| known.path == *path);
    let replaces = known.fold(0, |bits, (at, _)| bits | at.bit());
    package.additions.push(Addition { path: path.clone(), record: *record });
    Act::Add { addition, replaces, driver, refresh_points }
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
