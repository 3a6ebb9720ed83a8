//! `PackageID`, the key of every package class (domain: summarisers cap it at 8 characters).
//! Not the package itself: that is a row of `step`'s state.

use super::name::name;

name! {
    /// 1 to 8 ASCII letters or digits, e.g. `PS100001`. Unique inside a plan; an adapter whose
    /// implementation makes up its own ids keeps a map.
    PackageId, "PackageID", "1 to 8 ASCII letters or digits",
    |text| (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
