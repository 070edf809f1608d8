//! What is said with numbers, voices and days: put together of several phrases.

use jiff::civil::Date;
use pulldown_cmark::BlockQuoteKind;

use super::Words;
use crate::compare::Agreement;
use crate::load::Voice;

impl Words {
    /// "3 of 5 sources answer, in 2 ways"
    pub(in crate::render) fn marker(
        &self,
        answered: usize,
        examined: usize,
        ways: usize,
        agreement: Agreement,
    ) -> String {
        let answered_of = self.answered(answered, examined);
        let how = match (answered, agreement) {
            (0, _) | (1, Agreement::Single | Agreement::OneVoice | Agreement::Unanswered) => {
                return answered_of;
            }
            (_, Agreement::Differ) => self.count("in_ways", ways, &[]),
            (_, Agreement::Single) => self.text("one_way_one_origin"),
            (_, Agreement::OneVoice | Agreement::Unanswered) => self.text("one_way"),
        };
        self.fill("answered_how", &[("answered", &answered_of), ("how", &how)])
    }

    /// "3 of 5 sources answer"
    pub(in crate::render) fn answered(&self, answered: usize, examined: usize) -> String {
        let sources = self.count("of_sources", examined, &[]);
        match answered {
            0 => self.fill("answered_none", &[("sources", &sources)]),
            some => self.count("answered", some, &[("sources", &sources)]),
        }
    }

    /// How the answers stand to one another: "differ: 2 ways".
    pub(in crate::render) fn agreement(&self, agreement: Agreement, answered: usize, ways: usize) -> String {
        match agreement {
            Agreement::OneVoice => self.text("one_voice"),
            Agreement::Single => self.text("single"),
            // One source alone does not differ from anybody.
            Agreement::Differ if answered == 1 => self.count("one_source_ways", ways, &[]),
            Agreement::Differ => self.count("differ", ways, &[]),
            Agreement::Unanswered => self.text("unanswered"),
        }
    }

    /// "2 sources, 1 origin": said only where the two numbers differ.
    pub(in crate::render) fn witnesses(&self, sources: usize, independent: usize) -> String {
        let count = self.count("sources", sources, &[]);
        if sources == independent {
            return count;
        }
        let origins = self.count("origins", independent, &[]);
        self.fill("sources_and_origins", &[("sources", &count), ("origins", &origins)])
    }

    /// A voice in words.
    pub(in crate::render) fn voice(&self, voice: Voice) -> String {
        self.text(&format!("voice_{}", voice.as_str()))
    }

    /// A day for reading: "20 April 2026".
    pub(in crate::render) fn day(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let month = usize::try_from(date.month()).map_or("", |month| self.month(month));
        self.fill("date", &[("day", &day), ("month", month), ("year", &year)])
    }

    /// The class and the title of an alert.
    pub(in crate::render) fn alert(&self, kind: BlockQuoteKind) -> (&'static str, String) {
        let class = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        (class, self.text(&format!("alert_{class}")))
    }

    /// Any phrase with one number in it, which does not change its form: "Source 3".
    pub(in crate::render) fn numbered(&self, key: &str, number: usize) -> String {
        self.fill(key, &[("n", &number.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::problem::Problems;

    fn words(language: &str) -> Words {
        let (mut files, mut problems) = (Files::default(), Problems::default());
        let words = Words::new(language, None, &[], &mut files, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        words
    }

    #[test]
    fn a_marker_counts_with_its_denominator() {
        let english = words("en");
        let marker =
            |answered, examined, ways, agreement| english.marker(answered, examined, ways, agreement);
        assert_eq!(marker(3, 5, 2, Agreement::Differ), "3 of 5 sources answer, in 2 ways");
        assert_eq!(marker(2, 5, 1, Agreement::OneVoice), "2 of 5 sources answer, all one way");
        assert_eq!(marker(2, 5, 1, Agreement::Single), "2 of 5 sources answer, all one way, from one origin");
        assert_eq!(marker(1, 5, 1, Agreement::Single), "1 of 5 sources answers");
        assert_eq!(marker(1, 1, 2, Agreement::Differ), "1 of 1 source answers, in 2 ways");
        assert_eq!(marker(0, 5, 0, Agreement::Unanswered), "none of 5 sources answers");
        assert_eq!(words("de").marker(3, 5, 2, Agreement::Differ), "3 von 5 Quellen antworten, auf 2 Arten");
    }

    #[test]
    fn one_source_alone_does_not_differ_in_words() {
        assert_eq!(words("en").agreement(Agreement::Differ, 1, 2), "one source: 2 ways");
        assert_eq!(words("en").agreement(Agreement::Differ, 2, 2), "differ: 2 ways");
    }

    #[test]
    fn origins_are_counted_where_they_are_fewer_than_the_sources() {
        assert_eq!(words("en").witnesses(2, 1), "2 sources, 1 origin");
        assert_eq!(words("en").witnesses(2, 2), "2 sources");
        assert_eq!(words("de-AT").witnesses(2, 1), "2 Quellen, 1 Ursprung");
    }

    #[test]
    fn days_are_written_as_the_language_writes_them() {
        let day = Date::constant(2026, 4, 20);
        assert_eq!([words("en").day(day), words("de").day(day)], ["20 April 2026", "20. April 2026"]);
    }
}
