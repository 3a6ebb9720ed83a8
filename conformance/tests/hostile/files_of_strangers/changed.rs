//! Hostile files, made from good ones: in turn every kind of text is exchanged for every attack, at one place and
//! everywhere, every kind of number for every extreme, every tree for one that cannot be; the rest is thrown together.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Chooses, the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

const TEXTS: [&str; 42] = [
    "",
    ".",
    "..",
    "../decoy",
    "../../decoy",
    "../../../decoy",
    "../../../../decoy",
    "S1/../../../decoy",
    "w/../x",
    "/",
    "/etc/passwd",
    "//",
    "~",
    "$HOME",
    "%2e%2e/decoy",
    "..\\decoy",
    "C:\\",
    "nul",
    "con",
    "a\0b",
    "a\nb",
    "a\u{202e}b",
    "\u{feff}S1",
    ".lost-S1",
    ".hidden",
    ".1",
    "-rf",
    "S1/",
    "S1//a",
    "a/./b",
    "plan-1",
    "PLAN-1",
    "sources",
    "site",
    "site.redb",
    "library",
    "x.part",
    "PS1",
    "…",
    "é",
    "e\u{301}",
    "/proc/self/cwd/decoy",
];

/// What a name, a path or a text may be exchanged for. `decoy` is where nobody may go.
pub(super) fn attacks(decoy: &Path) -> Vec<Value> {
    let decoy = decoy.to_str().unwrap();
    let long =
        ["x".repeat(255), "x".repeat(256), "x".repeat(5000), "../".repeat(300), "a/".repeat(600)];
    let to_the_decoy =
        [decoy.to_owned(), format!("{decoy}/f"), format!("../../../../../../../..{decoy}")];
    TEXTS
        .map(str::to_owned)
        .into_iter()
        .chain(to_the_decoy)
        .chain(long)
        .map(Value::String)
        .collect()
}

pub(super) fn extremes() -> Vec<Value> {
    vec![
        json!(0),
        json!(1),
        json!(-1),
        json!(65_536),
        json!(i32::MAX),
        json!(u32::MAX),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(3_000_000_000_u64),
        json!(1_000_000_000_000_u64),
        json!(18_446_744_073_709_551_608_u64),
        json!(1e300),
        json!(0.5),
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!("1"),
    ]
}

/// Sites that are each other's parents, or their own, or there twice, or not there.
fn trees() -> Vec<Value> {
    let ring: Vec<Value> = (0..300)
        .map(
            |nth| json!({"site": format!("{nth:03}"), "parent": format!("{:03}", (nth + 1) % 300)}),
        )
        .collect();
    vec![
        json!({"sites": [{"site": "PS1", "parent": "PS1"}], "points": []}),
        json!({"sites": [{"site": "PS1", "parent": "PS2"}, {"site": "PS2", "parent": "PS1"}], "points": []}),
        json!({"sites": [{"site": "PS1"}, {"site": "PS2", "parent": "PS3"}, {"site": "PS3", "parent": "PS2"}], "points": [{"point": "DP1", "site": "PS2"}]}),
        json!({"sites": ring, "points": [{"point": "DP1", "site": "007"}]}),
        json!({"sites": [{"site": "PS1"}, {"site": "PS1"}], "points": []}),
        json!({"sites": [{"site": "PS1"}, {"site": "PS2"}], "points": []}),
        json!({"sites": [], "points": []}),
        json!({"sites": [{"site": "PS1"}], "points": [{"point": "DP1", "site": "PS9"}]}),
        json!({"sites": [{"site": "PS1"}], "points": [{"point": "DP1", "site": "PS1"}, {"point": "DP1", "site": "PS1"}]}),
    ]
}

/// Every place in a value, by the way to it.
fn places(value: &Value, way: &str, list: &mut Vec<String>) {
    list.push(way.to_owned());
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(inner, &format!("{way}/{name}"), list);
            }
        }
        Value::Array(items) => {
            for (nth, inner) in items.iter().enumerate() {
                places(inner, &format!("{way}/{nth}"), list);
            }
        }
        _ => {}
    }
}

/// A place in a file: the line, and the way in it.
type Place = (usize, String);

/// One place of each kind: places of a kind differ in numbers only, in lines about the same operation.
fn kinds(files: &[Vec<Value>], is: fn(&Value) -> bool) -> Vec<(usize, Place)> {
    let mut found = BTreeMap::new();
    for (file, lines) in files.iter().enumerate() {
        for (line, value) in lines.iter().enumerate() {
            let op =
                ["/do/op", "/event/ask/op"].iter().find_map(|way| value.pointer(way)?.as_str());
            let mut ways = Vec::new();
            places(value, "", &mut ways);
            for way in ways.into_iter().filter(|way| value.pointer(way).is_some_and(is)) {
                let kind: Vec<&str> = way
                    .split('/')
                    .map(|part| if part.parse::<usize>().is_ok() { "#" } else { part })
                    .collect();
                found
                    .entry((op.unwrap_or("").to_owned(), kind.join("/")))
                    .or_insert((file, (line, way)));
            }
        }
    }
    found.into_values().collect()
}

fn text_of(lines: &[Value]) -> String {
    lines.iter().map(|line| line.to_string() + "\n").collect()
}

fn with(lines: &[Value], (line, way): &Place, other: &Value) -> String {
    let mut lines = lines.to_vec();
    *lines[*line].pointer_mut(way).unwrap() = other.clone();
    text_of(&lines)
}

/// One attack at one place of each kind; `most` of them each, not always the same ones.
pub(super) fn one_text(files: &[Vec<Value>], attacks: &[Value], most: usize) -> Vec<String> {
    let kinds = kinds(files, Value::is_string);
    let mut made = Vec::new();
    for (nth, (file, place)) in kinds.iter().enumerate() {
        let some = attacks.iter().cycle().skip(nth * most).take(most.min(attacks.len()));
        made.extend(some.map(|attack| with(&files[*file], place, attack)));
    }
    made
}

/// One name exchanged for one attack wherever it stands, so that a file still fits together.
pub(super) fn one_name_everywhere(files: &[Vec<Value>], attacks: &[Value]) -> Vec<String> {
    let lines = files.first().unwrap();
    let mut names = BTreeSet::new();
    for line in lines {
        let mut ways = Vec::new();
        places(line, "", &mut ways);
        names.extend(ways.iter().filter_map(|way| line.pointer(way)?.as_str()).map(str::to_owned));
    }
    let mut made = Vec::new();
    for name in names {
        for attack in attacks {
            let mut lines = lines.clone();
            for line in &mut lines {
                exchange(line, &name, attack);
            }
            made.push(text_of(&lines));
        }
    }
    made
}

fn exchange(value: &mut Value, name: &str, other: &Value) {
    match value {
        Value::String(text) if text == name => *value = other.clone(),
        Value::Object(members) => {
            members.values_mut().for_each(|inner| exchange(inner, name, other));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| exchange(inner, name, other)),
        _ => {}
    }
}

/// One extreme at one place of each kind of number.
pub(super) fn one_number(files: &[Vec<Value>], extremes: &[Value]) -> Vec<String> {
    let kinds = kinds(files, Value::is_number);
    let each = |(file, place): &(usize, Place)| {
        extremes.iter().map(|extreme| with(&files[*file], place, extreme)).collect::<Vec<_>>()
    };
    kinds.iter().flat_map(each).collect()
}

/// Every tree that cannot be, at the head of a good file.
pub(super) fn cycles(files: &[Vec<Value>]) -> Vec<String> {
    let way = if files[0][0].get("tree").is_some() { "/tree" } else { "/header/tree" };
    let place: Place = (0, way.to_owned());
    trees().iter().map(|tree| with(&files[0], &place, tree)).collect()
}

/// Changes a file in one to three places, and perhaps cuts or stretches it.
pub(super) fn thrown(
    good: &[Value],
    dice: &mut Dice,
    attacks: &[Value],
    extremes: &[Value],
) -> String {
    let mut lines = good.to_vec();
    for _ in 0..=dice.roll(3) {
        let nth = dice.roll(lines.len());
        match dice.roll(12) {
            0 => lines.insert(nth, lines[dice.roll(lines.len())].clone()),
            1 if lines.len() > 1 => {
                lines.remove(nth);
            }
            2 => {
                let other = dice.roll(lines.len());
                lines.swap(nth, other);
            }
            _ => {
                let mut ways = Vec::new();
                places(&lines[nth], "", &mut ways);
                let way = &ways[dice.roll(ways.len())];
                let Some(place) = lines[nth].pointer_mut(way) else { continue };
                let choices = if place.is_number() { extremes } else { attacks };
                let choices = if dice.roll(8) == 0 { extremes } else { choices };
                *place = choices[dice.roll(choices.len())].clone();
            }
        }
    }
    let mut text = text_of(&lines);
    match dice.roll(20) {
        0 => text.truncate(text.floor_char_boundary(dice.roll(text.len()))),
        1 => text.insert_str(0, &"[".repeat(100_000)),
        2 => text.push_str(&" ".repeat(2_000_000)),
        _ => {}
    }
    text
}
