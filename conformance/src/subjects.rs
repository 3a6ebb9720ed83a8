//! The built-in subjects by name: the adapters that ship with the suite, and the suite's own mutants and variants, which
//! stand around one of them. It stands above both, so that no adapter knows of a mutant.

use crate::adapter::Adapter;
#[cfg(feature = "site")]
use crate::adapter::folder::Folder;
use crate::mutants::{Mutant, Variant, mutants, variants};

/// A built-in subject: `folder`, `reference`, `mutant:NAME` or `variant:NAME`.
///
/// # Errors
/// There is none of that name.
pub fn built_in(name: &str, seed: u64) -> Result<Box<dyn Adapter>, NoSuchSubject> {
    let known = |kind, names: Vec<&'static str>, name: &str| NoSuchSubject {
        name: name.to_owned(),
        kind,
        known: names,
    };
    match name.split_once(':') {
        #[cfg(feature = "site")]
        None if name == "folder" => Ok(Box::new(Folder::new())),
        None if name == "reference" => Ok(Box::new(Variant::reference(seed))),
        Some(("mutant", mutant)) => match Mutant::by_name(mutant) {
            Some(found) => Ok(Box::new(found.adapter(seed))),
            None => Err(known("mutant", mutants().map(|mutant| mutant.name).collect(), mutant)),
        },
        Some(("variant", variant)) => match Variant::by_name(variant) {
            Some(found) => Ok(Box::new(found.adapter(seed))),
            None => {
                Err(known("variant", variants().map(|variant| variant.name).collect(), variant))
            }
        },
        _ => {
            let names = vec!["folder", "reference", "mutant:NAME", "variant:NAME"];
            Err(known("built-in adapter", names, name))
        }
    }
}

/// A name that no built-in subject has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchSubject {
    /// The name.
    pub name: String,
    /// What it should have been the name of.
    pub kind: &'static str,
    /// The names that there are.
    pub known: Vec<&'static str>,
}

impl std::fmt::Display for NoSuchSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no {}; known: {}", self.name, self.kind, self.known.join(", "))
    }
}

impl std::error::Error for NoSuchSubject {}
