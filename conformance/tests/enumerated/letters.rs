//! The brute force beside the enumeration: letters over every name, words of them, what makes a word possible, and the one
//! way of many in which its names can be written. It shares nothing with the code under test.

use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, PackageClass};
use std::collections::{BTreeMap, BTreeSet};

/// One step, as far as two plans differ in it: names, but no texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letter {
    Write { source: String, file: String, hidden: bool },
    DeleteFile { source: String, file: String },
    Rename { source: String, from: String, to: String },
    Refresh { at: bool, other_class: bool, context: Option<String> },
    Assign(String),
    AtPoint(&'static str, String),
    Put(&'static str),
    Move(String),
    Add(&'static str),
    Schedule(usize),
    Lose(String),
    Restore(String),
    Delete,
}

fn of_change(source: &str, change: &Change<Body>) -> Letter {
    let source = source.to_owned();
    match change {
        Change::Write { path, keep_time, .. } => {
            Letter::Write { source, file: path.as_str().into(), hidden: *keep_time }
        }
        Change::Delete { path } => Letter::DeleteFile { source, file: path.as_str().into() },
        Change::Rename { from, to } => {
            Letter::Rename { source, from: from.as_str().into(), to: to.as_str().into() }
        }
    }
}

pub(super) fn of_operation(operation: &Operation<Body>) -> Letter {
    let at = |what: &'static str, point: &pkgsource_model::words::PointName| {
        Letter::AtPoint(what, point.as_str().into())
    };
    match operation {
        Operation::Edit { source, changes } => of_change(source.as_str(), &changes[0]),
        Operation::Refresh { context, at, class, .. } => Letter::Refresh {
            at: at.is_some(),
            other_class: class.is_some(),
            context: context.clone(),
        },
        Operation::Assign { point, .. } => Letter::Assign(point.as_str().into()),
        Operation::Remove { point, .. } => at("remove", point),
        Operation::Redistribute { point, .. } => at("redistribute", point),
        Operation::Cancel { point, .. } => at("cancel", point),
        Operation::Put { properties, .. } => match properties {
            p if p.name.is_some() => Letter::Put("name"),
            p if p.share_name.is_some() => Letter::Put("share name"),
            p if p.source_flag.is_some() => Letter::Put("flag"),
            p if p.source_version.is_some() => Letter::Put("version"),
            p if p.refresh_pkg_source_flag.is_some() => Letter::Put("refresh"),
            p => Letter::Move(p.source.as_ref().expect("a property").as_str().into()),
        },
        Operation::AddDriver { .. } => Letter::Add("driver"),
        Operation::AddContent { refresh_points: false, .. } => Letter::Add("content"),
        Operation::AddContent { .. } => Letter::Add("content at once"),
        Operation::SetSchedule { tokens, .. } => Letter::Schedule(tokens.len()),
        Operation::Fault { target, .. } => Letter::Lose(target.as_str().to_owned()),
        Operation::Heal { target, .. } => Letter::Restore(target.as_str().to_owned()),
        Operation::Delete { .. } => Letter::Delete,
        other => panic!("no letter of the alphabet: {other:?}"),
    }
}

/// Every letter over more names than any plan of two steps needs.
fn every_letter(class: PackageClass) -> Vec<Letter> {
    let text = |text: &str| text.to_owned();
    let (files, mut letters) = (["f1.txt", "f2.txt", "f3.txt", "f4.txt"], Vec::new());
    for source in ["S1", "S2"].map(text) {
        let s = || source.clone();
        for file in files.map(text) {
            let write = |hidden| Letter::Write { source: s(), file: file.clone(), hidden };
            letters.extend([write(false), write(true)]);
            letters.push(Letter::DeleteFile { source: s(), file: file.clone() });
            let rename = |to| Letter::Rename { source: s(), from: file.clone(), to };
            letters.extend(files.map(text).map(rename));
        }
        letters.extend([Letter::Move(s()), Letter::Lose(s()), Letter::Restore(s())]);
    }
    for point in ["DP1", "DP2", "DP3"] {
        letters.push(Letter::Assign(text(point)));
        let at = |what| Letter::AtPoint(what, text(point));
        letters.extend(["remove", "redistribute", "cancel"].map(at));
    }
    let refresh = |at, other_class, context: Option<&str>| Letter::Refresh {
        at,
        other_class,
        context: context.map(text),
    };
    letters
        .extend([(false, false), (true, false), (false, true)].map(|(a, o)| refresh(a, o, None)));
    if class == PackageClass::BootImage {
        let contexts = ["", "context-1", "context-2", "context-3"];
        letters.extend(contexts.map(|context| refresh(false, false, Some(context))));
        letters.push(Letter::Add("driver"));
    }
    if matches!(class, PackageClass::Driver | PackageClass::SoftwareUpdates) {
        letters.extend(["content", "content at once"].map(Letter::Add));
    }
    letters.extend(["name", "share name", "version", "refresh"].map(Letter::Put));
    letters.extend((class == PackageClass::DeviceSetting).then_some(Letter::Put("flag")));
    letters.extend([15, 16].map(Letter::Schedule));
    letters.push(Letter::Delete);
    letters
}

/// What a client and an administrator can do, and what would change nothing.
fn is_possible(word: &[Letter]) -> bool {
    let first = || BTreeSet::from(["f1.txt".to_owned()]);
    let mut files = BTreeMap::from([("S1".to_owned(), first()), ("S2".to_owned(), first())]);
    let (mut absent, mut current, mut deleted) = (BTreeSet::new(), "S1".to_owned(), false);
    let mut points = BTreeSet::from(["DP1".to_owned()]);
    word.iter().all(|letter| {
        let is_plain =
            matches!(letter, Letter::Refresh { at: false, other_class: false, context: None });
        if deleted {
            return is_plain;
        }
        let can_edit = |source: &String| *source == current && !absent.contains(source);
        match letter {
            Letter::Write { source, file, hidden } => {
                let is_new = files.get_mut(source).is_some_and(|files| files.insert(file.clone()));
                can_edit(source) && !(*hidden && is_new)
            }
            Letter::DeleteFile { source, file } => {
                can_edit(source) && files.get_mut(source).is_some_and(|files| files.remove(file))
            }
            Letter::Rename { source, from, to } => {
                let moved = files.get_mut(source).is_some_and(|files| {
                    files.remove(from) && from != to && files.insert(to.clone())
                });
                can_edit(source) && moved
            }
            Letter::Move(source) => std::mem::replace(&mut current, source.clone()) != *source,
            Letter::Lose(source) => *source == current && absent.insert(source.clone()),
            Letter::Restore(source) => *source == current && absent.remove(source),
            Letter::Assign(point) => points.insert(point.clone()),
            Letter::AtPoint("remove", point) => points.remove(point),
            Letter::AtPoint(_, point) => points.contains(point),
            Letter::Delete => {
                deleted = true;
                true
            }
            Letter::Refresh { .. } | Letter::Put(_) | Letter::Add(_) | Letter::Schedule(_) => true,
        }
    })
}

/// The word with files and contexts named in the order of their first use. The beginning has used every source and the first
/// point, and of the points that are left no two are at the same site.
pub(super) fn canonical(word: &[Letter]) -> Vec<Letter> {
    let (mut files, mut contexts) = (vec!["f1.txt".to_owned()], Vec::new());
    let place = |known: &mut Vec<String>, name: &String| {
        let place = known.iter().position(|known| known == name);
        place.unwrap_or_else(|| {
            known.push(name.clone());
            known.len() - 1
        }) + 1
    };
    word.iter()
        .cloned()
        .map(|mut letter| {
            match &mut letter {
                Letter::Write { file, .. } | Letter::DeleteFile { file, .. } => {
                    *file = format!("f{}.txt", place(&mut files, file));
                }
                Letter::Rename { from, to, .. } => {
                    *from = format!("f{}.txt", place(&mut files, from));
                    *to = format!("f{}.txt", place(&mut files, to));
                }
                Letter::Refresh { context: Some(context), .. } if !context.is_empty() => {
                    *context = format!("context-{}", place(&mut contexts, context));
                }
                _ => {}
            }
            letter
        })
        .collect()
}

/// Every word of a length that is possible, up to names.
pub(super) fn every_word(class: PackageClass, length: usize) -> BTreeSet<Vec<Letter>> {
    let letters = every_letter(class);
    let mut words: Vec<Vec<Letter>> = vec![Vec::new()];
    for _ in 0..length {
        let longer = |word: &Vec<Letter>| {
            let word = word.clone();
            letters
                .iter()
                .map(move |letter| [word.as_slice(), std::slice::from_ref(letter)].concat())
        };
        words = words.iter().flat_map(longer).collect();
    }
    words.iter().filter(|word| is_possible(word)).map(|word| canonical(word)).collect()
}
