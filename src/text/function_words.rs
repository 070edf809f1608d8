//! Words that carry grammar and no subject, in a few languages: *the*, *which*, *does*. What remains of a question
//! without them is what it asks about.

use sourcewise_quotes::primary;

/// The function words of one language, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionWords {
    /// The language, as a BCP 47 tag.
    pub language: &'static str,
    words: &'static [&'static str],
}

impl FunctionWords {
    /// Those of a language by its BCP 47 tag; none for a language that is not known here.
    pub fn of(language: &str) -> Option<&'static Self> {
        let primary = primary(language);
        KNOWN.iter().find(|known| known.language.eq_ignore_ascii_case(primary))
    }

    /// Those of the language that most of some words are function words of; the first known one if none is.
    pub fn most_in(words: &[&str]) -> &'static Self {
        let count = |known: &Self| words.iter().filter(|word| known.contains(word)).count();
        let mut best = &KNOWN[0];
        for known in &KNOWN[1..] {
            if count(known) > count(best) {
                best = known;
            }
        }
        best
    }

    /// Whether a word in lower case is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

#[rustfmt::skip]
const KNOWN: [FunctionWords; 7] = [
    FunctionWords { language: "en", words: &[
        "a", "an", "the", "this", "that", "these", "those", "there", "here", "it", "its", "he", "him", "his", "she", "her",
        "hers", "they", "them", "their", "theirs", "we", "us", "our", "ours", "you", "your", "yours", "i", "me", "my", "mine",
        "one", "ones", "who", "whom", "whose", "which", "what", "when", "where", "why", "how", "and", "or", "but", "nor", "if",
        "then", "than", "so", "as", "because", "while", "though", "although", "whether", "of", "to", "in", "on", "at", "by",
        "for", "from", "with", "without", "into", "onto", "over", "under", "about", "against", "between", "through", "during",
        "before", "after", "up", "down", "out", "off", "is", "are", "was", "were", "am", "be", "been", "being", "do", "does",
        "did", "done", "doing", "has", "have", "had", "having", "will", "would", "shall", "should", "can", "could", "may",
        "might", "must", "not", "no", "yes", "any", "some", "all", "both", "each", "every", "other", "such", "only", "also",
        "too", "very", "much", "many", "more", "most", "less", "least", "few", "own", "same", "now", "still", "yet", "ever",
        "never", "again", "just", "part", "next", "say", "says", "said", "s", "t",
    ] },
    FunctionWords { language: "de", words: &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine", "keinen",
        "dieser", "diese", "dieses", "diesen", "diesem", "jener", "jene", "er", "sie", "es", "ihn", "ihm", "ihr", "ihre",
        "ihren", "ihrem", "ihrer", "sein", "seine", "seinen", "seinem", "seiner", "wir", "uns", "unser", "unsere", "ich",
        "mich", "mir", "mein", "meine", "du", "dich", "dir", "man", "sich", "wer", "wen", "wem", "wessen", "was", "welcher",
        "welche", "welches", "welchen", "welchem", "wann", "wo", "warum", "wieso", "weshalb", "wie", "woher", "wohin", "und",
        "oder", "aber", "denn", "sondern", "wenn", "weil", "dass", "ob", "als", "damit", "obwohl", "von", "vom", "zu", "zum",
        "zur", "in", "im", "ins", "an", "am", "auf", "aus", "bei", "beim", "mit", "nach", "vor", "für", "gegen", "über",
        "unter", "um", "durch", "ohne", "bis", "seit", "zwischen", "ist", "sind", "war", "waren", "bin", "bist", "sei", "wird",
        "werden", "wurde", "wurden", "worden", "hat", "haben", "hatte", "hatten", "kann", "können", "konnte", "soll",
        "sollen", "sollte", "muss", "müssen", "musste", "will", "wollen", "wollte", "darf", "dürfen", "nicht", "nein", "ja",
        "auch", "nur", "noch", "schon", "sehr", "mehr", "so", "da", "hier", "dort", "dann", "doch", "alle", "allem", "allen",
        "andere", "anderen", "viel", "viele",
    ] },
    FunctionWords { language: "fr", words: &[
        "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "ce", "cet", "cette", "ces", "c", "ça",
        "cela", "il", "ils", "elle", "elles", "on", "nous", "vous", "je", "j", "tu", "me", "m", "te", "t", "se", "s", "lui",
        "leur", "leurs", "y", "en", "son", "sa", "ses", "mon", "ma", "mes", "notre", "nos", "votre", "vos", "qui", "que",
        "qu", "quoi", "dont", "où", "quel", "quelle", "quels", "quelles", "quand", "comment", "pourquoi", "combien", "et",
        "ou", "mais", "donc", "or", "ni", "car", "si", "comme", "parce", "lorsque", "à", "dans", "par", "pour", "sur", "sous",
        "avec", "sans", "entre", "vers", "chez", "contre", "depuis", "pendant", "avant", "après", "est", "sont", "était",
        "étaient", "été", "être", "a", "ont", "avait", "avaient", "avoir", "eu", "fait", "faire", "peut", "peuvent", "doit",
        "doivent", "va", "vont", "sera", "seront", "ne", "n", "pas", "plus", "non", "oui", "aussi", "très", "tout", "tous",
        "toute", "toutes", "autre", "autres", "même", "encore", "déjà",
    ] },
    FunctionWords { language: "es", words: &[
        "el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "de", "del", "al", "a", "en", "con", "sin", "por",
        "para", "sobre", "entre", "contra", "desde", "hasta", "hacia", "este", "esta", "estos", "estas", "ese", "esa", "esos",
        "esas", "esto", "eso", "aquel", "aquella", "él", "ella", "ellos", "ellas", "yo", "tú", "nosotros", "usted", "ustedes",
        "se", "me", "te", "nos", "le", "les", "su", "sus", "mi", "mis", "tu", "tus", "nuestro", "nuestra", "que", "qué",
        "quien", "quién", "quiénes", "cuál", "cuáles", "cuándo", "cuando", "dónde", "donde", "cómo", "como", "cuánto",
        "cuánta", "cuántos", "y", "e", "o", "u", "pero", "ni", "si", "sino", "porque", "aunque", "mientras", "es", "son",
        "era", "eran", "fue", "fueron", "ser", "sido", "está", "están", "estaba", "estar", "ha", "han", "había", "habían",
        "haber", "hay", "puede", "pueden", "debe", "deben", "va", "van", "será", "serán", "no", "sí", "más", "muy", "también",
        "ya", "todo", "todos", "toda", "todas", "otro", "otra", "otros", "otras", "mismo",
    ] },
    FunctionWords { language: "it", words: &[
        "il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una", "di", "d", "del", "dello", "della", "dell", "dei",
        "degli", "delle", "a", "al", "allo", "alla", "all", "ai", "agli", "alle", "da", "dal", "dalla", "dall", "dai", "in",
        "nel", "nella", "nell", "nei", "nelle", "con", "su", "sul", "sulla", "sull", "sui", "per", "tra", "fra", "questo",
        "questa", "questi", "queste", "quello", "quella", "quelli", "quelle", "egli", "lui", "lei", "loro", "io", "tu", "noi",
        "voi", "si", "ci", "vi", "ne", "mi", "ti", "suo", "sua", "suoi", "sue", "che", "chi", "cui", "quale", "quali",
        "quando", "dove", "come", "perché", "quanto", "quanti", "cosa", "e", "ed", "o", "ma", "né", "se", "però", "è", "sono",
        "era", "erano", "essere", "stato", "stata", "stati", "ha", "hanno", "aveva", "avere", "può", "possono", "deve",
        "devono", "sarà", "saranno", "non", "no", "sì", "più", "anche", "molto", "già", "tutto", "tutti", "altro", "altri",
    ] },
    FunctionWords { language: "nl", words: &[
        "de", "het", "een", "dit", "dat", "deze", "die", "hij", "zij", "ze", "hem", "haar", "zijn", "hun", "wij", "we", "ons",
        "onze", "ik", "mij", "mijn", "jij", "je", "jou", "jouw", "u", "uw", "zich", "men", "er", "wie", "wat", "welke", "welk",
        "wanneer", "waar", "waarom", "hoe", "hoeveel", "en", "of", "maar", "want", "als", "omdat", "dan", "toen", "van", "naar",
        "in", "op", "aan", "bij", "met", "voor", "door", "over", "onder", "tegen", "tussen", "uit", "om", "te", "tot", "sinds",
        "zonder", "is", "was", "waren", "ben", "bent", "wordt", "worden", "werd", "werden", "heeft", "hebben", "had", "hadden",
        "kan", "kunnen", "kon", "zal", "zullen", "zou", "zouden", "moet", "moeten", "mag", "mogen", "wil", "willen", "niet",
        "geen", "nee", "ja", "ook", "nog", "al", "zeer", "meer", "hier", "daar", "alle", "andere", "veel",
    ] },
    FunctionWords { language: "pt", words: &[
        "o", "a", "os", "as", "um", "uma", "uns", "umas", "de", "do", "da", "dos", "das", "em", "no", "na", "nos", "nas", "ao",
        "à", "aos", "às", "com", "sem", "por", "pelo", "pela", "para", "sobre", "entre", "contra", "desde", "até", "este",
        "esta", "estes", "estas", "esse", "essa", "isso", "isto", "aquele", "aquela", "ele", "ela", "eles", "elas", "eu", "tu",
        "nós", "você", "vocês", "se", "me", "te", "lhe", "seu", "sua", "seus", "suas", "meu", "minha", "nosso", "nossa", "que",
        "quem", "qual", "quais", "quando", "onde", "como", "porque", "quanto", "quantos", "e", "ou", "mas", "nem", "é", "são",
        "era", "eram", "foi", "foram", "ser", "sido", "está", "estão", "estava", "estar", "tem", "têm", "tinha", "ter", "há",
        "pode", "podem", "deve", "devem", "vai", "vão", "será", "serão", "não", "sim", "mais", "muito", "também", "já", "todo",
        "todos", "toda", "todas", "outro", "outra", "outros", "outras", "mesmo",
    ] },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_question_is_told_by_its_small_words() {
        let most_in = |text: &str| FunctionWords::most_in(&text.split(' ').collect::<Vec<_>>()).language;
        assert_eq!(most_in("what did the owner of the mill know"), "en");
        assert_eq!(most_in("was wusste der besitzer von dem feuer"), "de");
        assert_eq!(most_in("que savait le patron du moulin"), "fr");
        assert_eq!(most_in("磨坊"), "en");
    }

    #[test]
    fn regions_share_the_words_of_their_language() {
        assert!(FunctionWords::of("de-AT").is_some_and(|words| words.contains("und")));
        assert_eq!(FunctionWords::of("ru"), None);
    }
}
