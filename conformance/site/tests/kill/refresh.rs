//! One hundred kills in the middle of a refresh.

use std::collections::BTreeMap;

use pkgsource_site::Site;

use crate::choices::Choices;
use crate::operator::{Operator, alone, kill_while_opening};
use crate::scene::{PACKAGE, POINTS, Scene};

const KILLS: u32 = 100;
/// Refreshes that are left alone, to learn how many turns one takes.
const REHEARSALS: usize = 5;
const REFRESH: &str = "refresh PS100001";

/// Where a kill landed, as found out from what it left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Landed {
    /// The version had not moved.
    BeforeTheCommit,
    /// The version had moved, and no point or only some had switched to it.
    InTheFanOut,
    /// Every point had switched, and nothing was acknowledged yet.
    BeforeTheAcknowledgement,
    /// The refresh was acknowledged.
    AfterTheAcknowledgement,
}

impl Landed {
    const ALL: [Self; 4] = [
        Self::BeforeTheCommit,
        Self::InTheFanOut,
        Self::BeforeTheAcknowledgement,
        Self::AfterTheAcknowledgement,
    ];
}

/// Where the kill landed, from the raw files and the version that the reopened site reports.
fn landed(scene: &Scene, switched: usize, version: u32, acknowledged: bool) -> Landed {
    if acknowledged {
        Landed::AfterTheAcknowledgement
    } else if version == scene.version {
        assert_eq!(switched, 0, "a point had a version that was not committed");
        Landed::BeforeTheCommit
    } else if switched < POINTS.len() {
        Landed::InTheFanOut
    } else {
        Landed::BeforeTheAcknowledgement
    }
}

/// Lets whole refreshes run, and returns how many turns the middle one took.
fn rehearse(scene: &mut Scene) -> u64 {
    let mut turns: Vec<u64> = Vec::new();
    for _ in 0..REHEARSALS {
        scene.edit_source();
        let (taken, acknowledged) =
            Operator::start(&scene.root).ready().request_and_kill(REFRESH, |_| false);
        assert!(acknowledged);
        turns.push(taken);
        scene.commit();
        scene.check(&Site::open(&scene.root).unwrap());
    }
    turns.sort_unstable();
    turns[REHEARSALS / 2]
}

/// Sends a refresh and kills the binary at an instant that `choices` picks: mostly spread evenly over a whole refresh,
/// and one in ten for each of the narrow classes. Returns whether the refresh was acknowledged.
fn refresh_and_kill(scene: &Scene, choices: &mut Choices, turns_whole: &mut u64) -> bool {
    let operator = Operator::start(&scene.root).ready();
    let all_switched = || scene.switched(scene.version + 1) == POINTS.len();
    let turns = match choices.below(10) {
        0 => return operator.request_and_kill(REFRESH, |_| all_switched()).1,
        1 => return operator.request_and_kill(REFRESH, |_| scene.snapshot_has_begun()).1,
        2 => u64::MAX,
        _ => choices.below(*turns_whole * 9 / 8),
    };
    let (made, acknowledged) = operator.request_and_kill(REFRESH, |made| made >= turns);
    if acknowledged {
        // The machine's speed changes with its load; follow it.
        *turns_whole = (*turns_whole * 3 + made) / 4 + 1;
    }
    acknowledged
}

#[test]
fn a_site_killed_at_any_instant_of_a_refresh_loses_nothing_and_mixes_nothing() {
    let _alone = alone();
    let mut choices = Choices::from_environment();
    let scratch = tempfile::tempdir().unwrap();
    let mut scene = Scene::new(scratch.path());
    let mut turns_whole = rehearse(&mut scene);

    let mut counts: BTreeMap<Landed, u32> = BTreeMap::new();
    let mut while_opening = 0_u32;
    for _ in 0..KILLS {
        scene.edit_source();
        let acknowledged = refresh_and_kill(&scene, &mut choices, &mut turns_whole);
        let next = scene.version + 1;
        let switched = scene.switched(next);
        scene.check_points_as_they_were_left();
        if choices.below(3) == 0 {
            let turns = choices.below(turns_whole);
            while_opening += u32::from(kill_while_opening(&scene.root, turns));
            scene.check_points_as_they_were_left();
        }

        let mut site = Site::open(&scene.root).unwrap();
        let version = site.package(PACKAGE).unwrap().unwrap().version;
        assert!(!acknowledged || version == next, "an acknowledged refresh is lost");
        *counts.entry(landed(&scene, switched, version, acknowledged)).or_default() += 1;
        if version != scene.version {
            scene.commit();
        }
        scene.check(&site);

        assert_eq!(site.refresh(PACKAGE, None, None).unwrap(), 0);
        scene.commit();
        scene.check(&site);
    }
    println!("{KILLS} kills of a refresh: {counts:?}; {while_opening} more while opening");
    for landed in Landed::ALL {
        assert!(counts.contains_key(&landed), "no kill landed {landed:?}: {counts:?}");
    }
    assert!(while_opening > 0, "no kill landed while the site was being opened");
}
