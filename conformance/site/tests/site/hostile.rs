//! A source that changes while it is copied, files with holes, and a database with damage.

use pkgsource_site::{Class, Hierarchy, NewPackage, Site, return_value};
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn site(folder: &Path) -> Site {
    let hierarchy = Hierarchy::new("PS1").unwrap().point("DP1", "PS1").unwrap();
    Site::create(&folder.join("site"), &hierarchy).unwrap()
}

/// A hole of so many bytes, and a byte at its end.
fn hole(path: &Path, bytes: u64) {
    let mut file = File::create(path).unwrap();
    file.seek(SeekFrom::Start(bytes)).unwrap();
    file.write_all(b"x").unwrap();
}

/// While the large file `a` is copied, `z` becomes something else: what was walked is not what is opened.
fn exchanged(exchange: impl Fn(&Path, &Path) + Send + 'static) -> i32 {
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("z"), "harmless").unwrap();
    let secret = folder.path().join("secret");
    fs::write(&secret, "a secret").unwrap();
    let mut site = site(folder.path());
    site.create_package(&NewPackage::direct("P1", Class::Package, &source)).unwrap();
    site.assign("P1", "DP1").unwrap();
    hole(&source.join("a"), 600 << 20);
    let incoming = folder.path().join("site/sites/PS1/incoming");
    let worker = std::thread::spawn(move || {
        while fs::read_dir(&incoming).unwrap().next().is_none() {
            std::thread::yield_now();
        }
        fs::remove_file(source.join("z")).unwrap();
        exchange(&source.join("z"), &secret);
    });
    let value = site.refresh("P1", None, None).unwrap();
    worker.join().unwrap();
    let files = site.content("P1", "DP1").unwrap().unwrap();
    let held: Vec<_> = files.iter().map(|file| (file.path.as_str(), &file.sha256[..8])).collect();
    assert_eq!(held, [("z", HARMLESS)], "a refused snapshot touches no point");
    value
}

/// The first digits of the SHA-256 of `harmless`, by `sha256sum`.
const HARMLESS: &str = "98fc5211";

#[test]
fn a_file_that_becomes_a_pipe_while_it_is_copied_is_refused_and_not_waited_for() {
    let value = exchanged(|place, _| {
        assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
    });
    assert_eq!(value, return_value::SPECIAL_FILE);
}

#[test]
fn a_file_that_becomes_a_link_while_it_is_copied_is_refused_and_what_it_names_stays_where_it_is() {
    let value = exchanged(|place, secret| symlink(secret, place).unwrap());
    assert_eq!(value, return_value::SYMBOLIC_LINK);
}

#[test]
fn a_folder_that_becomes_a_link_is_not_entered() {
    let folder = TempDir::new().unwrap();
    let (source, secret) = (folder.path().join("source"), folder.path().join("secret"));
    fs::create_dir_all(&source).unwrap();
    fs::create_dir_all(&secret).unwrap();
    fs::write(secret.join("f"), "a secret").unwrap();
    symlink(&secret, source.join("sub")).unwrap();
    let mut site = site(folder.path());
    site.create_package(&NewPackage::direct("P1", Class::Package, &source)).unwrap();
    assert_eq!(site.refresh("P1", None, None).unwrap(), return_value::SYMBOLIC_LINK);
}

#[test]
fn a_file_with_holes_keeps_them() {
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    hole(&source.join("a"), 64 << 20);
    let mut site = site(folder.path());
    site.create_package(&NewPackage::direct("P1", Class::Package, &source)).unwrap();
    site.assign("P1", "DP1").unwrap();
    let held = &site.content("P1", "DP1").unwrap().unwrap()[0];
    assert_eq!(held.size, (64 << 20) + 1);
    for library in ["sites/PS1", "points/DP1"] {
        let place = folder.path().join("site").join(library).join("files").join(&held.sha256);
        let kept = fs::metadata(place).unwrap();
        assert_eq!(kept.len(), held.size);
        assert!(kept.blocks() * 512 < 1 << 20, "{library}: {} blocks", kept.blocks());
    }
}

/// A byte here and there is another one; then the site is opened, read and refreshed by the program for that.
#[test]
fn a_damaged_database_is_an_error_and_never_a_panic() {
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("a"), "one").unwrap();
    let mut site = site(folder.path());
    for nth in 0..20 {
        let id = format!("P{nth}");
        site.create_package(&NewPackage::direct(&id, Class::Package, &source)).unwrap();
        site.assign(&id, "DP1").unwrap();
        site.refresh(&id, None, None).unwrap();
    }
    drop(site);
    let database = folder.path().join("site/site.redb");
    let good = fs::read(&database).unwrap();
    let mut random = 1_u64;
    let mut next = |below: usize| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    let mut told = 0;
    for nth in 0..200 {
        let mut bad = good.clone();
        for _ in 0..=nth % 40 {
            let at = if nth % 3 == 0 { next(8192) } else { next(bad.len()) };
            bad[at] ^= 1 << next(8);
        }
        fs::write(&database, &bad).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_pkgsource-site"))
            .arg(folder.path().join("site"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = "package P1\npoint P1 DP1\nrefresh P2\ncontent P2 DP1\nremove P3 DP1\ndelete P4\nretry\n";
        child.stdin.take().unwrap().write_all(commands.as_bytes()).ok();
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{nth}: {code:?}\n{out}{err}");
        assert!(!err.contains("panicked"), "{nth}: {err}");
        told += u32::from(code == Some(1));
    }
    assert!(told > 0, "no damage was ever told");
}
