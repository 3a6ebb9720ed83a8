//! Bytes on their way from one file to another, and the SHA-256 of what passed.
//!
//! Nothing is ever held whole in memory: one buffer is reused for every file.

use std::io::{self, ErrorKind, Read, Write};

use sha2::{Digest, Sha256};

/// The buffer's size in bytes.
const BUFFER_BYTES: usize = 256 * 1024;

/// The hex digits of a SHA-256.
const DIGEST_DIGITS: usize = 64;

/// Size and SHA-256 of bytes that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Bytes.
    pub(crate) size: u64,
    /// 64 lower-case hex digits.
    pub(crate) sha256: String,
}

/// Which side of a copy failed.
#[derive(Debug)]
pub(crate) enum CopyError {
    /// The bytes could not be read.
    Read(io::Error),
    /// The bytes could not be written.
    Write(io::Error),
}

/// Copies and hashes, through one buffer.
#[derive(Debug)]
pub(crate) struct Pump {
    buffer: Box<[u8]>,
}

impl Pump {
    /// A pump with a buffer of its own.
    pub(crate) fn new() -> Self {
        Self { buffer: vec![0; BUFFER_BYTES].into_boxed_slice() }
    }

    /// Writes everything that `from` gives to `to`.
    pub(crate) fn copy(
        &mut self,
        mut from: impl Read,
        mut to: impl Write,
    ) -> Result<Sum, CopyError> {
        let mut hasher = Sha256::new();
        let mut size = 0;
        loop {
            let count = match from.read(&mut self.buffer) {
                Ok(0) => return Ok(Sum { size, sha256: hex(&hasher.finalize()) }),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(CopyError::Read(error)),
            };
            let (part, _) = self.buffer.split_at(count);
            hasher.update(part);
            to.write_all(part).map_err(CopyError::Write)?;
            size += count as u64;
        }
    }

    /// Reads everything that `from` gives and keeps nothing of it.
    pub(crate) fn sum(&mut self, from: impl Read) -> io::Result<Sum> {
        self.copy(from, io::sink()).map_err(|error| match error {
            CopyError::Read(error) | CopyError::Write(error) => error,
        })
    }
}

/// True for the text form of a SHA-256: a stored name of another form is never used as a path.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == DIGEST_DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 0xf)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_nothing_is_the_well_known_one() {
        let sum = Pump::new().sum(io::empty()).unwrap();
        assert_eq!(sum.size, 0);
        assert_eq!(sum.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_copy_longer_than_the_buffer_keeps_every_byte() {
        let bytes: Vec<u8> = (0..=250).cycle().take(BUFFER_BYTES * 2 + 7).collect();
        let mut copied = Vec::new();
        let sum = Pump::new().copy(bytes.as_slice(), &mut copied).unwrap();
        assert_eq!(copied, bytes);
        assert_eq!(sum, Pump::new().sum(bytes.as_slice()).unwrap());
        assert!(is_sha256(&sum.sha256));
    }

    #[test]
    fn a_name_that_leaves_the_folder_is_no_digest() {
        assert!(!is_sha256("../../etc/passwd"));
        assert!(!is_sha256(&"A".repeat(64)));
    }
}
