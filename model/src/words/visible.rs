//! Text from outside, for people: every character that a terminal or a reader would obey instead of showing is spelled
//! out. The text itself is never changed by this, only how it is printed.

use std::borrow::Cow;

/// The text on one line with nothing hidden in it: line feeds as `\n`, control and bidirectional characters, line
/// separators and characters without width as `\u{…}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if is_hidden(letter) => shown.extend(letter.escape_unicode()),
            _ => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// [`visible`], and of a long text only its beginning, of at most so many characters.
#[must_use]
pub fn visible_beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", visible(text.get(..end).unwrap_or_default())),
        None => visible(text).into_owned(),
    }
}

/// True for what a terminal or a text viewer obeys, or shows as nothing: controls, the bidirectional marks, embeddings,
/// overrides and isolates, line and paragraph separators, joiners and other characters without width or ink, tags, and
/// the characters that annotate others. And for what is no character at all.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
                | '\u{fdd0}'..='\u{fdef}'
        )
        || is_noncharacter_of_its_plane(letter)
}

/// The last two of each plane are no characters; XML and HTML have no way to hold those of the first.
fn is_noncharacter_of_its_plane(letter: char) -> bool {
    u32::from(letter) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(visible("plain, ä, 日本, 🙂"), "plain, ä, 日本, 🙂");
        assert_eq!(visible("a\nb\r\tc"), r"a\nb\r\tc");
        assert_eq!(visible("\u{1b}[2J\u{7f}\u{9b}"), r"\u{1b}[2J\u{7f}\u{9b}");
        assert_eq!(
            visible("\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}"),
            r"\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}"
        );
        assert_eq!(visible("\u{2800}\u{3164}"), r"\u{2800}\u{3164}");
        assert_eq!(visible("x\u{202e}y\u{2028}z\u{feff}"), r"x\u{202e}y\u{2028}z\u{feff}");
    }

    #[test]
    fn a_long_text_is_shown_by_its_beginning() {
        assert_eq!(visible_beginning("äöü", 3), "äöü");
        assert_eq!(visible_beginning("ä\nü!", 2), r"ä\n…");
    }
}
