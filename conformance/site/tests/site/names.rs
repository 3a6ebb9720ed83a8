//! What a source may consist of: names, shapes and sizes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use pkgsource_site::{Class, return_value};

use crate::scratch::{Scratch, digests, files};

/// Makes a package of these files, refreshes it, and compares the read-back on a point of a child site.
fn check(source: &[(&str, &str)]) {
    let mut scratch = Scratch::with(Class::Package, source, &["B"]);
    assert_eq!(scratch.content("B"), Some(files(source)));
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("B"), Some(files(source)));
}

#[test]
fn empty_files_are_content() {
    check(&[("empty", ""), ("also empty", ""), ("full", "x")]);
}

#[test]
fn both_normal_forms_of_a_name_are_kept_apart_byte_for_byte() {
    check(&[("caf\u{e9}", "composed"), ("cafe\u{301}", "decomposed"), ("日本語/ファイル", "x")]);
}

#[test]
fn a_name_of_255_bytes_is_kept() {
    let long = "n".repeat(255);
    let nested = format!("{long}/{long}");
    check(&[(&nested, "x")]);
}

#[test]
fn names_that_look_like_syntax_are_only_names() {
    check(&[
        ("a b", "1"),
        ("\"quoted\"", "2"),
        ("back\\slash", "3"),
        ("new\nline", "4"),
        ("%41", "5"),
    ]);
}

#[test]
fn nested_folders_become_paths_and_empty_ones_are_no_content() {
    let mut scratch = Scratch::with(Class::Package, &[("a/b/c", "deep"), ("a/b.txt", "x")], &["A"]);
    fs::create_dir_all(scratch.source().join("void/of/files")).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("A"), Some(files(&[("a/b/c", "deep"), ("a/b.txt", "x")])));
}

#[test]
fn two_thousand_small_files_arrive() {
    let owned: Vec<(String, String)> =
        (0..2000).map(|i| (format!("{}/{i}.txt", i % 13), format!("text {i}"))).collect();
    let source: Vec<(&str, &str)> =
        owned.iter().map(|(path, bytes)| (path.as_str(), bytes.as_str())).collect();
    let scratch = Scratch::with(Class::Package, &source, &["C"]);
    assert_eq!(scratch.content("C"), Some(files(&source)));
}

#[test]
fn a_file_of_64_mib_arrives() {
    const SIZE: usize = 64 << 20;
    let mut scratch = Scratch::with(Class::Package, &[], &["B"]);
    File::create(scratch.source().join("big")).unwrap().set_len(SIZE as u64).unwrap();
    assert_eq!(scratch.refresh(), 0);
    assert_eq!(scratch.content("B"), Some(files(&[("big", vec![0; SIZE])])));
}

#[test]
fn a_symbolic_link_in_the_source_is_refused_not_followed() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    let secret = scratch.folder.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let folder = scratch.folder.path().to_owned();
    for target in [secret, folder, "nowhere".into()] {
        symlink(target, scratch.source().join("link")).unwrap();
        assert_eq!(scratch.refresh(), return_value::SYMBOLIC_LINK);
        assert!(scratch.failure().unwrap().contains("symbolic link"));
        fs::remove_file(scratch.source().join("link")).unwrap();
    }
    assert_eq!(scratch.version(), 1);
    assert_eq!(scratch.stored_at_site("PS1"), digests(&["x"]));
}

#[test]
fn a_special_file_in_the_source_is_refused() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    let listener = UnixListener::bind(scratch.source().join("socket")).unwrap();
    assert_eq!(scratch.refresh(), return_value::SPECIAL_FILE);
    assert_eq!(scratch.version(), 1);
    drop(listener);
}

#[test]
fn a_name_that_is_not_utf_8_is_refused() {
    let mut scratch = Scratch::with(Class::Package, &[("a", "x")], &["A"]);
    fs::write(scratch.source().join(OsStr::from_bytes(b"\xff")), "x").unwrap();
    assert_eq!(scratch.refresh(), return_value::NAME_NOT_UNICODE);
    assert_eq!(scratch.content("A"), Some(files(&[("a", "x")])));
}
