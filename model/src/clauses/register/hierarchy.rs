//! What child sites get and know: the promises `HIE`.

use crate::clauses::{Binds, Clause, ClauseId, Force, Scope};

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        clause: ClauseId::Hie1,
        id: "HIE-1",
        says: "content is replicated to child sites",
        source: "RPS-* (eight pages)",
        force: Force::Documented,
        scope: Scope::Package,
        binds: Binds::ChildSites,
        presupposes: &[ClauseId::Ver1, ClauseId::Ver6, ClauseId::If4, ClauseId::Cls8],
    },
    Clause {
        clause: ClauseId::Hie2,
        id: "HIE-2",
        says: "files go only to sites with at least one point of the package",
        source: "UPA; against the method pages, see Q-CHILD",
        force: Force::Described,
        scope: Scope::Package,
        binds: Binds::ChildSites,
        presupposes: &[],
    },
    Clause {
        clause: ClauseId::Hie3,
        id: "HIE-3",
        says: "the version that a child site knows comes to be the owner's",
        source: "KB-318834, UPA",
        force: Force::Described,
        scope: Scope::Package,
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
    },
    Clause {
        clause: ClauseId::Hie4,
        id: "HIE-4",
        says: "a child site's point reports a version only when the site has it",
        source: "UPA: both wait messages",
        force: Force::Described,
        scope: Scope::Package,
        binds: Binds::All,
        presupposes: &[ClauseId::Hie1],
    },
];
