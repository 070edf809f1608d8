//! A small site in a folder of its own, the program run on it, and what came of that.
//!
//! Reads like a sentence: `SiteTest::new().file("seeds/a.toml", "…").build().succeeds().stdout_contains("1 source")`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::case::Case;
use crate::html::Html;

/// The files below a folder: path → bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site that is being tested. Its folder goes when it goes.
pub(crate) struct SiteTest {
    folder: TempDir,
    name: &'static str,
}

impl SiteTest {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self::named("site")
    }

    /// An empty folder of some name.
    pub(crate) fn named(name: &'static str) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join(name)).expect("a new folder can be filled");
        Self { folder, name }
    }

    /// The site of a case file.
    pub(crate) fn case(text: &str) -> Self {
        Self::new().files(Case::parse(text).files)
    }

    /// A small site with something of everything but cards, which would take most of the time of a build.
    pub(crate) fn golden() -> Self {
        Self::golden_with_cards().without_cards()
    }

    /// The small site with something of everything.
    pub(crate) fn golden_with_cards() -> Self {
        Self::case(include_str!("../sites/mill.txt"))
    }

    /// A site of three sources: two that differ on one question, and one that is silent.
    pub(crate) fn story() -> Self {
        Self::case(include_str!("../sites/story.txt"))
    }

    /// A site of two pages, without sources.
    pub(crate) fn two_pages() -> Self {
        Self::new()
            .file("site.toml", "title = \"The mill at the ford\"\ncards = false\n")
            .file("content/index.md", "+++\ntitle = \"The mill\"\n+++\nIt burnt down.\n")
            .file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt sank.\n")
    }

    /// A copy of the repository's own site, as it would be cloned: without documents.
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

    /// Turns cards off in the `site.toml` that is there.
    pub(crate) fn without_cards(self) -> Self {
        let text = format!("cards = false\n{}", self.text("site.toml"));
        self.file("site.toml", &text)
    }

    /// Writes a file, in folders that are made if need be.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// What the repository's own site becomes, built once for all that look at it.
    pub(crate) fn own_built() -> &'static Ran {
        static BUILT: OnceLock<Ran> = OnceLock::new();
        BUILT.get_or_init(|| Self::own().build().succeeds())
    }

    /// Writes several files.
    pub(crate) fn files(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        files.into_iter().fold(self, |site, (path, bytes)| site.bytes(&path, &bytes))
    }

    /// Writes a file of any bytes.
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        write(&self.path(path), bytes);
        self
    }

    /// Removes a file or folder.
    pub(crate) fn without(self, path: &str) -> Self {
        let full = self.path(path);
        let removed = if full.is_dir() { fs::remove_dir_all(full) } else { fs::remove_file(full) };
        removed.expect("what was written can be removed");
        self
    }

    /// A path below the site's folder.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(self.name).join(below)
    }

    /// What stands in a file of the site.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there, and text")
    }

    /// All files below a folder of the site.
    pub(crate) fn tree(&self, below: &str) -> Tree {
        tree(&self.path(below))
    }

    /// Runs `sourcewise build`.
    pub(crate) fn build(&self) -> Ran {
        self.run(&["build"])
    }

    /// Runs `sourcewise check`.
    pub(crate) fn check(&self) -> Ran {
        self.run(&["check"])
    }

    /// Runs `sourcewise verify`.
    pub(crate) fn verify(&self) -> Ran {
        self.run(&["verify"])
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below the site's.
    pub(crate) fn run_in(&self, below: &str, arguments: &[&str]) -> Ran {
        self.run_with(below, arguments, &[("NO_COLOR", "1")])
    }

    /// Runs the program in the site's folder, for somebody whose home is another one.
    pub(crate) fn run_at_home(&self, home: &Path, arguments: &[&str]) -> Ran {
        let home = home.to_str().expect("its name is text");
        self.run_with("", arguments, &[("NO_COLOR", "1"), ("HOME", home)])
    }

    /// Runs the program in a folder below the site's, with these variables and none that say something of colour.
    /// What it keeps for its user goes when the site goes.
    pub(crate) fn run_with(&self, below: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sourcewise"));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            program.env_remove(name);
        }
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            program.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        program.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        program.args(arguments).current_dir(self.path(below)).envs(variables.iter().copied());
        let output = program.output().expect("the program was built before its tests");
        Ran::new(output, self.tree("public"))
    }
}

/// Where a site stands that is told its address.
pub(crate) const BASE: &str = "https://mill.example/ford";

/// A site that is told where it will stand.
pub(crate) fn at_address(site: SiteTest) -> SiteTest {
    let text = format!("base_url = \"{BASE}\"\n{}", site.text("site.toml"));
    site.file("site.toml", &text)
}

/// Writes a file, in folders that are made if need be.
#[expect(clippy::disallowed_methods, reason = "the one place that writes the tests' files")]
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
    fs::write(path, bytes).expect("files can be written");
}

/// Whether expected output is to be written down anew, and not held against what is found.
pub(crate) fn blessing() -> bool {
    std::env::var_os("SOURCEWISE_BLESS").is_some()
}

/// The files below a folder, none if there is no such folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let entries =
        WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let files = entries.map(|entry| {
        let below = entry.path().strip_prefix(folder).expect("the walk stays below its folder");
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        (parts.join("/"), fs::read(entry.path()).expect("what was found can be read"))
    });
    files.collect()
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    code: Option<i32>,
    /// What it printed.
    pub(crate) stdout: String,
    /// What it complained of.
    pub(crate) stderr: String,
    /// The site's `public` folder afterwards.
    pub(crate) public: Tree,
}

impl Ran {
    fn new(output: Output, public: Tree) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr), public }
    }

    /// It ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr);
        self
    }

    /// All was well.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// There were problems in the author's files.
    #[track_caller]
    pub(crate) fn finds_problems(self) -> Self {
        self.exits(1)
    }

    /// The program could not do what it was asked to.
    #[track_caller]
    pub(crate) fn cannot_run(self) -> Self {
        self.exits(2)
    }

    /// It printed this.
    #[track_caller]
    pub(crate) fn stdout_contains(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "no `{part}` in stdout:\n{}", self.stdout);
        self
    }

    /// It complained of this.
    #[track_caller]
    pub(crate) fn stderr_contains(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "no `{part}` in stderr:\n{}", self.stderr);
        self
    }

    /// It wrote a file at this path.
    #[track_caller]
    pub(crate) fn wrote(self, path: &str) -> Self {
        assert!(self.public.contains_key(path), "no `{path}` among {:?}", self.public.keys());
        self
    }

    /// It wrote no file at this path.
    #[track_caller]
    pub(crate) fn wrote_no(self, path: &str) -> Self {
        assert!(!self.public.contains_key(path), "`{path}` was written");
        self
    }

    /// The paths of the pages that it wrote.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        let is_page = |path: &&str| path.rsplit_once('.').is_some_and(|(_, kind)| kind == "html");
        self.public.keys().map(String::as_str).filter(is_page)
    }

    /// A text file that it wrote.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> Page {
        let Some(bytes) = self.public.get(path) else { panic!("no `{path}` among {:?}", self.public.keys()) };
        Page { path: path.to_owned(), text: String::from_utf8(bytes.clone()).expect("pages are UTF-8") }
    }

    /// `compare.json`, read.
    #[track_caller]
    pub(crate) fn comparison(&self) -> serde_json::Value {
        serde_json::from_str(&self.page("compare.json").text).expect("compare.json is JSON")
    }
}

/// A text file of the site.
pub(crate) struct Page {
    path: String,
    /// What stands in it.
    pub(crate) text: String,
}

impl Page {
    /// This stands in it.
    #[track_caller]
    pub(crate) fn contains(self, part: &str) -> Self {
        assert!(self.text.contains(part), "no `{part}` in {}:\n{}", self.path, self.text);
        self
    }

    /// This does not stand in it.
    #[track_caller]
    pub(crate) fn lacks(self, part: &str) -> Self {
        assert!(!self.text.contains(part), "`{part}` in {}:\n{}", self.path, self.text);
        self
    }

    /// Its elements.
    pub(crate) fn html(&self) -> Html {
        Html::read(&self.text)
    }
}
