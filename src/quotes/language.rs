//! Language tags, and language detection by trigrams and script (the crate `whatlang`).

use whatlang::Lang;

/// Longer tags are rejected. RFC 5646 (4.4.1) recommends at least this much room for a tag.
const MAX_TAG_BYTES: usize = 35;

/// Detection reads only the beginning of a text, up to this length, because more text doesn't improve the result.
const MAX_SAMPLE_BYTES: usize = 2_000;

/// Whether a text has the form of a BCP 47 tag, such as `en`, `pt-BR` or `zh-Hans`. The language subtag must have two
/// or three letters: longer ones are reserved in BCP 47, and none is registered.
pub fn is_language_tag(tag: &str) -> bool {
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.len() <= MAX_TAG_BYTES
        && tag.split('-').all(fits)
}

/// Returns the primary language subtag of a BCP 47 tag: `en` of `en-GB`.
pub fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

/// Detects the language of a text. Returns a primary language subtag, or `None` if the result is not reliable (a few
/// words) or the language has neither sentence rules nor a stemmer of its own.
pub fn language_of(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(MAX_SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let detected = whatlang::detect(&text[..end])?;
    detected.is_reliable().then(|| tag(detected.lang()))?
}

/// Returns the ISO 639-1 code of a language that has its own sentence rules or stemmer; `None` for other languages.
#[rustfmt::skip]
fn tag(language: Lang) -> Option<&'static str> {
    let tags = [
        (Lang::Ara, "ar"), (Lang::Ben, "bn"), (Lang::Bul, "bg"), (Lang::Cat, "ca"), (Lang::Ces, "cs"), (Lang::Cmn, "zh"),
        (Lang::Dan, "da"), (Lang::Deu, "de"), (Lang::Ell, "el"), (Lang::Eng, "en"), (Lang::Fin, "fi"), (Lang::Fra, "fr"),
        (Lang::Heb, "he"), (Lang::Hin, "hi"), (Lang::Hun, "hu"), (Lang::Hye, "hy"), (Lang::Ita, "it"), (Lang::Jpn, "ja"),
        (Lang::Kor, "ko"), (Lang::Nld, "nl"), (Lang::Nob, "no"), (Lang::Pes, "fa"), (Lang::Pol, "pl"), (Lang::Por, "pt"),
        (Lang::Ron, "ro"), (Lang::Rus, "ru"), (Lang::Slk, "sk"), (Lang::Spa, "es"), (Lang::Swe, "sv"), (Lang::Tam, "ta"),
        (Lang::Tel, "te"), (Lang::Tur, "tr"), (Lang::Ukr, "uk"), (Lang::Urd, "ur"), (Lang::Vie, "vi"),
    ];
    tags.into_iter().find(|(lang, _)| *lang == language).map(|(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_detected_from_a_few_sentences() {
        let german = "Die alte Mühle an der Furt ist am Freitag abgebrannt. Niemand weiß, woran es lag.";
        let english =
            "The old mill at the ford burnt down on Friday, and nobody knows what the cause of it was.";
        assert_eq!(language_of(german), Some("de"));
        assert_eq!(language_of(english), Some("en"));
        assert_eq!(language_of("磨坊在星期五烧毁了。没有人知道原因。"), Some("zh"));
        assert_eq!(language_of("…"), None);
    }

    #[test]
    fn a_tag_has_a_language_of_two_or_three_letters_and_short_subtags() {
        assert!(["en", "pt-BR", "zh-Hans-TW", "ast", "de-CH-x-old"].into_iter().all(is_language_tag));
        let wrong = ["", "e", "english", "12", "en-", "en_GB", "en-\"><b>", "en-abcdefghi"];
        assert!(!wrong.into_iter().any(is_language_tag));
    }
}
