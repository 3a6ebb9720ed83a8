//! The reference's world: one state of the model for every package, and the sources. What a request does in it is in
//! [`super::calls`], what the product does by itself in [`super::work`], what reads answer in [`super::answers`].

use crate::plan::Random;
use pkgsource_model::history::timeline::{ContentId, Held, Moves, Numbers};
use pkgsource_model::history::{PointEntry, Tree};
use pkgsource_model::index::{AdditionIndex, List, PointIndex, SiteIndex, SourceIndex};
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::readings::{Readings, behaviour as b};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::{Rules, State};
use pkgsource_model::words::{
    Content, FilePath, FileRecord, PackageClass, PackageId, PointName, PointState, SiteCode,
    SourceName,
};
use std::collections::BTreeMap;

/// When the reference does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Before a call returns.
    AtOnce,
    /// Bit by bit, between requests, as its seed says.
    Later,
    /// The same, at another pace.
    Leisurely(Leisure),
}

/// How somebody works who does not do everything at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leisure {
    /// It does something before one request in so many; 0 for only when it is asked whether it is idle.
    pub one_in: usize,
    /// How often it says that it is not idle when nothing but deliveries is left.
    pub polls: u32,
    /// What it does first.
    pub order: Order,
    /// What a point shows that has not got everything.
    pub waiting: PointState,
}

/// What is done first of what can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Anything, as the seed says.
    Any,
    /// Snapshots before deliveries, so that every call is answered with the source that it found.
    SnapshotsFirst,
    /// Deliveries before snapshots, so that a snapshot comes as late as it can.
    SnapshotsLast,
}

impl Leisure {
    /// What [`Pace::Later`] stands for.
    pub const USUAL: Self =
        Self { one_in: 3, polls: 0, order: Order::Any, waiting: PointState::InstallPending };

    /// Nothing happens until somebody asks whether anything is left to do.
    pub const WHEN_ASKED: Self = Self { one_in: 0, ..Self::USUAL };
}

impl Pace {
    /// How it works where it does not do everything at once.
    #[must_use]
    pub fn leisure(self) -> Option<Leisure> {
        match self {
            Self::AtOnce => None,
            Self::Later => Some(Leisure::USUAL),
            Self::Leisurely(leisure) => Some(leisure),
        }
    }
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
    pub(crate) additions: List<AdditionIndex, Addition>,
    pub(crate) contexts: Vec<String>,
    /// As it was last written; the model keeps none.
    pub(crate) share_name: String,
}

impl Package {
    /// Whether such a write gives it another path or another share name; that is kept.
    pub(super) fn is_moved_by(
        &mut self,
        properties: &Properties,
        source: Option<SourceIndex>,
    ) -> Moves {
        let other_path = source.is_some() && source != self.state.properties.source;
        let share_name = properties.share_name.as_ref().unwrap_or(&self.share_name).clone();
        let other_share = std::mem::replace(&mut self.share_name, share_name) != self.share_name;
        if other_path || other_share { Moves::Yes } else { Moves::No }
    }
}

/// A point, and the place of its site among the world's sites.
#[derive(Clone, Debug)]
pub struct PlacedPoint {
    pub(crate) name: PointName,
    pub(crate) site: SiteIndex,
}

/// A source folder: what is in it, also while it is away.
#[derive(Clone, Debug)]
pub struct SourceFolder {
    pub(crate) name: SourceName,
    pub(crate) files: Content,
    pub(crate) present: bool,
}

/// A plan's world.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) policy: Policy,
    pub(crate) random: Random,
    /// How often `idle` was answered with no since nothing but deliveries was left.
    pub(super) waited: u32,
    pub(crate) sites: List<SiteIndex, SiteCode>,
    pub(crate) points: List<PointIndex, PlacedPoint>,
    pub(crate) sources: List<SourceIndex, SourceFolder>,
    pub(crate) contents: Numbers,
    pub(crate) packages: BTreeMap<PackageId, Package>,
}

impl World {
    pub(super) fn new(tree: &Tree, policy: Policy) -> Self {
        let sites: List<SiteIndex, SiteCode> =
            tree.sites.iter().map(|entry| entry.site.clone()).collect();
        let at = |code: &SiteCode| sites.position(|site| site == code).unwrap_or(SiteIndex::OWNER);
        let placed =
            |entry: &PointEntry| PlacedPoint { name: entry.point.clone(), site: at(&entry.site) };
        let points = tree.points.iter().map(placed).collect();
        Self {
            random: Random::new(policy.seed),
            policy,
            waited: 0,
            sites,
            points,
            sources: List::default(),
            contents: Numbers::default(),
            packages: BTreeMap::new(),
        }
    }

    pub(super) fn perform(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        let works_first =
            self.policy.pace.leisure().is_some_and(|leisure| {
                leisure.one_in > 0 && self.random.below(leisure.one_in) == 0
            });
        if works_first {
            self.work_a_little();
        }
        if operation.kind().is_read() {
            return self.read(operation);
        }
        let reply = self.change(operation);
        if self.policy.pace == Pace::AtOnce {
            self.work_until_done();
        } else if !self.policy.readings.permits(b::VersionVisible::Later) {
            self.take_snapshots();
        }
        reply
    }

    /// The place of a source, which begins as an empty folder.
    pub(super) fn source(&mut self, name: &SourceName) -> SourceIndex {
        if let Some(known) = self.sources.position(|known| known.name == *name) {
            return known;
        }
        let new = self.sources.end();
        self.sources.push(SourceFolder {
            name: name.clone(),
            files: Content::new(),
            present: true,
        });
        for package in self.packages.values_mut() {
            package.state.sources.push(Some(ContentId::EMPTY));
        }
        new
    }

    pub(super) fn source_changed(&mut self, at: SourceIndex) {
        let Some(source) = self.sources.get(at) else { return };
        let state = source.present.then(|| self.contents.number(&source.files));
        for package in self.packages.values_mut() {
            if let Some(slot) = package.state.sources.get_mut(at) {
                *slot = state;
            }
        }
    }

    pub(crate) fn number(&mut self, content: &Content) -> ContentId {
        self.contents.number(content)
    }

    pub(crate) fn point(&self, name: &PointName) -> Option<PointIndex> {
        self.points.position(|point| point.name == *name)
    }

    pub(crate) fn rules(&self, class: PackageClass) -> Rules<'static> {
        let site_of = self.points.iter().map(|point| point.site).collect();
        Rules::new(Some(class), site_of, &self.policy.readings)
    }

    /// The files of what is held.
    pub(crate) fn files(&self, package: &Package, held: Held) -> Content {
        let mut files = self.contents.content(held.base).cloned().unwrap_or_default();
        for (at, addition) in package.additions.indexed() {
            if at.is_in(held.added) {
                files.insert(addition.path.clone(), addition.record);
            }
        }
        files
    }
}
