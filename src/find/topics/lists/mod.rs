//! Words that begin and end no topic, by language: what binds words together, and what any report is full of.
//!
//! The lists are short: they need the common words only, since a topic is a phrase that is used again and again.

mod english;
mod others;

use crate::text::words::{is_han, is_hiragana};
use sourcewise_quotes::primary;

/// What a word can do in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// It may be a topic or part of one.
    Content,
    /// It may be part of a topic, and is none by itself.
    Pale,
    /// It may begin a topic, and ends none: *smuggled chips*.
    Modifier,
    /// It may stand within: *cost of living*.
    Link,
    /// What follows is a noun, or leads to one: articles, prepositions.
    BeforeNoun,
    /// What follows is a verb: *to*, pronouns, auxiliaries.
    BeforeVerb,
    /// It binds, or says nothing by itself; as part of a name it may: *New York*.
    Empty,
    /// Any report is full of it.
    Dull,
}

/// The lists of one language.
struct Lists {
    links: &'static str,
    before_noun: &'static str,
    before_verb: &'static str,
    empty: &'static str,
    /// Nouns that say little by themselves, but something in a phrase: *climate change*.
    pale: &'static str,
    /// Words of reporting, of time and of quantity.
    dull: &'static str,
}

/// A word's class by the lists of a language.
pub(super) struct Classes {
    known: Vec<(&'static str, Class)>,
    /// Where no list is known, short words say nothing; but not where a word may have two characters.
    by_length: bool,
    english: bool,
}

impl Classes {
    /// For a BCP 47 tag.
    pub(super) fn of(language: &str) -> Self {
        let language = primary(language);
        let lists = match language {
            "en" => Some(&english::EN),
            "de" => Some(&others::DE),
            "fr" => Some(&others::FR),
            "es" => Some(&others::ES),
            "it" => Some(&others::IT),
            "nl" => Some(&others::NL),
            "pt" => Some(&others::PT),
            _ => None,
        };
        let mut known = Vec::new();
        if let Some(lists) = lists {
            let classes = [
                (lists.links, Class::Link),
                (lists.before_noun, Class::BeforeNoun),
                (lists.before_verb, Class::BeforeVerb),
                (lists.empty, Class::Empty),
                (lists.pale, Class::Pale),
                (lists.dull, Class::Dull),
            ];
            known.extend(
                classes.iter().flat_map(|(words, class)| words.split_whitespace().map(|word| (word, *class))),
            );
        }
        // Stable: of a word that is in two lists, the first counts.
        known.sort_by_key(|(word, _)| *word);
        known.dedup_by_key(|(word, _)| *word);
        Self {
            known,
            by_length: lists.is_none() && !matches!(language, "zh" | "ja" | "ko"),
            english: language == "en",
        }
    }

    /// The class of a word in lower case.
    pub(super) fn class(&self, lower: &str) -> Class {
        let mut chars = lower.chars();
        let first = chars.next().unwrap_or_default();
        if is_han(first) && chars.next().is_none() {
            let empty = is_hiragana(first) || HAN.contains(first);
            return if empty { Class::Empty } else { Class::Content };
        }
        if let Ok(at) = self.known.binary_search_by_key(&lower, |(word, _)| *word) {
            return self.known[at].1;
        }
        let count = lower.chars().count();
        let short = count < 2 || (self.by_length && count < 4 && first.is_alphabetic() && !is_han(first));
        let numeric = !lower.contains(char::is_alphabetic) || first.is_numeric();
        match lower {
            _ if short || numeric || lower.contains(".com") => Class::Dull,
            _ if self.english => english(lower),
            _ => Class::Content,
        }
    }
}

/// What the ending of an English word tells.
fn english(lower: &str) -> Class {
    let participle = lower.ends_with("ed") && !lower.ends_with("eed") && lower.len() > 5;
    let adjective = ["ous", "ful", "less", "able", "ible"].iter().any(|ending| lower.ends_with(ending));
    if lower.ends_with("ly") && !LY.split_whitespace().any(|word| word == lower) {
        Class::Empty
    } else if participle || (adjective && lower.len() > 5) {
        Class::Modifier
    } else {
        Class::Content
    }
}

/// True for Chinese and Japanese words that any report is full of.
pub(super) fn is_dull_han(phrase: &str) -> bool {
    HAN_WORDS.split_whitespace().any(|word| phrase.starts_with(word) || phrase.ends_with(word))
}

/// True for Hiragana that goes on with a word, and is no particle after it.
pub(super) fn is_ending(character: &str) -> bool {
    character.starts_with(|c| is_hiragana(c) && !"はがをにでとものへやか".contains(c))
}

/// English nouns that end like adverbs.
const LY: &str = "family supply monopoly assembly ally rally july italy fly jelly bully anomaly butterfly duopoly \
    oligopoly homily doily belly lily tally folly reply";

/// Characters that bind words together and are hardly ever part of a term.
const HAN: &str = "的了是在和有与也不就都而及着或被把从以为之其这那我你他她它们将已会并但让向于又很更最还只到去来说称\
    每各该此因如若则即且吗呢吧啊過對與這們個為從個個但讓還來說稱於";

/// Words of reporting, time and quantity in Chinese and Japanese.
const HAN_WORDS: &str = "表示 认为 指出 报道 报导 记者 消息 今年 去年 明年 目前 近日 日前 此前 之前 之后 以来 以后 一个 一些 \
    可以 可能 可是 没有 我们 他们 自己 什么 问题 情况 方面 进行 已经 开始 通过 需要 成为 出现 由于 因此 同时 其中 根据 关于 \
    对于 包括 其他 人们 时候 时间 星期 万元 亿元 以及 如果 虽然 因为 所以 这个 那个 部分 许多 很多 所有 一种 继续 宣布 透露 \
    今天 昨天 明天 周一 周二 周三 周四 周五 周六 周日 本月 上月 公布 強調 强调 表明 显示 発表 発言 今年 昨年 来年 現在 \
    同日 午前 午後 記者 以上 以下 必要 可能性 場合 予定";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_classed_by_list_and_by_ending() {
        let english = Classes::of("en-US");
        for (word, class) in [
            ("mill", Class::Content),
            ("change", Class::Pale),
            ("of", Class::Link),
            ("the", Class::BeforeNoun),
            ("they", Class::BeforeVerb),
            ("slowly", Class::Empty),
            ("supply", Class::Content),
            ("smuggled", Class::Modifier),
            ("monday", Class::Dull),
            ("2022", Class::Dull),
        ] {
            assert_eq!(english.class(word), class, "{word}");
        }
        assert_eq!(Classes::of("fr").class("des"), Class::Link);
        assert_eq!(
            (Classes::of("zh").class("的"), Classes::of("zh").class("坊")),
            (Class::Empty, Class::Content)
        );
        assert_eq!(
            (Classes::of("pl").class("nie"), Classes::of("pl").class("młyn")),
            (Class::Dull, Class::Content)
        );
    }
}
