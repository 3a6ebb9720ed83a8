//! The messages of the adapter protocol, version 1, as types. `specs/protocol.md` is the page for people.
//! Who sends what when is in [`process`](super::process) and [`serve`](super::serve).

use super::strict;
use pkgsource_model::history::Tree;
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::Reply;
use pkgsource_model::words::Body;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The protocol version that this suite speaks.
pub const PROTOCOL: u32 = 1;

/// The longest line, in bytes.
pub const FRAME_BYTES: usize = 16 * 1024 * 1024;

/// A request as it is written: an id beside the members of its operation.
#[derive(Debug, Serialize)]
pub struct Request<'a, T> {
    /// Chosen by the suite, never used twice in a process.
    pub id: u64,
    /// `op` and its members.
    #[serde(flatten)]
    pub call: &'a T,
}

/// The operations that concern the session rather than a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Session {
    /// Once a process: who speaks, and how.
    Hello {
        /// The versions that the suite speaks.
        protocol: Range,
        /// The suite and its version.
        suite: String,
        /// The suite's bounds.
        limits: Limits,
    },
    /// Starts an empty world.
    Open {
        /// The plan's name.
        plan: String,
        /// Sites and points.
        tree: Tree,
        /// An absolute path: an empty folder, the adapter's until `close`.
        scratch: String,
    },
    /// Ends the plan.
    Close {
        /// The plan's name.
        plan: String,
    },
    /// Takes a plan up again after the process died.
    Resume {
        /// The plan's name.
        plan: String,
    },
}

impl Session {
    /// The names of all of them.
    pub const NAMES: [&'static str; 4] = ["hello", "open", "close", "resume"];

    /// The name in messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Hello { .. } => "hello",
            Self::Open { .. } => "open",
            Self::Close { .. } => "close",
            Self::Resume { .. } => "resume",
        }
    }
}

/// Protocol versions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The lowest.
    pub min: u32,
    /// The highest.
    pub max: u32,
}

/// The bounds that the suite tells an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The longest line, in bytes.
    pub frame_bytes: usize,
    /// How long a request may take.
    pub request_ms: u64,
    /// How long a refresh may take.
    pub refresh_ms: u64,
}

/// The answer to `open` and `resume`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenedFields {
    /// Where the sources live, with source mode `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<String>,
}

/// A request as the serving side reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// About the session.
    Session(Session),
    /// An operation or a read.
    Operation(Box<Operation<Body>>),
    /// Nothing that this version knows: its name.
    Unknown(String),
    /// Something known, with members that cannot be used: why.
    Malformed(String),
}

impl Call {
    /// Reads a request's line: its id, and what is asked.
    ///
    /// # Errors
    /// It has no id that could be answered: why.
    pub fn read(line: &str) -> Result<(u64, Self), String> {
        let request = strict::parse(line).map_err(|error| error.to_string())?;
        let Value::Object(members) = &request else {
            return Err(format!("it is {}, not an object", strict::kind(&request)));
        };
        let id = members.get("id").ok_or("it has no `id`")?;
        let id = id.as_u64().ok_or_else(|| format!("its `id` is `{id}`, which is no id"))?;
        let op = members.get("op").and_then(Value::as_str).map(str::to_owned);
        Ok((id, Self::read_members(op, request)))
    }

    fn read_members(op: Option<String>, request: Value) -> Self {
        let malformed = |error: serde_json::Error| Self::Malformed(error.to_string());
        match op {
            None => Self::Malformed("missing member `op`".into()),
            Some(op) if Session::NAMES.contains(&op.as_str()) => {
                serde_json::from_value(request).map_or_else(malformed, Self::Session)
            }
            Some(op) if OperationKind::ALL.iter().any(|kind| kind.name() == op) => {
                let operation: Result<Box<Operation<Body>>, _> = serde_json::from_value(request);
                match operation {
                    Err(error) => malformed(error),
                    Ok(operation) => match operation.objection() {
                        Some(why) => Self::Malformed(why),
                        None => Self::Operation(operation),
                    },
                }
            }
            Some(op) => Self::Unknown(op),
        }
    }
}

/// A reply as it is written. Reading one is stricter, and is in [`process`](super::process).
#[derive(Debug, Serialize)]
pub struct ReplyLine<A> {
    /// The request's id.
    pub id: u64,
    /// Exactly one of the five.
    #[serde(flatten)]
    pub reply: Reply<A>,
}
