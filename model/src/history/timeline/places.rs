//! The sites and points of a history's tree, as indices. Made once a history, shared by all its timelines; what a package
//! has there is not known here.

use crate::history::Tree;
use crate::index::{List, PointIndex, SiteIndex};
use crate::words::{PointName, SiteCode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The places of a tree, and where each is in its list.
pub(super) struct Places<'a> {
    pub(super) points: Arc<List<PointIndex, (PointName, SiteIndex)>>,
    pub(super) sites: Arc<List<SiteIndex, SiteCode>>,
    point_of: BTreeMap<&'a PointName, PointIndex>,
    site_of: BTreeMap<&'a SiteCode, SiteIndex>,
}

impl<'a> Places<'a> {
    pub(super) fn of(tree: &'a Tree) -> Self {
        let sites: List<SiteIndex, &SiteCode> =
            tree.sites.iter().map(|entry| &entry.site).collect();
        // Of two of one name the first is meant.
        let site_of: BTreeMap<_, _> = sites.indexed().rev().map(|(at, &site)| (site, at)).collect();
        let owner = SiteIndex::OWNER;
        let points: List<PointIndex, (&PointName, SiteIndex)> = tree
            .points
            .iter()
            .map(|entry| (&entry.point, site_of.get(&entry.site).copied().unwrap_or(owner)))
            .collect();
        Self {
            point_of: points.indexed().rev().map(|(at, &(point, _))| (point, at)).collect(),
            points: Arc::new(points.iter().map(|&(point, site)| (point.clone(), site)).collect()),
            sites: Arc::new(sites.iter().map(|&site| site.clone()).collect()),
            site_of,
        }
    }

    /// Where a point of this name is; none where the tree has none.
    pub(super) fn point(&self, name: &PointName) -> Option<PointIndex> {
        self.point_of.get(name).copied()
    }

    /// Where the site of this code is; none where the tree has none.
    pub(super) fn site(&self, code: &SiteCode) -> Option<SiteIndex> {
        self.site_of.get(code).copied()
    }
}
