//! What a failure may not do: the promises `FLT`. That a failure shows is IF-4, in [`super::interface`].

use crate::clauses::{Binds, Clause, ClauseId, Force, Scope};

pub(super) const CLAUSES: &[Clause] = &[Clause {
    clause: ClauseId::Flt6,
    id: "FLT-6",
    says: "a refresh whose source cannot be read touches no point",
    source: "TCD",
    force: Force::Described,
    scope: Scope::Package,
    binds: Binds::All,
    presupposes: &[],
}];
