//! What the values of a dimension stand for in a plan: names as paths, sizes as numbers, and back.

use super::dimensions::{Bytes, Changed, Files, Name, Size, Version};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use pkgsource_model::words::Body;

/// What a file is called that stands in a folder where there was a file before, or will be one.
pub(super) const INSIDE: &str = "/inside";

impl Name {
    /// The path.
    #[must_use]
    pub fn path(self) -> String {
        let fixed = match self {
            Self::Plain => "a.txt",
            Self::Upper => "A.TXT",
            Self::Dash => "-rf",
            Self::Dot => ".hidden",
            Self::Space => "with space.txt",
            Self::LeadingSpace => " leading",
            Self::TrailingSpace => "trailing ",
            Self::TrailingDot => "trailing.",
            Self::GitIgnore => ".gitignore",
            Self::GitFolder => ".git/config",
            Self::Cvs => "CVS/Entries",
            Self::Core => "core",
            Self::Thumbs => "Thumbs.db",
            Self::DesktopIni => "desktop.ini",
            Self::DsStore => ".DS_Store",
            Self::Tilde => "notes.txt~",
            Self::Lock => ".#notes.txt",
            Self::Swap => ".notes.txt.swp",
            Self::Bak => "setup.bak",
            Self::Tmp => "setup.tmp",
            Self::Part => "setup.part",
            Self::Old => "setup.old",
            Self::Manifest => "manifest.json",
            Self::Number => "1",
            Self::Prefix => "a.txt.1",
            Self::NoSuffix => "LICENSE",
            Self::Composed => "\u{e9}.txt",
            Self::Decomposed => "e\u{301}.txt",
            Self::Wide => "\u{1f4e6}.txt",
            Self::Folding => "stra\u{df}e.txt",
            Self::Marks => "50%25 #1 & it's $HOME;~.txt",
            Self::Bracket => "[a-z]{1,2}.txt",
            Self::Longest => return "n".repeat(255),
            Self::LongPath => return parts(&[60, 60, 60, 60, 16]),
            Self::LongestPath => return parts(&[199, 199, 199, 199, 200]),
            Self::Deep => "d/2/3/4/5/6/7/8/9/10/11/12/deep.txt",
        };
        fixed.to_owned()
    }

    /// Which name a path is, if it is one of these.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let path = path.strip_suffix(INSIDE).unwrap_or(path);
        Self::ALL.iter().copied().find(|name| name.path() == path)
    }
}

/// A path of folders with names of such lengths; its own length is their sum and one for each slash.
fn parts(lengths: &[usize]) -> String {
    lengths.iter().map(|&length| "p".repeat(length)).collect::<Vec<_>>().join("/")
}

impl Size {
    /// How many bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        match self {
            Self::Zero => 0,
            Self::One => 1,
            Self::UnderSector => 511,
            Self::Sector => 512,
            Self::OverSector => 513,
            Self::UnderPage => 4095,
            Self::Page => 4096,
            Self::OverPage => 4097,
            Self::UnderWindow => 65_535,
            Self::Window => 65_536,
            Self::OverWindow => 65_537,
            Self::Large => 100_001,
        }
    }

    /// Which size a number is, if it is one of these.
    #[must_use]
    pub fn of(bytes: u64) -> Option<Self> {
        Self::ALL.iter().copied().find(|size| size.bytes() == bytes)
    }

    /// Beyond this a plan says how bytes are made and does not spell them out.
    pub(super) fn is_spelled_out(self) -> bool {
        self.bytes() <= 4097
    }
}

impl Bytes {
    /// The `nth` body of this kind and size; another `nth` gives other bytes, except where there are none.
    pub(super) fn body(self, nth: u64, size: u64) -> Body {
        let line = |end: &str| format!("line {nth}{end}");
        match self {
            Self::Lines => Body::Text(fitted(&line("\n"), nth, size)),
            Self::CrLf => Body::Text(fitted(&format!("\r\n{}", line("\r\n")), nth, size)),
            Self::ByteOrderMark => {
                Body::Text(format!("\u{feff}{}", fitted(&line("\n"), nth, size.saturating_sub(3))))
            }
            Self::Zeros => {
                let mut bytes = vec![0; usize::try_from(size).unwrap_or(usize::MAX)];
                if let Some(first) = bytes.first_mut() {
                    *first = u8::try_from(nth % 255).unwrap_or_default() + 1;
                }
                Body::Base64(BASE64_STANDARD.encode(bytes))
            }
            Self::Random => Body::Fill { seed: nth, size },
        }
    }

    /// What a body is made of; an empty one of nothing.
    #[must_use]
    pub fn of(body: &Body) -> Option<Self> {
        match body {
            Body::Fill { size: 0, .. } => None,
            Body::Fill { .. } => Some(Self::Random),
            Body::Base64(text) => (!text.is_empty()).then_some(Self::Zeros),
            Body::Text(text) if text.is_empty() => None,
            Body::Text(text) if text.starts_with('\u{feff}') => Some(Self::ByteOrderMark),
            Body::Text(text) if text.contains("\r\n") => Some(Self::CrLf),
            Body::Text(_) => Some(Self::Lines),
        }
    }

    /// True where so many bytes can be of this kind, and are spelled out no longer than a plan should be.
    pub(super) fn fits(self, size: Size) -> bool {
        match self {
            Self::Random => size != Size::Zero,
            Self::Lines | Self::Zeros => size != Size::Zero && size.is_spelled_out(),
            Self::CrLf | Self::ByteOrderMark => size.bytes() > 3 && size.is_spelled_out(),
        }
    }
}

/// A text of exactly `size` bytes that is `line` over and over; a letter that `nth` chooses where that leaves nothing.
fn fitted(line: &str, nth: u64, size: u64) -> String {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size == 1 {
        return char::from(b'a' + u8::try_from(nth % 26).unwrap_or_default()).to_string();
    }
    line.chars().cycle().take(size).collect()
}

impl Version {
    /// Which value a version is; the first version no refresh has made.
    #[must_use]
    pub fn of(version: usize) -> Option<Self> {
        Some(match version {
            0 | 1 => return None,
            2 => Self::Second,
            3 => Self::Third,
            4..=8 => Self::Fourth,
            9 => Self::Ninth,
            10 => Self::Tenth,
            11 | 12 => Self::Eleventh,
            13.. => Self::Later,
        })
    }
}

impl Files {
    /// Which value a number of files is.
    #[must_use]
    pub fn of(count: usize) -> Self {
        match count {
            0 => Self::None,
            1 => Self::One,
            2 => Self::Two,
            3..=9 => Self::Few,
            10..=99 => Self::Ten,
            100.. => Self::Hundred,
        }
    }
}

impl Changed {
    /// Which value it is that `changed` files differ, of which the version before has `before`, `kept` of them as they were.
    #[must_use]
    pub fn of(changed: usize, before: usize, kept: usize) -> Self {
        match changed {
            0 => Self::None,
            _ if before > 1 && kept == 0 => Self::Every,
            1 => Self::One,
            2 => Self::Two,
            3.. => Self::Several,
        }
    }
}
