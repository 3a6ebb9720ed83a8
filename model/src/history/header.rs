//! A history's first line: everything that judging needs besides the events. Also what an adapter says of
//! itself in `hello`, since the header repeats it.

use crate::operation::{FaultKind, OperationKind};
use crate::words::{PackageClass, PointName, SiteCode};
use serde::{Deserialize, Serialize};

/// The header of one plan's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the history format; this one is 1.
    pub history: u32,
    /// The plan's name, unique in its run.
    pub plan: String,
    /// The seed that the plan came from, if it was generated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The suite's version.
    pub suite: String,
    /// Sites and points.
    pub tree: Tree,
    /// What the adapter said of itself.
    pub capabilities: Capabilities,
}

/// The sites, the first of which owns the packages, and the points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// Sites, parents before children; the first has no parent.
    pub sites: Vec<SiteEntry>,
    /// Points, each at a site.
    pub points: Vec<PointEntry>,
}

/// One site of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteEntry {
    /// Its code.
    pub site: SiteCode,
    /// Its parent; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SiteCode>,
}

/// One distribution point of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointEntry {
    /// Its name.
    pub point: PointName,
    /// Its site.
    pub site: SiteCode,
}

/// What an adapter declares in `hello`. What is declared and not served is held against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// The protocol version that it speaks.
    pub protocol: u32,
    /// The adapter.
    pub adapter: Identity,
    /// What stands behind it.
    pub implementation: Identity,
    /// The classes that it can create.
    pub classes: Vec<PackageClass>,
    /// The client operations that it serves.
    pub operations: Vec<OperationKind>,
    /// The reads that it serves.
    pub reads: Vec<OperationKind>,
    /// The faults that it can make and heal.
    #[serde(default)]
    pub faults: Vec<FaultKind>,
    /// Who writes a source.
    #[serde(default)]
    pub source_mode: SourceMode,
    /// Whose clock counts.
    #[serde(default)]
    pub time: Time,
    /// When the effect of a call is complete.
    #[serde(default)]
    pub completes: Completes,
    /// True where a content read never sees half a switch.
    #[serde(default)]
    pub atomic_reads: bool,
    /// How many calls may overlap; 1 is one at a time.
    #[serde(default = "one")]
    pub parallel_calls: u32,
    /// How many requests may be unanswered at once.
    #[serde(default = "one")]
    pub window: u32,
    /// True where a plan can go on after the adapter died (`resume`).
    #[serde(default)]
    pub survives_restart: bool,
    /// What stays behind when a run ends, in words; empty where nothing does.
    #[serde(default)]
    pub outlives_run: Vec<String>,
    /// True where the `failure` of the `package` read is really looked up; otherwise its absence says nothing.
    #[serde(default)]
    pub shows_failure: bool,
    /// What the adapter makes up because the implementation has none.
    #[serde(default)]
    pub synthesised: Vec<Synthesised>,
    /// The bounds that the implementation promises.
    #[serde(default)]
    pub bounds: Bounds,
}

fn one() -> u32 {
    1
}

/// A program's name and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
}

/// Who writes a package's source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceMode {
    /// The suite writes a folder, as an administrator writes to `PkgSourcePath`.
    #[default]
    Path,
    /// The content travels in `edit` requests.
    Inline,
}

/// Whose clock counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// The machine's.
    #[default]
    Real,
    /// Only `clock` operations move time.
    Virtual,
}

/// When the effect of a call is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completes {
    /// When the call returns.
    AtReturn,
    /// When the `idle` read says so.
    Reported,
    /// Nobody says.
    #[default]
    Unknown,
}

/// Something that the adapter keeps itself, because the implementation has no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Synthesised {
    /// The source version.
    Version,
    /// What a point reports.
    PointState,
    /// What a site knows.
    SiteVersion,
    /// The failure that the package shows.
    Failure,
}

/// The bounds of *eventually*, in milliseconds; none where nobody promised any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bounds {
    /// The longest time without observed progress anywhere at the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall_ms: Option<u64>,
    /// The longest time until everything has arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub converge_ms: Option<u64>,
}
