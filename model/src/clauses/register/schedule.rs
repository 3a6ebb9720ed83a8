//! What a schedule may be: the promises `SCH`.

use crate::clauses::{Binds, Clause, ClauseId, Force, Scope};

pub(super) const CLAUSES: &[Clause] = &[Clause {
    clause: ClauseId::Sch1,
    id: "SCH-1",
    says: "a schedule has at most 15 tokens and needs STORAGE_DIRECT",
    source: "BASE",
    force: Force::Documented,
    scope: Scope::Package,
    binds: Binds::All,
    presupposes: &[],
}];
