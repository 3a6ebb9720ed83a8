//! The published schema and the parser say the same of ten thousand messages, good ones and bad ones, made by changing
//! good ones. What the parser refuses beyond the schema is listed here and on the page.

use crate::examples;
use crate::schemas::{definition, validator};
use jsonschema::Validator;
use pkgsource::adapter::process::check_reply;
use pkgsource_model::operation::OperationKind;
use serde_json::{Map, Value, json};

/// What no schema can say.
const BEYOND: [&str; 5] = [
    "is there twice",
    "are not sorted",
    " twice",
    "has virtual time and no operation",
    "and has no read `idle`",
];

/// Chooses, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn one_of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())].clone()
    }
}

fn good(op: &str) -> Value {
    let kind = OperationKind::ALL.into_iter().find(|kind| kind.name() == op);
    match kind {
        Some(kind) => serde_json::to_value(examples::answer(kind).into_fields()).unwrap(),
        None if op == "hello" => json!({
            "protocol": 1, "adapter": {"name": "a", "version": "1"}, "implementation": {"name": "i"},
            "classes": ["SMS_Package"], "operations": ["create", "refresh"], "reads": ["package", "idle"],
            "faults": ["point_down"], "source_mode": "path", "time": "real", "completes": "reported",
            "atomic_reads": true, "parallel_calls": 2, "instances": 4, "window": 3, "survives_restart": false,
            "outlives_run": ["x"], "shows_failure": true, "synthesised": ["version"],
            "bounds": {"stall_ms": 1, "converge_ms": 2}
        }),
        None if op == "close" => json!({}),
        None => json!({"sources": "/s"}),
    }
}

fn reply(op: &str, dice: &mut Dice) -> Value {
    let word =
        dice.one_of(&["ok", "ok", "ok", "ok", "error", "unknown", "unsupported", "adapter_error"]);
    let inside = match (word, op) {
        ("ok", "content" | "package" | "site") if dice.roll(4) == 0 => json!({"absent": true}),
        ("ok", _) => good(op),
        _ => json!({"message": "why", "code": "5"}),
    };
    json!({"id": 7, word: inside})
}

/// Everything that a value may be exchanged for.
fn odd(dice: &mut Dice, old: &Value) -> Value {
    let choices = [
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(2.0),
        json!(0.5),
        json!(1e300),
        json!(2_147_483_647),
        json!(2_147_483_648_u64),
        json!(4_294_967_295_u64),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(1.844_674_407_370_955_2e19),
        json!(""),
        json!("x"),
        json!("none"),
        json!("../x"),
        json!("/x"),
        json!("a/b"),
        json!("a".repeat(256)),
        json!("\u{202e}"),
        json!("a\nb"),
        json!([]),
        json!({}),
        json!([old]),
        json!({"version": old}),
        json!({"name": old}),
        json!("SMS_Package"),
        json!("refresh"),
        json!("a".repeat(64)),
        json!("g".repeat(64)),
    ];
    dice.one_of(&choices)
}

/// Changes one place somewhere in a value.
fn change(value: &mut Value, dice: &mut Dice) {
    let deeper = dice.roll(4) > 0;
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = dice.one_of(&names);
            match dice.roll(6) {
                0 => {
                    members.remove(&name);
                }
                1 => {
                    let new = dice.one_of(&[
                        "absent", "version", "files", "next", "stored", "new", "ok", "error", "id",
                    ]);
                    let odd = odd(dice, &json!(1));
                    members.insert(new.into(), odd);
                }
                _ => change(members.get_mut(&name).unwrap(), dice),
            }
        }
        Value::Array(list) if deeper && !list.is_empty() => {
            let place = dice.roll(list.len());
            if dice.roll(4) == 0 {
                list.push(list[place].clone());
            } else {
                change(&mut list[place], dice);
            }
        }
        other => *other = odd(dice, other),
    }
}

/// A member that is null counts as absent.
fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                kept.map(|(name, value)| (name.clone(), without_null(value)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(list) => Value::Array(list.iter().map(without_null).collect()),
        other => other.clone(),
    }
}

#[test]
fn the_schema_and_the_parser_agree_on_ten_thousand_replies() {
    let any = validator("reply");
    let ops: Vec<(&str, Validator)> = ["hello", "open", "close", "resume"]
        .into_iter()
        .chain(OperationKind::ALL.into_iter().map(OperationKind::name))
        .map(|op| (op, definition("reply", &format!("ok_{op}"))))
        .collect();
    let mut dice = Dice(1);
    let (mut accepted, mut refused) = (0, 0);
    for nth in 0..10_000 {
        let place = dice.roll(ops.len());
        let (op, schema) = &ops[place];
        let mut message = reply(op, &mut dice);
        for _ in 0..dice.roll(4) {
            change(&mut message, &mut dice);
        }
        let bare = without_null(&message);
        let by_schema = any.is_valid(&bare) && bare.get("ok").is_none_or(|ok| schema.is_valid(ok));
        let parsed = check_reply(op, message.to_string().as_bytes());
        match (&parsed, by_schema) {
            (Ok(()), true) => accepted += 1,
            (Err(_), false) => refused += 1,
            (Err(why), true) => {
                let why = why.to_string();
                assert!(
                    BEYOND.iter().any(|beyond| why.contains(beyond)),
                    "{nth}: {op} {message}: {why}"
                );
            }
            (Ok(()), false) => {
                panic!("{nth}: the parser takes what the schema refuses: {op} {message}")
            }
        }
    }
    assert!(accepted > 2000 && refused > 2000, "{accepted} accepted, {refused} refused");
}
