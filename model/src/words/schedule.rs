//! One token of a `RefreshSchedule`, as its 16 hexadecimal digits and as its fields (domain §2.2).
//! When a schedule fires is not said here.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use super::name::BadName;

/// The kind and the fields of its own that a token has. Ranges are those of the class pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recurrence {
    /// One date and time.
    NonRecurring,
    /// Every so many days (0–31), hours (0–23) and minutes (0–59).
    Interval {
        /// Days, 0 to 31.
        days: u32,
        /// Hours, 0 to 23.
        hours: u32,
        /// Minutes, 0 to 59.
        minutes: u32,
    },
    /// On a day (1 Sunday to 7 Saturday), every 1 to 4 weeks.
    Weekly {
        /// 1 Sunday to 7 Saturday.
        day: u32,
        /// 1 to 4.
        weeks: u32,
    },
    /// On a weekday of the month, every 1 to 12 months.
    MonthlyByWeekday {
        /// 1 Sunday to 7 Saturday.
        day: u32,
        /// 1 to 12.
        months: u32,
        /// 0 the last, 1 the first to 4 the fourth.
        order: u32,
    },
    /// On a day of the month, every 1 to 12 months.
    MonthlyByDate {
        /// 0 the last day, else 1 to 31.
        day: u32,
        /// 1 to 12.
        months: u32,
    },
}

/// When a token starts, in the digits' own units. Years run from 1970 to 2033: the field has six bits (SCH-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// 1970 to 2033.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
}

/// How long a token lasts; only network discovery uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    /// 0 to 31.
    pub days: u32,
    /// 0 to 23.
    pub hours: u32,
    /// 0 to 59.
    pub minutes: u32,
}

/// One schedule token with every field in its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScheduleToken {
    start: Start,
    duration: Duration,
    utc: bool,
    recurrence: Recurrence,
}

impl ScheduleToken {
    /// Builds a token.
    ///
    /// # Errors
    /// Names the first field that is out of its documented range.
    pub fn new(
        start: Start,
        duration: Duration,
        utc: bool,
        recurrence: Recurrence,
    ) -> Result<Self, BadName> {
        let token = Self { start, duration, utc, recurrence };
        match token.field_out_of_range() {
            None => Ok(token),
            Some(rule) => Err(bad(&format!("{token:?}"), rule)),
        }
    }

    /// The kind, and the fields of its own.
    #[must_use]
    pub fn recurrence(&self) -> Recurrence {
        self.recurrence
    }

    fn field_out_of_range(&self) -> Option<&'static str> {
        let Start { year, month, day, hour, minute } = self.start;
        let Duration { days, hours, minutes } = self.duration;
        let rules = [
            ((1970..=2033).contains(&year), "a start year from 1970 to 2033"),
            ((1..=12).contains(&month), "a start month from 1 to 12"),
            ((1..=31).contains(&day), "a start day from 1 to 31"),
            (hour < 24 && minute < 60, "a start hour to 23 and minute to 59"),
            (
                days < 32 && hours < 24 && minutes < 60,
                "a duration to 31 days, 23 hours, 59 minutes",
            ),
            (self.recurrence.is_in_range(), "recurrence fields in their documented ranges"),
        ];
        rules.into_iter().find(|(holds, _)| !holds).map(|(_, rule)| rule)
    }
}

impl Recurrence {
    fn is_in_range(self) -> bool {
        let weekday = |day: u32| (1..=7).contains(&day);
        let year = |months: u32| (1..=12).contains(&months);
        match self {
            Self::NonRecurring => true,
            Self::Interval { days, hours, minutes } => days < 32 && hours < 24 && minutes < 60,
            Self::Weekly { day, weeks } => weekday(day) && (1..=4).contains(&weeks),
            Self::MonthlyByWeekday { day, months, order } => {
                weekday(day) && year(months) && order < 5
            }
            Self::MonthlyByDate { day, months } => day < 32 && year(months),
        }
    }

    /// Bits 21 to 1 of the second word: three bits of kind, then the kind's own fields.
    fn bits(self) -> u32 {
        match self {
            Self::NonRecurring => 1 << 19,
            Self::Interval { days, hours, minutes } => {
                2 << 19 | minutes << 13 | hours << 8 | days << 3
            }
            Self::Weekly { day, weeks } => 3 << 19 | day << 16 | weeks << 13,
            Self::MonthlyByWeekday { day, months, order } => {
                4 << 19 | day << 16 | months << 12 | order << 9
            }
            Self::MonthlyByDate { day, months } => 5 << 19 | day << 14 | months << 10,
        }
    }

    fn from_bits(word: u32) -> Option<Self> {
        let field = |low: u32, width: u32| word >> low & ((1 << width) - 1);
        Some(match field(19, 3) {
            1 => Self::NonRecurring,
            2 => Self::Interval { days: field(3, 5), hours: field(8, 5), minutes: field(13, 6) },
            3 => Self::Weekly { day: field(16, 3), weeks: field(13, 3) },
            4 => Self::MonthlyByWeekday {
                day: field(16, 3),
                months: field(12, 4),
                order: field(9, 3),
            },
            5 => Self::MonthlyByDate { day: field(14, 5), months: field(10, 4) },
            _ => return None,
        })
    }
}

fn bad(text: &str, rule: &'static str) -> BadName {
    BadName { noun: "schedule token", text: text.to_owned(), rule }
}

impl fmt::Display for ScheduleToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Start { year, month, day, hour, minute } = self.start;
        let Duration { days, hours, minutes } = self.duration;
        let first =
            minute << 26 | hour << 21 | day << 16 | month << 12 | (year - 1970) << 6 | minutes;
        let second = hours << 27 | days << 22 | self.recurrence.bits() | u32::from(self.utc);
        write!(f, "{first:08X}{second:08X}")
    }
}

impl FromStr for ScheduleToken {
    type Err = BadName;

    /// Reads 16 hexadecimal digits; unused bits are dropped.
    fn from_str(text: &str) -> Result<Self, BadName> {
        let sixteen = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let digits = if sixteen { u64::from_str_radix(text, 16).ok() } else { None };
        let digits = digits.ok_or_else(|| bad(text, "16 hexadecimal digits"))?;
        let field = |low: u32, width: u32| {
            u32::try_from(digits >> low & ((1 << width) - 1)).unwrap_or(u32::MAX)
        };
        let start = Start {
            minute: field(58, 6),
            hour: field(53, 5),
            day: field(48, 5),
            month: field(44, 4),
            year: 1970 + field(38, 6),
        };
        let duration = Duration { minutes: field(32, 6), hours: field(27, 5), days: field(22, 5) };
        let recurrence = Recurrence::from_bits(field(0, 22))
            .ok_or_else(|| bad(text, "a kind from 1 to 5 in bits 21 to 19 of the second word"))?;
        Self::new(start, duration, field(0, 1) == 1, recurrence)
    }
}

impl TryFrom<String> for ScheduleToken {
    type Error = BadName;
    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<ScheduleToken> for String {
    fn from(token: ScheduleToken) -> Self {
        token.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample that the documentation page itself prints, and what it says of it.
    #[test]
    fn the_pages_own_sample_decodes_to_one_date_and_two_weekly_days() {
        let kinds = ["7913788000080000", "55147880001B2000", "55177880001E2000"]
            .map(|text| text.parse::<ScheduleToken>().unwrap().recurrence());
        let weekly = |day| Recurrence::Weekly { day, weeks: 1 };
        assert_eq!(kinds, [Recurrence::NonRecurring, weekly(3), weekly(6)]);
    }

    #[test]
    fn every_seven_days_from_the_default_start_is_the_widely_used_token() {
        let start = Start { year: 1970, month: 2, day: 1, hour: 0, minute: 0 };
        let none = Duration { days: 0, hours: 0, minutes: 0 };
        let weekly = Recurrence::Interval { days: 7, hours: 0, minutes: 0 };
        let token = ScheduleToken::new(start, none, false, weekly).unwrap();
        assert_eq!(token.to_string(), "0001200000100038");
    }

    /// SCH-4, on both sides of the boundary.
    #[test]
    fn a_year_outside_1970_to_2033_cannot_be_a_token() {
        let build = |year| {
            let start = Start { year, month: 2, day: 1, hour: 0, minute: 0 };
            let none = Duration { days: 0, hours: 0, minutes: 0 };
            ScheduleToken::new(start, none, false, Recurrence::NonRecurring).is_ok()
        };
        assert_eq!([1969, 1970, 2033, 2034].map(build), [false, true, true, false]);
    }
}
