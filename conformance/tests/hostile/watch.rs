//! A watcher over folders that nobody may touch: who reads, writes, makes, moves, removes or only opens something there
//! is noticed, however short it was. Linux tells so; elsewhere what was changed is found by comparing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// The state of every file: when anything about it was changed last, which file it is, and its size.
type Seen = BTreeMap<PathBuf, (i64, i64, u64, u64)>;

/// Folders under watch, with everything below them.
pub(crate) struct Watch {
    folders: Vec<PathBuf>,
    before: Seen,
    #[cfg(target_os = "linux")]
    told: std::os::fd::OwnedFd,
}

impl Watch {
    pub(crate) fn over(folders: Vec<PathBuf>) -> Self {
        let before: Seen = folders.iter().flat_map(|folder| seen(folder)).collect();
        Self {
            #[cfg(target_os = "linux")]
            told: tell_of(before.keys().filter(|path| path.is_dir())),
            folders,
            before,
        }
    }

    /// What was touched since the last time; empty where nothing was.
    pub(crate) fn touched(&self) -> Vec<String> {
        let mut touched = Vec::new();
        #[cfg(target_os = "linux")]
        touched.extend(told(&self.told));
        // Looking is touching, too, unless only what a file is is looked at.
        for (path, state) in &self.before {
            if state_of(path).as_ref() != Some(state) {
                touched.push(format!("{} is not as it was", path.display()));
            }
        }
        touched
    }

    /// Everything that is there is what was there: looking into the folders, so that it is told of and has to be forgotten.
    pub(crate) fn has_nothing_new(&self) -> bool {
        let now: Seen = self.folders.iter().flat_map(|folder| seen(folder)).collect();
        #[cfg(target_os = "linux")]
        drop(told(&self.told));
        now == self.before
    }
}

fn state_of(path: &Path) -> Option<(i64, i64, u64, u64)> {
    let data = fs::symlink_metadata(path).ok()?;
    Some((data.ctime(), data.ctime_nsec(), data.ino(), data.size()))
}

fn seen(folder: &Path) -> Seen {
    let mut seen = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if fs::symlink_metadata(&path).unwrap().is_dir() {
                folders.push(path.clone());
            }
            seen.insert(path.clone(), state_of(&path).unwrap());
        }
        seen.insert(folder.clone(), state_of(&folder).unwrap());
    }
    seen
}

#[cfg(target_os = "linux")]
fn tell_of<'a>(folders: impl Iterator<Item = &'a PathBuf>) -> std::os::fd::OwnedFd {
    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
    let told = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).unwrap();
    for folder in folders {
        // Whoever closes has opened, which is told. What was opened before the watch may be closed late: a process that is
        // started meanwhile by another test has it until it becomes another program.
        let told_of = WatchFlags::ALL_EVENTS - WatchFlags::CLOSE;
        add_watch(&told, folder, told_of).unwrap();
    }
    told
}

#[cfg(target_os = "linux")]
fn told(told: &std::os::fd::OwnedFd) -> Vec<String> {
    use rustix::fs::inotify::Reader;
    use rustix::io::Errno;
    let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(told, &mut buffer);
    let mut events = Vec::new();
    loop {
        match reader.next() {
            Ok(event) => events.push(format!("{:?} of {:?}", event.events(), event.file_name())),
            Err(Errno::WOULDBLOCK) => return events,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn whatever_is_done_below_a_watched_folder_is_noticed() {
    let folder = tempfile::TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("sub")).unwrap();
    for name in ["f", "g", "sub/h"] {
        fs::write(at(name), "precious").unwrap();
    }
    std::os::unix::fs::symlink(folder.path(), at("sub/link")).unwrap();
    let watch = Watch::over(vec![folder.path().to_owned()]);
    assert_eq!(watch.touched(), Vec::<String>::new());
    let deeds: [(&str, &dyn Fn()); 6] = [
        ("a write", &|| fs::write(at("f"), "precious").unwrap()),
        ("a move and back", &|| {
            fs::rename(at("g"), at("x")).unwrap();
            fs::rename(at("x"), at("g")).unwrap();
        }),
        ("a file that came and went", &|| {
            fs::write(at("y"), "").unwrap();
            fs::remove_file(at("y")).unwrap();
        }),
        ("a removal", &|| fs::remove_file(at("sub/h")).unwrap()),
        ("a new folder", &|| fs::create_dir(at("z")).unwrap()),
        ("a write through a link", &|| fs::write(at("sub/link/g"), "").unwrap()),
    ];
    for (what, deed) in deeds {
        deed();
        assert_ne!(watch.touched(), Vec::<String>::new(), "{what}");
    }
    assert!(!watch.has_nothing_new());
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_only_reads_is_noticed_too() {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join("f"), "precious").unwrap();
    let watch = Watch::over(vec![folder.path().to_owned()]);
    assert_eq!(fs::read_to_string(folder.path().join("f")).unwrap(), "precious");
    assert!(watch.touched().iter().any(|told| told.contains("ACCESS")));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_ne!(watch.touched(), Vec::<String>::new());
}
