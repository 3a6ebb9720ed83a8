//! The sites and points of a generated plan.

use super::Scope;
use crate::plan::{Choices, build};
use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
use pkgsource_model::words::SiteCode;

const CHILDREN: [&str; 2] = ["PS2", "PS3"];

pub(super) fn draw(choices: &mut dyn Choices, scope: &Scope) -> Tree {
    let owner = build::site("PS1");
    let mut sites = vec![SiteEntry { site: owner.clone(), parent: None }];
    if scope.child_sites {
        for child in CHILDREN.iter().take([0, 0, 1, 1, 2][choices.choose(5)]) {
            sites.push(SiteEntry { site: build::site(child), parent: Some(owner.clone()) });
        }
    }
    let count = 1 + choices.choose(scope.points.max(1));
    let at =
        |choices: &mut dyn Choices| -> SiteCode { sites[choices.choose(sites.len())].site.clone() };
    let points = (1..=count)
        .map(|n| PointEntry { point: build::point(&format!("DP{n}")), site: at(choices) })
        .collect();
    Tree { sites, points }
}
