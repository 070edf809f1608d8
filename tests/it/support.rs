//! Test support: creates a small site in a temporary folder, runs the program on it, and checks the result.
//!
//! Example: `SiteTest::new().file("seeds/a.toml", "…").build().succeeds().stdout_contains("1 source")`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::case::Case;
use crate::html::Html;

/// Files of a folder: relative path → bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site under test; its temporary folder is removed when dropped.
pub(crate) struct SiteTest {
    folder: TempDir,
    name: &'static str,
}

impl SiteTest {
    /// Creates a site without files, in an empty temporary folder.
    pub(crate) fn new() -> Self {
        Self::named("site")
    }

    /// Creates a site without files, in an empty folder of this name within a temporary folder.
    pub(crate) fn named(name: &'static str) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be created");
        fs::create_dir(folder.path().join(name)).expect("a folder can be created");
        Self { folder, name }
    }

    /// Creates the site of a case file.
    pub(crate) fn case(text: &str) -> Self {
        Self::new().files(Case::parse(text).files)
    }

    /// A small site that uses every feature except cards, which would take most of the build time.
    pub(crate) fn golden() -> Self {
        Self::golden_with_cards().without_cards()
    }

    /// A small site that uses every feature.
    pub(crate) fn golden_with_cards() -> Self {
        Self::case(include_str!("../sites/mill.txt"))
    }

    /// A site with three sources: two differ on a question, one is silent.
    pub(crate) fn story() -> Self {
        Self::case(include_str!("../sites/story.txt"))
    }

    /// A site with two pages and no sources.
    pub(crate) fn two_pages() -> Self {
        Self::new()
            .file("site.toml", "title = \"The mill at the ford\"\ncards = false\n")
            .file("content/index.md", "+++\ntitle = \"The mill\"\n+++\nIt burnt down.\n")
            .file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt sank.\n")
    }

    /// A copy of the repository's own site as in a fresh clone: without documents.
    pub(crate) fn own() -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut site = Self::new();
        for part in ["site.toml", "content", "seeds", "templates"] {
            for (path, bytes) in tree(&repository.join(part)) {
                let path = if path.is_empty() { part.to_owned() } else { format!("{part}/{path}") };
                site = site.bytes(&path, &bytes);
            }
        }
        site
    }

    /// Turns cards off in the existing `site.toml`.
    pub(crate) fn without_cards(self) -> Self {
        let text = format!("cards = false\n{}", self.text("site.toml"));
        self.file("site.toml", &text)
    }

    /// Writes a text file; creates its folder if needed.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// The result of building the repository's own site, once for all tests.
    pub(crate) fn own_built() -> &'static RunResult {
        static BUILT: OnceLock<RunResult> = OnceLock::new();
        BUILT.get_or_init(|| Self::own().build().succeeds())
    }

    pub(crate) fn files(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        files.into_iter().fold(self, |site, (path, bytes)| site.bytes(&path, &bytes))
    }

    /// Writes a file of any bytes; creates its folder if needed.
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        write(&self.path(path), bytes);
        self
    }

    /// Removes a file or folder.
    pub(crate) fn without(self, path: &str) -> Self {
        let full = self.path(path);
        let removed = if full.is_dir() { fs::remove_dir_all(full) } else { fs::remove_file(full) };
        removed.expect("the path can be removed");
        self
    }

    /// Returns the full path of a path in the site's folder.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(self.name).join(below)
    }

    /// Reads a text file of the site.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file exists and is UTF-8")
    }

    /// Reads all files below a folder of the site.
    pub(crate) fn tree(&self, below: &str) -> Tree {
        tree(&self.path(below))
    }

    pub(crate) fn build(&self) -> RunResult {
        self.run(&["build"])
    }

    pub(crate) fn check(&self) -> RunResult {
        self.run(&["check"])
    }

    pub(crate) fn verify(&self) -> RunResult {
        self.run(&["verify"])
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> RunResult {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below the site's.
    pub(crate) fn run_in(&self, below: &str, arguments: &[&str]) -> RunResult {
        self.run_with(below, arguments, &[("NO_COLOR", "1")])
    }

    /// Runs the program in the site's folder with another home folder.
    pub(crate) fn run_at_home(&self, home: &Path, arguments: &[&str]) -> RunResult {
        let home = home.to_str().expect("the path is UTF-8");
        self.run_with("", arguments, &[("NO_COLOR", "1"), ("HOME", home)])
    }

    /// Runs the program in a folder below the site's, with these environment variables. Removes variables for colour
    /// and proxies. The user's cache folder is in the temporary folder.
    pub(crate) fn run_with(&self, below: &str, arguments: &[&str], variables: &[(&str, &str)]) -> RunResult {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sourcewise"));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            program.env_remove(name);
        }
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            program.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        program.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        program.args(arguments).current_dir(self.path(below)).envs(variables.iter().copied());
        let output = program.output().expect("cargo builds the program before its tests");
        RunResult::new(output, self.tree("public"))
    }
}

/// The `base_url` of sites that have one.
pub(crate) const BASE: &str = "https://mill.example/ford";

/// Adds `base_url` to the site's existing `site.toml`, with the value [`BASE`].
pub(crate) fn with_base_url(site: SiteTest) -> SiteTest {
    let text = format!("base_url = \"{BASE}\"\n{}", site.text("site.toml"));
    site.file("site.toml", &text)
}

/// Writes a file; creates its folder if needed.
#[expect(clippy::disallowed_methods, reason = "the only place where tests write files")]
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file has a parent folder")).expect("folders can be created");
    fs::write(path, bytes).expect("files can be written");
}

/// Whether to update expected output instead of comparing it.
pub(crate) fn is_blessing() -> bool {
    std::env::var_os("SOURCEWISE_BLESS").is_some()
}

/// Reads all files below a folder; empty if the folder does not exist.
pub(crate) fn tree(folder: &Path) -> Tree {
    let entries =
        WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let files = entries.map(|entry| {
        let below = entry.path().strip_prefix(folder).expect("walked paths are below the folder");
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        (parts.join("/"), fs::read(entry.path()).expect("the file can be read"))
    });
    files.collect()
}

/// The result of running the program.
#[derive(Debug)]
pub(crate) struct RunResult {
    code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// The site's `public` folder after the run.
    pub(crate) public: Tree,
}

impl RunResult {
    fn new(output: Output, public: Tree) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr), public }
    }

    /// Asserts the exit code. If it differs, the message has the program's output.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr);
        self
    }

    /// Asserts exit code 0: no error, but perhaps warnings.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Asserts exit code 1: problems in the author's files.
    #[track_caller]
    pub(crate) fn finds_problems(self) -> Self {
        self.exits(1)
    }

    /// Asserts exit code 2: the program could not run.
    #[track_caller]
    pub(crate) fn cannot_run(self) -> Self {
        self.exits(2)
    }

    #[track_caller]
    pub(crate) fn stdout_contains(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "no `{part}` in stdout:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub(crate) fn stderr_contains(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "no `{part}` in stderr:\n{}", self.stderr);
        self
    }

    /// Asserts that the output has this file.
    #[track_caller]
    pub(crate) fn wrote(self, path: &str) -> Self {
        assert!(self.public.contains_key(path), "no `{path}` among {:?}", self.public.keys());
        self
    }

    /// Asserts that the output does not have this file.
    #[track_caller]
    pub(crate) fn did_not_write(self, path: &str) -> Self {
        assert!(!self.public.contains_key(path), "`{path}` was written");
        self
    }

    /// Returns the paths of the HTML pages in the output.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        let is_page = |path: &&str| path.rsplit_once('.').is_some_and(|(_, kind)| kind == "html");
        self.public.keys().map(String::as_str).filter(is_page)
    }

    /// Returns a text file of the output.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> Page {
        let Some(bytes) = self.public.get(path) else { panic!("no `{path}` among {:?}", self.public.keys()) };
        Page { path: path.to_owned(), text: String::from_utf8(bytes.clone()).expect("pages are UTF-8") }
    }

    /// Parses `compare.json`, the comparison as data, from the output.
    #[track_caller]
    pub(crate) fn comparison(&self) -> serde_json::Value {
        serde_json::from_str(&self.page("compare.json").text).expect("compare.json is JSON")
    }
}

/// A text file of the output.
pub(crate) struct Page {
    path: String,
    pub(crate) text: String,
}

impl Page {
    #[track_caller]
    pub(crate) fn contains(self, part: &str) -> Self {
        assert!(self.text.contains(part), "no `{part}` in {}:\n{}", self.path, self.text);
        self
    }

    #[track_caller]
    pub(crate) fn lacks(self, part: &str) -> Self {
        assert!(!self.text.contains(part), "`{part}` in {}:\n{}", self.path, self.text);
        self
    }

    pub(crate) fn html(&self) -> Html {
        Html::read(&self.text)
    }
}
