//! What a fault strikes: the name of a source, a point or a site. Which of them, the kind of the fault says.

use super::name::{name, plain};
use super::{PointName, SiteCode, SourceName};

name! {
    /// 1 to 64 ASCII letters, digits, `.`, `_` or `-`, the first not a dot: a name that every kind of fault could
    /// have, so that whoever joins it to a path stays where it was.
    FaultTarget, "target of a fault", "the name of a source, a point or a site",
    |text| plain(text, 64)
}

impl From<&SourceName> for FaultTarget {
    fn from(name: &SourceName) -> Self {
        Self(name.as_str().into())
    }
}

impl From<&PointName> for FaultTarget {
    fn from(name: &PointName) -> Self {
        Self(name.as_str().into())
    }
}

impl From<&SiteCode> for FaultTarget {
    fn from(code: &SiteCode) -> Self {
        Self(code.as_str().into())
    }
}
