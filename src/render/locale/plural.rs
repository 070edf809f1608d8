//! Picks the plural form for a number by CLDR's cardinal rules.

use std::fmt;
use std::sync::Arc;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use sourcewise_quotes::primary;

/// The plural rules of one language.
#[derive(Clone)]
pub(super) struct Plural {
    /// `None` if CLDR has no rules for the language: then every number uses `other`.
    rules: Option<Arc<PluralRules>>,
}

impl fmt::Debug for Plural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plural").finish_non_exhaustive()
    }
}

impl Plural {
    /// Returns the rules for a language tag; the tag's script and region are ignored.
    pub(super) fn of(tag: &str) -> Self {
        let language = primary(tag).to_lowercase();
        let known = PluralRules::get_locales(PluralRuleType::CARDINAL);
        let locale = known.into_iter().find(|locale| locale.to_string() == language);
        let rules = locale.and_then(|locale| PluralRules::create(locale, PluralRuleType::CARDINAL).ok());
        Self { rules: rules.map(Arc::new) }
    }

    /// Returns the text in `forms` for a number; if there is none for its plural form, the text for `other`. `None` if
    /// `forms` has neither.
    pub(super) fn form<'f>(&self, forms: &'f [(String, String)], n: usize) -> Option<&'f str> {
        let category = self.rules.as_ref().and_then(|rules| rules.select(n).ok());
        let name = match category {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        };
        let written = |name: &str| forms.iter().find(|(form, _)| form == name).map(|(_, text)| text.as_str());
        written(name).or_else(|| written("other"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_forms_follow_the_language() {
        let forms = [("one", "1"), ("few", "2–4"), ("other", "many")];
        let forms = forms.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let forms_of =
            |tag: &str| [1, 3, 11].map(|n| Plural::of(tag).form(&forms, n).expect("`other` exists"));
        assert_eq!(forms_of("en-GB"), ["1", "many", "many"]);
        assert_eq!(forms_of("cs"), ["1", "2–4", "many"]);
        assert_eq!(forms_of("ja"), ["many", "many", "many"]);
        assert_eq!(forms_of("tlh"), ["many", "many", "many"]);
    }
}
