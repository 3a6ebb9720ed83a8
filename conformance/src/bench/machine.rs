//! Which machine it was: what has to be equal before two measurements can be compared. What the system does not tell is
//! *unknown*.

use serde::{Deserialize, Serialize};
use std::fs;

/// A machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Machine {
    /// The operating system and the processor's kind.
    pub system: String,
    /// The kernel's release.
    pub kernel: String,
    /// The processor.
    pub processor: String,
    /// How many threads run at once.
    pub threads: usize,
    /// The memory, in GiB.
    pub memory_gib: u64,
    /// The file system of the folder for temporary files, in which everything is done.
    pub file_system: String,
    /// Whether this program was built with optimisation.
    pub build: String,
}

impl Machine {
    /// This one.
    #[must_use]
    pub fn this() -> Self {
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            kernel: first("/proc/sys/kernel/osrelease", |line| Some(line.to_owned())),
            processor: first("/proc/cpuinfo", |line| {
                let (name, value) = line.split_once(':')?;
                (name.trim() == "model name").then(|| value.trim().to_owned())
            }),
            threads: std::thread::available_parallelism().map_or(0, usize::from),
            memory_gib: first("/proc/meminfo", |line| {
                line.strip_prefix("MemTotal:")?.split_whitespace().next().map(ToOwned::to_owned)
            })
            .parse::<u64>()
            .map_or(0, |kib| kib.div_ceil(1 << 20)),
            file_system: file_system(),
            build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        }
    }

    /// Its members by name.
    #[must_use]
    pub fn members(&self) -> Vec<(&'static str, String)> {
        let Self { system, kernel, processor, threads, memory_gib, file_system, build } = self;
        vec![
            ("system", system.clone()),
            ("kernel", kernel.clone()),
            ("processor", processor.clone()),
            ("threads", threads.to_string()),
            ("memory_gib", memory_gib.to_string()),
            ("file_system", file_system.clone()),
            ("build", build.clone()),
        ]
    }
}

/// The first line of a file of which something is told.
fn first(path: &str, tell: impl Fn(&str) -> Option<String>) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().find_map(tell).unwrap_or_else(|| "unknown".to_owned())
}

/// The type of the file system under the folder for temporary files: that of the longest mount point above it.
fn file_system() -> String {
    let folder = std::env::temp_dir();
    let folder = folder.canonicalize().unwrap_or(folder);
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let row = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    };
    let above = mounts.lines().filter_map(row).filter(|(at, _)| folder.starts_with(at));
    above.max_by_key(|(at, _)| at.len()).map_or_else(|| "unknown".to_owned(), |(_, kind)| kind)
}
