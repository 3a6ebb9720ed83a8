//! A page of text, line by line: what comes from outside is made visible, and lines that are too wide are broken.

use pkgsource_model::words::visible;

/// How wide a line is.
const WIDTH: usize = 100;

/// How wide a line of numbers is.
const WIDE: usize = 110;

/// Text that grows by lines.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    pub(super) fn text(self) -> String {
        self.0
    }

    /// A line, or lines, as they are.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    /// A line with nothing hidden in it.
    pub(super) fn say(&mut self, text: &str) {
        self.line(&visible(text));
    }

    /// A line that is broken between words where it is too wide.
    pub(super) fn wrapped(&mut self, text: &str, indent: usize) {
        for line in broken(&visible(text), indent) {
            self.line(&line);
        }
    }

    /// Several short items on as few lines as they need; nothing where there are none.
    pub(super) fn list(&mut self, title: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let mut line = format!("  {title}: ");
        for (nth, item) in items.iter().enumerate() {
            let comma = if nth + 1 < items.len() { ", " } else { "" };
            if line.len() + item.len() > WIDE {
                self.say(&line);
                line = " ".repeat(4);
            }
            line.push_str(item);
            line.push_str(comma);
        }
        self.say(&line);
    }
}

/// A line that is broken between words where it is too wide; all lines but the first are indented.
pub(in crate::report) fn broken(text: &str, indent: usize) -> Vec<String> {
    let lead = text.len() - text.trim_start().len();
    let mut lines = vec![" ".repeat(lead)];
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let width = lines.last().map_or(0, |line| line.chars().count());
        if !is_empty && width + 1 + word.chars().count() > WIDTH {
            lines.push(" ".repeat(indent));
            is_empty = true;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if is_empty { "" } else { " " });
            line.push_str(word);
        }
        is_empty = false;
    }
    lines
}

/// So many of something.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
