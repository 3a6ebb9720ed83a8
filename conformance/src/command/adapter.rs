//! `adapter`: serves a built-in adapter over the protocol, so that the same cases run both ways.

use crate::adapter::serve;
use crate::exit::{Exit, Trouble};
use crate::subjects::built_in;
use clap::Args;

/// Arguments of `adapter`.
#[derive(Debug, Clone, Args)]
pub(super) struct AdapterArgs {
    /// folder, reference, mutant:NAME or variant:NAME
    #[arg(value_name = "NAME")]
    name: String,
    /// The seed of the reference's policy
    #[arg(long, value_name = "N", default_value_t = 1)]
    policy_seed: u64,
}

pub(super) fn run(args: &AdapterArgs) -> Result<Exit, Trouble> {
    let mut adapter = built_in(&args.name, args.policy_seed)
        .map_err(|error| super::near::no_subject(&args.name, &error))?;
    serve::serve(adapter.as_mut(), std::io::stdin().lock(), std::io::stdout().lock())
        .map_err(|error| Trouble::Usage(format!("the conversation ended: {error}")))?;
    Ok(Exit::Conforms)
}
