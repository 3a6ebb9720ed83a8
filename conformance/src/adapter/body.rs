//! The bytes that a [`Body`] stands for, and what is known of them. Where a body is written to, and whether it may
//! travel in a message, is for the adapters to say.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::{Body, Digest, FileRecord};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The longest file, in bytes, that a plan may write: it has to fit into a line of the protocol, in base64.
pub const MOST_FILE_BYTES: u64 = 12 * 1024 * 1024 - 64 * 1024;

/// Bytes that nobody can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadBody {
    /// A `base64` is not standard base64 with padding: why.
    NotBase64(String),
    /// A `fill` of this many bytes is longer than a file may be.
    TooLong(u64),
}

impl fmt::Display for BadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBase64(why) => {
                write!(f, "a `base64` is not standard base64 with padding: {why}")
            }
            Self::TooLong(size) => {
                write!(f, "a `fill` has a `size` of {size}; it takes at most {MOST_FILE_BYTES}")
            }
        }
    }
}

impl std::error::Error for BadBody {}

/// Makes sure that a body which came from outside has bytes.
///
/// # Errors
/// It is a `base64` that does not decode, or a fill without bound.
pub fn check_body(body: &Body) -> Result<(), BadBody> {
    match body {
        Body::Base64(text) => decode(text).map(drop),
        Body::Fill { size, .. } if *size > MOST_FILE_BYTES => Err(BadBody::TooLong(*size)),
        Body::Text(_) | Body::Fill { .. } => Ok(()),
    }
}

/// Makes sure that every file of an operation has bytes.
///
/// # Errors
/// The first that does not decode.
pub fn check_bodies(operation: &Operation<Body>) -> Result<(), BadBody> {
    let mut checked = Ok(());
    operation.map_files(|body| {
        if checked.is_ok() {
            checked = check_body(body);
        }
    });
    checked
}

/// The bytes of a body. Equal bodies have equal bytes, on every machine. A `base64` that [`check_body`] refuses
/// stands for the bytes of its text, and a fill for [`MOST_FILE_BYTES`] at most, so that this needs no error.
#[must_use]
pub fn body_bytes(body: &Body) -> Vec<u8> {
    match body {
        Body::Text(text) => text.clone().into_bytes(),
        Body::Base64(text) => decode(text).unwrap_or_else(|_| text.clone().into_bytes()),
        Body::Fill { seed, size } => fill(*seed, *size),
    }
}

/// How long a body is, and the SHA-256 of its bytes.
#[must_use]
pub fn record_of(body: &Body) -> FileRecord {
    record_of_bytes(&body_bytes(body))
}

/// How long some bytes are, and their SHA-256.
#[must_use]
pub fn record_of_bytes(bytes: &[u8]) -> FileRecord {
    FileRecord { size: bytes.len() as u64, sha256: Digest(Sha256::digest(bytes).into()) }
}

/// The body as it may be sent: a fill becomes its bytes, in base64.
#[must_use]
pub fn sendable_body(body: &Body) -> Body {
    match body {
        Body::Text(_) | Body::Base64(_) => body.clone(),
        Body::Fill { .. } => Body::Base64(BASE64_STANDARD.encode(body_bytes(body))),
    }
}

fn decode(text: &str) -> Result<Vec<u8>, BadBody> {
    BASE64_STANDARD.decode(text).map_err(|error| BadBody::NotBase64(error.to_string()))
}

fn fill(seed: u64, size: u64) -> Vec<u8> {
    let size = usize::try_from(size.min(MOST_FILE_BYTES)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size.next_multiple_of(8));
    let mut state = seed;
    while bytes.len() < size {
        bytes.extend_from_slice(&split_mix(&mut state).to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// The next number of `SplitMix64`: small, fast, and the same on every machine.
pub(super) fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first three numbers of the published generator for seed 1234567.
    #[test]
    fn a_fill_is_the_published_sequence() {
        let expected =
            [6_457_827_717_110_365_317_u64, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        let bytes: Vec<u8> = expected.iter().flat_map(|number| number.to_le_bytes()).collect();
        assert_eq!(body_bytes(&Body::Fill { seed: 1_234_567, size: 24 }), bytes);
        assert_eq!(body_bytes(&Body::Fill { seed: 1_234_567, size: 11 }), bytes[..11]);
        assert_eq!(body_bytes(&Body::Fill { seed: 1_234_567, size: 0 }), b"");
    }

    #[test]
    fn a_fill_is_sent_as_its_bytes_in_base64() {
        let filled = Body::Fill { seed: 7, size: 1000 };
        let sent = sendable_body(&filled);
        assert!(matches!(sent, Body::Base64(_)));
        assert_eq!(record_of(&sent), record_of(&filled));
    }

    #[test]
    fn a_record_is_the_length_and_the_sha_256() {
        let record = record_of(&Body::Text("abc".into()));
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((record.size, record.sha256.to_string().as_str()), (3, abc));
        assert_eq!(record_of(&Body::Base64("YWJj".into())), record);
    }

    #[test]
    fn what_is_not_base64_is_refused_by_the_check() {
        assert_eq!(check_body(&Body::Base64("YWJj".into())), Ok(()));
        let refused = check_body(&Body::Base64("YWJ".into())).unwrap_err().to_string();
        assert_eq!(refused, "a `base64` is not standard base64 with padding: Invalid padding");
    }
}
