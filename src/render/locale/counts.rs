//! Composes texts from several interface texts: counts, agreement, voices, dates.

use jiff::civil::Date;
use pulldown_cmark::BlockQuoteKind;
use sourcewise_analysis::Voice;

use super::Locale;
use crate::compare::{Agreement, Row};
use crate::load::Relation;

impl Locale {
    /// "3 of 5 sources answer: 2 different answers". `ways` is the number of positions that sources hold; it is left
    /// out if no source answers, or only one with one position. If rules found passages in further sources, their count
    /// follows. If all sources were only searched by rule, returns [`Self::answered`].
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

    /// "3 of 5 sources answer", where 5 is the number of sources examined by the author of their record. If all sources
    /// were only searched by rule: "3 of 5 sources have passages found automatically".
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

    /// "2 more have passages found automatically". `None` if there are no such passages, or if all sources were only
    /// searched by rule: then [`Self::answered`] counts them.
    pub(in crate::render) fn found(&self, row: &Row) -> Option<String> {
        let both = row.found > 0 && !is_all_by_rule(row);
        both.then(|| self.count("found_more", row.found, &[]))
    }

    /// "22 of these 30 sources are independent". `None` if no passage was found by rule or all sources are independent.
    pub(in crate::render) fn independent(&self, row: &Row) -> Option<String> {
        let is_shown = row.found > 0 && row.independent < row.answered;
        let sources = self.count("sources", row.answered, &[]);
        is_shown.then(|| self.count("independent", row.independent, &[("sources", &sources)]))
    }

    /// Describes how far the answers agree: "2 different answers". `ways` is the number of positions that sources hold.
    pub(in crate::render) fn agreement(&self, row: &Row, ways: usize) -> String {
        match row.agreement {
            Agreement::OneVoice => self.text("one_voice"),
            Agreement::Single => self.text("single"),
            // A single source can't differ from others.
            Agreement::Differ if row.answered - row.found == 1 => self.count("one_source_ways", ways, &[]),
            Agreement::Differ => match row.relation {
                None => self.count("differ", ways, &[]),
                Some(Relation::Conflict) => self.count("differ_conflict", ways, &[]),
                Some(Relation::Detail) => self.count("differ_detail", ways, &[]),
                Some(Relation::Several) => self.count("differ_several", ways, &[]),
            },
            Agreement::Unanswered if row.found > 0 => self.text("by_rule"),
            Agreement::Unanswered if is_all_by_rule(row) => self.text("nothing_by_rule"),
            Agreement::Unanswered => self.text("unanswered"),
        }
    }

    /// "2 sources, 1 origin"; only "2 sources" if the two numbers are equal.
    pub(in crate::render) fn sources_and_origins(&self, sources: usize, independent: usize) -> String {
        let count = self.count("sources", sources, &[]);
        if sources == independent {
            return count;
        }
        let origins = self.count("origins", independent, &[]);
        self.fill("sources_and_origins", &[("sources", &count), ("origins", &origins)])
    }

    /// Returns the name of a voice in the site's language.
    pub(in crate::render) fn voice(&self, voice: Voice) -> String {
        self.text(&format!("voice_{}", voice.as_str()))
    }

    /// Formats a date for readers: "20 April 2026".
    pub(in crate::render) fn day(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let month = usize::try_from(date.month()).map_or("", |month| self.month(month));
        self.fill("date", &[("day", &day), ("month", month), ("year", &year)])
    }

    /// Returns the part of the CSS class and the title of an alert box (`> [!NOTE]` in Markdown): `note` and "Note".
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

    /// Fills a text that has a number but no plural forms: "Source 3".
    pub(in crate::render) fn numbered(&self, key: &str, number: usize) -> String {
        self.fill(key, &[("n", &number.to_string())])
    }
}

/// Whether all examined sources were only searched by rule.
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

    fn locale(language: &str) -> Locale {
        let (mut files, mut problems) = (Files::default(), Problems::default());
        let locale = Locale::new(language, None, &[], &mut files, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        locale
    }

    /// A row in which `answered` of `examined` sources answer by their records, and rules found passages in `found` of
    /// `searched` others.
    fn row(answered: usize, examined: usize, agreement: Agreement, (found, searched): (usize, usize)) -> Row {
        Row {
            question: QuestionId::parse("q").expect("an id"),
            basis: Basis::Editor,
            agreement,
            relation: None,
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
    fn a_marker_contains_the_count_and_the_total() {
        let english = locale("en");
        let marker = |answered, examined, ways, agreement| {
            english.marker(&row(answered, examined, agreement, (0, 0)), ways)
        };
        assert_eq!(marker(3, 5, 2, Agreement::Differ), "3 of 5 sources answer: 2 different answers");
        assert_eq!(marker(2, 5, 1, Agreement::OneVoice), "2 of 5 sources answer: all the same way");
        assert_eq!(
            marker(2, 5, 1, Agreement::Single),
            "2 of 5 sources answer: all the same way, from one origin"
        );
        assert_eq!(marker(1, 5, 1, Agreement::Single), "1 of 5 sources answers");
        assert_eq!(marker(1, 1, 2, Agreement::Differ), "1 of 1 source answers: 2 different answers");
        assert_eq!(marker(0, 5, 0, Agreement::Unanswered), "none of 5 sources answers");
        let german = locale("de").marker(&row(3, 5, Agreement::Differ, (0, 0)), 2);
        assert_eq!(german, "3 von 5 Quellen antworten: 2 verschiedene Antworten");
    }

    #[test]
    fn passages_found_by_rule_are_counted_separately() {
        let english = locale("en");
        let by_rule = row(0, 0, Agreement::Unanswered, (3, 5));
        assert_eq!(english.marker(&by_rule, 0), "3 of 5 sources have passages found automatically");
        assert_eq!(english.agreement(&by_rule, 0), "found automatically");
        let nothing = row(0, 0, Agreement::Unanswered, (0, 5));
        assert_eq!(english.marker(&nothing, 0), "nothing found automatically in 5 sources");
        assert_eq!(english.agreement(&nothing, 0), "nothing found automatically");
        let both = row(2, 3, Agreement::Differ, (1, 2));
        assert_eq!(
            english.marker(&both, 2),
            "2 of 3 sources answer: 2 different answers; 1 more has passages found automatically"
        );
        assert_eq!(english.agreement(&both, 2), "2 different answers");
        assert_eq!(english.independent(&both), None);
        let copied = Row { independent: 2, ..by_rule };
        assert_eq!(english.independent(&copied).as_deref(), Some("2 of these 3 sources are independent"));
    }

    #[test]
    fn a_single_source_never_differs() {
        let differ =
            |answered| locale("en").agreement(&row(answered, answered, Agreement::Differ, (0, 0)), 2);
        assert_eq!([differ(1), differ(2)], ["one source: 2 answers", "2 different answers"]);
    }

    #[test]
    fn origins_are_counted_if_there_are_fewer_than_sources() {
        assert_eq!(locale("en").sources_and_origins(2, 1), "2 sources, 1 origin");
        assert_eq!(locale("en").sources_and_origins(2, 2), "2 sources");
        assert_eq!(locale("de-AT").sources_and_origins(2, 1), "2 Quellen, 1 Ursprung");
    }

    #[test]
    fn dates_follow_the_language() {
        let day = Date::constant(2026, 4, 20);
        assert_eq!([locale("en").day(day), locale("de").day(day)], ["20 April 2026", "20. April 2026"]);
    }
}
