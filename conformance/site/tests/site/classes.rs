//! What one class has and the others do not.

use pkgsource_site::{Class, SiteError, return_value};

use crate::scratch::{PACKAGE, Scratch, digests, files};

#[test]
fn a_context_makes_the_outcome_on_a_boot_image_readable() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[("boot.wim", "x")], &["A"]);
    assert_eq!(scratch.site.context("c1").unwrap().status, 3);
    assert_eq!(scratch.site.refresh(PACKAGE, None, Some("c1")).unwrap(), 0);
    let status = scratch.site.context("c1").unwrap();
    assert_eq!((status.status, status.error_code), (0, 0));
    assert_eq!(status.progress, status.max_progress);
    assert!(status.max_progress > 0);

    std::fs::remove_dir_all(scratch.source()).unwrap();
    assert_eq!(
        scratch.site.refresh(PACKAGE, None, Some("c2")).unwrap(),
        return_value::PATH_NOT_FOUND
    );
    let status = scratch.site.context("c2").unwrap();
    assert_eq!((status.status, status.error_code), (2, return_value::PATH_NOT_FOUND));
    assert!(status.progress <= status.max_progress);
    assert_eq!(scratch.site.context("c1").unwrap().status, 0, "another context");
}

#[test]
fn an_empty_context_is_the_same_as_none() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[], &["A"]);
    assert_eq!(scratch.site.refresh(PACKAGE, None, Some("")).unwrap(), 0);
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.site.context("").unwrap().status, 3);
}

#[test]
fn a_context_goes_with_its_package() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[], &["A"]);
    scratch.site.refresh(PACKAGE, None, Some("c1")).unwrap();
    scratch.site.delete(PACKAGE).unwrap();
    assert_eq!(scratch.site.context("c1").unwrap().status, 3);
}

#[test]
fn a_context_on_another_class_is_refused() {
    for class in Class::ALL.into_iter().filter(|class| *class != Class::BootImagePackage) {
        let mut scratch = Scratch::with(class, &[], &[]);
        let error = scratch.site.refresh(PACKAGE, None, Some("c1")).unwrap_err();
        let refused = matches!(error, SiteError::InvalidParameter { parameter: "ContextID", .. });
        assert!(refused, "{class}: {error}");
        assert_eq!(scratch.version(), 1, "{class}");
    }
}

#[test]
fn a_driver_enters_the_boot_image_at_the_next_refresh_only() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[("boot.wim", "x")], &["A", "B"]);
    scratch.site.add_driver(PACKAGE, "net/e1000.inf", b"driver").unwrap();
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.content("B"), Some(files(&[("boot.wim", "x")])));
    let mut scratch = scratch.reopen();
    for _ in 0..2 {
        assert_eq!(scratch.refresh(), 0);
        let expected = files(&[("added/net/e1000.inf", "driver"), ("boot.wim", "x")]);
        assert_eq!(scratch.content("B"), Some(expected));
    }
}

#[test]
fn a_driver_replaces_one_of_the_same_name() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[], &["A"]);
    scratch.site.add_driver(PACKAGE, "d", b"one").unwrap();
    scratch.site.add_driver(PACKAGE, "d", b"two").unwrap();
    assert_eq!(scratch.stored_at_site("PS1"), digests(&["two"]));
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), Some(files(&[("added/d", "two")])));
}

#[test]
fn added_content_acts_at_once_or_at_the_next_refresh_as_asked() {
    for class in [Class::DriverPackage, Class::SoftwareUpdatesPackage] {
        let mut scratch = Scratch::with(class, &[("a", "x")], &["A", "C"]);
        assert_eq!(scratch.site.add_content(PACKAGE, "later", b"2", false).unwrap(), 0);
        assert_eq!(scratch.version(), 1);
        assert_eq!(scratch.content("C"), Some(files(&[("a", "x")])));
        assert_eq!(scratch.site.add_content(PACKAGE, "now", b"1", true).unwrap(), 0);
        assert_eq!(scratch.version(), 2);
        let expected = files(&[("a", "x"), ("added/now", "1"), ("added/later", "2")]);
        assert_eq!(scratch.content("C"), Some(expected));
    }
}

#[test]
fn content_added_with_a_refresh_that_fails_is_not_added() {
    let mut scratch = Scratch::with(Class::DriverPackage, &[("a", "x")], &["A"]);
    let away = scratch.folder.path().join("away");
    std::fs::rename(scratch.source(), &away).unwrap();
    let value = scratch.site.add_content(PACKAGE, "n", b"new", true).unwrap();
    assert_eq!(value, return_value::PATH_NOT_FOUND);
    assert_eq!(scratch.stored_at_site("PS1"), digests(&["x"]));
    std::fs::rename(&away, scratch.source()).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "x")])));
}

#[test]
fn content_of_the_wrong_class_is_refused() {
    for class in Class::ALL {
        let mut scratch = Scratch::with(class, &[], &[]);
        let driver = scratch.site.add_driver(PACKAGE, "n", b"x");
        assert_eq!(driver.is_ok(), class == Class::BootImagePackage, "{class}");
        let takes = matches!(class, Class::DriverPackage | Class::SoftwareUpdatesPackage);
        let content = scratch.site.add_content(PACKAGE, "n", b"x", true);
        assert_eq!(content.is_ok(), takes, "{class}");
        for error in [driver.err(), content.err()].into_iter().flatten() {
            assert!(matches!(error, SiteError::InvalidOperation { .. }), "{class}: {error}");
        }
    }
}

#[test]
fn an_added_name_never_leaves_its_folder() {
    let mut scratch = Scratch::with(Class::BootImagePackage, &[], &[]);
    for bad in ["", "..", "../x", "/x", "a//b", "./x", "a/", "nul\0"] {
        let error = scratch.site.add_driver(PACKAGE, bad, b"x").unwrap_err();
        assert!(matches!(error, SiteError::InvalidParameter { .. }), "{bad}: {error}");
    }
    assert!(scratch.stored_at_site("PS1").is_empty());
}

#[test]
fn a_refreshed_task_sequence_is_inoperable_and_nothing_else_is() {
    for class in Class::ALL {
        let mut scratch = Scratch::with(class, &[("a", "x")], &["A"]);
        assert!(scratch.site.operable(PACKAGE).unwrap(), "{class}");
        assert_eq!(scratch.refresh(), 0);
        let operable = scratch.site.operable(PACKAGE).unwrap();
        assert_eq!(operable, class != Class::TaskSequencePackage, "{class}");
    }
}

#[test]
fn a_class_is_written_as_its_wmi_name() {
    for class in Class::ALL {
        assert_eq!(class.to_string().parse::<Class>().unwrap(), class);
    }
    assert!("SMS_Application".parse::<Class>().is_err());
}
