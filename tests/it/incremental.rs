//! Checks that a rebuild with the caches that `serve` uses equals a clean build: same bytes, same problems. So does a file
//! that is rendered alone, as `serve` does.
//!
//! Makes random edits to a small site: files are added, removed, renamed, broken and fixed. After each edit the site is
//! built in both ways. `SOURCEWISE_EDITS=2000 cargo test --release incremental` makes more edits than the default;
//! `SOURCEWISE_SEED` makes other ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRng, TestRunner};
use sourcewise::load::Project;
use sourcewise::pipeline::{Compared, DocumentCache, Drafts, Run, run, run_cached};
use sourcewise::progress::Progress;
use sourcewise::render::cards::CardCache;
use sourcewise::render::with_renderer;

use crate::case::Case;
use crate::documents::zip;
use crate::support::{SiteTest, tree, write};

/// Number of edits if `SOURCEWISE_EDITS` is not set.
const DEFAULT_EDITS: usize = 40;

/// Pseudorandom numbers; the same seed gives the same numbers.
pub(crate) struct Dice(TestRng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let config = ProptestConfig { rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() };
        Self(TestRunner::new(config).new_rng())
    }

    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0.random_range(0..sides)
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Texts, each with the text by which an edit may replace it in any file.
const REPLACEMENTS: [(&str, &str); 16] = [
    ("Sunday", "Monday"),
    ("Monday", "Sunday"),
    ("lightning", "thunder"),
    ("thunder", "lightning"),
    ("title = \"", "title = \"The "),
    ("title", "titel"),
    ("titel", "title"),
    ("publish = \"full\"", "publish = \"excerpts\""),
    ("publish = \"excerpts\"", "publish = \"full\""),
    ("published = 18", "language = \"de\"\npublished = 18"),
    ("language = \"de\"\n", ""),
    ("[limits]\n", "[limits]\ndocument_kb = 1\n"),
    ("document_kb = 1\n", ""),
    ("[limits]\n", "cards = false\n[limits]\n"),
    ("cards = false\n", ""),
    ("[limits]\n", "language = \"de\"\n[limits]\n"),
];

/// Files that an edit may add or remove.
const OPTIONAL_FILES: [(&str, &str); 8] = [
    ("content/extra-1.md", "+++\ntitle = \"Extra\"\n+++\nOf the wheel [@gazette].\n"),
    ("content/questions/who.md", "+++\ntitle = \"Who saw the wheel?\"\nterms = [\"wheel\"]\n+++\n"),
    ("seeds/extra-2.txt", "What the dyer saw\n\nThe dyer saw the wheel turn on Sunday night.\n"),
    (
        "seeds/extra-2.toml",
        "title = \"What the dyer saw\"\nrests_on = [\"gazette\"]\npublish = \"excerpts\"\n",
    ),
    ("seeds/extra-3.html", "<title>Hay</title><article><p>The wheel was sold for hay.</p></article>"),
    (
        "templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><rect width=\"{{ title | length }}\" height=\"9\"/></svg>",
    ),
    ("templates/words/en.toml", "menu = \"The menu\"\n"),
    ("originals/gazette.txt", "Mill burnt at the ford\n\nThe mill burnt on Sunday night, by a lamp.\n"),
];

struct Edits {
    site: SiteTest,
    dice: Dice,
    /// The files of the site before any edit.
    original: BTreeMap<String, Vec<u8>>,
}

impl Edits {
    fn new(seed: u64) -> Self {
        let original = Case::parse(include_str!("../sites/mill.txt")).files.into_iter().collect();
        Self { site: SiteTest::golden_with_cards(), dice: Dice::new(seed), original }
    }

    fn root(&self) -> PathBuf {
        self.site.path("")
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        write(&self.root().join(path), bytes);
    }

    fn some_file(&mut self) -> String {
        let files: Vec<String> = tree(&self.root()).into_keys().collect();
        self.dice.pick(&files).clone()
    }

    /// Makes a random edit. Returns its description.
    fn make(&mut self) -> String {
        match self.dice.below(8) {
            0..=3 => self.replace_text(),
            4 | 5 => self.add_or_remove_file(),
            6 => self.rename_file(),
            _ => self.restore_file(),
        }
    }

    fn replace_text(&mut self) -> String {
        loop {
            let path = self.some_file();
            let text = self.site.text(&path);
            let fits: Vec<_> = REPLACEMENTS.iter().filter(|(from, _)| text.contains(from)).collect();
            if !fits.is_empty() {
                let (from, to) = self.dice.pick(&fits);
                self.write(&path, text.replacen(from, to, 1).as_bytes());
                return format!("{path}: {from:?} is replaced with {to:?}");
            }
        }
    }

    fn add_or_remove_file(&mut self) -> String {
        let (path, text) = self.dice.pick(&OPTIONAL_FILES);
        if fs::remove_file(self.root().join(path)).is_ok() {
            return format!("{path} is removed");
        }
        self.write(path, text.as_bytes());
        format!("{path} is added")
    }

    /// Renames a file. A document may become one of another format with the same bytes.
    fn rename_file(&mut self) -> String {
        let from = self.some_file();
        let (stem, kind) = from.rsplit_once('.').expect("every file has an extension");
        let to = match (kind, stem.strip_suffix("-b")) {
            ("txt", _) => format!("{stem}.html"),
            ("html", _) => format!("{stem}.txt"),
            (_, Some(stem)) => format!("{stem}.{kind}"),
            _ => format!("{stem}-b.{kind}"),
        };
        fs::rename(self.root().join(&from), self.root().join(&to)).expect("the file can be renamed");
        format!("{from} is renamed to {to}")
    }

    fn restore_file(&mut self) -> String {
        let paths: Vec<&String> = self.original.keys().collect();
        let path = (*self.dice.pick(&paths)).clone();
        self.write(&path, &self.original[&path]);
        format!("{path} is restored")
    }

    /// Restores all files to an earlier state.
    fn restore_all(&self, files: &BTreeMap<String, Vec<u8>>) {
        for path in tree(&self.root()).into_keys() {
            fs::remove_file(self.root().join(path)).expect("the file can be removed");
        }
        for (path, bytes) in files {
            self.write(path, bytes);
        }
    }
}

pub(crate) fn env_number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().expect("the variable is a number"))
}

/// Compares the results of both builds, and one random card.
#[track_caller]
fn assert_same_results(rebuilt: &Run, clean: &Run, drawn: &CardCache, dice: &mut Dice, edit: &str) {
    let problems = |run: &Run| run.problems.clone().sorted(&run.files);
    assert_eq!(problems(rebuilt), problems(clean), "{edit}");
    assert_eq!(rebuilt.lock, clean.lock, "{edit}");
    assert_eq!(rebuilt.rendered.is_some(), clean.rendered.is_some(), "{edit}");
    let (Some(rebuilt), Some(clean)) = (&rebuilt.rendered, &clean.rendered) else { return };
    assert_eq!(rebuilt.pages, clean.pages, "{edit}");
    assert_eq!(rebuilt.cards.sources(), clean.cards.sources(), "{edit}");
    assert!(rebuilt.files.keys().eq(clean.files.keys()), "{edit}");
    for (path, bytes) in &clean.files {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(text(&rebuilt.files[path]), text(bytes), "{edit}: {path}");
    }
    let cards: Vec<&String> = clean.cards.sources().keys().collect();
    if !cards.is_empty() {
        let path = dice.pick(&cards);
        let clean = clean.cards.draw_one(path, &CardCache::default());
        assert!(rebuilt.cards.draw_one(path, drawn) == clean && clean.is_some(), "{edit}: {path}");
    }
    drawn.end_build();
}

/// Renders one file of the site, without the others.
fn render_alone(project: &Project, cache: &DocumentCache, path: &str) -> Option<Vec<u8>> {
    let compared = run_cached(project, String::new(), Drafts::Dropped, cache, &Progress::silent());
    let Compared { mut files, mut problems, site_files, verified, comparison, render_cache, .. } =
        compared.expect("the site can be read");
    with_renderer(
        &verified,
        &comparison,
        &site_files,
        &render_cache,
        &mut files,
        &mut problems,
        |renderer, files, problems| {
            let mut rendered = renderer.start();
            renderer.add(path, &mut rendered, files, problems);
            assert!(renderer.paths().any(|known| known == path), "{path}");
            rendered.files.get(path).map(|bytes| bytes.to_vec())
        },
    )?
}

#[test]
fn a_rebuild_after_any_edit_equals_a_clean_build() {
    let mut edits = Edits::new(env_number("SOURCEWISE_SEED", 1) as u64);
    let (documents, drawn) = (DocumentCache::default(), CardCache::default());
    let (mut valid, mut broken) = (0, 0);
    let mut good = edits.original.clone();
    let mut is_good = true;
    for number in 0..env_number("SOURCEWISE_EDITS", DEFAULT_EDITS) {
        // Undo most breaking edits soon; otherwise nearly all builds would fail.
        let edit = if number % 50 == 49 || (!is_good && edits.dice.below(3) > 0) {
            edits.restore_all(&good);
            "everything is restored to the last state without errors".to_owned()
        } else {
            edits.make()
        };
        let project = Project { root: edits.root(), originals: Some(edits.root().join("originals")) };
        let run = |cache: &DocumentCache| {
            run(&project, String::new(), cache, &Progress::silent()).expect("the site can be read")
        };
        let (rebuilt, clean) = (run(&documents), run(&DocumentCache::default()));
        is_good = !clean.problems.has_errors();
        if is_good {
            valid += 1;
            good = tree(&edits.root());
        } else {
            broken += 1;
        }
        let edit = format!("edit {number}: {edit}");
        assert_same_results(&rebuilt, &clean, &drawn, &mut edits.dice, &edit);
        if let Some(clean) = clean.rendered.filter(|_| is_good) {
            let paths: Vec<&String> = clean.files.keys().collect();
            let path = edits.dice.pick(&paths);
            let alone = render_alone(&project, &documents, path);
            assert!(alone.as_deref() == Some(&*clean.files[*path]), "{edit}: {path}");
        }
    }
    assert!(valid > broken / 4 && broken > valid / 16, "{valid} builds without errors, {broken} with errors");
}

/// Returns a DOCX file of less than 1 kB that decompresses to more than 8 kB.
fn compressed_docx() -> Vec<u8> {
    let word = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>";
    let text = format!("{word}Hay. {}</w:t></w:r></w:p></w:body></w:document>", "o".repeat(20_000));
    zip(&[("word/document.xml", &text)])
}

/// A description, the site before the change, and the change.
type Change = (&'static str, SiteTest, fn(SiteTest) -> SiteTest);

#[test]
fn the_document_cache_depends_on_all_inputs() {
    // Sentences are split differently in German and in English.
    let short = "Am 3. Mai kam Heu. Am 4. Juni auch.";
    let record = "title = \"Heu\"\npublish = \"excerpts\"\nlanguage = \"de\"\n";
    let site_with_question = || {
        let question = "+++\ntitle = \"Was kam?\"\nterms = [\"Heu\"]\n+++\n";
        SiteTest::new().file("content/questions/what.md", question).file("seeds/a.txt", short)
    };
    let page = "<title>Hay</title><p>Hay &amp; oats were sold at the mill.</p>";
    let changes: [Change; 4] = [
        ("the ending of its name", SiteTest::new().file("seeds/a.txt", page), |site| {
            let text = site.text("seeds/a.txt");
            site.without("seeds/a.txt").file("seeds/a.html", &text)
        }),
        ("its language", site_with_question().file("seeds/a.toml", record), |site| {
            let record = site.text("seeds/a.toml").replace("\"de\"", "\"en\"");
            site.file("seeds/a.toml", &record)
        }),
        ("the site's language", site_with_question().file("site.toml", "language = \"de\"\n"), |site| {
            site.file("site.toml", "language = \"en\"\n")
        }),
        ("the limits", SiteTest::new().bytes("seeds/a.docx", &compressed_docx()), |site| {
            site.file("site.toml", "[limits]\ndocument_kb = 1\n")
        }),
    ];
    for (description, site, change) in changes {
        let run = |site: &SiteTest, cache: &DocumentCache| {
            let project = Project { root: site.path(""), originals: None };
            run(&project, String::new(), cache, &Progress::silent()).expect("the site can be read")
        };
        let cache = DocumentCache::default();
        run(&site, &cache);
        let site = change(site);
        let (rebuilt, clean) = (run(&site, &cache), run(&site, &DocumentCache::default()));
        assert_same_results(&rebuilt, &clean, &CardCache::default(), &mut Dice::new(1), description);
    }
}
