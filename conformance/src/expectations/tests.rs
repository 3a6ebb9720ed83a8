//! A deviation that is listed must be so: what is stale, unmatched, too wide, expired or contradictory is said.

use super::{Expectations, Expected, hold};
use crate::report::View;
use crate::subjects::built_in;
use crate::verify::{Settings, verify};
use pkgsource_model::words::PackageClass;

fn view(subject: &str, classes: &[PackageClass]) -> View {
    let mut settings = Settings::new(7);
    (settings.plans, settings.enumerate, settings.covering) = (5, 0, false);
    settings.requirements.classes = classes.to_vec();
    let mut adapter = built_in(subject, 1).unwrap();
    View::of(&verify(adapter.as_mut(), subject, &settings, |_, _| ()).unwrap().report)
}

const TWO: [PackageClass; 2] = [PackageClass::Package, PackageClass::Image];

fn entry(clause: &str, class: &str, more: &str) -> String {
    format!(
        "[[deviation]]\nclause = \"{clause}\"\nclass = \"{class}\"\nreason = \"known\"\n{more}\n"
    )
}

fn held(view: &View, text: &str) -> Expected {
    hold("known.toml", &Expectations::read(text).unwrap(), view, "2026-11-21")
}

#[test]
fn a_listed_deviation_is_met_and_any_other_is_not_expected() {
    let view = view("mutant:skips-an-increment", &TWO);
    let met = held(&view, &entry("VER-1", "any", ""));
    assert!(met.is_met(), "{met:?}");
    assert_eq!(met.met, ["VER-1 in any: known"]);
    let half = held(&view, &entry("VER-1", "SMS_Package", ""));
    assert_eq!(half.unexpected, ["VER-1 in SMS_ImagePackage"]);
    assert_eq!(held(&view, "").unexpected.len(), 2);
}

#[test]
fn an_entry_that_does_not_say_what_is_so_fails_with_what_to_do() {
    let whole = view("reference", &TWO);
    let why = |view: &View, text: &str| held(view, text).wrong.concat();
    assert!(why(&whole, &entry("VER-1", "any", "")).contains("stale: it holds now"));
    assert!(why(&whole, &entry("VER-1", "SMS_VhdPackage", "")).contains("matches nothing"));
    let wrong = view("mutant:skips-an-increment", &TWO);
    let late = entry("VER-1", "any", "expires = \"2026-11-20\"");
    assert!(why(&wrong, &late).contains("expired on 2026-11-20"));
    assert_eq!(why(&wrong, &entry("VER-1", "any", "expires = \"2026-11-21\"")), "");
    let mut one = wrong.clone();
    for cell in &mut one.classes[1].clauses {
        if cell.clause == "VER-1" {
            cell.state = crate::report::view::State::Held;
        }
    }
    assert!(why(&one, &entry("VER-1", "any", "")).contains("broken in SMS_Package only"));
    assert_eq!(why(&whole, &entry("VER-1", "any", "pass_rate = 0.9")), "");
}

#[test]
fn a_file_that_contradicts_itself_or_names_what_does_not_exist_is_refused() {
    let refused = |text: &str| Expectations::read(text).unwrap_err().to_string();
    let twice = entry("VER-1", "any", "") + &entry("VER-1", "SMS_Package", "");
    assert!(refused(&twice).contains("an entry before it is about VER-1 in any, too"));
    assert!(refused(&entry("VER-99", "any", "")).contains("is no clause"));
    assert!(refused(&entry("VER-1", "SMS_Pakage", "")).contains("is not a package class"));
    assert!(
        refused(&entry("CLS-1", "SMS_Package", "")).contains("CLS-1 does not bind SMS_Package")
    );
    assert!(refused(&entry("VER-1", "any", "expires = \"soon\"")).contains("is a day"));
    assert!(refused(&entry("VER-1", "any", "pass_rate = 1.0")).contains("a measured share"));
    assert!(refused(&entry("VER-1", "any", "reazon = \"x\"")).contains("unknown field"));
    assert!(refused(&entry("VER-1", "any", "").replace("known", " ")).contains("says nothing"));
}

#[test]
fn what_is_blessed_is_met_keeps_its_reasons_and_refuses_a_run_that_is_not_whole() {
    let found = view("mutant:skips-an-increment", &TWO);
    let blessed = Expectations::bless(&found, &Expectations::default()).unwrap();
    assert!(held(&found, &blessed.text()).is_met());
    let mut reasoned = blessed.clone();
    reasoned.deviations[0].reason = "a ticket".into();
    assert_eq!(Expectations::bless(&found, &reasoned).unwrap(), reasoned);
    let mut part = found.clone();
    part.slow.push(crate::report::view::Slow { plan: "p".into(), why: "slow".into() });
    assert!(Expectations::bless(&part, &blessed).unwrap_err().to_string().contains("whole run"));
    let mut part = found;
    part.changed = vec!["only clause VER-1".into()];
    assert!(Expectations::bless(&part, &blessed).unwrap_err().to_string().contains("narrowed"));
}
