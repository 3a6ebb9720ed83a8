//! The numbers behind a report, of a view that was made by hand.

use super::{brief, html, junit, markdown, verbose, view};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn made<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn cell(clause: &str, state: &str, because: &Value, held: u64, broken_times: usize) -> Value {
    json!({"clause": clause, "state": state, "because": because, "held": held, "broken_times": broken_times, "broken": []})
}

fn class(class: &str, cells: &[Value]) -> Value {
    json!({"class": class, "packages": 7, "below_minimum_profile": [], "clauses": cells, "shows_what_breaks_in_other_classes": []})
}

fn shown(reading: &str, how: &str, classes: &Value) -> Value {
    json!({"reading": reading, "how": how, "classes": classes})
}

/// A package that shows the breach of what does not bind its class was judged up to that: nobody says of the class that it
/// kept everything.
#[test]
fn a_class_that_shows_what_breaks_in_other_classes_is_clean_in_no_face() {
    let mut view = view("reference");
    let held = cell("VER-1", "held", &Value::Null, 5, 0);
    let broken = cell("CLS-3", "broken", &Value::Null, 0, 1);
    let cells = [held.clone()];
    let (boot, driver, image) = (
        class("SMS_BootImagePackage", &[held, broken]),
        class("SMS_DriverPackage", &cells),
        class("SMS_ImagePackage", &cells),
    );
    view.classes = made(json!([boot, driver, image]));
    view.classes[1].shows_what_breaks_in_other_classes =
        made(json!([{"what": "CLS-3", "times": 7}]));
    view.clauses = made(json!([
        {"clause": "VER-1", "says": "It rises.", "source": "X", "force": "documented"},
        {"clause": "CLS-3", "says": "They enter.", "source": "X", "force": "described"},
    ]));
    let text = brief(&view);
    let kept = "SMS_ImagePackage: every promise was tested and kept";
    assert!(text.lines().any(|line| line.trim() == kept), "{text}");
    let wrong = "SMS_DriverPackage: none broken, but wrong in what only other classes promise";
    assert!(text.contains(wrong), "{text}");
    let text = markdown(&view);
    assert!(text.contains("| SMS_DriverPackage | 7 | 1 |  | 0 | CLS-3 in 7 packages |"), "{text}");
    assert!(text.contains("| SMS_ImagePackage | 7 | 1 |  | 0 |  |"), "{text}");
    let text = html(&view);
    super::page::parsed(&text);
    assert_eq!(text.matches("(✗)</td>").count(), 1, "{text}");
    let text = super::xml::assert_junit(&junit(&view));
    assert!(text.contains("not promised, and its breach shows in 7 packages"), "{text}");
}

#[test]
fn the_numbers_behind_a_report_are_those_of_the_view() {
    let mut view = view("reference");
    let masked = json!({"masked_by": "DST-5"});
    let unclaimed = json!({"not_claimed": ["redistribute"]});
    let package = [
        cell("VER-1", "held", &Value::Null, 12, 0),
        cell("VER-7", "not_exercised", &unclaimed, 0, 0),
        cell("DST-1", "not_exercised", &masked, 0, 0),
        cell("DST-5", "broken", &Value::Null, 3, 2),
        cell("FLT-7", "not_exercised", &json!("never_arose"), 0, 0),
    ];
    let image =
        [cell("VER-1", "held", &Value::Null, 5, 0), cell("DST-1", "held", &Value::Null, 1, 0)];
    view.classes = made(json!([class("SMS_Package", &package), class("SMS_ImagePackage", &image)]));
    view.classes[0].below_minimum_profile = vec!["no refresh that was processed".into()];
    view.classes[1].shows_what_breaks_in_other_classes =
        made(json!([{"what": "DST-5", "times": 4}]));
    let both = |of: usize| json!([{"class": "SMS_Package", "agree_with_strongest": 0, "of": of}, {"class": "SMS_ImagePackage", "agree_with_strongest": 0, "of": 3}]);
    view.readings = made(json!([
        {"question": "Q-CHILD", "asks": "who gets it?", "strongest": "all", "readings": [shown("some", "found", &both(3))]},
        {"question": "Q-VISIBLE", "asks": "when?", "strongest": "now", "readings": [shown("now", "found", &both(3))]},
        {"question": "Q-CLASS", "asks": "which?", "strongest": "own", "readings": [shown("any", "found", &both(9))]},
        {"question": "Q-STATUS", "asks": "fresh?", "strongest": "fresh", "readings": [
            shown("lagging", "pinned", &json!([{"class": "SMS_Package", "agree_with_strongest": null, "of": null}]))
        ]},
    ]));
    view.clauses = made(json!([
        {"clause": "VER-1", "says": "It rises.", "source": "X", "force": "documented"},
        {"clause": "FLT-7", "says": "It is cancelled.", "source": "X", "force": "implied"},
    ]));
    view.not_claimed = made(json!({
        "operations": ["redistribute"], "classes": ["SMS_VhdPackage"], "synthesised": ["source_version"], "faults_never_asked_for": [],
    }));
    let text = verbose(&view);
    let numbers = text.strip_prefix(&brief(&view)).unwrap();
    insta::assert_snapshot!(numbers);
}
