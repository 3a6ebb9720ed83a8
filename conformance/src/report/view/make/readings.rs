//! What an implementation does at each question, by reading and class.

use crate::report::view::{Shown, ShownIn, ShownReading};
use pkgsource_model::judge::{ClassVerdict, Found};
use pkgsource_model::readings::Question;
use std::collections::BTreeMap;

pub(super) fn readings(classes: &[ClassVerdict]) -> Vec<Shown> {
    let mut rows: BTreeMap<Question, BTreeMap<(usize, &str), Vec<ShownIn>>> = BTreeMap::new();
    for class in classes {
        for &(question, found) in &class.found {
            let (how, agree_with_strongest, of) = match found {
                Found::NotAsked => continue,
                Found::Pinned => ("pinned", None, None),
                Found::Reading { strongest, of } => ("found", Some(strongest), Some(of)),
            };
            let shown = ShownIn { class: class.class.name().to_owned(), agree_with_strongest, of };
            let place = class.readings.chosen(question);
            rows.entry(question).or_default().entry((place, how)).or_default().push(shown);
        }
    }
    let row = |(question, shown): (Question, BTreeMap<(usize, &str), Vec<ShownIn>>)| {
        let entry = question.entry();
        let reading = |((place, how), classes): ((usize, &str), Vec<ShownIn>)| ShownReading {
            reading: entry.readings[place].name.to_owned(),
            how: how.to_owned(),
            classes,
        };
        Shown {
            question: entry.id.to_owned(),
            asks: entry.asks.to_owned(),
            strongest: entry.readings[0].name.to_owned(),
            readings: shown.into_iter().map(reading).collect(),
        }
    };
    rows.into_iter().map(row).collect()
}
