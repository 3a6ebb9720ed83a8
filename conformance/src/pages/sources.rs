//! `sources.md`: the documents behind the keys that clauses, questions and classes cite, and who cites each.
//!
//! [`SOURCES`] is the one place where a key is defined. Words of a citation that are no keys are for people.

use super::{code, opening, table};
use pkgsource_model::classes::CLASSES;
use pkgsource_model::clauses::{CLAUSES, ENTRIES};
use pkgsource_model::readings::QUESTIONS;

/// One document.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The key by which it is cited.
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Where it is: the last part of its address, or its number; empty where the title finds it.
    pub place: &'static str,
}

const fn source(key: &'static str, title: &'static str, place: &'static str) -> Source {
    Source { key, title, place }
}

/// Every document that is cited, and a few that were read for what they do not say.
pub const SOURCES: &[Source] = &[
    source(
        "RPS-PKG",
        "RefreshPkgSource Method in Class SMS_Package",
        "refreshpkgsource-method-in-class-sms_package",
    ),
    source(
        "RPS-CONTENT",
        "RefreshPkgSource Method in Class SMS_ContentPackage",
        "refreshpkgsource-method-in-class-sms_contentpackage",
    ),
    source(
        "RPS-DRV",
        "RefreshPkgSource Method in Class SMS_DriverPackage",
        "refreshpkgsource-method-in-class-sms_driverpackage",
    ),
    source(
        "RPS-TS",
        "RefreshPkgSource Method in Class SMS_TaskSequencePackage",
        "refreshpkgsource-method-in-class-sms_tasksequencepackage",
    ),
    source(
        "RPS-SUP",
        "RefreshPkgSource Method in Class SMS_SoftwareUpdatesPackage",
        "refreshpkgsource-method-in-class-sms_softwareupdatespackage",
    ),
    source(
        "RPS-DEV",
        "RefreshPkgSource Method in Class SMS_DeviceSettingPackage",
        "refreshpkgsource-method-in-class-sms_devicesettingpackage",
    ),
    source(
        "RPS-IMG",
        "RefreshPkgSource Method in Class SMS_ImagePackage",
        "refreshpkgsource-method-in-class-sms_imagepackage",
    ),
    source(
        "RPS-BOOT",
        "RefreshPkgSource Method in Class SMS_BootImagePackage",
        "refreshpkgsource-method-in-class-sms_bootimagepackage",
    ),
    source(
        "RPS-OSI",
        "RefreshPkgSource Method in Class SMS_OperatingSystemInstallPackage",
        "refreshpkgsource-method-in-class-sms_operatingsysteminstallpackage",
    ),
    source(
        "RPS-VHD",
        "RefreshPkgSource Method in Class SMS_VhdPackage (withdrawn 2019-08-02)",
        "refreshpkgsource-method-in-class-sms_vhdpackage",
    ),
    source("CLS-PKG", "SMS_Package Server WMI Class", "sms_package-server-wmi-class"),
    source(
        "CLS-DEV",
        "SMS_DeviceSettingPackage Server WMI Class",
        "sms_devicesettingpackage-server-wmi-class",
    ),
    source(
        "BASE",
        "SMS_PackageBaseclass Server WMI Class",
        "sms_packagebaseclass-server-wmi-class",
    ),
    source(
        "DP",
        "SMS_DistributionPoint Server WMI Class",
        "sms_distributionpoint-server-wmi-class",
    ),
    source("PDPS", "SMS_PackageStatusDistPointsSummarizer Server WMI Class", ""),
    source("PROOT", "SMS_PackageStatusRootSummarizer Server WMI Class", ""),
    source("UPA", "Package actions in content distribution", "understand-package-actions"),
    source("TCD", "Troubleshoot content distribution", "troubleshoot-content-distribution"),
    source("DMC", "Deploy and manage content", "deploy-and-manage-content"),
    source(
        "FCC",
        "Fundamental concepts for content management",
        "fundamental-concepts-for-content-management",
    ),
    source("TCL", "The content library", ""),
    source("PTM", "Package Transfer Manager", ""),
    source("ERR", "About Configuration Manager Errors", ""),
    source("ERR-WMI", "How to Handle Configuration Manager Synchronous Errors by Using WMI", ""),
    source("HT-BOOT", "How to Add a Windows Driver to a Windows PE Boot Image Package", ""),
    source("HT-IMG", "How to Update an Operating System Image Package", ""),
    source("HT-DRV", "How to Create a Driver Package", ""),
    source("FAQ03", "SMS 2003 Software Distribution and Packaging FAQ", "cc875804"),
    source("KB-318834", "Microsoft KB article 318834", "318834"),
    source("KB-281754", "Microsoft KB article 281754", "281754"),
    source("KB-936465", "Microsoft KB article 936465", "936465"),
    source(
        "BLOG-MYTH",
        "Content Distribution: The Myth (an experiment of 2014, not Microsoft documentation)",
        "configmgrftw",
    ),
];

const INTRODUCTION: &str = "
The documents that [clauses.md](clauses.md), [questions.md](questions.md) and [classes.md](classes.md) cite. Reference pages lie below
`learn.microsoft.com/intune/configmgr/develop/reference/`, concept pages below `learn.microsoft.com/intune/configmgr/`, and
troubleshooting articles below `learn.microsoft.com/troubleshoot/mem/configmgr/content-management/`; the place is the last part of an address.
A key that ends in `*` means every key that begins so. `A` and a number is an ambiguity of the documents; the question that cites
it says what is open. `domain` is the project's own digest of these documents, from which the numbers of clauses come.

";

pub(super) fn page() -> String {
    let mut page = opening(
        "Sources",
        &[
            "conformance/src/pages/sources.rs",
            "model/src/clauses/promises.rs",
            "model/src/readings/question.rs",
            "model/src/classes.rs",
        ],
    );
    page += INTRODUCTION;
    let row = |source: &Source| {
        let place = if source.place.is_empty() { String::new() } else { code([source.place]) };
        [source.key.to_owned(), source.title.to_owned(), place, cited_by(source.key).join(", ")]
    };
    page + &table(["key", "document", "place", "cited by"], SOURCES.iter().map(row))
}

/// Every citation: who cites, and in which words.
fn citations() -> impl Iterator<Item = (&'static str, &'static str)> {
    let clauses = CLAUSES.iter().map(|clause| (clause.id, clause.source));
    let questions = QUESTIONS.iter().map(|question| (question.id, question.source));
    let pages = CLASSES.iter().map(|entry| (entry.class.name(), entry.page));
    clauses.chain(questions).chain(pages)
}

fn cited_by(key: &str) -> Vec<&'static str> {
    let cites = |text: &str| keys(text).any(|cited| matches(cited, key));
    citations().filter(|(_, text)| cites(text)).map(|(id, _)| id).collect()
}

/// The words of a citation that can only be keys or ids: capitals, digits and hyphens, two or more, a capital first.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-*_".contains(c)));
    words.filter(|word| {
        word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && !word.contains(|c: char| c.is_ascii_lowercase() || c == '_')
    })
}

fn matches(cited: &str, key: &str) -> bool {
    cited.strip_suffix('*').map_or(cited == key, |beginning| key.starts_with(beginning))
}

/// True for the id of a clause, an entry, a question or an ambiguity.
fn is_id(word: &str) -> bool {
    CLAUSES.iter().any(|clause| clause.id == word)
        || ENTRIES.iter().any(|entry| entry.id == word)
        || QUESTIONS.iter().any(|question| question.id == word)
        || word
            .strip_prefix('A')
            .is_some_and(|number| number.parse::<u8>().is_ok_and(|n| (1..=36).contains(&n)))
}

/// The keys and ids in citations that nothing defines, with who cites them.
#[must_use]
pub fn undefined() -> Vec<(&'static str, &'static str)> {
    let defined =
        |word: &str| is_id(word) || SOURCES.iter().any(|source| matches(word, source.key));
    citations()
        .flat_map(|(id, text)| keys(text).map(move |word| (id, word)))
        .filter(|(_, word)| !defined(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_is_cited_is_defined() {
        assert_eq!(undefined(), []);
    }

    #[test]
    fn no_key_is_defined_twice() {
        let mut defined: Vec<&str> = SOURCES.iter().map(|source| source.key).collect();
        defined.sort_unstable();
        let all = defined.len();
        defined.dedup();
        assert_eq!(defined.len(), all);
    }

    #[test]
    fn keys_are_told_from_words() {
        let found: Vec<&str> =
            keys("RPS-* (all ten pages); SMS_Package, UPA 1→2: BASE, A3").collect();
        assert_eq!(found, ["RPS-*", "UPA", "BASE", "A3"]);
    }
}
