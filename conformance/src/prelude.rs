//! What a test of an implementation in Rust needs: `use pkgsource::prelude::*;`.

pub use crate::adapter::body::{body_bytes, record_of, record_of_bytes};
pub use crate::embed::{
    Checked, Checks, Implementation, RustOperation as Operation, RustReply as Reply, Sources,
    assert_conforms, check, check_adapter,
};
pub use pkgsource_model::history::{Capabilities, Tree};
pub use pkgsource_model::operation::{Change, OperationKind};
pub use pkgsource_model::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, SiteStatus,
};
pub use pkgsource_model::words::{
    Body, Content, FilePath, FileRecord, PackageClass, PackageId, PointName, PointState,
    ReturnValue, SiteCode, SourceFlag, SourceName, SourceVersion,
};
