//! Fuzz targets for whole sites. Checks that no input panics, and that every problem has a place in its file, a message
//! and a help text, and can be printed.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use sourcewise::files::Files;
use sourcewise::find::Scope;
use sourcewise::load::Project;
use sourcewise::pipeline::{DocumentCache, run, run_to_comparison};
use sourcewise::problem::Problems;
use sourcewise::progress::Progress;
use sourcewise::report::{Style, github, human, json};

use crate::parts;

const RECORD: &str = "title = \"The mill\"\npublisher = \"Gazette\"\n[[answer]]\nquestion = \"cause\"\n\
                      position = \"lamp\"\nsummary = \"A lamp fell.\"\nquotes = [\"lamp fell into the straw\"]\n";
const DOCUMENT: &str = "The mill burnt down on Monday. A lamp fell into the straw, said the miller.\n";
const QUESTION: &str = "+++\ntitle = \"What set the mill on fire?\"\nterms = [\"lamp\"]\n\
                        [positions]\nlamp = \"A lamp\"\n+++\nIt matters.\n";

/// The folder of the site; its files are overwritten for every input. In memory if `/dev/shm` exists.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let shared_memory = PathBuf::from("/dev/shm");
    let parent = if shared_memory.is_dir() { shared_memory } else { std::env::temp_dir() };
    let root = parent.join(format!("sourcewise-fuzz-{}", std::process::id()));
    for folder in ["seeds", "content/questions"] {
        fs::create_dir_all(root.join(folder)).expect("the folder can be created");
    }
    root
});

/// Input: a record, its document, the front matter of a question, `quotes.lock`.
pub fn records(input: &[u8]) {
    let [record, document, question, lock] = parts(input);
    let project = write(&[
        ("site.toml", "title = \"Mills\"\n"),
        ("seeds/mill.toml", &record),
        ("seeds/mill.txt", &document),
        ("content/questions/cause.md", &format!("+++\n{question}")),
        ("seeds/quotes.lock", &lock),
    ]);
    let made = run_to_comparison(&project, String::new(), Scope::All, &Progress::silent());
    let made = made.expect("the site can be read");
    check(made.problems, &made.files);
}

/// Input: a page after its first `+++` line, then `site.toml`.
pub fn front_matter(input: &[u8]) {
    let [page, site] = parts(input);
    let project = write(&[
        ("site.toml", &site),
        ("seeds/mill.toml", RECORD),
        ("seeds/mill.txt", DOCUMENT),
        ("content/questions/cause.md", QUESTION),
        ("content/page.md", &format!("+++\n{page}")),
    ]);
    let made = run_to_comparison(&project, String::new(), Scope::Published, &Progress::silent());
    let made = made.expect("the site can be read");
    check(made.problems, &made.files);
}

/// Input: the Markdown body of a page, which is rendered to HTML.
pub fn markdown(input: &[u8]) {
    let [body] = parts(input);
    let project = write(&[
        ("site.toml", "title = \"Mills\"\n"),
        ("seeds/mill.toml", RECORD),
        ("seeds/mill.txt", DOCUMENT),
        ("content/questions/cause.md", QUESTION),
        ("content/page.md", &format!("+++\ntitle = \"Page\"\n+++\n{body}")),
    ]);
    let made = run(&project, String::new(), &DocumentCache::default(), &Progress::silent());
    let made = made.expect("the site can be read");
    let rendered = made.rendered.expect("the built-in theme has no errors");
    assert!(rendered.files.contains_key("page.html"), "the page is rendered");
    check(made.problems, &made.files);
}

#[expect(clippy::disallowed_methods, reason = "a site in a folder of its own")]
fn write(files: &[(&str, &str)]) -> Project {
    for (path, text) in files {
        fs::write(ROOT.join(path), text).expect("the file can be written");
    }
    Project { root: ROOT.clone(), originals: None }
}

fn check(problems: Problems, files: &Files) {
    let problems = problems.sorted(files);
    for problem in &problems {
        let text = files.text(problem.span.file);
        assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?} has no valid place");
        assert!(!problem.help.is_empty() && !problem.message.is_empty(), "{problem:?}");
    }
    let style = Style { colour: false, ids: true };
    let printed =
        [human(&problems, files, style), json(&problems, files, None, None), github(&problems, files)];
    assert!(problems.is_empty() || printed.iter().all(|text| !text.is_empty()));
}
