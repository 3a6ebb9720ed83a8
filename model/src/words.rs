//! The nouns of the documentation, as types that cannot hold nonsense.
//!
//! Each parses once, at the edge, and is well formed ever after. Nothing here knows what a refresh does.

pub mod class;
pub mod content;
mod name;
mod named;
pub mod package;
pub mod point;
pub mod return_value;
pub mod schedule;
pub mod site;
pub mod source;
pub mod target;
pub mod version;
pub mod visible;

pub use class::PackageClass;
pub use content::{Body, Content, Digest, FilePath, FileRecord};
pub use name::BadName;
pub(crate) use named::named;
pub use package::PackageId;
pub use point::{PointName, PointState};
pub use return_value::ReturnValue;
pub use schedule::ScheduleToken;
pub use site::SiteCode;
pub use source::{SourceFlag, SourceName};
pub use target::FaultTarget;
pub use version::SourceVersion;
pub use visible::visible;
