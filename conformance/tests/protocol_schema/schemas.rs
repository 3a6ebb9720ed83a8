//! The published schemas as validators, and what the tests ask of them.

use jsonschema::Validator;
use pkgsource::adapter::protocol::Session;
use pkgsource_model::operation::OperationKind;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

pub(crate) fn specs(file: &str) -> String {
    let path = format!("{}/../specs/{file}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn schema(name: &str) -> Value {
    serde_json::from_str(&specs(&format!("schema/{name}.json"))).unwrap()
}

pub(crate) fn validator(name: &str) -> Validator {
    jsonschema::draft202012::new(&schema(name)).unwrap()
}

/// One definition of a schema as a schema of its own.
pub(crate) fn definition(name: &str, definition: &str) -> Validator {
    let definitions = &schema(name)["$defs"];
    assert!(definitions.get(definition).is_some(), "`{name}` has no definition `{definition}`");
    let alone = json!({"$ref": format!("#/$defs/{definition}"), "$defs": definitions});
    jsonschema::draft202012::new(&alone).unwrap()
}

#[track_caller]
pub(crate) fn assert_valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{value}\n{}", errors.join("\n"));
}

pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

/// The schema of each operation's `ok`.
pub(crate) struct Oks {
    any: Validator,
    by_operation: BTreeMap<String, Validator>,
}

impl Oks {
    pub(crate) fn new() -> Self {
        let by_operation =
            names().map(|name| (name.to_owned(), definition("reply", &format!("ok_{name}"))));
        Self { any: validator("reply"), by_operation: by_operation.collect() }
    }

    #[track_caller]
    pub(crate) fn assert_answers(&self, request: &Value, reply: &Value) {
        assert_eq!(request["id"], reply["id"]);
        assert_valid(&self.any, reply);
        if let (Some(ok), Some(schema)) =
            (reply.get("ok"), self.by_operation.get(request["op"].as_str().unwrap()))
        {
            assert_valid(schema, ok);
        }
    }
}

pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    Session::NAMES.into_iter().chain(OperationKind::ALL.into_iter().map(OperationKind::name))
}
