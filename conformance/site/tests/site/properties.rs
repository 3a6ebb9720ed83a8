//! Properties and schedules: what a put changes, and what it does not.

use pkgsource_site::{Class, NewPackage, Property, SiteError, SourceFlag, return_value};

use crate::scratch::{PACKAGE, Scratch, files};

#[test]
fn a_put_of_the_share_name_or_source_path_moves_no_version_and_no_content() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "old place")], &["A"]);
    let other = scratch.folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("b"), "new place").unwrap();
    let changes =
        [Property::ShareName("share".to_owned()), Property::SourcePath(Some(other.clone()))];
    assert_eq!(scratch.site.put(PACKAGE, &changes).unwrap(), return_value::SUCCESS);
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "old place")])));
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), Some(files(&[("b", "new place")])));
}

#[test]
fn opening_and_saving_unchanged_does_nothing() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    scratch.write("a", "edited");
    let same = [
        Property::Name(String::new()),
        Property::SourcePath(Some(scratch.source())),
        Property::SourceFlag(SourceFlag::Direct),
        Property::RefreshPkgSourceFlag(false),
    ];
    assert_eq!(scratch.site.put(PACKAGE, &same).unwrap(), 0);
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "x")])));
}

#[test]
fn source_version_is_read_only_and_a_refused_put_changes_nothing() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    let changes = [Property::SourcePath(None), Property::SourceVersion(7)];
    let error = scratch.site.put(PACKAGE, &changes).unwrap_err();
    assert!(matches!(error, SiteError::ReadOnly { property: "SourceVersion" }), "{error}");
    assert_eq!(scratch.refresh(), 0, "the source path was taken");
    assert_eq!(scratch.version(), 2);
}

#[test]
fn refresh_pkg_source_flag_has_the_methods_effect() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "old")], &["A"]);
    scratch.write("a", "new");
    let flag = [Property::RefreshPkgSourceFlag(true)];
    assert_eq!(scratch.site.put(PACKAGE, &flag).unwrap(), 0);
    assert_eq!(scratch.version(), 2);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "new")])));
    std::fs::remove_dir_all(scratch.source()).unwrap();
    assert_eq!(scratch.site.put(PACKAGE, &flag).unwrap(), return_value::PATH_NOT_FOUND);
}

#[test]
fn a_package_without_source_path_has_nothing_to_find() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    scratch.site.put(PACKAGE, &[Property::SourcePath(None)]).unwrap();
    assert_eq!(scratch.refresh(), return_value::PATH_NOT_FOUND);
    assert_eq!(scratch.version(), 1);
}

#[test]
fn a_device_setting_package_keeps_its_flag_at_two() {
    let mut scratch = Scratch::empty();
    let new = NewPackage::direct(PACKAGE, Class::DeviceSettingPackage, &scratch.source());
    let local = NewPackage { source_flag: SourceFlag::Local, ..new.clone() };
    let error = scratch.site.create_package(&local).unwrap_err();
    assert!(matches!(error, SiteError::InvalidParameter { parameter: "PkgSourceFlag", .. }));
    assert_eq!(scratch.site.package(PACKAGE).unwrap(), None);
    scratch.site.create_package(&new).unwrap();
    assert!(scratch.site.put(PACKAGE, &[Property::SourceFlag(SourceFlag::NoSource)]).is_err());
    assert_eq!(scratch.site.put(PACKAGE, &[Property::SourceFlag(SourceFlag::Direct)]).unwrap(), 0);
}

#[test]
fn an_identifier_is_given_once_and_is_not_empty() {
    let mut scratch = Scratch::with(Class::Package, &[], &[]);
    let again = NewPackage::direct(PACKAGE, Class::Package, &scratch.source());
    let error = scratch.site.create_package(&again).unwrap_err();
    assert!(matches!(error, SiteError::AlreadyExists { what: "package", .. }), "{error}");
    assert!(scratch.site.create_package(&NewPackage { id: String::new(), ..again }).is_err());
    assert_eq!(scratch.site.packages().unwrap(), [PACKAGE]);
}

#[test]
fn a_schedule_holds_at_most_fifteen_tokens_of_sixteen_hex_digits() {
    let mut scratch = Scratch::with(Class::Package, &[], &[]);
    let token = "0001200000100038".to_owned();
    scratch.site.set_schedule(PACKAGE, &vec![token.clone(); 15]).unwrap();
    assert_eq!(scratch.site.schedule(PACKAGE).unwrap().len(), 15);
    for bad in [vec![token.clone(); 16], vec!["xyz".to_owned()], vec![format!("{token}0")]] {
        let error = scratch.site.set_schedule(PACKAGE, &bad).unwrap_err();
        assert!(matches!(error, SiteError::InvalidParameter { .. }), "{error}");
    }
    assert_eq!(scratch.site.schedule(PACKAGE).unwrap().len(), 15, "a refusal changed it");
    assert_eq!(scratch.version(), 1);
}

#[test]
fn a_schedule_goes_only_with_a_direct_source() {
    let mut scratch = Scratch::with(Class::Package, &[], &[]);
    let tokens = ["0001200000100038".to_owned()];
    scratch.site.set_schedule(PACKAGE, &tokens).unwrap();
    scratch.site.put(PACKAGE, &[Property::SourceFlag(SourceFlag::Local)]).unwrap();
    assert!(scratch.site.schedule(PACKAGE).unwrap().is_empty());
    assert!(scratch.site.set_schedule(PACKAGE, &tokens).is_err());
}

#[test]
fn source_flags_are_zero_to_four() {
    for number in 0..=4 {
        assert_eq!(SourceFlag::from_number(number).unwrap().number(), number);
    }
    assert!(SourceFlag::from_number(5).is_err());
}
