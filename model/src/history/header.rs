//! A history's first line: everything that judging needs besides the events. Also what an adapter says of
//! itself in `hello`, since the header repeats it.

use super::Tree;
use crate::operation::{FaultKind, OperationKind};
use crate::words::PackageClass;
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

/// What an adapter declares in `hello`. What is declared and not served is held against it. A field a member, so that the
/// protocol decides how many there are.
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
    /// How many instances of the adapter may run at once, each with plans of its own; 1 where it has something that all
    /// plans share.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub instances: u32,
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

impl Capabilities {
    /// Why nobody can work with what is declared, if so: the member, and what is wrong with it.
    #[must_use]
    pub fn objection(&self) -> Option<String> {
        let serves = |kind| self.operations.contains(&kind);
        if let Some(read) = self.operations.iter().find(|kind| kind.is_read()) {
            return Some(format!("has the read `{read}` among `operations`"));
        }
        if let Some(operation) = self.reads.iter().find(|kind| !kind.is_read()) {
            return Some(format!("has the operation `{operation}` among `reads`"));
        }
        if let Some(why) = self.too_long() {
            return Some(why);
        }
        let objections = [
            (self.classes.is_empty(), "has no class"),
            (self.window == 0, "has a `window` of 0"),
            (self.parallel_calls == 0, "has a `parallel_calls` of 0"),
            (self.instances == 0, "has an `instances` of 0"),
            (
                self.source_mode == SourceMode::Inline && !serves(OperationKind::Edit),
                "has the `source_mode` `inline` and no operation `edit`",
            ),
            (
                self.time == Time::Virtual && !serves(OperationKind::Clock),
                "has virtual time and no operation `clock`",
            ),
            (
                self.completes == Completes::Reported && !self.reads.contains(&OperationKind::Idle),
                "says that it reports when it is done, and has no read `idle`",
            ),
        ];
        objections
            .into_iter()
            .find(|(objectionable, _)| *objectionable)
            .map(|(_, why)| why.to_owned())
    }
}

/// The longest text that an adapter may say of itself, in bytes, and the longest list.
const MOST_SAID: usize = 1000;

impl Capabilities {
    fn too_long(&self) -> Option<String> {
        let texts = [
            ("adapter.name", &self.adapter.name),
            ("adapter.version", &self.adapter.version),
            ("implementation.name", &self.implementation.name),
            ("implementation.version", &self.implementation.version),
        ];
        let kept = self.outlives_run.iter().map(|text| ("outlives_run", text));
        let long = texts.into_iter().chain(kept).find(|(_, text)| text.len() > MOST_SAID);
        let lists = [
            ("classes", self.classes.len()),
            ("operations", self.operations.len()),
            ("reads", self.reads.len()),
            ("faults", self.faults.len()),
            ("outlives_run", self.outlives_run.len()),
            ("synthesised", self.synthesised.len()),
        ];
        let many = lists.into_iter().find(|(_, length)| *length > MOST_SAID);
        let long = long.map(|(name, text)| (name, text.len())).or(many)?;
        Some(format!("has a `{}` of length {}; it takes at most {MOST_SAID}", long.0, long.1))
    }
}

impl Header {
    /// Why no run has such a header, if so.
    #[must_use]
    pub fn objection(&self) -> Option<String> {
        if self.history != 1 {
            return Some(format!("history format {}, and this suite reads 1", self.history));
        }
        if let Some(why) = self.tree.objection() {
            return Some(format!("`tree`: {why}"));
        }
        let capabilities = &self.capabilities;
        let nothing = capabilities.operations.is_empty().then(|| "has no operation".to_owned());
        capabilities.objection().or(nothing).map(|why| format!("`capabilities` {why}"))
    }
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_one(number: &u32) -> bool {
    *number == 1
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
