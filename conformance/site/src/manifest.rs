//! A manifest: which files one version of one package consists of.
//!
//! It says what ought to be there. What *is* there, only a read of the stored bytes tells.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::digest::{hex, is_sha256};
use crate::status::ContentFile;

/// The content of one version, by path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) package: String,
    pub(crate) version: u32,
    /// Sorted by path, each path once.
    pub(crate) files: Vec<ContentFile>,
}

impl Manifest {
    /// The manifest of `files`, sorted.
    pub(crate) fn new(package: &str, version: u32, mut files: Vec<ContentFile>) -> Self {
        files.sort();
        Self { package: package.to_owned(), version, files }
    }

    /// The stored files that the version needs, each once.
    pub(crate) fn digests(&self) -> BTreeSet<String> {
        self.files.iter().map(|file| file.sha256.clone()).collect()
    }

    /// True if every digest has the form of one, so that it is fit to be a file name.
    pub(crate) fn is_well_formed(&self) -> bool {
        self.files.iter().all(|file| is_sha256(&file.sha256))
    }
}

/// A file or folder name for any text: letters, digits, `-` and `_` stay, every other byte becomes `%` and two hex
/// digits; a text that would be too long for a file system becomes a digest.
pub(crate) fn file_name(text: &str) -> String {
    const LENGTH_MAX: usize = 200;
    let mut name = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            name.push(char::from(byte));
        } else {
            name.push('%');
            name.push_str(&hex(&[byte]));
        }
    }
    if name.len() > LENGTH_MAX {
        use sha2::{Digest, Sha256};
        return format!("%sha256-{}", hex(&Sha256::digest(text.as_bytes())));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_never_leaves_its_folder_and_never_collides() {
        assert_eq!(file_name("PS100001"), "PS100001");
        assert_eq!(file_name("../x"), "%2e%2e%2fx");
        assert_ne!(file_name("a.b"), file_name("a%2eb"));
        assert!(file_name(&"ü".repeat(300)).len() < 100);
    }
}
