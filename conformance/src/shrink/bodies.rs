//! Shorter files: words in place of bytes, and where the length matters the shortest that still does.

use super::Shrinking;
use crate::plan::{Plan, Step};
use pkgsource_model::words::Body;
use std::collections::BTreeMap;

/// Up to this length a text is short enough to be told.
const SHORT: u64 = 12;

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    /// Equal files stay equal and different ones different; so it is tried with all of them first, then with each.
    pub(super) fn shorter_bodies(&mut self) {
        let bodies = bodies(&self.best);
        let word = |nth: usize| Body::Text(format!("text {}", nth + 1));
        let all: BTreeMap<Body, Body> =
            bodies.iter().enumerate().map(|(nth, body)| (body.clone(), word(nth))).collect();
        if self.try_with(|plan| replace(plan, &all)) {
            return;
        }
        for (nth, body) in bodies.into_iter().enumerate() {
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
