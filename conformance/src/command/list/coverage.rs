//! `list coverage`: the dimensions and their values, with the system that has each, and what the default run meets.

use super::super::subject::SubjectArgs;
use crate::adapter::AdapterFault;
use crate::exit::Trouble;
use crate::plan::coverage::{Coverage, Dimension, Spot, impossible};
use crate::plan::generate::Scope;
use crate::platform::interrupted;
use crate::verify::{Settings, plans};
use std::collections::BTreeMap;

/// The rows, dimension by dimension, and a sum; and what the adapter did wrong at its end.
pub(super) fn rows(subject: &SubjectArgs) -> Result<(Vec<String>, Option<AdapterFault>), Trouble> {
    let mut adapter = subject.start()?;
    let settings = Settings::new(1);
    let mut coverage = Coverage::of(&Scope::of(adapter.capabilities()));
    let wanted = coverage.clone();
    for plan in plans(adapter.as_ref(), &settings) {
        if interrupted().is_some() {
            break;
        }
        coverage.meet(&plan);
    }
    let fault = adapter.end().err();
    let mut rows = Vec::new();
    for dimension in Dimension::ALL {
        rows.push(dimension.asks().to_owned());
        for spot in dimension.spots() {
            rows.push(format!("  {}", row(spot, &coverage, &wanted)));
        }
    }
    rows.push(String::new());
    rows.push(format!(
        "{} of {} values and pairs of values are met",
        coverage.all() - coverage.left(),
        coverage.all()
    ));
    rows.extend(missing(&coverage));
    Ok((rows, fault))
}

/// A value: how many of the pairs that it can be in are met, and the system that has it.
fn row(spot: Spot, coverage: &Coverage, wanted: &Coverage) -> String {
    let value = spot.value();
    let partners = || Spot::all().filter(|&other| wanted.wants(spot, other));
    let met = match (partners().count(), wanted.wants(spot, spot)) {
        (_, false) => "not served".to_owned(),
        (all, true) => {
            let met = partners().filter(|&other| coverage.has(spot, other)).count();
            format!("{met} of {all}")
        }
    };
    format!("{:<48} {met:>10}  {}", value.name, value.because)
}

/// The pairs that are not met, by the first of them; and how many are impossible, by reason.
fn missing(coverage: &Coverage) -> Vec<String> {
    let name = |spot: Spot| format!("{:?} {}", spot.dimension(), spot.value().name);
    let mut rows: Vec<String> = coverage
        .unmet()
        .map(|(one, other)| {
            if one == other {
                format!("not met: {}", name(one))
            } else {
                format!("not met: {} with {}", name(one), name(other))
            }
        })
        .collect();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for one in Spot::all() {
        for why in
            Spot::all().filter(|&other| one < other).filter_map(|other| impossible(one, other))
        {
            *reasons.entry(why).or_default() += 1;
        }
    }
    rows.extend(reasons.iter().map(|(why, count)| format!("cannot be met, {count} pairs: {why}")));
    rows
}
