//! Opening again: what is kept, what is completed, what is swept away. Kills are in `tests/kill.rs`.

use std::fs;

use pkgsource_site::{Class, NewPackage, PointState, Site, SiteError};

use crate::scratch::{PACKAGE, POINTS, Scratch, digests, files, hierarchy, names, sha256};

#[test]
fn everything_is_kept_when_the_site_is_opened_again() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[("a", "x")], &POINTS);
    scratch.site.refresh(PACKAGE, None, Some("c")).unwrap();
    scratch.site.set_schedule(PACKAGE, &["0001200000100038".to_owned()]).unwrap();
    let before = scratch.site.package(PACKAGE).unwrap();
    let scratch = scratch.reopen();
    assert_eq!(scratch.site.package(PACKAGE).unwrap(), before);
    assert_eq!(scratch.site.hierarchy(), &hierarchy());
    assert_eq!(scratch.site.context("c").unwrap().status, 0);
    assert_eq!(scratch.site.schedule(PACKAGE).unwrap().len(), 1);
    for point in POINTS {
        assert_eq!(scratch.content(point), Some(files(&[("a", "x")])), "{point}");
        let state = scratch.site.point(PACKAGE, point).unwrap().state;
        assert_eq!(state, PointState::Installed, "{point}");
    }
}

#[test]
fn what_no_committed_change_asked_for_is_swept_away() {
    let scratch = Scratch::with(Class::Package, &[("a", "x")], &["B"]);
    let folders = [
        scratch.site.site_folder("PS1").unwrap(),
        scratch.site.site_folder("PS2").unwrap(),
        scratch.site.point_folder("B").unwrap(),
    ];
    for folder in &folders {
        fs::write(folder.join("incoming/7"), "half a fi").unwrap();
        fs::write(folder.join("files").join(sha256(b"orphan")), "orphan").unwrap();
    }
    let foreign = r#"{"package":"GONE","version":3,"files":[]}"#;
    fs::write(folders[2].join("packages/GONE"), foreign).unwrap();
    let scratch = scratch.reopen();
    for folder in &folders {
        assert!(names(&folder.join("incoming")).is_empty());
        assert_eq!(names(&folder.join("files")), digests(&["x"]));
    }
    assert_eq!(scratch.site.content("GONE", "B").unwrap(), None);
    assert_eq!(scratch.content("B"), Some(files(&[("a", "x")])));
}

#[test]
fn a_folder_without_a_site_is_not_opened_and_one_with_a_site_is_not_made_again() {
    let scratch = Scratch::empty();
    let error = Site::open(scratch.folder.path()).unwrap_err();
    assert!(matches!(error, SiteError::NotFound { what: "site", .. }), "{error}");
    let error = Site::create(&scratch.root(), &hierarchy()).unwrap_err();
    assert!(matches!(error, SiteError::AlreadyExists { what: "site", .. }), "{error}");
}

#[test]
fn a_site_is_open_once_at_a_time() {
    let scratch = Scratch::empty();
    let error = Site::open(&scratch.root()).unwrap_err();
    assert!(matches!(error, SiteError::Store { action: "open", .. }), "{error}");
}

#[test]
fn several_hierarchies_live_in_one_process_and_on_several_threads() {
    let handles: Vec<_> = (0..4)
        .map(|number| {
            let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &POINTS);
            std::thread::spawn(move || {
                (0..number).for_each(|_| assert_eq!(scratch.refresh(), 0));
                scratch.version()
            })
        })
        .collect();
    let versions: Vec<u32> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
    assert_eq!(versions, [1, 2, 3, 4]);
}

#[test]
fn one_site_serves_many_packages_with_unusual_names() {
    let mut scratch = Scratch::empty();
    scratch.write("a", "x");
    let names = ["PS100001", "../escape", "a/b", "ünïcode", "with space", "A", "a", "."];
    for name in names {
        let new = NewPackage::direct(name, Class::Package, &scratch.source());
        scratch.site.create_package(&new).unwrap();
        scratch.site.assign(name, "B").unwrap();
    }
    scratch.write("a", "y");
    assert_eq!(scratch.site.refresh("../escape", None, None).unwrap(), 0);
    for name in names {
        let expected = if name == "../escape" { "y" } else { "x" };
        let content = scratch.site.content(name, "B").unwrap();
        assert_eq!(content, Some(files(&[("a", expected)])), "{name}");
    }
    assert_eq!(scratch.site.packages().unwrap().len(), names.len());
}
