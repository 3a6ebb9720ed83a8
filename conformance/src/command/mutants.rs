//! `mutants`: kills every mutant and clears every variant, and prints the matrix. It fails where a mutant lives, where a
//! shrunk plan breaks another clause than the mutant's own, or where a variant raises an alarm.

use super::verify::bar;
use crate::exit::{Exit, Trouble};
use crate::kill::{Clearance, Kill, clear_variant, kill};
use crate::mutants::{MUTANTS, VARIANTS};
use clap::Args;
use std::fmt::Write as _;

/// Arguments of `mutants`.
#[derive(Debug, Clone, Args)]
pub(super) struct MutantsArgs {
    /// How many plans each variant must pass
    #[arg(long, value_name = "N", default_value_t = 200)]
    plans: usize,
    /// Where generated plans come from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Only the mutant or variant of this name
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

pub(super) fn run(args: &MutantsArgs) -> Result<Exit, Trouble> {
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| only == name);
    let mutants: Vec<_> = MUTANTS.iter().filter(|mutant| wanted(mutant.name)).collect();
    let variants: Vec<_> = VARIANTS.iter().filter(|variant| wanted(variant.name)).collect();
    if mutants.is_empty() && variants.is_empty() {
        let name = args.only.as_deref().unwrap_or_default();
        return Err(Trouble::Usage(format!(
            "`{name}` is neither a mutant nor a variant; see `pkgsource list mutants`"
        )));
    }
    let bar = bar();
    bar.set_length((mutants.len() + variants.len()) as u64);
    let mut text = String::from(
        "mutant                                 clause     killed by              on its shrunk plan\n",
    );
    let mut all_well = true;
    for mutant in mutants {
        let kill = kill(mutant, args.seed)?;
        all_well &= kill.is_exact(mutant);
        row(&mut text, mutant.name, mutant.clause.text(), &kill);
        bar.inc(1);
    }
    text.push_str("\nvariant                                permitted by       plans  alarms\n");
    for variant in variants {
        let Clearance { plans, alarms } = clear_variant(variant, args.plans, args.seed)?;
        all_well &= alarms.is_empty();
        let alarms: Vec<&str> = alarms.iter().map(|clause| clause.text()).collect();
        let alarms = if alarms.is_empty() { "none".into() } else { alarms.join(", ") };
        line(
            &mut text,
            format_args!("{:<38} {:<16} {plans:>7}  {alarms}", variant.name, variant.permitted_by),
        );
        bar.inc(1);
    }
    bar.finish_and_clear();
    super::print(&text)?;
    Ok(if all_well { Exit::Conforms } else { Exit::Violates })
}

fn row(text: &mut String, name: &str, clause: &str, kill: &Kill) {
    let names = |clauses: &[pkgsource_model::clauses::ClauseId]| {
        if clauses.is_empty() {
            "nothing".into()
        } else {
            clauses.iter().map(|clause| clause.text()).collect::<Vec<_>>().join(", ")
        }
    };
    line(
        text,
        format_args!(
            "{name:<38} {clause:<10} {:<22} {}, {} steps",
            names(&kill.broken),
            names(&kill.on_shrunk),
            kill.steps
        ),
    );
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).unwrap_or_else(|_| unreachable!("a string takes every write"));
    text.push('\n');
}
