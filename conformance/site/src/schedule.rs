//! `RefreshSchedule`: which token strings a package may carry.
//!
//! Nothing fires here: the crate has no clock. A token is checked for its form, never decoded.

use crate::error::SiteError;
use crate::package::{Record, SourceFlag};

/// The most tokens that `RefreshSchedule` holds.
const TOKENS_MAX: usize = 15;

/// The hex digits of one token: two double words.
const TOKEN_DIGITS: usize = 16;

/// Accepts at most 15 tokens of 16 hex digits, on a package whose source is used directly.
pub(crate) fn check(record: &Record, tokens: &[String]) -> Result<(), SiteError> {
    if record.source_flag != SourceFlag::Direct {
        let number = record.source_flag.number();
        return refuse(format!(
            "PkgSourceFlag is {number}, a schedule needs 2; change the flag first"
        ));
    }
    if tokens.len() > TOKENS_MAX {
        return refuse(format!("{} tokens, at most {TOKENS_MAX} fit; merge some", tokens.len()));
    }
    match tokens.iter().find(|token| !is_token(token)) {
        Some(bad) => refuse(format!("`{bad}` is not a token; write {TOKEN_DIGITS} hex digits")),
        None => Ok(()),
    }
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn refuse(reason: String) -> Result<(), SiteError> {
    Err(SiteError::invalid("RefreshSchedule", reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_sixteen_hex_digits() {
        assert!(is_token("0001200000100038"));
        for bad in ["", "000120000010003", "00012000001000388", "000120000010003g", "ééééé000000"]
        {
            assert!(!is_token(bad), "{bad}");
        }
    }
}
