//! Laws of plans: every sequence of choices is a valid plan, a plan survives its file, and the generator reaches all
//! that it should. And the small algebra that plans rest on: deltas of files, schedule tokens.

mod coverage;
mod decoding;
mod deltas;
mod reach;
mod tokens;
mod validity;

use pkgsource::plan::generate::Scope;
use pkgsource::subjects::built_in;

/// What the generator may write for a built-in adapter.
fn scope(adapter: &str) -> Scope {
    let adapter = built_in(adapter, 1).expect("the name of a built-in adapter");
    Scope::of(adapter.capabilities())
}

fn scopes() -> [Scope; 2] {
    [scope("reference"), scope("folder")]
}
