//! How a covering plan asks for the update, what it gives the package beside its source, and how both are recognised.

use super::dimensions::{Asked, Waiting};
use super::draft::{Draft, first};
use crate::plan::build::{self, refresh_flag};
use pkgsource_model::classes::Additions;
use pkgsource_model::history::Tree;
use pkgsource_model::operation::{FaultKind, Operation, Properties};
use pkgsource_model::words::{FaultTarget, PackageClass, SiteCode};

impl Asked {
    /// How a call asks that names a site, or none.
    pub(super) fn at(site: Option<&SiteCode>, hierarchy: &Tree) -> Self {
        let is_child = |site: &SiteCode| {
            hierarchy.sites.iter().any(|entry| entry.site == *site && entry.parent.is_some())
        };
        if site.is_some_and(is_child) { Self::AtChild } else { Self::Call }
    }

    /// How a Put asks; none where it does not.
    pub(super) fn by(properties: &Properties) -> Option<Self> {
        match properties {
            Properties { refresh_pkg_source_flag: None | Some(false), .. } => None,
            Properties { source: Some(_), .. } => Some(Self::FlagAndSource),
            _ if *properties == refresh_flag() => Some(Self::Flag),
            _ => Some(Self::FlagBeside),
        }
    }
}

impl Waiting {
    /// The value of a number of additions.
    pub(super) fn of(count: usize) -> Self {
        match count {
            0 => Self::Nothing,
            1 => Self::One,
            _ => Self::Two,
        }
    }
}

/// True where something can be given to a package of a class beside its source.
pub(super) fn takes_additions(class: PackageClass) -> bool {
    class.entry().additions != Additions::None
}

impl Draft<'_> {
    /// Asks for the update of the first package.
    pub(super) fn ask(&mut self, asked: Asked) {
        match asked {
            Asked::Call => self.refresh(first()),
            Asked::AtChild => {
                let child = self.plan.tree.sites.iter().rfind(|entry| entry.parent.is_some());
                let at = child.map(|entry| entry.site.clone());
                self.operation(Operation::Refresh {
                    package: first(),
                    context: None,
                    at,
                    class: None,
                });
            }
            Asked::Flag => self.put(refresh_flag()),
            Asked::FlagBeside => {
                self.texts += 1;
                let name = Some(format!("name {}", self.texts));
                self.put(Properties { name, ..refresh_flag() });
            }
            Asked::FlagAndSource => {
                let source = Some(self.copied_source(&[]));
                self.put(Properties { source, ..refresh_flag() });
            }
        }
    }

    /// Asks while the source is absent. A path that is written with the flag would be another question.
    pub(super) fn ask_in_vain(&mut self, asked: Asked, times: usize) {
        let asked = if asked == Asked::FlagAndSource { Asked::Flag } else { asked };
        let target = FaultTarget::from(&self.source_of_first());
        let kind = FaultKind::SourceAbsent;
        self.operation(Operation::Fault { kind, target: target.clone() });
        for nth in 0..times {
            if nth > 0 {
                self.step(crate::plan::Step::Look {});
            }
            self.ask(asked);
        }
        self.operation(Operation::Heal { kind, target });
    }

    /// Gives the package what its class takes beside a source.
    pub(super) fn give(&mut self, waiting: Waiting) {
        let count = match waiting {
            Waiting::Nothing => 0,
            Waiting::One => 1,
            Waiting::Two => 2,
        };
        for _ in 0..count {
            self.texts += 1;
            if let Some(addition) = build::addition(self.class, first(), &self.texts.to_string()) {
                self.operation(addition);
            }
        }
    }
}
