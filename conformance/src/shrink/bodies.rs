//! Shorter files: words in place of bytes, and where the length matters the shortest that still does.

use super::Shrinking;
use crate::plan::{Plan, Step};
use pkgsource_model::words::Body;
use std::collections::BTreeMap;

/// Up to this length a text is short enough to be told.
const SHORT: u64 = 12;

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    /// A word in place of each file: equal files stay equal and different ones different.
    pub(super) fn plain_bodies(&mut self) -> bool {
        let bodies = bodies(&self.best).into_iter();
        let all = bodies.enumerate().map(|(nth, body)| (body, word(nth))).collect();
        self.try_with(|plan| replace(plan, &all))
    }

    /// It is tried with all of them first, then with each.
    pub(super) fn shorter_bodies(&mut self) {
        if self.plain_bodies() {
            return;
        }
        for (nth, body) in bodies(&self.best).into_iter().enumerate() {
            if is_word(&body) {
                continue;
            }
            let put = |shrinking: &mut Self, to: Body| {
                shrinking.try_with(|plan| replace(plan, &BTreeMap::from([(body.clone(), to)])))
            };
            if put(self, word(nth)) {
                continue;
            }
            self.shortest(&body, nth as u64);
        }
    }

    /// Halves what can still be taken away of a file's length, until the length that matters is found.
    fn shortest(&mut self, body: &Body, nth: u64) {
        let (mut low, mut high) = (0, length(body));
        let mut now = body.clone();
        while high > SHORT && high - low > 1 {
            let middle = low + (high - low) / 2;
            let shorter = Body::Fill { seed: nth + 1, size: middle };
            let swap = BTreeMap::from([(now.clone(), shorter.clone())]);
            if self.try_with(|plan| replace(plan, &swap)) {
                (high, now) = (middle, shorter);
            } else {
                low = middle;
            }
            if self.is_over {
                return;
            }
        }
    }
}

/// The word in place of the `nth` file.
fn word(nth: usize) -> Body {
    Body::Text(format!("text {}", nth + 1))
}

fn is_word(body: &Body) -> bool {
    matches!(body, Body::Text(text) if text.len() as u64 <= SHORT)
}

fn length(body: &Body) -> u64 {
    match body {
        Body::Text(text) => text.len() as u64,
        Body::Base64(text) => text.len() as u64 / 4 * 3,
        Body::Fill { size, .. } => *size,
    }
}

/// The bodies of a plan in the order in which they first come, each once.
fn bodies(plan: &Plan) -> Vec<Body> {
    let mut found: Vec<Body> = Vec::new();
    let mut note = |body: &Body| {
        if !found.contains(body) {
            found.push(body.clone());
        }
    };
    for step in &plan.steps {
        let Step::Do(operation) = step else { continue };
        // What an operation becomes does not matter here: every file of it is passed by.
        drop(operation.map_files(|body| note(body)));
    }
    found
}

fn replace(plan: &mut Plan, by: &BTreeMap<Body, Body>) {
    for step in &mut plan.steps {
        if let Step::Do(operation) = step {
            *operation = operation.map_files(|body| by.get(body).unwrap_or(body).clone());
        }
    }
}
