//! Schedule tokens as text: sixteen digits that lose nothing (SCH-3).

use pkgsource_model::words::ScheduleToken;
use pkgsource_model::words::schedule::{Duration, Recurrence, Start};
use quickcheck::{Arbitrary, Gen, QuickCheck};

/// A token with every field in its range.
#[derive(Clone, Debug)]
struct Token(ScheduleToken);

/// A number from `low` to `high`.
fn within(g: &mut Gen, low: u32, high: u32) -> u32 {
    low + u32::arbitrary(g) % (high - low + 1)
}

impl Arbitrary for Token {
    fn arbitrary(g: &mut Gen) -> Self {
        let start = Start {
            year: within(g, 1970, 2033),
            month: within(g, 1, 12),
            day: within(g, 1, 31),
            hour: within(g, 0, 23),
            minute: within(g, 0, 59),
        };
        let duration =
            Duration { days: within(g, 0, 31), hours: within(g, 0, 23), minutes: within(g, 0, 59) };
        let recurrence = match within(g, 1, 5) {
            1 => Recurrence::NonRecurring,
            2 => Recurrence::Interval {
                days: within(g, 0, 31),
                hours: within(g, 0, 23),
                minutes: within(g, 0, 59),
            },
            3 => Recurrence::Weekly { day: within(g, 1, 7), weeks: within(g, 1, 4) },
            4 => Recurrence::MonthlyByWeekday {
                day: within(g, 1, 7),
                months: within(g, 1, 12),
                order: within(g, 0, 4),
            },
            _ => Recurrence::MonthlyByDate { day: within(g, 0, 31), months: within(g, 1, 12) },
        };
        let token = ScheduleToken::new(start, duration, bool::arbitrary(g), recurrence);
        Self(token.expect("every field is in its range"))
    }
}

/// SCH-3.
#[test]
fn a_schedule_token_survives_its_sixteen_digits() {
    fn law(Token(token): Token) -> bool {
        let text = token.to_string();
        text.len() == 16
            && text.parse() == Ok(token)
            && text.to_lowercase().parse() == Ok(token)
            && ScheduleToken::try_from(String::from(token)) == Ok(token)
    }
    QuickCheck::new().tests(2000).quickcheck(law as fn(Token) -> bool);
}

/// SCH-3: two tokens of equal digits are one token.
#[test]
fn different_schedule_tokens_have_different_digits() {
    fn law(Token(one): Token, Token(other): Token) -> bool {
        (one == other) == (one.to_string() == other.to_string())
    }
    QuickCheck::new().quickcheck(law as fn(Token, Token) -> bool);
}
