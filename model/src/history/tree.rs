//! The tree of sites and points that a history is about.

use crate::words::{PointName, SiteCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The sites, the first of which owns the packages, and the points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// Sites, parents before children; the first has no parent.
    pub sites: Vec<SiteEntry>,
    /// Points, each at a site.
    pub points: Vec<PointEntry>,
}

/// The most sites of a tree.
const MOST_SITES: usize = 1024;

/// The most points of a tree.
const MOST_POINTS: usize = 100_000;

impl Tree {
    /// Why no hierarchy looks like this, if so: the first rule that is broken.
    #[must_use]
    pub fn objection(&self) -> Option<String> {
        let Some(owner) = self.sites.first() else {
            return Some("`sites` is empty; the first site owns the packages".into());
        };
        if let Some(parent) = &owner.parent {
            return Some(format!("the first site, `{}`, has the parent `{parent}`", owner.site));
        }
        if self.sites.len() > MOST_SITES || self.points.len() > MOST_POINTS {
            return Some(format!("it has more than {MOST_SITES} sites or {MOST_POINTS} points"));
        }
        let mut sites = BTreeSet::new();
        for (nth, entry) in self.sites.iter().enumerate() {
            match &entry.parent {
                None if nth > 0 => {
                    return Some(format!("the site `{}` has no `parent`", entry.site));
                }
                Some(parent) if !sites.contains(parent) => {
                    return Some(format!(
                        "the site `{}` has the parent `{parent}`, which is not listed before it",
                        entry.site
                    ));
                }
                _ => {}
            }
            if !sites.insert(&entry.site) {
                return Some(format!("the site `{}` is there twice", entry.site));
            }
        }
        let mut points = BTreeSet::new();
        for entry in &self.points {
            if !sites.contains(&entry.site) {
                let (point, site) = (&entry.point, &entry.site);
                return Some(format!(
                    "the point `{point}` is at `{site}`, which is no site of the tree"
                ));
            }
            if !points.insert(&entry.point) {
                return Some(format!("the point `{}` is there twice", entry.point));
            }
        }
        None
    }
}

/// One site of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteEntry {
    /// Its code.
    pub site: SiteCode,
    /// Its parent; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SiteCode>,
}

/// One distribution point of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointEntry {
    /// Its name.
    pub point: PointName,
    /// Its site.
    pub site: SiteCode,
}
