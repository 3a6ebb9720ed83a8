//! A reply's line as an id and one of the five replies, or the reason why it is none. Whether the id was asked, and
//! whether the answer fits the operation, is not known here.

use super::super::FaultCause;
use super::tail::printable;
use pkgsource_model::reply::{Problem, Reply};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

/// The longest part of a line that a fault shows, in characters.
const SHOWN: usize = 100;

/// A reply's line. Exactly one of the five must be there; anything else is ignored.
#[derive(Deserialize)]
struct Fields<A> {
    id: Option<u64>,
    ok: Option<A>,
    error: Option<Problem>,
    unknown: Option<Problem>,
    unsupported: Option<Problem>,
    adapter_error: Option<Problem>,
}

/// Reads a reply's line.
pub(super) fn read_reply<A: DeserializeOwned>(line: &[u8]) -> Result<(u64, Reply<A>), FaultCause> {
    read_fields(line)
        .and_then(Fields::into_reply)
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
    message.split(" at line ").next().map(str::to_owned).unwrap_or(message)
}

fn read_fields<A: DeserializeOwned>(line: &[u8]) -> Result<Fields<A>, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("it is not UTF-8 from byte {}", error.valid_up_to()))?;
    match text.trim_start().chars().next() {
        None => Err("it is empty".into()),
        Some('{') => serde_json::from_str(text).map_err(|error| why(&error)),
        Some(_) => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Err("it is not a JSON object".into()),
            Err(error) => Err(why(&error)),
        },
    }
}

fn why(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Data => without_place(error),
        Category::Io | Category::Syntax | Category::Eof => {
            format!("it is not JSON: {} at column {}", without_place(error), error.column())
        }
    }
}

impl<A> Fields<A> {
    fn into_reply(self) -> Result<(u64, Reply<A>), String> {
        let id = self.id.ok_or("it has no `id`")?;
        let all = [
            self.ok.map(Reply::Ok),
            self.error.map(Reply::Error),
            self.unknown.map(Reply::Unknown),
            self.unsupported.map(Reply::Unsupported),
            self.adapter_error.map(Reply::AdapterError),
        ];
        let mut replies = all.into_iter().flatten();
        match (replies.next(), replies.next()) {
            (Some(reply), None) => Ok((id, reply)),
            (Some(one), Some(two)) => {
                Err(format!("it has both `{}` and `{}`", word(&one), word(&two)))
            }
            (None, _) => {
                Err("it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`"
                    .into())
            }
        }
    }
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
    use pkgsource_model::reply::AnswerFields;

    fn refused(line: &[u8]) -> String {
        read_reply::<AnswerFields>(line).unwrap_err().to_string()
    }

    #[test]
    fn a_line_that_is_no_reply_says_why() {
        let all: [&[u8]; 13] = [
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
            b"{\"id\":1,\"ok\":{\"return_value\":2147483648}}",
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
        a line is not a reply: invalid type: string "1", expected u64: `{"id":"1","ok":{}}`
        a line is not a reply: it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`: `{"id":1}`
        a line is not a reply: it has both `ok` and `error`: `{"id":1,"ok":{},"error":{}}`
        a line is not a reply: duplicate field `ok`: `{"id":1,"ok":{},"ok":{}}`
        a line is not a reply: invalid value: integer `2147483648`, expected i32: `{"id":1,"ok":{"return_value":2147483648}}`
        "#);
    }

    #[test]
    fn unknown_members_and_surrounding_space_are_ignored() {
        let line = b" {\"id\":1,\"new\":[{}],\"ok\":{\"return_value\":-1,\"new\":null}} \r";
        let (id, reply) = read_reply::<AnswerFields>(line).unwrap();
        assert_eq!((id, word(&reply)), (1, "ok"));
    }

    #[test]
    fn a_long_line_is_shown_by_its_beginning() {
        let long = shown("ä".repeat(1000).as_bytes());
        assert_eq!(long, format!("{}…", "ä".repeat(SHOWN)));
    }
}
