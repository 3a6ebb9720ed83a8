//! Kills in the middle of everything else that changes something.

use std::collections::BTreeMap;

use pkgsource_site::{PointState, Site};

use crate::choices::Choices;
use crate::operator::{Operator, alone};
use crate::scene::{PACKAGE, POINTS, Scene};

const KILLS: u32 = 50;

/// What one kill left behind, seen from the package and the point that the operation named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    exists: bool,
    assigned: bool,
}

/// The operations, and what is to be seen on the point once each has happened.
const OPERATIONS: [(&str, Seen); 5] = [
    ("assign", Seen { exists: true, assigned: true }),
    ("remove", Seen { exists: true, assigned: false }),
    ("redistribute", Seen { exists: true, assigned: true }),
    ("assign", Seen { exists: true, assigned: true }),
    ("delete", Seen { exists: false, assigned: false }),
];

/// Reads the point, and checks that what it holds is either nothing or exactly the committed version.
fn look(scene: &Scene, site: &Site, point: &str) -> Seen {
    let content = site.content(PACKAGE, point).unwrap();
    if site.package(PACKAGE).unwrap().is_none() {
        assert_eq!(content, None, "content of a deleted package");
        return Seen { exists: false, assigned: false };
    }
    let status = site.point(PACKAGE, point).unwrap();
    let assigned = match status.state {
        PointState::Installed => true,
        PointState::NotTargeted => false,
        other => panic!("left {other:?}: {:?}", status.failure),
    };
    assert_eq!(content.as_ref(), assigned.then_some(&scene.committed));
    assert_eq!(status.version, assigned.then_some(scene.version));
    Seen { exists: true, assigned }
}

#[test]
fn any_other_operation_that_is_killed_happened_wholly_or_not_at_all() {
    let _alone = alone();
    let mut choices = Choices::from_environment();
    let mut counts: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    let scratch = tempfile::tempdir().unwrap();
    let scene = Scene::new(scratch.path());
    for _ in 0..KILLS {
        let (operation, after) = OPERATIONS[usize::try_from(choices.below(5)).unwrap()];
        let point = POINTS[usize::try_from(choices.below(4)).unwrap()];
        let mut site = Site::open(&scene.root).unwrap();
        scene.restore(&mut site);
        if operation == "assign" {
            site.remove(PACKAGE, point).unwrap();
        }
        let before = look(&scene, &site, point);
        drop(site);

        let request = match operation {
            "delete" => format!("delete {PACKAGE}"),
            _ => format!("{operation} {PACKAGE} {point}"),
        };
        // Turns grow by powers of two, because one operation takes a hundred times as long as another.
        let turns = 1 << choices.below(22);
        let operator = Operator::start(&scene.root).ready();
        let (_, acknowledged) = operator.request_and_kill(&request, |made| made >= turns);

        let site = Site::open(&scene.root).unwrap();
        let seen = look(&scene, &site, point);
        assert!(seen == after || (seen == before && !acknowledged), "{request}: {seen:?}");
        for other in POINTS.into_iter().filter(|other| *other != point) {
            assert_eq!(look(&scene, &site, other).assigned, seen.exists, "{request} hit {other}");
        }
        *counts.entry((operation, acknowledged)).or_default() += 1;
    }
    println!("{KILLS} kills, by operation and whether it was acknowledged: {counts:?}");
    for (operation, _) in OPERATIONS {
        assert!(
            counts.contains_key(&(operation, false)),
            "no {operation} was cut short: {counts:?}"
        );
    }
}
