//! The refresh itself: version, content, fan-out, and what it leaves alone.

use std::fs::{self, File};

use pkgsource_site::{
    Class, NewPackage, PointState, SiteError, SiteStatus, SourceFlag, return_value,
};

use crate::scratch::{PACKAGE, POINTS, Scratch, digests, files, names};

#[test]
fn a_refresh_raises_the_version_by_one_and_reaches_every_point() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "old"), ("b", "same")], &POINTS);
    assert_eq!(scratch.version(), 1);
    scratch.write("a", "new");
    assert_eq!(scratch.refresh(), return_value::SUCCESS);
    assert_eq!(scratch.version(), 2);
    for point in POINTS {
        let status = scratch.site.point(PACKAGE, point).unwrap();
        assert_eq!((status.state, status.version), (PointState::Installed, Some(2)), "{point}");
        assert_eq!(scratch.content(point), Some(files(&[("a", "new"), ("b", "same")])), "{point}");
    }
    assert_eq!(scratch.site.package(PACKAGE).unwrap().unwrap().action, 0);
}

#[test]
fn every_class_is_refreshed_in_the_same_way() {
    for class in Class::ALL {
        let mut scratch = Scratch::with(class, &[("a", "old")], &["A", "C"]);
        scratch.write("a", "new");
        assert_eq!(scratch.refresh(), 0, "{class}");
        assert_eq!(scratch.version(), 2, "{class}");
        assert_eq!(scratch.content("C"), Some(files(&[("a", "new")])), "{class}");
    }
}

#[test]
fn a_refresh_of_an_identical_source_raises_the_version_and_sends_nothing() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "same")], &["A"]);
    let place = scratch.place("A", "same");
    let before = fs::metadata(&place).unwrap().modified().unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.version(), 2);
    assert_eq!(scratch.site.point(PACKAGE, "A").unwrap().version, Some(2));
    assert_eq!(fs::metadata(&place).unwrap().modified().unwrap(), before, "sent again");
}

#[test]
fn an_edit_that_keeps_size_and_time_is_a_change() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "one")], &["A"]);
    let place = scratch.source().join("a");
    let time = fs::metadata(&place).unwrap().modified().unwrap();
    scratch.write("a", "two");
    File::options().write(true).open(&place).unwrap().set_modified(time).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "two")])));
}

#[test]
fn a_file_that_left_the_source_leaves_every_point() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "stays"), ("b", "goes")], &POINTS);
    fs::remove_file(scratch.source().join("b")).unwrap();
    assert_eq!(scratch.refresh(), 0);
    for point in POINTS {
        assert_eq!(scratch.content(point), Some(files(&[("a", "stays")])), "{point}");
        assert_eq!(scratch.stored(point), digests(&["stays"]), "{point}");
    }
    for site in ["PS1", "PS2", "PS3"] {
        assert_eq!(scratch.stored_at_site(site), digests(&["stays"]), "{site}");
    }
}

#[test]
fn a_file_that_another_package_uses_is_never_deleted() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "shared")], &POINTS);
    let other = scratch.folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("z"), "shared").unwrap();
    scratch.site.create_package(&NewPackage::direct("PS100002", Class::Package, &other)).unwrap();
    for point in POINTS {
        scratch.site.assign("PS100002", point).unwrap();
    }

    scratch.write("a", "own");
    assert_eq!(scratch.refresh(), 0);
    for point in POINTS {
        assert_eq!(
            scratch.site.content("PS100002", point).unwrap(),
            Some(files(&[("z", "shared")]))
        );
        assert_eq!(scratch.stored(point), digests(&["shared", "own"]), "{point}");
    }
    scratch.site.delete("PS100002").unwrap();
    assert_eq!(scratch.stored("C"), digests(&["own"]));
    assert_eq!(scratch.stored_at_site("PS1"), digests(&["own"]));
}

#[test]
fn every_distinct_file_is_stored_once() {
    let scratch = Scratch::with(Class::Package, &[("a", "x"), ("b", "x"), ("c/d", "x")], &["C"]);
    assert_eq!(scratch.content("C"), Some(files(&[("a", "x"), ("b", "x"), ("c/d", "x")])));
    assert_eq!(scratch.stored("C").len(), 1);
    assert_eq!(scratch.stored_at_site("PS1").len(), 1);
}

#[test]
fn an_emptied_source_is_an_empty_version() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A", "B"]);
    fs::remove_file(scratch.source().join("a")).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("B"), Some(Vec::new()));
    assert!(scratch.stored("B").is_empty());
}

#[test]
fn an_absent_source_changes_nothing_but_the_failure_until_the_next_success() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A", "B"]);
    let away = scratch.folder.path().join("away");
    fs::rename(scratch.source(), &away).unwrap();
    assert_eq!(scratch.refresh(), return_value::PATH_NOT_FOUND);
    assert_eq!(scratch.version(), 1);
    assert!(scratch.failure().unwrap().contains("does not exist"));
    assert_eq!(scratch.content("B"), Some(files(&[("a", "x")])));
    assert_eq!(scratch.site.point(PACKAGE, "B").unwrap().version, Some(1));

    fs::rename(&away, scratch.source()).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!((scratch.version(), scratch.failure()), (2, None));
}

#[test]
fn a_package_created_while_its_source_is_absent_has_no_content_before_a_refresh() {
    let mut scratch = Scratch::empty();
    fs::remove_dir(scratch.source()).unwrap();
    scratch.create(Class::Package);
    assert_eq!(scratch.version(), 1);
    assert!(scratch.failure().is_some());
    scratch.site.assign(PACKAGE, "A").unwrap();
    let waiting = scratch.site.point(PACKAGE, "A").unwrap();
    assert_eq!((waiting.state, waiting.version), (PointState::InstallFailed, None));
    assert!(waiting.failure.is_some());
    assert_eq!(scratch.content("A"), None);

    fs::create_dir(scratch.source()).unwrap();
    assert_eq!(scratch.refresh(), 0);
    let served = scratch.site.point(PACKAGE, "A").unwrap();
    assert_eq!((served.state, served.version), (PointState::Installed, Some(2)));
    assert_eq!(scratch.content("A"), Some(Vec::new()));
}

#[test]
fn a_source_path_that_is_a_file_is_refused() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &[]);
    fs::remove_dir_all(scratch.source()).unwrap();
    fs::write(scratch.source(), "").unwrap();
    assert_eq!(scratch.refresh(), return_value::NOT_A_DIRECTORY);
}

#[test]
fn a_package_without_source_is_left_alone() {
    for flag in [SourceFlag::NeedsSpecifying, SourceFlag::NoSource] {
        let mut scratch = Scratch::empty();
        scratch.write("a", "x");
        let new = NewPackage {
            source_flag: flag,
            ..NewPackage::direct(PACKAGE, Class::Package, &scratch.source())
        };
        scratch.site.create_package(&new).unwrap();
        assert_eq!(scratch.refresh(), return_value::NO_SOURCE);
        assert_eq!((scratch.version(), scratch.failure()), (1, None));
        assert!(scratch.stored_at_site("PS1").is_empty());
    }
}

#[test]
fn an_unknown_package_is_a_definite_error() {
    let mut scratch = Scratch::empty();
    let error = scratch.site.refresh("NONE", None, None).unwrap_err();
    assert!(matches!(error, SiteError::NotFound { what: "package", .. }), "{error}");
    assert!(error.is_definite());
    assert_eq!(scratch.site.package("NONE").unwrap(), None);
}

#[test]
fn a_refresh_at_a_site_that_does_not_own_the_package_is_passed_on() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["C"]);
    assert_eq!(scratch.site.refresh(PACKAGE, Some("PS3"), None).unwrap(), 0);
    assert_eq!(scratch.site.refresh(PACKAGE, Some("PS1"), None).unwrap(), 0);
    assert_eq!(scratch.version(), 3);
    let error = scratch.site.refresh(PACKAGE, Some("PS9"), None).unwrap_err();
    assert!(matches!(error, SiteError::NotFound { what: "site", .. }), "{error}");
    assert_eq!(scratch.version(), 3);
}

#[test]
fn a_child_site_gets_metadata_always_and_files_only_for_a_point() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["C"]);
    assert_eq!(scratch.refresh(), 0);
    let at = |scratch: &Scratch, site| scratch.site.site(PACKAGE, site).unwrap().unwrap();
    assert_eq!(at(&scratch, "PS1"), SiteStatus { version: 2, stored: Some(2) });
    assert_eq!(at(&scratch, "PS2"), SiteStatus { version: 2, stored: None });
    assert_eq!(at(&scratch, "PS3"), SiteStatus { version: 2, stored: Some(2) });
    assert!(scratch.stored_at_site("PS2").is_empty());
    scratch.site.remove(PACKAGE, "C").unwrap();
    assert_eq!(at(&scratch, "PS3").stored, None);
    assert_eq!(scratch.site.site("NONE", "PS1").unwrap(), None);
}

#[test]
fn a_refresh_repairs_what_was_damaged() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "good"), ("b", "lost")], &["B"]);
    fs::write(scratch.place("B", "good"), "evil").unwrap();
    fs::remove_file(scratch.place("B", "lost")).unwrap();
    for site in ["PS1", "PS2"] {
        let library = scratch.site.site_folder(site).unwrap().join("files");
        for name in names(&library) {
            fs::write(library.join(name), "bad").unwrap();
        }
    }
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("B"), Some(files(&[("a", "good"), ("b", "lost")])));
}

#[test]
fn nothing_is_left_half_written() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &POINTS);
    assert_eq!(scratch.refresh(), 0);
    for point in POINTS {
        let folder = scratch.site.point_folder(point).unwrap();
        assert!(names(&folder.join("incoming")).is_empty(), "{point}");
        assert_eq!(names(&folder.join("packages")).len(), 1, "{point}");
    }
}
