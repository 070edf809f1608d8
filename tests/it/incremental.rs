//! A rebuild that keeps what a change doesn't touch comes out as one that begins anew: byte for byte, fault for fault.
//!
//! Random edits are made to a small site, one upon the other: files come, go, change their names, break and are mended.
//! After each of them both ways of building are held against each other. `SOURCEWISE_EDITS=2000 cargo test --release
//! incremental` makes more of them than there is time for every day; `SOURCEWISE_SEED` makes others.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use sourcewise::load::Project;
use sourcewise::pipeline::{Kept, Run, run};
use sourcewise::progress::Progress;

use crate::case::Case;
use crate::support::{SiteTest, tree, write};

/// How many edits are made where nobody asks for a number.
const EDITS: usize = 40;

/// Numbers that look random and are the same every time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("less than a usize")
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Paragraphs that may be added to a text: what they point to may be there or not.
const PARAGRAPHS: [&str; 15] = [
    "Nobody saw it.",
    "It burnt [@gazette \"burnt on Sunday night\"].",
    "It burnt [@gazette].",
    "Some sing of it [@ballad; @letter].",
    "Nobody agrees [?cause]. Nor on the day [?day].",
    "See [the wheel](/places/wheel.md#the-new-wheel), [the page](/extra-1.md) and [the row](/compare.html#price).",
    "> O lightning struck [@ballad]",
    "## Another heading\n\nWith a note.[^n]\n\n[^n]: Of *this* kind [@gazette].",
    "## A heading below which nothing is cited",
    "Words that stand nowhere [@gazette \"a dragon did it\"].",
    "[Nowhere](nowhere.md) [@nobody] [?nothing]",
    "[An open one [@gazette",
    "A [picture](/places/wheel.svg) and a [drawing](/extra.svg).",
    "Said of it: [@extra-2 \"the wheel\"].",
    "<b>bold</b> & more",
];

/// Lines that may come into a record.
const ANSWERS: [&str; 6] = [
    "\n[[answer]]\nquestion = \"cause\"\nposition = \"arson\"\nsummary = \"Set on fire.\"\n",
    "\n[[answer]]\nquestion = \"damage\"\nposition = \"wheel\"\nsummary = \"The wheel.\"\nvoice = \"hedged\"\n",
    "\n[[answer]]\nquestion = \"price\"\nposition = \"nothing\"\nsummary = \"Nothing.\"\nquotes = [\"Sunday night\"]\n",
    "\n[[answer]]\nquestion = \"nothing\"\nposition = \"none\"\nsummary = \"None.\"\n",
    "\n[[answer]]\nquestion = \"day\"\n",
    "\n[[answer",
];

/// What one may find and what one may put there, in any file.
const WORDS: [(&str, &str); 26] = [
    ("Sunday", "Monday"),
    ("Monday", "Sunday"),
    ("lightning", "thunder"),
    ("thunder", "lightning"),
    ("order = 1", "order = 3"),
    ("order = 2", "order = 1"),
    ("title = \"", "title = \"The "),
    ("title", "titel"),
    ("titel", "title"),
    ("publish = \"full\"", "publish = \"quotes\""),
    ("publish = \"quotes\"", "publish = \"excerpts\""),
    ("publish = \"excerpts\"", "publish = \"full\""),
    ("published = 18", "published = 19"),
    ("published = 19", "published = 18"),
    ("+++\n", "+++\ndraft = true\n"),
    ("draft = true\n", ""),
    ("+++\n", "+++\nmentions = [\"wheel\"]\n"),
    ("mentions = [\"wheel\"]\n", ""),
    ("+++\n", "+++\nnav = 4\n"),
    ("nav = 4\n", ""),
    ("+++\n", "+++\ntemplate = \"own.html\"\n"),
    ("template = \"own.html\"\n", "template = \"compare.html\"\n"),
    ("template = \"compare.html\"\n", ""),
    ("quote_words = 12", "quote_words = 3"),
    ("quote_words = 3", "quote_words = 12"),
    ("language = \"en-GB\"", "language = \"de\""),
];

/// Files that may come, go and be changed.
const FILES: [(&str, &str); 17] = [
    (
        "content/extra-1.md",
        "+++\ntitle = \"Extra\"\ndescription = \"More.\"\n+++\nOf the wheel [@gazette].\n",
    ),
    ("content/places/extra.md", "+++\ntitle = \"A place\"\norder = 1\n+++\nBack [home](../index.md).\n"),
    (
        "content/questions/who.md",
        "+++\ntitle = \"Who saw the wheel?\"\nterms = [\"wheel\"]\n[positions]\na = \"A\"\n+++\n",
    ),
    (
        "seeds/extra-2.txt",
        "What the dyer saw\n\nThe dyer saw the wheel turn. It struck him as odd on Sunday night.\n",
    ),
    (
        "seeds/extra-3.html",
        "<title>Hay</title><article><p>The wheel was sold for hay, said the clerk.</p></article>",
    ),
    (
        "seeds/extra-2.toml",
        "title = \"What the dyer saw\"\nrests_on = [\"gazette\"]\npublish = \"excerpts\"\n",
    ),
    ("content/extra.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>1</title></svg>"),
    ("content/cards/extra-1.png", "a picture of one's own"),
    ("templates/assets/tokens.css", ":root { --ink: black }"),
    (
        "templates/own.html",
        "{% extends \"page.html\" %}{% block content %}own {{ content | safe }}{{ <badge /> }}{% endblock %}",
    ),
    ("templates/parts.html", "{% component badge() %}<i>badge</i>{% endcomponent %}"),
    (
        "templates/sources.html",
        "{% extends \"builtin/sources.html\" %}{% block head %}<meta name=\"own\">{% endblock %}",
    ),
    (
        "templates/base.html",
        "<!doctype html><title>{{ title }}</title>{{ comparison.questions | length }}{% block main %}{% endblock %}",
    ),
    ("templates/components.html", "{% component chip(position, voice = \"own\") %}x{% endcomponent %}"),
    ("templates/words/en.toml", "menu = \"The menu\"\n"),
    (
        "originals/gazette.txt",
        "Mill burnt at the ford\n\nThe mill burnt on Sunday night, and a lamp is to blame.\n",
    ),
    ("content/_headers", "/*\n  X-Own: 1\n"),
];

struct Edits {
    site: SiteTest,
    dice: Dice,
    /// The site as it was at the beginning.
    first: BTreeMap<String, Vec<u8>>,
}

impl Edits {
    fn new(seed: u64) -> Self {
        let first: BTreeMap<String, Vec<u8>> =
            Case::parse(include_str!("../sites/mill.txt")).files.into_iter().collect();
        Self { site: SiteTest::golden(), dice: Dice(seed), first }
    }

    fn root(&self) -> PathBuf {
        self.site.path("")
    }

    fn some_file(&mut self) -> String {
        let files: Vec<String> = tree(&self.root()).into_keys().collect();
        files[self.dice.below(files.len())].clone()
    }

    fn write(&self, path: &str, text: &[u8]) {
        write(&self.root().join(path), text);
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.root().join(path)).expect("it is there"))
            .expect("all of them are text")
    }

    fn is_there(&self, path: &str) -> bool {
        self.root().join(path).is_file()
    }

    /// Makes one edit, and says which.
    fn make(&mut self) -> String {
        loop {
            let edit = match self.dice.below(15) {
                0..=4 => self.other_word(),
                5..=7 => self.paragraph(),
                8 => self.answer(),
                9 | 10 => Some(self.comes_or_goes()),
                11 => Some(self.goes()),
                12 => Some(self.renamed()),
                13 => Some(self.setting()),
                _ => Some(self.as_it_was()),
            };
            if let Some(edit) = edit {
                return edit;
            }
        }
    }

    fn other_word(&mut self) -> Option<String> {
        let path = self.some_file();
        let text = self.text(&path);
        let fits: Vec<_> = WORDS.iter().filter(|(from, _)| text.contains(from)).collect();
        if fits.is_empty() {
            return None;
        }
        let (from, to) = self.dice.pick(&fits);
        self.write(&path, text.replacen(from, to, 1).as_bytes());
        Some(format!("{path}: {from:?} becomes {to:?}"))
    }

    fn paragraph(&mut self) -> Option<String> {
        let path = self.dice.pick(&[
            "content/index.md",
            "content/places/wheel.md",
            "content/extra-1.md",
            "content/questions/cause.md",
        ]);
        let paragraph = self.dice.pick(&PARAGRAPHS);
        self.is_there(path).then(|| {
            let text = format!("{}\n\n{paragraph}\n", self.text(path).trim_end());
            self.write(path, text.as_bytes());
            format!("{path}: and {paragraph:?}")
        })
    }

    fn answer(&mut self) -> Option<String> {
        let path = self.dice.pick(&["seeds/gazette.toml", "seeds/ballad.toml", "seeds/extra-2.toml"]);
        let answer = self.dice.pick(&ANSWERS);
        self.is_there(path).then(|| {
            self.write(path, format!("{}{answer}", self.text(path)).as_bytes());
            format!("{path}: and {answer:?}")
        })
    }

    fn comes_or_goes(&mut self) -> String {
        let (path, text) = FILES[self.dice.below(FILES.len())];
        if self.is_there(path) {
            fs::remove_file(self.root().join(path)).expect("it can be removed");
            return format!("{path} goes");
        }
        self.write(path, text.as_bytes());
        format!("{path} comes")
    }

    fn goes(&mut self) -> String {
        let path = self.some_file();
        fs::remove_file(self.root().join(&path)).expect("it can be removed");
        format!("{path} goes")
    }

    fn renamed(&mut self) -> String {
        let from = self.some_file();
        let (stem, kind) = from.rsplit_once('.').unwrap_or((&from, "txt"));
        let to = match stem.strip_suffix("-b") {
            Some(stem) => format!("{stem}.{kind}"),
            None => format!("{stem}-b.{kind}"),
        };
        fs::rename(self.root().join(&from), self.root().join(&to)).expect("it can be renamed");
        format!("{from} becomes {to}")
    }

    fn setting(&mut self) -> String {
        let line = self.dice.pick(&[
            "base_url = \"https://mill.example/a\"\n",
            "language = \"de\"\n",
            "cards = false\n",
            "[check]\nuncited = \"warn\"\n",
        ]);
        let text = String::from_utf8_lossy(&self.first["site.toml"]).into_owned();
        let text = if line.starts_with('[') { text + line } else { format!("{line}{text}") };
        self.write("site.toml", text.as_bytes());
        format!("site.toml: and {line:?}")
    }

    fn as_it_was(&mut self) -> String {
        let paths: Vec<&String> = self.first.keys().collect();
        let path = paths[self.dice.below(paths.len())].clone();
        self.write(&path, &self.first[&path]);
        format!("{path} is as it was")
    }

    /// Everything is as it was at some time.
    fn back_to(&self, files: &BTreeMap<String, Vec<u8>>) {
        for path in tree(&self.root()).into_keys() {
            fs::remove_file(self.root().join(path)).expect("it can be removed");
        }
        for (path, text) in files {
            self.write(path, text);
        }
    }
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// What came of building a site in both ways.
#[track_caller]
fn same(again: Run, anew: Run, edit: &str) {
    assert_eq!(again.problems.sorted(&again.files), anew.problems.sorted(&anew.files), "{edit}");
    assert_eq!(again.lock, anew.lock, "{edit}");
    assert_eq!(again.rendered.is_some(), anew.rendered.is_some(), "{edit}");
    let (Some(again), Some(anew)) = (again.rendered, anew.rendered) else { return };
    assert_eq!(again.pages, anew.pages, "{edit}");
    assert_eq!(again.cards.sources(), anew.cards.sources(), "{edit}");
    assert!(again.files.keys().eq(anew.files.keys()), "{edit}");
    for (path, bytes) in &anew.files {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(text(&again.files[path]), text(bytes), "{edit}: {path}");
    }
}

#[test]
fn what_lists_all_pages_is_made_again_when_one_gets_a_heading() {
    let site = SiteTest::golden();
    let project = Project { root: site.path(""), originals: None };
    let run =
        |kept: &mut Kept| run(&project, String::new(), kept, &Progress::silent()).expect("it can be read");
    let mut kept = Kept::all();
    run(&mut kept);
    let wheel = site.text("content/places/wheel.md");
    let site = site.file("content/places/wheel.md", &format!("{wheel}\n\n# A heading, and nothing cited\n"));
    let again = run(&mut kept);
    let listed = again.rendered.as_ref().map(|site| site.files["search.html"].clone()).unwrap_or_default();
    assert!(String::from_utf8_lossy(&listed).contains("A heading, and nothing cited"));
    same(again, run(&mut Kept::default()), "a heading comes");
    drop(site);
}

#[test]
fn a_rebuild_after_any_edit_is_a_build_from_the_beginning() {
    let mut edits = Edits::new(number("SOURCEWISE_SEED", 88_172_645) as u64);
    let mut kept = Kept::all();
    let (mut whole, mut faulty) = (0, 0);
    let mut good = edits.first.clone();
    let mut is_good = true;
    for number in 0..number("SOURCEWISE_EDITS", EDITS) {
        if number % 50 == 49 {
            good.clone_from(&edits.first);
        }
        // Most of what breaks is taken back soon, or nothing would be built but faults.
        let edit = if number % 50 == 49 || (!is_good && edits.dice.below(3) > 0) {
            edits.back_to(&good);
            "all is as it was when nothing was wrong".to_owned()
        } else {
            edits.make()
        };
        let project = Project { root: edits.root(), originals: Some(edits.root().join("originals")) };
        let run = |kept: &mut Kept| run(&project, String::new(), kept, &Progress::silent());
        let (again, anew) = (run(&mut kept), run(&mut Kept::default()));
        let (again, anew) = (again.expect("it can be read"), anew.expect("it can be read"));
        is_good = !anew.problems.has_errors();
        if is_good {
            whole += 1;
            good = tree(&edits.root());
        } else {
            faulty += 1;
        }
        same(again, anew, &format!("edit {number}: {edit}"));
    }
    assert!(whole > faulty / 4 && faulty > whole / 16, "{whole} without an error, {faulty} with some");
}
