//! Where a package is, and with whom, in the words of the dimensions.

use super::dimensions::{Assigned, Company, Points, Sites};
use super::spot::Spot;
use super::world::{Package, ancestry};
use pkgsource_model::history::Tree;
use pkgsource_model::words::{PointName, SiteCode};
use std::collections::{BTreeMap, BTreeSet};

/// The spots of the points that have a package; none where it has none.
pub(super) fn spots(tree: &Tree, points: &BTreeSet<PointName>) -> Vec<Spot> {
    let mut at: BTreeMap<&SiteCode, (usize, usize)> = BTreeMap::new();
    for entry in &tree.points {
        let (with, without) = at.entry(&entry.site).or_default();
        *(if points.contains(&entry.point) { with } else { without }) += 1;
    }
    let most = at.values().map(|&(with, _)| with).max().unwrap_or_default();
    let used: BTreeSet<&SiteCode> =
        at.iter().filter(|(_, (with, _))| *with > 0).map(|(site, _)| *site).collect();
    let mut spots: Vec<Spot> = Vec::new();
    spots.extend(number(most).map(Spot::from));
    spots.extend(sites(tree, &used).map(Spot::from));
    let assigned = if at.values().any(|&(with, without)| with > 0 && without > 0) {
        Assigned::Some
    } else if at.values().any(|&(with, _)| with == 0) {
        Assigned::EveryOfASite
    } else {
        Assigned::Every
    };
    spots.push(assigned.into());
    spots
}

fn number(most: usize) -> Option<Points> {
    Some(match most {
        1 => Points::One,
        2 => Points::Two,
        3 => Points::Three,
        5 => Points::Five,
        6 => Points::Six,
        7 => Points::Seven,
        _ => return None,
    })
}

fn sites(tree: &Tree, used: &BTreeSet<&SiteCode>) -> Option<Sites> {
    let owner = &tree.sites.first()?.site;
    let depth = |site: &&&SiteCode| ancestry(tree, site).len() - 1;
    let below = used.iter().map(|site| depth(&site)).max()?;
    let children = used.iter().filter(|site| depth(site) == 1).count();
    Some(match (below, children, used.contains(owner)) {
        (0, _, _) if tree.sites.len() == 1 => Sites::Owner,
        (0, _, _) => Sites::ChildWithout,
        (1, 1, true) => Sites::Child,
        (1, 1, false) => Sites::ChildAlone,
        (1, _, _) => Sites::Siblings,
        _ => Sites::Grandchild,
    })
}

/// The spots of the other packages.
pub(super) fn company(package: &Package, others: &[&Package]) -> Vec<Spot> {
    let shares_point = |other: &&&Package| !other.points.is_disjoint(&package.points);
    let shares_source =
        |other: &&&Package| package.source.is_some() && other.source == package.source;
    let shares_file = |other: &&&Package| {
        !shares_source(other)
            && other
                .last
                .values()
                .any(|file| package.last.values().any(|own| own.body == file.body))
    };
    let rows = [
        (others.is_empty(), Company::Alone),
        (others.iter().any(|other| shares_point(&other)), Company::SamePoint),
        (
            others.iter().any(|other| !other.points.is_empty() && !shares_point(&other)),
            Company::OtherPoint,
        ),
        (others.iter().any(|other| shares_source(&other)), Company::SameSource),
        (others.iter().any(|other| shares_file(&other)), Company::SameFile),
        (others.len() > 1, Company::Third),
    ];
    rows.into_iter().filter(|(is_met, _)| *is_met).map(|(_, value)| value.into()).collect()
}
