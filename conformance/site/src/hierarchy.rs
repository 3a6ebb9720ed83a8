//! The tree of sites and the distribution points that belong to them.
//!
//! A hierarchy is fixed when a site is created. It knows names and parents, no folders and no packages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::SiteError;

/// An owner site, its child sites, and the distribution points of each.
///
/// ```
/// use pkgsource_site::Hierarchy;
///
/// let hierarchy = Hierarchy::new("PS1")?.child("PS2", "PS1")?.point("DP-A", "PS1")?.point("DP-B", "PS2")?;
/// assert_eq!(hierarchy.site_of("DP-B"), Some("PS2"));
/// # Ok::<(), pkgsource_site::SiteError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hierarchy {
    owner: String,
    /// Child site to parent site; the owner is not in it.
    parents: BTreeMap<String, String>,
    /// Distribution point to its site.
    points: BTreeMap<String, String>,
}

impl Hierarchy {
    /// A hierarchy of one site, which owns every package.
    ///
    /// # Errors
    /// [`SiteError::InvalidParameter`] if the name is empty.
    pub fn new(owner: &str) -> Result<Self, SiteError> {
        not_empty("site", owner)?;
        Ok(Self { owner: owner.to_owned(), parents: BTreeMap::new(), points: BTreeMap::new() })
    }

    /// Adds a child site below `parent`.
    ///
    /// # Errors
    /// The parent is unknown, the name is taken or empty.
    pub fn child(mut self, site: &str, parent: &str) -> Result<Self, SiteError> {
        not_empty("site", site)?;
        self.known_site(parent)?;
        if self.has_site(site) {
            return Err(SiteError::already_exists("site", site));
        }
        self.parents.insert(site.to_owned(), parent.to_owned());
        Ok(self)
    }

    /// Adds a distribution point that belongs to `site`.
    ///
    /// # Errors
    /// The site is unknown, the name is taken or empty.
    pub fn point(mut self, point: &str, site: &str) -> Result<Self, SiteError> {
        not_empty("distribution point", point)?;
        self.known_site(site)?;
        if self.points.contains_key(point) {
            return Err(SiteError::already_exists("distribution point", point));
        }
        self.points.insert(point.to_owned(), site.to_owned());
        Ok(self)
    }

    /// The site that owns every package and alone reads sources.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Every site: the owner, then the children by name.
    pub fn sites(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.owner.as_str()).chain(self.parents.keys().map(String::as_str))
    }

    /// Every distribution point with its site, by name.
    pub fn points(&self) -> impl Iterator<Item = (&str, &str)> {
        self.points.iter().map(|(point, site)| (point.as_str(), site.as_str()))
    }

    /// The site that a distribution point belongs to.
    #[must_use]
    pub fn site_of(&self, point: &str) -> Option<&str> {
        self.points.get(point).map(String::as_str)
    }

    /// True if the site is part of the hierarchy.
    #[must_use]
    pub fn has_site(&self, site: &str) -> bool {
        site == self.owner || self.parents.contains_key(site)
    }

    /// The sites above `site`, nearest first, the owner last; none for the owner.
    pub fn ancestors<'a>(&'a self, site: &str) -> impl Iterator<Item = &'a str> {
        let first = self.parents.get(site).map(String::as_str);
        std::iter::successors(first, |site| self.parents.get(*site).map(String::as_str))
    }

    pub(crate) fn known_site(&self, site: &str) -> Result<(), SiteError> {
        if self.has_site(site) { Ok(()) } else { Err(SiteError::not_found("site", site)) }
    }
}

fn not_empty(parameter: &'static str, name: &str) -> Result<(), SiteError> {
    if name.is_empty() {
        return Err(SiteError::invalid(
            parameter,
            "the name is empty; give it at least one character",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ancestors_of_a_site_lead_to_the_owner() {
        let tree = Hierarchy::new("A").unwrap().child("B", "A").unwrap().child("C", "B").unwrap();
        assert_eq!(tree.ancestors("C").collect::<Vec<_>>(), ["B", "A"]);
        assert_eq!(tree.ancestors("A").count(), 0);
    }

    #[test]
    fn a_child_of_an_unknown_site_is_refused() {
        let error = Hierarchy::new("A").unwrap().child("B", "X").unwrap_err();
        assert!(matches!(error, SiteError::NotFound { what: "site", .. }), "{error}");
    }

    #[test]
    fn a_name_is_given_once() {
        let tree = Hierarchy::new("A").unwrap().point("P", "A").unwrap();
        assert!(matches!(tree.clone().point("P", "A"), Err(SiteError::AlreadyExists { .. })));
        assert!(matches!(tree.child("A", "A"), Err(SiteError::AlreadyExists { .. })));
        assert!(matches!(Hierarchy::new(""), Err(SiteError::InvalidParameter { .. })));
    }
}
