//! Figures in passages, and which of them differ.
//!
//! A figure is a number with what it counts, a sum of money, a share, a span of time, a size, a year or a day. Two of
//! them are compared only where a rule can tell that they measure the same: a wrong pairing is worse than none.
//!
//! How numbers are written, `tokens` and `numerals` know; `read` makes figures of them, `counted` and `measured` find
//! what they are figures of, `frame` when and in what sense, and `pair` compares.

mod bounds;
mod counted;
mod dates;
mod frame;
mod lexicon;
mod line;
mod measured;
mod names;
mod numerals;
mod pair;
mod read;
mod tokens;
mod units;
mod when;
mod words;

use std::ops::Range;

pub use pair::{Difference, differ};
pub use units::Unit;

/// A number, a sum of money, a share, or a day, as a document writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it says.
    pub amount: Amount,
    /// Stems of the words that say what is counted or measured, its head first; empty where no rule can tell.
    pub of: Vec<String>,
}

/// How much, and how exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// What it is measured in.
    pub unit: Unit,
    /// The value that is written; the middle of a range.
    pub value: f64,
    /// The least that it may mean, by its rounding and by words like *about* and *less than*.
    pub low: f64,
    /// The most that it may mean.
    pub high: f64,
}

impl Amount {
    /// Whether both may be true of the same thing.
    ///
    /// Neighbours in the last written place do differ (*8.5* and *8.6*), though their roundings touch.
    pub fn agrees(&self, other: &Self) -> bool {
        let (lower, upper) = if self.value <= other.value { (self, other) } else { (other, self) };
        let touch = 1e-9 * upper.value.abs().max(1e-9);
        let apart = upper.low - lower.high >= -touch;
        !apart || (upper.value - lower.value).abs() <= touch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of a stretch of text, in order.
    fn figures(text: &str, range: Range<usize>, language: &str) -> Vec<Figure> {
        let Some(tongue) = tokens::Tongue::of(language) else { return Vec::new() };
        let line = line::Line::of(text, range, tongue);
        let found = read::read(&line);
        found.iter().map(|found| measured::figure(&line, found).0).collect()
    }

    /// Pairs that no rule can compare, or that agree.
    #[rustfmt::skip]
    const OTHER: &[(&str, &str)] = &[
        (
            "The Fed raised rates by 75 basis points in June.",
            "The Fed raised rates by 25 basis points in March.",
        ),
        ("Kim owns 12 mills.", "Park owns 9 mills."),
        ("In Berlin 12 people were arrested.", "In Hamburg 30 people were arrested."),
        ("Prices rose 1.3 percent from a month earlier.", "Prices rose 9.1 percent from a year earlier."),
        ("The company spent $5 million on chips.", "The company spent $80 million on wages."),
        ("The bank hired 50 clerks.", "The bank fired 80 clerks."),
        ("The first phase took three months.", "The second phase took five months."),
        ("The unemployment rate for women is 3 percent.", "The unemployment rate for men is 5 percent."),
        ("Two people were killed on the ferry.", "Five people were killed on the roads."),
        ("The price of bread rose 12 percent.", "The price of milk rose 15 percent."),
        ("The company made $5 million last quarter.", "The company made $7 million last quarter."),
        ("The model scored 90 percent on math.", "The model scored 70 percent on history."),
        ("He had predicted that inflation would hit 12 percent.", "Inflation hit 9 percent."),
        ("As many as 40 people were hurt.", "12 people were hurt."),
        ("Trump won 46 percent of voters.", "Clinton won 48 percent of voters."),
        ("The mill used to employ 300 workers.", "The mill employs 120 workers."),
        ("Its shares fell 5 percent on Monday.", "Its shares fell 3 percent on Friday."),
        ("The bank raised $5 million in May.", "The bank raised $9 million in September."),
        (
            "The bank raised $5 million in its first round.",
            "The bank raised $90 million in its second round.",
        ),
        ("Samsung sold 12 million phones.", "Apple sold 20 million phones."),
        ("The deal is worth $2 billion.", "The fine is worth $3 billion."),
        ("The V3 model has 671 billion parameters.", "The V2 model has 236 billion parameters."),
        ("The average rent is $1,200.", "The median rent is $1,100."),
        ("Rent for a studio is $1,200.", "Rent for a house is $3,100."),
        ("At the end of the war 12 mills were left.", "Before the war 40 mills stood."),
        ("Revenue rose to $5 billion.", "Revenue rose by $1 billion."),
        ("Inflation rose 8.6 percent in May.", "Inflation rose 9.1 percent in June."),
        ("Inflation is about 8.6 percent.", "Inflation is 8.62%."),
        ("More than 600 people were killed.", "650 people were killed."),
        ("Inflation is nearly 9 percent.", "Inflation is 8.6%."),
        ("Inflation is 8.6 percent.", "Core inflation is 6 percent."),
        ("The unemployment rate is 3.6%.", "The unemployment rate will rise to 5%."),
        ("The bank raised $5 million.", "The bank raised €5 million."),
        ("The fire killed 12 people.", "The fire injured 30 people."),
        ("The model is called V4.", "The model is called V3."),
        ("She bought an iPhone 15.", "She bought 12 phones."),
        ("Rates rose by 75 basis points.", "Rates rose by 0.5 percent."),
        ("The team won 3-2.", "The team won 4-1."),
        ("The strike lasted 12 months.", "The strike lasted one year."),
        ("The mill employs 1,200 workers.", "The ferry employs 30 workers."),
        ("If inflation hits 10 percent, mills close.", "Inflation hits 9 percent."),
        ("Prices rose 5 percent.", "Prices fell 3 percent."),
        ("Inflation in Germany is 7 percent.", "Inflation in France is 5 percent."),
        ("The price fell from $5 to $4.", "The price was $5."),
        ("The Fed's goal is 2 percent inflation.", "Inflation is 8 percent."),
        ("The mill was founded in 1911.", "The mill burned in 1930."),
        ("The train left at 12:30.", "The train left at 14:30."),
        ("Call 555-0100-22.", "Call 555-0111-23."),
        ("Between 5 and 8 percent of the mills closed.", "7 percent of the mills closed."),
        ("The sale takes two to three weeks.", "The sale takes 15 days."),
        ("Food prices rose 10 percent.", "Energy prices rose 40 percent."),
        ("The bank hired 50 clerks in 2024.", "The bank hired 80 clerks in 2025."),
        ("One of the mills burnt.", "Two of the mills burnt."),
        ("The firm was fined $5 million.", "The firm made $80 million."),
        ("Unemployment was 3 percent, and inflation 8 percent.", "Inflation was 8 percent."),
        ("He took a 30-year mortgage.", "He took a 15-year mortgage."),
    ];

    /// Pairs that differ.
    #[rustfmt::skip]
    const SAME: &[(&str, &str)] = &[
        ("The fire killed 12 people.", "Fifteen people were killed in the fire."),
        ("The mill employs 1,200 workers.", "The mill employs about 900 workers."),
        ("The bank raised $5.6 million in May.", "The bank raised US$7.2m in May."),
        ("Inflation rose 8.6 percent in May.", "Inflation stood at 9.1% in May."),
        ("The unemployment rate is 3.6%.", "Unemployment is at 4.2 percent."),
        ("The ferry cost 3 million dollars.", "The ferry cost $4.5 million."),
        ("The company was fined €3bn.", "The company was fined 2.4 billion euros."),
        ("The model has 671 billion parameters.", "The model has 236 billion parameters."),
        ("The odds of a recession are 44%.", "The probability of recession stands at 30 percent."),
        ("The mill was founded in 1911.", "The mill was founded in 1913."),
        ("The ferry opened on April 20.", "The ferry opened on 22 April 2026."),
        ("The merger created three times more jobs.", "The merger created five times more jobs."),
        ("The firm paid a $5 million fine.", "The firm agreed to pay a fine of $8 million."),
        ("At least 12 people were injured in the fire.", "The fire injured nine people."),
        ("The house sold for $1.2 million.", "The house sold for $900,000."),
        ("The strike lasted six weeks.", "The strike lasted three months."),
        ("Half of the mills closed.", "Thirty percent of the mills closed."),
        ("The 40-year-old driver was arrested.", "The 43-year-old driver was arrested."),
        (
            "Police arrested half a dozen protesters at the ford.",
            "Police arrested 20 protesters at the ford.",
        ),
        ("The plant has 12 turbines.", "The plant has 14 turbines."),
        (
            "The Fed raised interest rates by 75 basis points in June.",
            "The Fed raised interest rates by 50 basis points in June.",
        ),
        (
            "The average price of gasoline was $4.75 a gallon in July.",
            "The average price of gas was $5.02 a gallon in July.",
        ),
        ("Turnout was 61 percent.", "Turnout reached 66%."),
        ("A storm left 40,000 homes without power.", "The storm left 25,000 homes without power."),
        ("Twelve million users signed up in a week.", "Nine million users signed up in a week."),
        ("The mill burned 30 tons of coal.", "The mill burned 45 tons of coal."),
        ("The startup is valued at $3 billion.", "The startup was valued at $4.5 billion."),
        ("Revenue of the bank grew 12% in 2025.", "Revenue of the bank grew 9 percent in 2025."),
        (
            "Officials said the flood had killed at least 30 people in the valley.",
            "The flood in the valley killed 22 people, police said.",
        ),
        (
            "The chipmaker plans to ship 600,000 chips next year.",
            "The chipmaker plans to ship about 400,000 chips next year.",
        ),
        ("GDP shrank 0.9 percent in the second quarter.", "GDP fell by 1.6% in the second quarter."),
        (
            "A survey put the odds of a recession at 44 percent.",
            "Economists see a 35% chance of a recession.",
        ),
        ("The new bridge will cost $120 million.", "The new bridge will cost 150 million dollars."),
        ("The deal is worth $2.2 billion.", "The deal was worth $1.9bn."),
        ("Sales of the phone rose 20 percent in 2025.", "Sales of the phone increased by 12% in 2025."),
        ("More than 90 percent of voters backed the plan.", "Some 70% of voters backed the plan."),
        (
            "The blast, which shook the town, killed five workers.",
            "Seven workers were killed in the blast.",
        ),
        ("The ferry carried 212 passengers.", "The ferry was carrying 187 passengers."),
        ("The mayor was born in 1961.", "The mayor was born in 1963."),
        ("The bank cut 3,000 jobs.", "The bank is cutting 5,000 jobs."),
        ("The delay cost the city $3 million.", "The delay cost the city $8 million."),
    ];

    fn read(text: &str, language: &str) -> Vec<(String, Unit, f64)> {
        let found = figures(text, 0..text.len(), language).into_iter();
        found.map(|found| (text[found.range].to_owned(), found.amount.unit, found.amount.value)).collect()
    }

    fn differ_in(first: &str, second: &str) -> usize {
        differ(&[(0, first, "en"), (1, second, "en")]).len()
    }

    #[test]
    fn figures_are_read_with_their_units() {
        use Unit::{Age, BasisPoints, Count, Day, Measure, Money, Percent, PercentPoints, Span, Times, Year};
        for (text, unit, value) in [
            ("1,200 chips", Count, 1200.0),
            ("half a dozen plants", Count, 6.0),
            ("671 billion parameters", Count, 671e9),
            ("$5.6 million", Money("USD"), 5.6e6),
            ("US$5.6m", Money("USD"), 5.6e6),
            ("5.6 million dollars", Money("USD"), 5.6e6),
            ("€3bn", Money("EUR"), 3e9),
            ("RMB 40 million", Money("CNY"), 40e6),
            ("HK$12", Money("HKD"), 12.0),
            ("8.6 percent", Percent, 8.6),
            ("3.25-3.5 percent", Percent, 3.375),
            ("0.75 percentage points", PercentPoints, 0.75),
            ("75 basis points", BasisPoints, 75.0),
            ("two weeks", Span, 14.0),
            ("40-year-old", Age, 40.0),
            ("2025", Year, 2025.0),
            ("April 20", Day, 420.0),
            ("7-nm", Measure("nm"), 7.0),
            ("128 GB", Measure("GB"), 128.0),
            ("10x", Times, 10.0),
            ("three times", Times, 3.0),
        ] {
            assert_eq!(read(&format!("It was {text}."), "en"), [(text.to_owned(), unit, value)]);
        }
        assert_eq!(
            read("Es kostet 5,6 Mio. Euro.", "de"),
            [("5,6 Mio. Euro".to_owned(), Money("EUR"), 5.6e6)]
        );
        assert_eq!(
            read("Il vaut 2 millions d’euros.", "fr"),
            [("2 millions d’euros".to_owned(), Money("EUR"), 2e6)]
        );
        assert_eq!(read("Sube un 8,6 por ciento.", "es")[0].1, Percent);
        assert_eq!(read("It is 8,6 percent, or 1.2.3.", "en"), []);
        assert_eq!(read("今年增长8.6%。", "zh"), []);
    }

    #[test]
    fn names_scores_clocks_and_numbers_in_a_row_are_no_figures() {
        for text in [
            "The V4, the R1 and the 910C run Gemini 3.1 and GPT-4 on an iPhone 15 with 5G during COVID-19.",
            "One of them is number one, the third, and won 3-2 at 12:30 on page 12.",
            "Call 555-0100-22 about 9/11 in the 1970s; millions did, one in five.",
        ] {
            assert_eq!(read(text, "en"), [], "{text}");
        }
        for hostile in ["9".repeat(10_000), "1,".repeat(10_000), "१२३".repeat(100), "$".repeat(1000)] {
            assert_eq!(read(&hostile, "en"), [], "{}", &hostile[..3]);
        }
    }

    #[test]
    fn a_bound_is_kept_where_the_text_gives_one() {
        let bounds = |text: &str| {
            let found = figures(text, 0..text.len(), "en").remove(0).amount;
            (found.low, found.high)
        };
        assert_eq!(bounds("more than 600 mills"), (600.0, f64::INFINITY));
        assert_eq!(bounds("at most 9 mills"), (f64::NEG_INFINITY, 9.0));
        assert_eq!(bounds("two to three mills"), (1.5, 3.5));
        assert_eq!(bounds("nearly 10 mills"), (9.0, 10.0));
    }

    #[test]
    fn figures_of_the_same_thing_differ() {
        for (first, second) in SAME {
            assert_eq!((differ_in(first, second), differ_in(second, first)), (1, 1), "{first} {second}");
        }
    }

    #[test]
    fn figures_that_no_rule_can_compare_do_not() {
        for (first, second) in OTHER {
            assert_eq!((differ_in(first, second), differ_in(second, first)), (0, 0), "{first} {second}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_read(text in "[0-9a½१ .,:/$€%–-]{0,40}|\\PC{0,60}|(a |half |5 |million |of |rose |% |in |May |to |- ){0,20}") {
            for language in ["en", "de", "fr", "es"] {
                for figure in figures(&text, 0..text.len(), language) {
                    proptest::prop_assert!(text.get(figure.range).is_some_and(|words| !words.is_empty()));
                }
                proptest::prop_assert_eq!(differ(&[(0, &text, language), (1, &text, language)]), []);
            }
        }
    }
}
