//! The schemas themselves: what they list is what the code knows, and what nobody could use they refuse.

use crate::schemas::{assert_valid, definition, names, schema, validator};
use pkgsource_model::operation::OperationKind;
use pkgsource_model::words::{PackageClass, PointState};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn listed(values: &Value) -> BTreeSet<String> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

fn spelled<T: serde::Serialize>(values: &[T]) -> BTreeSet<String> {
    listed(&serde_json::to_value(values).unwrap())
}

#[test]
fn the_schemas_list_what_the_code_knows() {
    let (request, reply) = (schema("request"), schema("reply"));
    let conditions = request["allOf"].as_array().unwrap().iter();
    let operations: Vec<_> =
        conditions.map(|rule| rule["if"]["properties"]["op"]["const"].as_str()).collect();
    assert_eq!(operations, names().map(Some).collect::<Vec<_>>());

    let hello = &reply["$defs"]["ok_hello"]["properties"];
    let (reads, others): (Vec<_>, Vec<_>) =
        OperationKind::ALL.into_iter().partition(|kind| kind.is_read());
    assert_eq!(listed(&hello["reads"]["items"]["enum"]), spelled(&reads));
    assert_eq!(listed(&hello["operations"]["items"]["enum"]), spelled(&others));
    for schema in [&request, &reply] {
        assert_eq!(listed(&schema["$defs"]["class"]["enum"]), spelled(&PackageClass::ALL));
    }
    let states = &reply["$defs"]["ok_point"]["properties"]["state"]["enum"];
    assert_eq!(listed(states), spelled(&PointState::ALL));
}

#[test]
fn the_request_schema_refuses_what_a_reader_could_not_use() {
    let schema = validator("request");
    let refused = [
        json!([]),
        json!({"op": "idle"}),
        json!({"id": -1, "op": "idle"}),
        json!({"id": 1}),
        json!({"id": 1, "op": "refresh"}),
        json!({"id": 1, "op": "refresh", "package": "much too long"}),
        json!({"id": 1, "op": "refresh", "package": "PKG1", "context": null}),
        json!({"id": 1, "op": "create", "package": "PKG1", "class": "SMS_Nothing"}),
        json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/../x", "file": {"text": ""}}),
        json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/x", "file": {"text": "", "base64": ""}}),
        json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/x", "file": {"fill": {"seed": 1, "size": 1}}}),
        json!({"id": 1, "op": "edit", "source": "S1", "changes": [{"write": {"path": "a"}}]}),
        json!({"id": 1, "op": "set_schedule", "package": "PKG1", "tokens": ["12"]}),
    ];
    for line in &refused {
        assert!(!schema.is_valid(line), "{line}");
    }
    let accepted = json!({"id": 1, "op": "refresh", "package": "PKG1", "new": {}});
    assert_valid(&schema, &accepted);
}

#[test]
fn the_reply_schema_refuses_what_the_suite_could_not_use() {
    let schema = validator("reply");
    let refused = [
        json!({"ok": {}}),
        json!({"id": 1}),
        json!({"id": 1, "ok": {}, "error": {"message": "?"}}),
        json!({"id": 1, "ok": null}),
        json!({"id": 1, "error": "?"}),
    ];
    for line in &refused {
        assert!(!schema.is_valid(line), "{line}");
    }
    let refused = [
        ("refresh", json!({})),
        ("refresh", json!({"return_value": 2_147_483_648_u32})),
        ("package", json!({"absent": false})),
        ("site", json!({"version": 1, "stored": {}})),
        ("point", json!({"state": "gone"})),
        ("content", json!({"files": [{"path": "a", "size": 1, "sha256": "ABC"}]})),
        ("hello", json!({"protocol": 1})),
        ("package", json!({"absent": true, "version": 1})),
        ("content", json!({"absent": true, "files": []})),
    ];
    for (operation, ok) in refused {
        assert!(
            !definition("reply", &format!("ok_{operation}")).is_valid(&ok),
            "{operation}: {ok}"
        );
    }
    assert_valid(&schema, &json!({"id": 1, "unsupported": {}, "new": 1}));
    assert_valid(&definition("reply", "ok_package"), &json!({"absent": true}));
}
