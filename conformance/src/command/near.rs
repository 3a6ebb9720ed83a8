//! What somebody may have meant: the nearest of some names, and what to do about an argument that is none.

use crate::exit::Trouble;
use crate::mutants::{mutants, variants};
use crate::subjects::NoSuchSubject;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use pkgsource_model::clauses::CLAUSES;
use pkgsource_model::readings::{QUESTIONS, Question};
use pkgsource_model::words::PackageClass;
use pkgsource_model::words::visible::visible_beginning;

/// How alike two names have to be.
const ALIKE: f64 = 0.84;

/// The name that is most like a text, whatever its case and with or without a hyphen, if one is like it at all.
pub(super) fn near<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
    let text = plain(text.split_once(':').map_or(text, |(_, name)| name));
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(&plain(name), &text), name));
    let best = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= ALIKE).then_some(best.1)
}

/// The end of a message that asks whether another name was meant.
pub(super) fn meant<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    near(text, names).map_or(String::new(), |name| format!("; did you mean `{name}`?"))
}

/// The ids of all clauses.
pub(super) fn clauses() -> impl Iterator<Item = &'static str> {
    CLAUSES.iter().map(|clause| clause.id)
}

/// Reads a class. What is none gets the class that was meant, or all of them.
pub(super) fn class(text: &str) -> Result<PackageClass, String> {
    text.parse::<PackageClass>().map_err(|bad| {
        let names = || PackageClass::ALL.iter().map(|class| class.name());
        let short = names().find(|name| name[4..].eq_ignore_ascii_case(text));
        let hint = match repeat("--class", text).or_else(|| short.map(did_you_mean)) {
            Some(hint) => hint,
            None => meant(text, names()),
        };
        let known: Vec<&str> = names().collect();
        format!("{bad}{hint}; known: {}", known.join(", "))
    })
}

/// The end of a message about several values in one, where the option takes one.
pub(super) fn repeat(option: &str, text: &str) -> Option<String> {
    let each: Vec<String> = text.split(',').map(|one| format!("{option} {}", one.trim())).collect();
    (each.len() > 1).then(|| format!("; repeat the option instead: {}", each.join(" ")))
}

fn did_you_mean(name: &str) -> String {
    format!("; did you mean `{name}`?")
}

/// The end of a message about a pin that is none.
pub(super) fn pin(text: &str) -> String {
    let (id, reading) = text.split_once('=').unwrap_or((text, ""));
    let Some(question) = Question::by_id(id) else {
        let other = near(id, QUESTIONS.iter().map(|entry| entry.id));
        return other.map_or(String::new(), |name| did_you_mean(&pinned(name, reading)));
    };
    let readings = question.entry().readings;
    match near(reading, readings.iter().map(|reading| reading.name)) {
        Some(name) => did_you_mean(&pinned(id, name)),
        None if reading.is_empty() => {
            let first = readings.first().map_or("", |reading| reading.name);
            format!("; a pin has a reading, as in `{}`", pinned(id, first))
        }
        None => String::new(),
    }
}

fn pinned(question: &str, reading: &str) -> String {
    if reading.is_empty() { question.to_owned() } else { format!("{question}={reading}") }
}

/// What is said of a subject that there is none of, with the one that was meant.
pub(super) fn no_subject(text: &str, error: &NoSuchSubject) -> Trouble {
    let all = || {
        let mutants = mutants().map(|mutant| ("mutant:", mutant.name));
        let variants = variants().map(|variant| ("variant:", variant.name));
        [("", "folder"), ("", "reference")].into_iter().chain(mutants).chain(variants)
    };
    let kind = text.split_once(':').map(|(kind, _)| format!("{kind}:"));
    let own = || all().filter(|(of, _)| kind.as_deref().is_none_or(|kind| kind == *of));
    let best = near(text, own().map(|(_, name)| name))
        .or_else(|| near(text, all().map(|(_, name)| name)))
        .and_then(|name| all().find(|(_, known)| *known == name));
    let hint = best.map_or(String::new(), |(of, name)| did_you_mean(&format!("{of}{name}")));
    Trouble::Usage(format!("{error}{hint}"))
}

/// What to do about an argument that the command does not take, in a line; none where clap has said it.
pub(super) fn hint(error: &clap::Error, verbs: &[&str]) -> Option<String> {
    if !matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand) {
        return None;
    }
    let context = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let word = context.iter().find_map(|&kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    })?;
    let shown = visible_beginning(word, 80);
    if word.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok()) {
        return Some(format!("`{shown}` is below 0, and no number here may be"));
    }
    if word.starts_with('-') {
        return None;
    }
    if std::path::Path::new(word).exists() {
        return Some(format!(
            "to verify what the program `{shown}` does, put `--` before it: pkgsource verify -- {shown}"
        ));
    }
    match near(word, verbs.iter().copied()) {
        Some(verb) => Some(format!("did you mean the verb `{verb}`? The verb stands first")),
        None => Some(format!(
            "a program that is to be verified stands after `--`; `{shown}` is no verb"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        for (text, meant) in [("VER1", "VER-1"), ("ver-1", "VER-1"), ("dst9", "DST-9")] {
            assert_eq!(near(text, clauses()), Some(meant));
        }
        assert_eq!(near("verfiy", ["verify", "replay"]), Some("verify"));
        assert_eq!(near("mutant:copies-nothin", ["copies-nothing"]), Some("copies-nothing"));
        assert_eq!(near("NOPE", clauses()), None);
    }
}
