//! Parses dates in the metadata of web pages and books: ISO 8601 with or without a time, compact (`20240301`), or with
//! the name of a month.

use jiff::civil::Date;

/// The first three letters of English month names. Dates in metadata are written by programs, which use English names.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Longer values are truncated before they are parsed.
const MAX_DATE_CHARS: usize = 40;

/// Parses a date, ignoring its time and time zone. `None` if the day of the month is missing.
pub(crate) fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    let start: String = written.chars().take(MAX_DATE_CHARS).collect();
    numeric_date(&start).or_else(|| date_with_month_name(&start))
}

/// Parses `2024-03-01T…`, `2024/3/1`, `20240301`.
fn numeric_date(written: &str) -> Option<Date> {
    let head = written.split(['T', 't', ' ']).next()?;
    if head.len() == 8 && head.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(head.get(..4)?, month(head.get(4..6)?)?, head.get(6..)?);
    }
    let mut parts = head.split(['-', '/', '.']);
    let (year, digits, day) = (parts.next()?, parts.next()?, parts.next()?);
    let found = if year.len() == 4 { date(year, month(digits)?, day) } else { None };
    found.filter(|_| parts.next().is_none())
}

/// Parses `Fri, 1 Mar 2024 …`, `March 1, 2024`, `1 March 2024`.
fn date_with_month_name(written: &str) -> Option<Date> {
    // At most four words matter: weekday, day, month and year.
    let words: Vec<&str> = written.split([' ', ',']).filter(|word| !word.is_empty()).take(4).collect();
    words.windows(3).find_map(|words| {
        let [one, two, year] = words else { return None };
        let month_second = named_month(two).and_then(|month| date(year, month, one));
        month_second.or_else(|| date(year, named_month(one)?, two))
    })
}

fn month(digits: &str) -> Option<i8> {
    digits.parse().ok()
}

fn named_month(word: &str) -> Option<i8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(at + 1).ok()
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
    // The day may be an ordinal number: `1st`, `1.`.
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    Date::new(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_date_formats_are_parsed() {
        let first = Some(jiff::civil::date(2024, 3, 1));
        for written in [
            "2024-03-01",
            "2024-03-01T23:59:59-08:00",
            "2024/3/1",
            "20240301",
            "Fri, 01 Mar 2024 10:00:00 GMT",
            "March 1, 2024",
            "1 March 2024",
            " 2024-03-01 10:00 ",
            "Mar 1st, 2024",
            "March 1, 2024 10:00",
            "March 1, 2024, 10:00:00 AM",
            "Friday, March 1, 2024 10:00",
        ] {
            assert_eq!(day(written), first, "{written}");
        }
        for written in ["", "2024", "2024-13-01", "March 2024", "yesterday", "2024-02-30", "99999999"] {
            assert_eq!(day(written), None, "{written}");
        }
    }
}
