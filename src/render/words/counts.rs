//! What is said with numbers, voices and days: put together of several phrases.

use jiff::civil::Date;
use pulldown_cmark::BlockQuoteKind;
use sourcewise_analysis::Voice;

use super::Words;
use crate::compare::{Agreement, Row};

impl Words {
    /// "3 of 5 sources answer, in 2 ways"; with what a rule found in others.
    pub(in crate::render) fn marker(&self, row: &Row, ways: usize) -> String {
        let answered = self.answered(row);
        if is_all_by_rule(row) {
            return answered;
        }
        let how = match (row.answered - row.found, row.agreement) {
            (0, _) | (1, Agreement::Single | Agreement::OneVoice | Agreement::Unanswered) => None,
            (_, Agreement::Differ) => Some(self.count("in_ways", ways, &[])),
            (_, Agreement::Single) => Some(self.text("one_way_one_origin")),
            (_, Agreement::OneVoice | Agreement::Unanswered) => Some(self.text("one_way")),
        };
        let read = match how {
            Some(how) => self.fill("answered_how", &[("answered", &answered), ("how", &how)]),
            None => answered,
        };
        match self.found(row) {
            Some(found) => self.fill("answered_and_found", &[("answered", &read), ("found", &found)]),
            None => read,
        }
    }

    /// "3 of 5 sources answer"; where nobody has read any of them, "a rule found passages in 3 of 5 sources".
    pub(in crate::render) fn answered(&self, row: &Row) -> String {
        let by_rule = is_all_by_rule(row);
        let of = if by_rule { row.searched } else { row.examined - row.searched };
        let sources = &[("sources", &*self.count("of_sources", of, &[]))];
        match (by_rule, row.found, row.answered - row.found) {
            (true, 0, _) => self.fill("found_none", sources),
            (true, some, _) => self.count("found", some, sources),
            (false, _, 0) => self.fill("answered_none", sources),
            (false, _, some) => self.count("answered", some, sources),
        }
    }

    /// "a rule found passages in 2 more": where somebody has read some of the sources, and a rule others.
    pub(in crate::render) fn found(&self, row: &Row) -> Option<String> {
        let both = row.found > 0 && !is_all_by_rule(row);
        both.then(|| self.count("found_more", row.found, &[]))
    }

    /// "of which 22 are independent": said where a rule found some, and some of those have a text or origin in common.
    pub(in crate::render) fn independent(&self, row: &Row) -> Option<String> {
        let told = row.found > 0 && row.independent < row.answered;
        told.then(|| self.count("independent", row.independent, &[]))
    }

    /// How the answers stand to one another: "differ: 2 ways".
    pub(in crate::render) fn agreement(&self, row: &Row, ways: usize) -> String {
        match row.agreement {
            Agreement::OneVoice => self.text("one_voice"),
            Agreement::Single => self.text("single"),
            // One source alone does not differ from anybody.
            Agreement::Differ if row.answered - row.found == 1 => self.count("one_source_ways", ways, &[]),
            Agreement::Differ => self.count("differ", ways, &[]),
            Agreement::Unanswered if row.found > 0 => self.text("by_rule"),
            Agreement::Unanswered if is_all_by_rule(row) => self.text("nothing_by_rule"),
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

/// Whether nobody has read any source for a question, but a rule has.
fn is_all_by_rule(row: &Row) -> bool {
    row.searched > 0 && row.searched == row.examined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::ids::QuestionId;
    use crate::load::Basis;
    use crate::problem::Problems;

    fn words(language: &str) -> Words {
        let (mut files, mut problems) = (Files::default(), Problems::default());
        let words = Words::new(language, None, &[], &mut files, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        words
    }

    /// A row that so many of so many sources answer, as they were read; and a rule found some in others.
    fn row(answered: usize, examined: usize, agreement: Agreement, (found, searched): (usize, usize)) -> Row {
        Row {
            question: QuestionId::parse("q").expect("an id"),
            basis: Basis::Editor,
            agreement,
            answered: answered + found,
            found,
            examined: examined + searched,
            searched,
            independent: answered + found,
            copies: Vec::new(),
            positions: Vec::new(),
            cells: std::iter::empty().collect(),
        }
    }

    #[test]
    fn a_marker_counts_with_its_denominator() {
        let english = words("en");
        let marker = |answered, examined, ways, agreement| {
            english.marker(&row(answered, examined, agreement, (0, 0)), ways)
        };
        assert_eq!(marker(3, 5, 2, Agreement::Differ), "3 of 5 sources answer, in 2 ways");
        assert_eq!(marker(2, 5, 1, Agreement::OneVoice), "2 of 5 sources answer, all one way");
        assert_eq!(marker(2, 5, 1, Agreement::Single), "2 of 5 sources answer, all one way, from one origin");
        assert_eq!(marker(1, 5, 1, Agreement::Single), "1 of 5 sources answers");
        assert_eq!(marker(1, 1, 2, Agreement::Differ), "1 of 1 source answers, in 2 ways");
        assert_eq!(marker(0, 5, 0, Agreement::Unanswered), "none of 5 sources answers");
        let german = words("de").marker(&row(3, 5, Agreement::Differ, (0, 0)), 2);
        assert_eq!(german, "3 von 5 Quellen antworten, auf 2 Arten");
    }

    #[test]
    fn what_a_rule_found_is_told_apart_from_what_somebody_read() {
        let english = words("en");
        let by_rule = row(0, 0, Agreement::Unanswered, (3, 5));
        assert_eq!(english.marker(&by_rule, 0), "a rule found passages in 3 of 5 sources");
        assert_eq!(english.agreement(&by_rule, 0), "found by rule");
        let nothing = row(0, 0, Agreement::Unanswered, (0, 5));
        assert_eq!(english.marker(&nothing, 0), "a rule found nothing in 5 sources");
        assert_eq!(english.agreement(&nothing, 0), "nothing found by rule");
        let both = row(2, 3, Agreement::Differ, (1, 2));
        assert_eq!(
            english.marker(&both, 2),
            "2 of 3 sources answer, in 2 ways; a rule found passages in 1 more"
        );
        assert_eq!(english.agreement(&both, 2), "differ: 2 ways");
        assert_eq!(english.independent(&both), None);
        let copied = Row { independent: 2, ..by_rule };
        assert_eq!(english.independent(&copied).as_deref(), Some("of which 2 are independent"));
    }

    #[test]
    fn one_source_alone_does_not_differ_in_words() {
        let differ = |answered| words("en").agreement(&row(answered, answered, Agreement::Differ, (0, 0)), 2);
        assert_eq!([differ(1), differ(2)], ["one source: 2 ways", "differ: 2 ways"]);
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
