//! Content: files as somebody reads them back, by path, size and SHA-256. No bytes and no hashing here:
//! a digest arrives from outside, and the model only compares.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::name::BadName;

/// A file's place inside a package: relative, `/` between parts, no part empty, `.` or `..`, none
/// over 255 bytes, no backslash and no control character, 1024 bytes in all. Bytes are kept as they
/// are: two normal forms of one letter are two names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// Parses a path.
    ///
    /// # Errors
    /// The text breaks the rule that the type's documentation states.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let part = |p: &str| (1..=255).contains(&p.len()) && p != "." && p != "..";
        let letter = |c: char| c != '\\' && !c.is_control();
        if text.len() <= 1024 && text.split('/').all(part) && text.chars().all(letter) {
            return Ok(Self(text.into()));
        }
        let rule = "a relative path of at most 1024 bytes, parts of 1 to 255 bytes with `/` between, no `.` or \
                    `..`, no backslash and no control character";
        Err(BadName { noun: "file path", text: text.to_owned(), rule })
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders that it is in, the outermost first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').filter_map(|(at, _)| self.0.get(..at))
    }

    /// True where it is in a folder of this path, however deep.
    #[must_use]
    pub fn is_below(&self, folder: &Self) -> bool {
        self.0.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl Borrow<str> for FilePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl TryFrom<String> for FilePath {
    type Error = BadName;
    fn try_from(text: String) -> Result<Self, BadName> {
        Self::new(&text)
    }
}

impl From<FilePath> for String {
    fn from(path: FilePath) -> Self {
        path.0.as_ref().to_owned()
    }
}

/// A SHA-256, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Self, BadName> {
        let bad = || BadName {
            noun: "SHA-256",
            text: text.to_owned(),
            rule: "64 lower-case hexadecimal digits",
        };
        let digit = |b: u8| match b {
            b'0'..=b'9' => Ok(b - b'0'),
            b'a'..=b'f' => Ok(b - b'a' + 10),
            _ => Err(bad()),
        };
        let digits: [u8; 64] = text.as_bytes().try_into().map_err(|_| bad())?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = BadName;
    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// One file without its name: how long it is, and the SHA-256 of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileRecord {
    /// Length in bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: Digest,
}

/// The files of a package, a source or a read-back, by path.
pub type Content = BTreeMap<FilePath, FileRecord>;

/// A file's bytes, as plans and messages spell them. A history holds a [`FileRecord`] instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Body {
    /// The bytes of a UTF-8 text.
    Text(String),
    /// Any bytes, in standard base64 with padding.
    Base64(String),
    /// `size` bytes that follow from `seed`; only in plans, never sent.
    Fill {
        /// Chooses the bytes.
        seed: u64,
        /// Length in bytes.
        size: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_each_of_its_folders_and_below_no_name_that_only_begins_like_one() {
        let path = |text| FilePath::new(text).expect("a path");
        assert_eq!(path("a/b/c").folders().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(path("a").folders().count(), 0);
        assert!(path("a/b/c").is_below(&path("a")) && path("a/b/c").is_below(&path("a/b")));
        assert!(!path("ab/c").is_below(&path("a")) && !path("a").is_below(&path("a")));
    }
}
