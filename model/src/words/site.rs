//! A site's three-character code. Not the tree of sites: that is in the history's header.

use super::name::name;

name! {
    /// Three upper-case ASCII letters or digits, e.g. `PS1`.
    SiteCode, "SiteCode", "three upper-case ASCII letters or digits",
    |text| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
