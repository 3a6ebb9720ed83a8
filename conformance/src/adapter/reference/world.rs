//! The reference's world: one state of the model for every package, and the sources. What a request does in it is in
//! [`super::calls`], what the product does by itself in [`super::work`], what reads answer in [`super::answers`].

use crate::mutants::Flaw;
use crate::plan::Random;
use pkgsource_model::history::Tree;
use pkgsource_model::history::timeline::{ContentId, Held, Numbers};
use pkgsource_model::operation::Operation;
use pkgsource_model::readings::{Readings, behaviour as b};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::{Rules, State};
use pkgsource_model::words::{
    Content, FilePath, FileRecord, PackageClass, PackageId, PointName, SiteCode, SourceFlag,
    SourceName,
};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The files whose modification time has moved since the last accepted refresh, for a defect that looks at times.
    pub(crate) retimed: BTreeSet<FilePath>,
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
        } else if !self.policy.readings.permits(b::VersionVisible::Later) {
            self.take_snapshots();
        }
        match (self.defect, before) {
            (Some(defect), Some(before)) => defect.strike(self, &before, operation, reply),
            _ => reply,
        }
    }

    /// The place of a source, which begins as an empty folder.
    pub(super) fn source(&mut self, name: &SourceName) -> usize {
        if let Some(nth) = self.sources.iter().position(|(known, ..)| known == name) {
            return nth;
        }
        self.sources.push((name.clone(), Content::new(), true));
        for package in self.packages.values_mut() {
            package.state.sources.push(Some(ContentId::EMPTY));
        }
        self.sources.len() - 1
    }

    pub(super) fn source_changed(&mut self, nth: usize) {
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

    pub(crate) fn rules(&self, class: PackageClass) -> Rules<'static> {
        let site_of = self.points.iter().map(|&(_, site)| site).collect();
        Rules::new(Some(class), site_of, &self.policy.readings)
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
