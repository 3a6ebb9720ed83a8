//! Distribution points: assignment, removal, redistribution, damage, and points that do not answer.

use std::fs;
use std::path::PathBuf;

use pkgsource_site::{Class, PointState, SiteError};

use crate::scratch::{PACKAGE, POINTS, Scratch, digests, files, sha256};

/// Renames a point's folder away, which is how a point stops answering; returns both names.
fn take_down(scratch: &Scratch, point: &str) -> (PathBuf, PathBuf) {
    let up = scratch.site.point_folder(point).unwrap();
    let down = scratch.folder.path().join(format!("{point}.down"));
    fs::rename(&up, &down).unwrap();
    (up, down)
}

#[test]
fn an_assigned_point_gets_the_version_from_the_library_not_from_the_source() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "released")], &[]);
    scratch.write("a", "being edited");
    scratch.site.assign(PACKAGE, "B").unwrap();
    assert_eq!(scratch.content("B"), Some(files(&[("a", "released")])));
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.site.point(PACKAGE, "B").unwrap().version, Some(1));
}

#[test]
fn assigning_twice_does_nothing() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    let before = scratch.site.point(PACKAGE, "A").unwrap();
    scratch.site.assign(PACKAGE, "A").unwrap();
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap(), before);
    assert_eq!(scratch.version(), 1);
}

#[test]
fn a_removed_point_has_nothing_left_of_the_package() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A", "D"]);
    scratch.site.remove(PACKAGE, "A").unwrap();
    assert_eq!(scratch.content("A"), None);
    assert!(scratch.stored("A").is_empty());
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().state, PointState::NotTargeted);
    assert_eq!(scratch.content("D"), Some(files(&[("a", "x")])));
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), None);
}

#[test]
fn what_is_not_assigned_is_neither_removed_nor_redistributed() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &[]);
    for error in [
        scratch.site.remove(PACKAGE, "A").unwrap_err(),
        scratch.site.redistribute(PACKAGE, "A").unwrap_err(),
    ] {
        assert!(matches!(error, SiteError::NotFound { what: "assignment", .. }), "{error}");
    }
    let error = scratch.site.assign(PACKAGE, "Z").unwrap_err();
    assert!(matches!(error, SiteError::NotFound { what: "distribution point", .. }), "{error}");
}

#[test]
fn a_cancel_comes_too_late_and_is_ignored() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    scratch.site.cancel(PACKAGE, "A").unwrap();
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().state, PointState::Installed);
    assert!(scratch.site.cancel(PACKAGE, "Z").is_err());
}

#[test]
fn a_read_back_shows_what_is_really_stored() {
    let scratch = Scratch::with(Class::Package, &[("a", "good"), ("b", "lost")], &["A"]);
    fs::write(scratch.place("A", "good"), "tampered").unwrap();
    fs::remove_file(scratch.place("A", "lost")).unwrap();
    assert_eq!(scratch.content("A"), Some(files(&[("a", "tampered")])));
    let reported = scratch.site.point(PACKAGE, "A").unwrap();
    assert_eq!((reported.state, reported.version), (PointState::Installed, Some(1)));
}

#[test]
fn damage_stays_visible_when_the_site_is_opened_again() {
    let scratch = Scratch::with(Class::Package, &[("a", "good")], &["A"]);
    fs::write(scratch.place("A", "good"), "tampered").unwrap();
    assert_eq!(scratch.reopen().content("A"), Some(files(&[("a", "tampered")])));
}

#[test]
fn redistribution_repairs_one_point_and_nothing_else() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "good"), ("b", "lost")], &["B", "C"]);
    for point in ["B", "C"] {
        fs::write(scratch.place(point, "good"), "tampered").unwrap();
        fs::remove_file(scratch.place(point, "lost")).unwrap();
    }
    scratch.write("a", "edited since");
    scratch.site.redistribute(PACKAGE, "B").unwrap();
    assert_eq!(scratch.content("B"), Some(files(&[("a", "good"), ("b", "lost")])));
    assert_eq!(scratch.content("C"), Some(files(&[("a", "tampered")])));
    assert_eq!(scratch.version(), 1);
}

#[test]
fn redistribution_replicates_nothing_to_a_child_site() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "good")], &["B"]);
    let place = scratch.site.site_folder("PS2").unwrap().join("files").join(sha256(b"good"));
    fs::write(&place, "tampered").unwrap();
    scratch.site.redistribute(PACKAGE, "B").unwrap();
    assert_eq!(fs::read(&place).unwrap(), b"tampered");
    let status = scratch.site.point(PACKAGE, "B").unwrap();
    assert_eq!((status.state, status.version), (PointState::InstallFailed, Some(1)));
    assert!(status.failure.unwrap().contains("is damaged"));
    assert_eq!(scratch.content("B"), Some(files(&[("a", "good")])), "bad bytes were sent");
}

#[test]
fn a_deleted_package_is_gone_everywhere_and_its_name_is_free() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &POINTS);
    scratch.site.delete(PACKAGE).unwrap();
    assert_eq!(scratch.site.package(PACKAGE).unwrap(), None);
    assert!(scratch.site.point(PACKAGE, "A").is_err());
    assert!(scratch.site.delete(PACKAGE).is_err());
    for point in POINTS {
        assert_eq!(scratch.content(point), None);
        assert!(scratch.stored(point).is_empty());
    }
    for site in ["PS1", "PS2", "PS3"] {
        assert!(scratch.stored_at_site(site).is_empty(), "{site}");
    }
    scratch.create(Class::Package);
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().state, PointState::NotTargeted);
}

#[test]
fn one_point_that_does_not_answer_never_keeps_the_others_from_the_version() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "one")], &POINTS);
    let (up, down) = take_down(&scratch, "A");
    scratch.write("a", "two");
    assert_eq!(scratch.refresh(), 0);
    let status = scratch.site.point(PACKAGE, "A").unwrap();
    assert_eq!((status.state, status.version), (PointState::InstallFailed, Some(1)));
    assert!(status.failure.unwrap().contains("could not reach"));
    assert!(scratch.site.content(PACKAGE, "A").is_err());
    for point in ["B", "C", "D"] {
        assert_eq!(scratch.content(point), Some(files(&[("a", "two")])), "{point}");
    }

    fs::rename(down, up).unwrap();
    assert_eq!(scratch.content("A"), Some(files(&[("a", "one")])), "the old version is served");
    scratch.site.retry().unwrap();
    assert_eq!(scratch.content("A"), Some(files(&[("a", "two")])));
    assert_eq!(scratch.stored("A"), digests(&["two"]));
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().state, PointState::Installed);
    assert_eq!(scratch.version(), 2, "a retry is no refresh");
}

#[test]
fn a_point_that_missed_versions_gets_the_latest_one_only() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "1")], &["B"]);
    let (up, down) = take_down(&scratch, "B");
    for version in ["2", "3", "4"] {
        scratch.write("a", version);
        assert_eq!(scratch.refresh(), 0);
    }
    fs::rename(down, up).unwrap();
    scratch.write("a", "5");
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("B"), Some(files(&[("a", "5")])));
    assert_eq!(scratch.stored("B"), digests(&["5"]));
}

#[test]
fn a_child_site_that_does_not_answer_keeps_its_points_at_the_old_version() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "one")], &POINTS);
    let up = scratch.site.site_folder("PS2").unwrap();
    let down = scratch.folder.path().join("PS2.down");
    fs::rename(&up, &down).unwrap();
    scratch.write("a", "two");
    assert_eq!(scratch.refresh(), 0);
    let status = scratch.site.point(PACKAGE, "B").unwrap();
    assert_eq!((status.state, status.version), (PointState::InstallFailed, Some(1)));
    assert_eq!(scratch.content("C"), Some(files(&[("a", "two")])), "another site's point");
    fs::rename(&down, &up).unwrap();
    let scratch = scratch.reopen();
    assert_eq!(scratch.content("B"), Some(files(&[("a", "two")])), "opening tries again");
}

#[test]
fn a_package_deleted_while_a_point_was_down_leaves_it_later() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "one")], &["A"]);
    scratch.refresh();
    let (up, down) = take_down(&scratch, "A");
    scratch.site.delete(PACKAGE).unwrap();
    scratch.create(Class::Package);
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().state, PointState::RemovalFailed);
    fs::rename(down, up).unwrap();
    scratch.site.retry().unwrap();
    assert_eq!(scratch.content("A"), None);
    scratch.site.assign(PACKAGE, "A").unwrap();
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().version, Some(1));
}
