//! The promises, in the order of domain §9. Ids are permanent: never renumbered, never reused.
//! What is measured for each is in [`super::facts`]; permissions and exclusions are in [`super::ENTRIES`].

use super::facts::{Facts, Finding};
use crate::classes::{Additions, Points};
use crate::words::PackageClass;

/// How strongly a promise is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// No page says it, but without it a promise means nothing.
    Implied,
    /// A Microsoft document describes the product doing it, or calls the opposite a bug.
    Described,
    /// A reference page states it without condition.
    Documented,
}

impl Force {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Implied => "implied",
            Self::Described => "described",
            Self::Documented => "documented",
        }
    }
}

/// How much of a history a promise is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One package's timeline.
    Package,
}

/// Which classes a promise binds, by what their rows in [`crate::classes::CLASSES`] say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binds {
    /// All ten.
    All,
    /// Those whose page promises the increment.
    Increments,
    /// Those whose page promises anything of the points.
    Points,
    /// Those whose page promises the child sites.
    ChildSites,
    /// Those with a `ContextID`.
    Context,
    /// Those to which drivers are added.
    Drivers,
    /// Those to which content is added.
    Additions,
    /// Those with one `PkgSourceFlag` only.
    Flag,
    /// Those that a refresh makes inoperable.
    Inoperable,
}

impl Binds {
    /// True where the class is bound.
    #[must_use]
    pub fn binds(self, class: PackageClass) -> bool {
        let entry = class.entry();
        match self {
            Self::All => true,
            Self::Increments => entry.increments,
            Self::Points => entry.points != Points::NotPromised,
            Self::ChildSites => entry.child_sites,
            Self::Context => entry.context,
            Self::Drivers => entry.additions == Additions::Drivers,
            Self::Additions => entry.additions == Additions::Content,
            Self::Flag => entry.source_flag.is_some(),
            Self::Inoperable => entry.inoperable,
        }
    }
}

/// One promise.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// Which clause.
    pub clause: ClauseId,
    /// The permanent id.
    pub id: &'static str,
    /// The promise, as one sentence.
    pub says: &'static str,
    /// Where the documents say so (keys of domain §0).
    pub source: &'static str,
    /// How strongly.
    pub force: Force,
    /// How much of a history it is about.
    pub scope: Scope,
    /// Which classes it binds.
    pub binds: Binds,
    /// Where one of these is broken in the same scope, this one is silent.
    pub presupposes: &'static [ClauseId],
    /// What a timeline shows of it.
    pub check: fn(&Facts) -> Finding,
}

/// A promise's name in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
#[expect(missing_docs, reason = "each is the clause of that id")]
pub enum ClauseId {
    If4,
    If7,
    If8,
    If10,
    If12,
    If16,
    Ver1,
    Ver2,
    Ver3,
    Ver4,
    Ver5,
    Ver6,
    Ver7,
    Ver8,
    Ver11,
    Ver12,
    Ver13,
    Dst1,
    Dst2,
    Dst3,
    Dst4,
    Dst5,
    Dst7,
    Dst8,
    Dst9,
    Dst10,
    Hie1,
    Hie2,
    Hie3,
    Hie4,
    Flt6,
    Cls1,
    Cls3,
    Cls4,
    Cls5,
    Cls6,
    Cls8,
    Sch1,
    Explained,
}

const fn promise(
    clause: ClauseId,
    id: &'static str,
    says: &'static str,
    check: fn(&Facts) -> Finding,
) -> Clause {
    Clause {
        clause,
        id,
        says,
        source: "",
        force: Force::Implied,
        scope: Scope::Package,
        binds: Binds::All,
        presupposes: &[],
        check,
    }
}

/// Every promise, in documentation order, and last the built-in clause that speaks where no other does.
pub const CLAUSES: &[Clause] = &[
    Clause {
        source: "RPS-* (all ten method pages); ERR",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[ClauseId::Ver1, ClauseId::Ver6],
        ..promise(
            ClauseId::If4,
            "IF-4",
            "0 means the effect, or a failure that shows later; a failure is non-zero or an error",
            |facts| facts.finding(ClauseId::If4),
        )
    },
    Clause {
        source: "ERR-WMI (on Get)",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::If7, "IF-7", "a call on a package that does not exist fails", |facts| {
            facts.finding(ClauseId::If7)
        })
    },
    Clause {
        source: "RPS-BOOT: the parameter is optional",
        force: Force::Documented,
        binds: Binds::Context,
        presupposes: &[],
        ..promise(
            ClauseId::If8,
            "IF-8",
            "a boot image can be refreshed without a ContextID",
            |facts| facts.finding(ClauseId::If8),
        )
    },
    Clause {
        source: "UPA, HT-*: the call is keyed by PackageID",
        force: Force::Described,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::If10,
            "IF-10",
            "a package is there from its creation to its deletion, whatever is done to others",
            |facts| facts.finding(ClauseId::If10),
        )
    },
    Clause {
        source: "no page; a failed snapshot is question Q-FAILED-VERSION",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::If12, "IF-12", "a refused call leaves the version as it was", |facts| {
            facts.finding(ClauseId::If12)
        })
    },
    Clause {
        source: "without it every other promise could be evaded by refusing",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[ClauseId::If8],
        ..promise(
            ClauseId::If16,
            "IF-16",
            "a refresh that nothing stands in the way of returns 0, and no failure shows",
            |facts| facts.finding(ClauseId::If16),
        )
    },
    Clause {
        source: "RPS-* (eight pages); BASE; for the other two as Q-UNPROMISED reads",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Ver1,
            "VER-1",
            "a processed refresh increments SourceVersion",
            |facts| facts.finding(ClauseId::Ver1),
        )
    },
    Clause {
        source: "UPA 1→2; FAQ03 1→2",
        force: Force::Described,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::Ver2, "VER-2", "the increment is exactly 1", |facts| {
            facts.finding(ClauseId::Ver2)
        })
    },
    Clause {
        source: "BASE: read-only; KB-318834: a regression was a bug",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::Ver3, "VER-3", "SourceVersion never decreases", |facts| {
            facts.finding(ClauseId::Ver3)
        })
    },
    Clause {
        source: "BASE",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Ver4,
            "VER-4",
            "SourceVersion changes only by an update or a refresh",
            |facts| facts.finding(ClauseId::Ver4),
        )
    },
    Clause {
        source: "BASE: read-only",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::Ver5, "VER-5", "clients cannot write SourceVersion", |facts| {
            facts.finding(ClauseId::Ver5)
        })
    },
    Clause {
        source: "RPS-*: unconditional; BLOG-MYTH",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Ver6,
            "VER-6",
            "the increment happens even if the source is unchanged",
            |facts| facts.finding(ClauseId::Ver6),
        )
    },
    Clause {
        source: "DP: RefreshNow",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(ClauseId::Ver7, "VER-7", "redistribution never increments", |facts| {
            facts.finding(ClauseId::Ver7)
        })
    },
    Clause {
        source: "AddDistributionPoints and CancelDistribution pages (silent)",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Ver8,
            "VER-8",
            "adding, removing or cancelling at a point never increments",
            |facts| facts.finding(ClauseId::Ver8),
        )
    },
    Clause {
        source: "PDPS, PROOT: definitions",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[
            ClauseId::Ver1,
            ClauseId::Ver2,
            ClauseId::Ver3,
            ClauseId::Ver4,
            ClauseId::Ver5,
            ClauseId::Ver6,
            ClauseId::Ver7,
            ClauseId::Ver8,
            ClauseId::If12,
            ClauseId::Cls8,
        ],
        ..promise(
            ClauseId::Ver11,
            "VER-11",
            "no point and no site reports a version that the owner has not",
            |facts| facts.finding(ClauseId::Ver11),
        )
    },
    Clause {
        source: "KB-318834",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[ClauseId::Dst1, ClauseId::Dst2],
        ..promise(ClauseId::Ver12, "VER-12", "a reported version does not go back", |facts| {
            facts.finding(ClauseId::Ver12)
        })
    },
    Clause {
        source: "GetPackageHash is keyed by package and version; TCL",
        force: Force::Described,
        binds: Binds::Increments,
        presupposes: &[ClauseId::Dst10],
        ..promise(
            ClauseId::Ver13,
            "VER-13",
            "a version has one content: two readers of it see the same",
            |facts| facts.finding(ClauseId::Ver13),
        )
    },
    Clause {
        source: "RPS-* (eight pages); RPS-TS while its properties have not changed",
        force: Force::Documented,
        binds: Binds::Points,
        presupposes: &[
            ClauseId::Dst4,
            ClauseId::Dst9,
            ClauseId::Ver1,
            ClauseId::Ver6,
            ClauseId::If4,
            ClauseId::Cls8,
        ],
        ..promise(
            ClauseId::Dst1,
            "DST-1",
            "after success the latest version is copied to every distribution point of the package",
            |facts| facts.finding(ClauseId::Dst1),
        )
    },
    Clause {
        source: "RPS-*; deletion of an SMS_DistributionPoint instance",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Dst2,
            "DST-2",
            "only the package's own distribution points get it",
            |facts| facts.finding(ClauseId::Dst2),
        )
    },
    Clause {
        source: "DMC, PDPS",
        force: Force::Described,
        binds: Binds::Points,
        presupposes: &[
            ClauseId::Dst1,
            ClauseId::Dst4,
            ClauseId::Dst9,
            ClauseId::Dst10,
            ClauseId::Ver1,
            ClauseId::Ver6,
            ClauseId::Ver11,
            ClauseId::If4,
            ClauseId::Cls8,
        ],
        ..promise(
            ClauseId::Dst3,
            "DST-3",
            "every distribution point comes to report INSTALLED at the current version",
            |facts| facts.finding(ClauseId::Dst3),
        )
    },
    Clause {
        source: "PTM",
        force: Force::Described,
        binds: Binds::All,
        presupposes: &[
            ClauseId::Dst5,
            ClauseId::Dst7,
            ClauseId::Dst8,
            ClauseId::Dst9,
            ClauseId::Ver13,
            ClauseId::Ver2,
            ClauseId::Ver4,
            ClauseId::Ver5,
            ClauseId::Ver7,
            ClauseId::Ver8,
            ClauseId::If12,
        ],
        ..promise(
            ClauseId::Dst4,
            "DST-4",
            "a point reports INSTALLED at a version only when it holds that version's content",
            |facts| facts.finding(ClauseId::Dst4),
        )
    },
    Clause {
        source: "PTM, TCL",
        force: Force::Implied,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Dst5,
            "DST-5",
            "a point shows one version's content as a whole, never a mixture or nothing",
            |facts| facts.finding(ClauseId::Dst5),
        )
    },
    Clause {
        source: "UPA",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Dst7,
            "DST-7",
            "a file that is gone from the source goes from the package on every point",
            |facts| facts.finding(ClauseId::Dst7),
        )
    },
    Clause {
        source: "TCL, UPA",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Dst8,
            "DST-8",
            "a file that another package uses is never deleted by a refresh",
            |facts| facts.finding(ClauseId::Dst8),
        )
    },
    Clause {
        source: "FCC",
        force: Force::Documented,
        binds: Binds::Points,
        presupposes: &[],
        ..promise(
            ClauseId::Dst9,
            "DST-9",
            "a file changed, renamed or moved is a change, whatever its size and time",
            |facts| facts.finding(ClauseId::Dst9),
        )
    },
    Clause {
        source: "AddDistributionPoints pages",
        force: Force::Documented,
        binds: Binds::Points,
        presupposes: &[ClauseId::Ver1, ClauseId::Ver6, ClauseId::Cls8],
        ..promise(
            ClauseId::Dst10,
            "DST-10",
            "a point added later gets the current version's content",
            |facts| facts.finding(ClauseId::Dst10),
        )
    },
    Clause {
        source: "RPS-* (eight pages)",
        force: Force::Documented,
        binds: Binds::ChildSites,
        presupposes: &[ClauseId::Ver1, ClauseId::Ver6, ClauseId::If4, ClauseId::Cls8],
        ..promise(ClauseId::Hie1, "HIE-1", "content is replicated to child sites", |facts| {
            facts.finding(ClauseId::Hie1)
        })
    },
    Clause {
        source: "UPA; against the method pages, see Q-CHILD",
        force: Force::Described,
        binds: Binds::ChildSites,
        presupposes: &[],
        ..promise(
            ClauseId::Hie2,
            "HIE-2",
            "files go only to sites with at least one point of the package",
            |facts| facts.finding(ClauseId::Hie2),
        )
    },
    Clause {
        source: "KB-318834, UPA",
        force: Force::Described,
        binds: Binds::ChildSites,
        presupposes: &[
            ClauseId::Hie1,
            ClauseId::Ver1,
            ClauseId::Ver6,
            ClauseId::Ver11,
            ClauseId::If4,
            ClauseId::Hie4,
            ClauseId::Cls8,
        ],
        ..promise(
            ClauseId::Hie3,
            "HIE-3",
            "the version that a child site knows comes to be the owner's",
            |facts| facts.finding(ClauseId::Hie3),
        )
    },
    Clause {
        source: "UPA: both wait messages",
        force: Force::Described,
        binds: Binds::All,
        presupposes: &[ClauseId::Hie1],
        ..promise(
            ClauseId::Hie4,
            "HIE-4",
            "a child site's point reports a version only when the site has it",
            |facts| facts.finding(ClauseId::Hie4),
        )
    },
    Clause {
        source: "TCD",
        force: Force::Described,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Flt6,
            "FLT-6",
            "a refresh whose source cannot be read touches no point",
            |facts| facts.finding(ClauseId::Flt6),
        )
    },
    Clause {
        source: "RPS-TS caution; see Q-TASK-SEQUENCE",
        force: Force::Documented,
        binds: Binds::Inoperable,
        presupposes: &[],
        ..promise(
            ClauseId::Cls1,
            "CLS-1",
            "what a refresh does to a task sequence is what the reading says",
            |facts| facts.finding(ClauseId::Cls1),
        )
    },
    Clause {
        source: "HT-BOOT",
        force: Force::Documented,
        binds: Binds::Drivers,
        presupposes: &[],
        ..promise(
            ClauseId::Cls3,
            "CLS-3",
            "pending drivers enter a boot image by its refresh, and by nothing else",
            |facts| facts.finding(ClauseId::Cls3),
        )
    },
    Clause {
        source: "RPS-BOOT; QueryOSDBinaryInjectionStatus",
        force: Force::Described,
        binds: Binds::Context,
        presupposes: &[],
        ..promise(
            ClauseId::Cls4,
            "CLS-4",
            "a boot image's injection status is 0 to 3, and its progress within its maximum",
            |facts| facts.finding(ClauseId::Cls4),
        )
    },
    Clause {
        source: "CLS-DEV",
        force: Force::Documented,
        binds: Binds::Flag,
        presupposes: &[],
        ..promise(
            ClauseId::Cls5,
            "CLS-5",
            "a device-setting package's PkgSourceFlag is STORAGE_DIRECT",
            |facts| facts.finding(ClauseId::Cls5),
        )
    },
    Clause {
        source: "HT-DRV; method pages",
        force: Force::Described,
        binds: Binds::Additions,
        presupposes: &[],
        ..promise(
            ClauseId::Cls6,
            "CLS-6",
            "content that was added without refreshing the points is there after the next refresh",
            |facts| facts.finding(ClauseId::Cls6),
        )
    },
    Clause {
        source: "BASE",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Cls8,
            "CLS-8",
            "writing RefreshPkgSourceFlag has the method's effect",
            |facts| facts.finding(ClauseId::Cls8),
        )
    },
    Clause {
        source: "BASE",
        force: Force::Documented,
        binds: Binds::All,
        presupposes: &[],
        ..promise(
            ClauseId::Sch1,
            "SCH-1",
            "a schedule has at most 15 tokens and needs STORAGE_DIRECT",
            |facts| facts.finding(ClauseId::Sch1),
        )
    },
    Clause {
        source: "the specification as a whole: no run of it explains these events",
        ..promise(
            ClauseId::Explained,
            "EXPLAINED",
            "some run of the specification explains what was seen",
            |_| Finding::default(),
        )
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_in_the_order_of_the_ids() {
        let order: Vec<usize> = CLAUSES.iter().map(|clause| clause.clause as usize).collect();
        assert_eq!(order, (0..CLAUSES.len()).collect::<Vec<_>>());
    }

    #[test]
    fn no_clause_presupposes_one_that_presupposes_it() {
        for clause in CLAUSES {
            let mut reached: Vec<ClauseId> = clause.presupposes.to_vec();
            let mut next = 0;
            while next < reached.len() {
                let more =
                    reached[next].clause().presupposes.iter().filter(|id| !reached.contains(id));
                let more: Vec<ClauseId> = more.copied().collect();
                reached.extend(more);
                next += 1;
            }
            assert!(!reached.contains(&clause.clause), "{} presupposes itself", clause.id);
        }
    }

    #[test]
    fn every_promise_binds_at_least_one_class() {
        for clause in CLAUSES {
            assert!(
                PackageClass::ALL.into_iter().any(|class| clause.binds.binds(class)),
                "{}",
                clause.id
            );
        }
    }
}
