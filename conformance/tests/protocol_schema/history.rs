//! The published schema of a history's lines: put together from those of requests and replies, which its events repeat.
//! `PKGSOURCE_WRITE_PAGES=1` renews it.

use crate::schemas::{assert_valid, lines, schema, specs, validator};
use pkgsource::adapter::protocol::Session;
use pkgsource::history::HistoryFile;
use pkgsource::mutants::Variant;
use pkgsource::run::Instances;
use pkgsource::verify::{Settings, verify_into};
use pkgsource_model::operation::OperationKind;
use pkgsource_model::words::PackageClass;
use serde_json::{Map, Value, json};
use std::fs;
use tempfile::TempDir;

const TITLE: &str = "A line of a history of pkgsource, format 1";
const SAYS: &str = "A plan's history begins with its header. Each event is what was asked and what came back, between two \
                    ordinals of the recorder; without `returned` it was never answered, and its `reply` is `unknown`. \
                    `settled` is an instant at which nothing was left to do; where `completes` is `reported`, an \
                    `idle` that is true is one, too. The `end` counts what stands since the mark before. Beyond what a schema can \
                    say: the order of the ordinals, and that the counts agree.";

/// The schema with every reference led to definitions of another prefix.
fn led(schema: &Value, prefix: &str) -> Value {
    match schema {
        Value::Object(members) => {
            let led = members.iter().map(|(name, member)| match (name.as_str(), member) {
                ("$ref", Value::String(to)) => {
                    (name.clone(), to.replace("#/$defs/", &format!("#/$defs/{prefix}")).into())
                }
                _ => (name.clone(), led(member, prefix)),
            });
            Value::Object(led.collect())
        }
        Value::Array(items) => items.iter().map(|item| led(item, prefix)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

fn definitions(of: &Value, prefix: &str) -> Map<String, Value> {
    let members = of["$defs"].as_object().expect("definitions");
    members.iter().map(|(name, member)| (format!("{prefix}{name}"), led(member, prefix))).collect()
}

/// The schema as it has to be published.
fn derived() -> Value {
    let (request, reply) = (schema("request"), schema("reply"));
    let mut defs = definitions(&request, "ask_");
    defs.extend(definitions(&reply, "reply_"));
    // How a conversation is begun and ended is in no history, but for what an adapter says of itself.
    for op in Session::NAMES {
        defs.remove(&format!("ask_op_{op}"));
        if op != "hello" {
            defs.remove(&format!("reply_ok_{op}"));
        }
    }
    let recorded = OperationKind::ALL.map(OperationKind::name);
    let asks = recorded.iter().map(|name| {
        let is_it = json!({"properties": {"op": {"const": name}}});
        json!({"if": is_it, "then": {"$ref": format!("#/$defs/ask_op_{name}")}})
    });
    // Bytes are not kept: a file is its size and its hash.
    defs["ask_file"] = json!({
        "description": "A file, without its bytes.",
        "type": "object",
        "required": ["size", "sha256"],
        "properties": {
            "size": {"type": "integer", "minimum": 0, "maximum": u64::MAX},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}
        },
        "additionalProperties": false
    });
    let answers = recorded.iter().map(|name| {
        json!({
            "if": {"properties": {
                "ask": {"properties": {"op": {"const": name}}},
                "reply": {"required": ["ok"]}
            }},
            "then": {"properties": {"reply": {"properties": {"ok": {"$ref": format!("#/$defs/reply_ok_{name}")}}}}}
        })
    });
    let mut answered = led(&reply["properties"], "reply_");
    answered.as_object_mut().expect("members").remove("id");
    let ordinal = || json!({"type": "integer", "minimum": 0, "maximum": u64::MAX});
    json!({
        "$schema": request["$schema"],
        "title": TITLE,
        "description": SAYS,
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
            "header": {
                "type": "object",
                "required": ["history", "plan", "suite", "tree", "capabilities"],
                "properties": {
                    "history": {"const": 1},
                    "plan": {"type": "string"},
                    "seed": ordinal(),
                    "suite": {"type": "string"},
                    "tree": {"$ref": "#/$defs/ask_tree"},
                    "capabilities": {"$ref": "#/$defs/reply_ok_hello"}
                }
            },
            "event": {
                "type": "object",
                "required": ["invoked", "ask", "reply"],
                "additionalProperties": false,
                "properties": {
                    "invoked": ordinal(),
                    "returned": ordinal(),
                    "took_us": ordinal(),
                    "ask": {
                        "type": "object",
                        "required": ["op"],
                        "properties": {"op": {"enum": recorded}},
                        "allOf": asks.collect::<Vec<_>>()
                    },
                    "reply": {
                        "type": "object",
                        "properties": answered,
                        "oneOf": reply["oneOf"]
                    }
                },
                "allOf": answers.collect::<Vec<_>>()
            },
            "settled": {
                "type": "object",
                "required": ["at", "by"],
                "additionalProperties": false,
                "properties": {"at": ordinal(), "by": {"enum": ["return", "idle", "stall"]}}
            },
            "end": {
                "type": "object",
                "required": ["plans", "events"],
                "additionalProperties": false,
                "properties": {
                    "plans": ordinal(),
                    "events": ordinal(),
                    "interrupted": {"type": "boolean"}
                }
            }
        },
        "$defs": defs
    })
}

#[test]
fn the_schema_of_a_history_is_that_of_requests_and_replies() {
    let text = format!("{:#}\n", derived());
    if std::env::var_os("PKGSOURCE_WRITE_PAGES").is_some() {
        let path = format!("{}/../specs/schema/history.json", env!("CARGO_MANIFEST_DIR"));
        fs::write(path, &text).unwrap();
    }
    assert!(specs("schema/history.json") == text, "specs/schema/history.json is not derived");
}

/// The lines of the histories that a run records.
fn recorded(variant: &str) -> Vec<Value> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("h.jsonl");
    let mut file = HistoryFile::new(fs::File::create(&path).unwrap());
    let mut settings = Settings { plans: 5, enumerate: 0, covering: false, ..Settings::new(1) };
    settings.requirements.classes =
        vec![PackageClass::BootImage, PackageClass::TaskSequence, PackageClass::Driver];
    settings.shrink_for = std::time::Duration::ZERO;
    let mut subject = Variant::by_name(variant).unwrap().adapter(1);
    let instances = Instances::one(&mut subject);
    verify_into(instances, variant, &settings, Some(&mut file), |_, _| ()).unwrap();
    file.end(false).unwrap();
    lines(&fs::read_to_string(&path).unwrap())
}

#[test]
fn every_line_that_a_run_records_is_valid() {
    let schema = validator("history");
    for variant in ["delayed", "lagging"] {
        let lines = recorded(variant);
        assert!(lines.len() > 1_000);
        for line in &lines {
            assert_valid(&schema, line);
        }
    }
}

#[test]
fn a_line_that_no_run_writes_is_not_valid() {
    let schema = validator("history");
    let ask = json!({"op": "refresh", "package": "P1"});
    let event =
        |ask: &Value, reply: Value| json!({"event": {"invoked": 1, "ask": ask, "reply": reply}});
    let right = event(&ask, json!({"ok": {"return_value": 0}}));
    assert_valid(&schema, &right);
    for wrong in [
        event(&ask, json!({"ok": {}})),
        event(&ask, json!({"ok": {"return_value": 0}, "error": {}})),
        event(&json!({"op": "refresh"}), json!({"ok": {"return_value": 0}})),
        event(&json!({"op": "nothing"}), json!({"ok": {}})),
        event(
            &json!({"op": "edit", "source": "S1", "changes": [{"write": {"path": "a", "file": {"text": "one"}}}]}),
            json!({"ok": {}}),
        ),
        json!({"settled": {"at": 1, "by": "nobody"}}),
        json!({"end": {"plans": 1}}),
        json!({"header": {"history": 2}}),
        json!({"header": {}, "end": {}}),
        json!({}),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong}");
    }
}
