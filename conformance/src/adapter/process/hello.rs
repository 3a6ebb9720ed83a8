//! The answer to `hello`: can the suite work with what the adapter declares? Whether the adapter keeps its word shows
//! later.

use super::super::FaultCause;
use super::super::protocol::Range;
use super::super::strict::kind;
use super::line::{in_words, without_place, word};
use pkgsource_model::history::{Bounds, Capabilities};
use pkgsource_model::operation::OperationKind;
use pkgsource_model::reply::Reply;
use pkgsource_model::words::visible::visible_beginning;
use serde::Deserialize as _;
use serde_json::Value;

/// What has no value of its own where it is left out.
const REQUIRED: [&str; 5] = ["adapter", "implementation", "classes", "operations", "reads"];

/// Reads the answer to `hello`.
pub(super) fn read(reply: Reply<Value>, asked: Range) -> Result<Capabilities, FaultCause> {
    match reply {
        Reply::Ok(members) => capabilities(members, asked).map_err(FaultCause::BadHello),
        Reply::AdapterError(problem) => Err(FaultCause::SaysSo(problem.to_string())),
        other => Err(FaultCause::BadHello(format!("is `{}`, not `ok`", word(&other)))),
    }
}

fn capabilities(members: Value, asked: Range) -> Result<Capabilities, String> {
    let Range { min, max } = asked;
    // The version comes first: another one may mean other members.
    let spoken =
        members.get("protocol").and_then(Value::as_u64).ok_or("lacks a number `protocol`")?;
    if !(u64::from(min)..=u64::from(max)).contains(&spoken) {
        return Err(format!("speaks protocol {spoken}; the suite speaks {min} to {max}"));
    }
    for member in ["adapter", "implementation", "bounds"] {
        if let Some(other) = members.get(member).filter(|value| !value.is_object()) {
            return Err(format!("has {} as `{member}`, not an object", kind(other)));
        }
    }
    if let Some(member) = REQUIRED.iter().find(|&&member| members.get(member).is_none()) {
        return Err(format!("lacks `{member}`"));
    }
    if let Some(why) = unknown_name(&members) {
        return Err(why);
    }
    let declared = match Capabilities::deserialize(&members) {
        Ok(declared) => declared,
        Err(error) => {
            let why = in_words(&without_place(&error));
            let place = culprit(members, &why).map(|name| format!("`{name}`: "));
            return Err(format!("cannot be read: {}{why}", place.unwrap_or_default()));
        }
    };
    declared.objection().or_else(|| too_patient(declared.bounds)).map_or(Ok(declared), Err)
}

/// A name that is none of an operation, or none of a read.
fn unknown_name(members: &Value) -> Option<String> {
    let unknown = |member: &str| {
        let names = members.get(member)?.as_array()?.iter().filter_map(Value::as_str);
        names
            .into_iter()
            .find(|name| OperationKind::ALL.iter().all(|kind| kind.name() != *name))
            .map(|name| visible_beginning(name, 64))
    };
    [("operations", false), ("reads", true)].into_iter().find_map(|(member, reads)| {
        let name = unknown(member)?;
        let known = OperationKind::ALL.into_iter().filter(|kind| kind.is_read() == reads);
        let known: Vec<String> = known.map(|kind| format!("`{kind}`")).collect();
        Some(format!("has `{name}` among `{member}`, which are {}", known.join(", ")))
    })
}

/// The longest bound that may be declared, in milliseconds: no plan takes longer.
const MOST_BOUND: u64 = 600_000;

/// A bound for which nobody would wait.
fn too_patient(declared: Bounds) -> Option<String> {
    let bounds = [("stall_ms", declared.stall_ms), ("converge_ms", declared.converge_ms)];
    let (name, ms) = bounds
        .into_iter()
        .find_map(|(name, ms)| ms.filter(|&ms| ms > MOST_BOUND).map(|ms| (name, ms)))?;
    Some(format!("has a `bounds.{name}` of {ms}; it takes at most {MOST_BOUND}"))
}

/// The most members among which one is looked for.
const MOST_SEARCHED: usize = 64;

/// The member without which this is not what is wrong.
fn culprit(mut members: Value, why: &str) -> Option<String> {
    let names: Vec<String> = members.as_object()?.keys().cloned().collect();
    names.into_iter().take(MOST_SEARCHED).find(|name| {
        let Some(member) = members.get_mut(name).map(Value::take) else { return false };
        members.as_object_mut().map(|all| all.remove(name));
        let without =
            Capabilities::deserialize(&members).map_err(|error| in_words(&without_place(&error)));
        members[name] = member;
        without.err().is_none_or(|other| other != why)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn refused(change: Value) -> String {
        let mut members = json!({
            "protocol": 1, "adapter": {"name": "a", "version": "1"}, "implementation": {"name": "i", "version": "1"},
            "classes": ["SMS_Package"], "operations": ["create"], "reads": ["package"]
        });
        let Value::Object(change) = change else { panic!("a change is an object") };
        members.as_object_mut().unwrap().extend(change);
        read(Reply::Ok(members), Range { min: 1, max: 1 }).unwrap_err().to_string()
    }

    #[test]
    fn every_member_that_must_be_there_is_missed_by_its_own_name() {
        for name in REQUIRED {
            let members: Map<String, Value> = REQUIRED
                .into_iter()
                .filter(|&other| other != name)
                .map(|name| (name.to_owned(), json!({})))
                .chain([("protocol".to_owned(), json!(1))])
                .collect();
            let refused = read(Reply::Ok(Value::Object(members)), Range { min: 1, max: 1 });
            let why = refused.unwrap_err().to_string();
            // Objects stand for lists here: what is missed comes first, or what is none of the form it has to have.
            assert!(why.contains(&format!("`{name}`")), "{name}: {why}");
        }
    }

    #[test]
    fn an_answer_that_the_suite_cannot_work_with_is_refused() {
        let all = [
            json!({"protocol": "1"}),
            json!({"protocol": 2, "classes": "all"}),
            json!({"classes": []}),
            json!({"classes": ["SMS_Nothing"]}),
            json!({"operations": ["create", "fly"]}),
            json!({"operations": ["content"]}),
            json!({"reads": ["refresh"]}),
            json!({"window": 0}),
            json!({"window": -1}),
            json!({"parallel_calls": 0}),
            json!({"instances": 0}),
            json!({"source_mode": "inline"}),
            json!({"time": "virtual"}),
            json!({"completes": "reported"}),
            json!({"bounds": {"stall_ms": 600_001}}),
            json!({"bounds": {"converge_ms": u64::MAX}}),
        ];
        insta::assert_snapshot!(all.map(refused).join("\n"), @"
        the answer to `hello` lacks a number `protocol`
        the answer to `hello` speaks protocol 2; the suite speaks 1 to 1
        the answer to `hello` has no class
        the answer to `hello` cannot be read: `classes`: unknown variant `SMS_Nothing`, expected one of `SMS_Package`, `SMS_ContentPackage`, `SMS_DriverPackage`, `SMS_TaskSequencePackage`, `SMS_SoftwareUpdatesPackage`, `SMS_DeviceSettingPackage`, `SMS_ImagePackage`, `SMS_BootImagePackage`, `SMS_OperatingSystemInstallPackage`, `SMS_VhdPackage`
        the answer to `hello` has `fly` among `operations`, which are `create`, `edit`, `put`, `refresh`, `set_schedule`, `assign`, `remove`, `redistribute`, `cancel`, `delete`, `add_driver`, `add_content`, `fault`, `heal`, `clock`
        the answer to `hello` has the read `content` among `operations`
        the answer to `hello` has the operation `refresh` among `reads`
        the answer to `hello` has a `window` of 0
        the answer to `hello` cannot be read: `window`: invalid value: integer `-1`, expected a whole number from 0 to 4294967295
        the answer to `hello` has a `parallel_calls` of 0
        the answer to `hello` has an `instances` of 0
        the answer to `hello` has the `source_mode` `inline` and no operation `edit`
        the answer to `hello` has virtual time and no operation `clock`
        the answer to `hello` says that it reports when it is done, and has no read `idle`
        the answer to `hello` has a `bounds.stall_ms` of 600001; it takes at most 600000
        the answer to `hello` has a `bounds.converge_ms` of 18446744073709551615; it takes at most 600000
        ");
    }
}
