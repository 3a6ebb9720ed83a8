//! A reply's line as an id and one of the five replies, or the reason why it is none. Whether the id was asked, and
//! whether the answer fits the operation, is not known here.

use super::super::FaultCause;
use super::super::strict;
use super::tail::printable;
use pkgsource_model::operation::OperationKind;
use pkgsource_model::reply::{Answer, AnswerFields, Problem, Reply};
use serde::Deserialize as _;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_json::{Map, Value};

/// The longest part of a line that a fault shows, in characters.
const SHOWN: usize = 100;

/// Reads a reply's line.
pub(super) fn read_reply<A: DeserializeOwned>(line: &[u8]) -> Result<(u64, Reply<A>), FaultCause> {
    read_value(line)
        .and_then(|value| reply_of(value).and_then(typed))
        .map_err(|why| FaultCause::NotAReply(why, shown(line)))
}

/// Which of the five a reply is, as it is spelled in messages.
pub(super) fn word<A>(reply: &Reply<A>) -> &'static str {
    match reply {
        Reply::Ok(_) => "ok",
        Reply::Error(_) => "error",
        Reply::Unknown(_) => "unknown",
        Reply::Unsupported(_) => "unsupported",
        Reply::AdapterError(_) => "adapter_error",
    }
}

/// A parser's message without the place, which counts from the beginning of a line that nobody sees in full.
pub(super) fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(why, _)| why);
    match message.char_indices().nth(MOST_QUOTED) {
        // It quotes what it was given, which may be as long as a line.
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message.to_owned(),
    }
}

/// The most characters of a sentence about what a line holds.
const MOST_QUOTED: usize = 1000;

fn read_value(line: &[u8]) -> Result<Map<String, Value>, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("it is not UTF-8 from byte {}", error.valid_up_to()))?;
    match text.trim_start().chars().next() {
        None => Err("it is empty".into()),
        Some('{') => match strict::parse(text).map_err(|error| why(&error))? {
            Value::Object(members) => Ok(members),
            other => Err(format!("it is {}, not a JSON object", strict::kind(&other))),
        },
        Some(_) => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Err("it is not a JSON object".into()),
            Err(error) => Err(why(&error)),
        },
    }
}

/// The id, and the one of the five that is there: exactly one, and an object. Anything else is ignored.
fn reply_of(mut members: Map<String, Value>) -> Result<(u64, Reply<Value>), String> {
    let id = members.remove("id").ok_or("it has no `id`")?;
    let id = id.as_u64().ok_or_else(|| format!("its `id` is `{id}`, which is no id"))?;
    let mut replies = Vec::new();
    for name in ["ok", "error", "unknown", "unsupported", "adapter_error"] {
        let Some(inside) = members.remove(name) else { continue };
        if !inside.is_object() {
            return Err(format!("its `{name}` is {}, not an object", strict::kind(&inside)));
        }
        replies.push(if name == "ok" { Reply::Ok(inside) } else { failed(name, inside)? });
    }
    let mut replies = replies.into_iter();
    match (replies.next(), replies.next()) {
        (Some(reply), None) => Ok((id, reply)),
        (Some(one), Some(two)) => Err(format!("it has both `{}` and `{}`", word(&one), word(&two))),
        (None, _) => {
            Err("it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`".into())
        }
    }
}

fn failed(name: &str, inside: Value) -> Result<Reply<Value>, String> {
    let problem: Problem =
        serde_json::from_value(inside).map_err(|error| format!("its `{name}`: {}", why(&error)))?;
    Ok(match name {
        "error" => Reply::Error(problem),
        "unknown" => Reply::Unknown(problem),
        "unsupported" => Reply::Unsupported(problem),
        _ => Reply::AdapterError(problem),
    })
}

fn typed<A: DeserializeOwned>((id, reply): (u64, Reply<Value>)) -> Result<(u64, Reply<A>), String> {
    let reply = match reply {
        Reply::Ok(members) => Reply::Ok(serde_json::from_value(members).map_err(|e| why(&e))?),
        Reply::Error(problem) => Reply::Error(problem),
        Reply::Unknown(problem) => Reply::Unknown(problem),
        Reply::Unsupported(problem) => Reply::Unsupported(problem),
        Reply::AdapterError(problem) => Reply::AdapterError(problem),
    };
    Ok((id, reply))
}

/// Reads the members of an `ok` that belong to an operation. Others are ignored, whatever they hold.
pub(super) fn answer(kind: OperationKind, members: Value) -> Result<Answer, FaultCause> {
    let of = format!("the `ok` of `{kind}`");
    let Value::Object(mut members) = members else {
        return Err(FaultCause::BadAnswer(format!("{of}: it is not an object")));
    };
    members.retain(|name, _| AnswerFields::members(kind).contains(&name.as_str()));
    let members = Value::Object(members);
    let fields = AnswerFields::deserialize(&members)
        .map_err(|error| FaultCause::BadAnswer(unusable(&of, &members, &error)))?;
    Answer::from_fields(kind, fields)
        .map_err(|missing| FaultCause::MissingMember(missing.to_string()))
}

fn why(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Data => without_place(error),
        Category::Io | Category::Syntax | Category::Eof => {
            format!("it is not JSON: {} at column {}", without_place(error), error.column())
        }
    }
}

/// Why an answer cannot be used, with the member that cannot.
fn unusable(of: &str, members: &Value, error: &serde_json::Error) -> String {
    let alone = members.as_object().into_iter().flatten().find_map(|(name, value)| {
        let member = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        let error = AnswerFields::deserialize(&member).err()?;
        Some(format!("the `{name}` in {of}: {}", in_words(&why(&error))))
    });
    alone.unwrap_or_else(|| format!("{of}: {}", why(error)))
}

/// A parser's message without the names that types have in Rust.
pub(super) fn in_words(message: &str) -> String {
    const WORDS: [(&str, &str); 7] = [
        ("expected u32", "expected a whole number from 0 to 4294967295"),
        ("expected i32", "expected a whole number from -2147483648 to 2147483647"),
        ("expected u64", "expected a whole number from 0"),
        ("struct FileEntry", "an object with `path`, `size` and `sha256`"),
        ("type: sequence", "type: an array"),
        ("expected a sequence", "expected an array"),
        ("type: map", "type: an object"),
    ];
    WORDS.iter().fold(message.to_owned(), |text, (rust, word)| text.replace(rust, word))
}

fn shown(line: &[u8]) -> String {
    // A character has at most four bytes, so that a long line is not read whole for its beginning.
    let text = printable(line.get(..SHOWN * 4).unwrap_or(line));
    let mut beginning: String = text.chars().take(SHOWN).collect();
    if beginning.len() < text.len() || line.len() > SHOWN * 4 {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(line: &[u8]) -> String {
        read_reply::<Value>(line).unwrap_err().to_string()
    }

    #[test]
    fn a_line_that_is_no_reply_says_why() {
        let all: [&[u8]; 15] = [
            b"",
            b"Hello, world",
            b"[1]",
            b"\"ok\"",
            b"{\"id\":1,\"ok\":{}",
            b"{\"id\":1,\"ok\":{}} {}",
            b"{\"id\":1,\"ok\":{\"failure\":\"\xff\"}}",
            b"{\"ok\":{}}",
            b"{\"id\":\"1\",\"ok\":{}}",
            b"{\"id\":1}",
            b"{\"id\":1,\"ok\":{},\"error\":{}}",
            b"{\"id\":1,\"ok\":{},\"ok\":{}}",
            b"{\"id\":1,\"ok\":[0]}",
            b"{\"id\":1,\"ok\":null}",
            b"{\"id\":1,\"error\":{\"message\":5}}",
        ];
        insta::assert_snapshot!(all.map(refused).join("\n"), @r#"
        a line is not a reply: it is empty: ``
        a line is not a reply: it is not JSON: expected value at column 1: `Hello, world`
        a line is not a reply: it is not a JSON object: `[1]`
        a line is not a reply: it is not a JSON object: `"ok"`
        a line is not a reply: it is not JSON: EOF while parsing an object at column 15: `{"id":1,"ok":{}`
        a line is not a reply: it is not JSON: trailing characters at column 18: `{"id":1,"ok":{}} {}`
        a line is not a reply: it is not UTF-8 from byte 25: `{"id":1,"ok":{"failure":"�"}}`
        a line is not a reply: it has no `id`: `{"ok":{}}`
        a line is not a reply: its `id` is `"1"`, which is no id: `{"id":"1","ok":{}}`
        a line is not a reply: it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`: `{"id":1}`
        a line is not a reply: it has both `ok` and `error`: `{"id":1,"ok":{},"error":{}}`
        a line is not a reply: the member `ok` is there twice: `{"id":1,"ok":{},"ok":{}}`
        a line is not a reply: its `ok` is an array, not an object: `{"id":1,"ok":[0]}`
        a line is not a reply: it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`: `{"id":1,"ok":null}`
        a line is not a reply: its `error`: invalid type: integer `5`, expected a string: `{"id":1,"error":{"message":5}}`
        "#);
    }

    #[test]
    fn an_answer_that_does_not_fit_its_operation_names_the_member() {
        let file = |path: &str| json!({"path": path, "size": 3, "sha256": "a".repeat(64)});
        let all = [
            (OperationKind::Refresh, json!({"return_value": 2_147_483_648_u32})),
            (OperationKind::Refresh, json!({})),
            (OperationKind::Package, json!({"absent": true, "version": 1})),
            (OperationKind::Content, json!({"absent": true, "files": []})),
            (OperationKind::Content, json!({"files": [file("a"), file("a")]})),
            (OperationKind::Content, json!({"files": [file("b"), file("a")]})),
            (OperationKind::Content, json!({"files": [["a", 3, "b"]]})),
            (OperationKind::Site, json!({"version": 1, "stored": [2]})),
        ];
        let refused = all.map(|(kind, members)| answer(kind, members).unwrap_err().to_string());
        insta::assert_snapshot!(refused.join("\n"), @"
        the `return_value` in the `ok` of `refresh`: invalid value: integer `2147483648`, expected a whole number from -2147483648 to 2147483647
        the `ok` of `refresh` lacks `return_value`
        the `version` in the `ok` of `package` stands beside `absent`
        the `files` in the `ok` of `content` stands beside `absent`
        the `files` in the `ok` of `content` have `a` twice
        the `files` in the `ok` of `content` are not sorted: `a` after `b`
        the `files` in the `ok` of `content`: invalid type: an array, expected an object with `path`, `size` and `sha256`
        the `stored` in the `ok` of `site`: invalid type: an array, expected string or map
        ");
    }

    #[test]
    fn unknown_members_and_surrounding_space_are_ignored() {
        let line = b" {\"id\":1,\"new\":[{}],\"ok\":{\"return_value\":-1,\"new\":null}} \r";
        let (id, reply) = read_reply::<Value>(line).unwrap();
        assert_eq!((id, word(&reply)), (1, "ok"));
        let others = json!({"return_value": 1, "version": "x", "files": 7});
        assert!(answer(OperationKind::Refresh, others).is_ok());
    }

    #[test]
    fn a_long_line_is_shown_by_its_beginning() {
        let long = shown("ä".repeat(1000).as_bytes());
        assert_eq!(long, format!("{}…", "ä".repeat(SHOWN)));
    }
}
