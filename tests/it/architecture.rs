//! Checks that the code has the structure that `src/lib.rs` describes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sourcewise::render::embedded::{ASSETS, TEMPLATES, WORDS};

use crate::support::tree;

/// Maximum length of a file without its unit tests.
const MAX_FILE_LINES: usize = 350;

/// Modules that the phases use. Each may use the ones before it.
const FOUNDATIONS: [&str; 8] = ["ids", "sync", "cache", "files", "text", "error", "problem", "report"];
/// The phases, in order. Each may use the ones before it, and all foundations except `report`.
const PHASES: [&str; 8] = ["load", "segment", "find", "verify", "compare", "render", "audit", "output"];
/// The folders of `src` that are crates.
const CRATES: [&str; 3] = ["analysis", "documents", "quotes"];
/// Modules that run the phases, in order. Each may use everything before it.
const RUNNERS: [&str; 9] =
    ["manual", "edit", "cli", "progress", "pipeline", "status", "desk", "serve", "commands"];

/// Crates, modules and types, each with the files and folders (`…/`) of `src` that may use it.
const RESTRICTED: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report.rs"]),
    ("toml_parser", &["edit/syntax.rs"]),
    ("base64", &["render/exports/annotations.rs"]),
    ("html5ever", &["documents/html/", "audit/"]),
    ("http", &["serve/"]),
    ("httparse", &["serve/http.rs"]),
    ("notify", &["serve/watcher.rs"]),
    ("open", &["commands/serve.rs"]),
    ("hayro_cmap", &["documents/pdf/"]),
    ("hayro_syntax", &["documents/pdf/"]),
    ("png", &["render/cards/"]),
    ("quick_xml", &["documents/"]),
    ("resvg", &["render/cards/"]),
    ("skrifa", &["documents/pdf/programs.rs", "documents/pdf/encodings.rs", "render/cards/fonts.rs"]),
    ("rustix", &["output/"]),
    ("same_file", &["output/", "serve/watcher.rs"]),
    ("rust_stemmers", &["analysis/words.rs"]),
    ("sentencex", &["quotes/sentences.rs"]),
    (
        "tera",
        &[
            "render/authored_fields.rs",
            "render/cards/mod.rs",
            "render/mod.rs",
            "render/no_cards.rs",
            "render/pages.rs",
            "render/theme.rs",
            "render/values.rs",
        ],
    ),
    ("whatlang", &["quotes/language.rs"]),
    ("ureq", &["commands/check/external/"]),
    ("zip", &["documents/package.rs"]),
    // `progress` measures times; the other files use the clock only for timeouts.
    (
        "Instant",
        &[
            "commands/check/external/",
            "commands/suggest/program.rs",
            "documents/deadline.rs",
            "progress.rs",
            "serve/",
        ],
    ),
    // The age of cached link statuses, versions of the preview, and when a file was changed, which don't affect the
    // site.
    ("SystemTime", &["commands/check/external/cache.rs", "edit/journal.rs", "serve/"]),
    ("clap_complete", &["cli.rs", "commands/completions.rs"]),
    ("clap_mangen", &["commands/man.rs"]),
    ("roff", &["manual/man.rs"]),
    ("clap", &["cli.rs", "commands/", "lib.rs", "report.rs"]),
    ("std::fs", &["commands/", "desk/", "edit/", "load/", "output/"]),
    ("fs", &["commands/", "edit/", "load/", "output/"]),
    (
        "pulldown_cmark",
        &[
            "documents/markdown.rs",
            "manual/blocks.rs",
            "render/citations.rs",
            "render/footnotes.rs",
            "render/markdown.rs",
            "render/search/plain.rs",
            "render/locale/",
            "verify/",
        ],
    ),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Returns the Rust files of `src` by path.
fn sources() -> BTreeMap<String, String> {
    let files = tree(&repository().join("src"));
    let rust =
        files.into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|kind| kind == "rs"));
    rust.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("source code is UTF-8"))).collect()
}

/// Returns a file's code without its unit tests and without lines that are only a comment.
fn code(text: &str) -> String {
    let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the top-level module that a file belongs to.
fn module(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Whether a file of `src` belongs to a separate crate. Cargo prevents cyclic dependencies between crates.
fn is_in_separate_crate(path: &str) -> bool {
    CRATES.contains(&module(path))
}

/// Returns the modules that code imports as `crate::…`, also within braces.
fn imports(code: &str) -> BTreeSet<String> {
    modules_after(code, "crate::")
}

/// Returns the modules that code names directly after a path such as `super::super::`, also within braces.
fn modules_after(code: &str, path: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, start) in code.match_indices(path).filter(|(at, _)| !code[..*at].ends_with("::")) {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            None => drop(found.insert(name(rest))),
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                found.extend(list.split(',').map(|item| name(item.trim())));
            }
        }
    }
    found
}

/// Returns the modules that a module may use.
fn allowed_imports(module: &str) -> Vec<&'static str> {
    let before =
        |list: &[&'static str]| list.iter().copied().take_while(|name| *name != module).collect::<Vec<_>>();
    let mut allowed = before(&FOUNDATIONS);
    if PHASES.contains(&module) {
        allowed.retain(|name| *name != "report");
        allowed.extend(before(&PHASES));
    } else if RUNNERS.contains(&module) {
        allowed.extend(PHASES);
        allowed.extend(before(&RUNNERS));
    }
    allowed
}

#[test]
fn every_file_begins_with_a_module_comment() {
    let tests = tree(&repository().join("tests/it"));
    let tests = tests
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("source code is UTF-8")));
    for (path, text) in sources().into_iter().chain(tests) {
        assert!(text.starts_with("//! "), "{path} does not begin with `//!`");
    }
}

/// Old-fashioned or vague words that comments and documents must not contain.
const BANNED_WORDS: [&str; 18] = [
    "anew",
    "at hand",
    "goes on",
    "how-manieth",
    "is made of",
    "is missed",
    "nobody",
    "none the less",
    "so much for",
    "somebody",
    "stands for",
    "stands here",
    "stands in",
    "stands so",
    "stands there",
    "tells of",
    "told of",
    "whoever",
];

#[test]
fn code_and_documentation_use_plain_words() {
    let root = repository();
    let documentation = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(|name| (name.to_owned(), fs::read(root.join(name)).expect("the file exists")));
    let sources = tree(&root.join("src")).into_iter().map(|(path, bytes)| (format!("src/{path}"), bytes));
    let is_text = |path: &str| {
        [".rs", ".md"].iter().any(|ending| path.ends_with(ending)) && !path.ends_with("tests.rs")
    };
    let mut found = Vec::new();
    for (path, bytes) in sources.chain(documentation).filter(|(path, _)| is_text(path)) {
        let text = String::from_utf8(bytes).expect("code is UTF-8").to_lowercase();
        // Unit tests may contain these words, because they use sentences as documents have them.
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for (number, line) in (1..).zip(program.lines()) {
            let words = BANNED_WORDS.iter().filter(|words| has_words(line, words));
            found.extend(words.map(|words| format!("{path}:{number}: {words}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a line contains words, but not as a part of a longer word, and not alone in quotation marks, where they are
/// data of the program.
fn has_words(line: &str, words: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || c == '"');
    line.match_indices(words).any(|(at, _)| {
        !is_letter(line[..at].chars().next_back()) && !is_letter(line[at + words.len()..].chars().next())
    })
}

#[test]
fn no_file_is_too_long() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = program.trim_end().lines().count();
        assert!(lines <= MAX_FILE_LINES, "{path} has {lines} lines, more than {MAX_FILE_LINES}");
    }
}

#[test]
fn a_phase_uses_only_earlier_phases() {
    let mut violations = Vec::new();
    for (path, text) in sources() {
        let module = module(&path);
        if ["lib", "main"].contains(&module) || is_in_separate_crate(&path) {
            continue;
        }
        let allowed = allowed_imports(module);
        let forbidden = imports(&code(&text))
            .into_iter()
            .filter(|name| name != module && !allowed.contains(&name.as_str()));
        violations.extend(forbidden.map(|name| format!("src/{path} uses `{name}`")));
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn sibling_modules_have_no_import_cycles() {
    let all = sources();
    let mut folders: BTreeSet<&str> =
        all.keys().map(|path| &path[..path.rfind('/').map_or(0, |at| at + 1)]).collect();
    folders.insert("");
    for folder in folders {
        let mut imports_of: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (path, text) in &all {
            let Some(below) = path.strip_prefix(folder) else { continue };
            let child = module(below);
            // Tests may use what uses the tested module.
            if ["mod", "lib", "main"].contains(&child)
                || below.ends_with("tests.rs")
                || folder.is_empty() && is_in_separate_crate(path)
            {
                continue;
            }
            let code = code(text);
            let names = imports_of.entry(child).or_default();
            names.extend(modules_after(&code, &"super::".repeat(super_count(below))));
            names.extend(modules_after(&code, &path_in_crate(folder)));
            names.remove(child);
        }
        while let Some(leaf) = imports_of
            .iter()
            .find(|(_, names)| !names.iter().any(|name| imports_of.contains_key(name.as_str())))
        {
            let leaf = *leaf.0;
            imports_of.remove(leaf);
        }
        assert!(imports_of.is_empty(), "import cycle in src/{folder}: {:?}", imports_of.keys());
    }
}

/// Counts the `super::` from a file (by its path below a folder) to that folder's module.
fn super_count(below: &str) -> usize {
    below.matches('/').count() + usize::from(!below.ends_with("/mod.rs"))
}

/// Returns the path of a folder's module in its crate, such as `crate::render::`.
fn path_in_crate(folder: &str) -> String {
    let inner = CRATES.iter().find_map(|name| folder.strip_prefix(&format!("{name}/"))).unwrap_or(folder);
    format!("crate::{}", inner.replace('/', "::"))
}

#[test]
fn restricted_crates_are_used_only_where_allowed() {
    for (name, places) in RESTRICTED {
        let mut used = false;
        for (path, text) in sources() {
            if !mentions(&code(&text), name) {
                continue;
            }
            used = true;
            let is_allowed = places
                .iter()
                .any(|place| path == *place || (place.ends_with('/') && path.starts_with(place)));
            assert!(is_allowed, "src/{path} uses `{name}`, which only {places:?} may use");
        }
        assert!(used, "nothing uses `{name}` any more: remove it from the list");
    }
}

/// Whether code uses a crate or module, as in `name::…` or `use name;`, and not as part of another path or word.
fn mentions(code: &str, name: &str) -> bool {
    let after =
        |at: usize| code[at + name.len()..].starts_with("::") || code[at + name.len()..].starts_with(';');
    let before =
        |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'));
    code.match_indices(name).any(|(at, _)| before(at) && after(at))
}

#[test]
fn lib_lists_all_modules_in_the_order_of_the_phases() {
    let all = sources();
    let lib = code(&all["lib.rs"]);
    let listed: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let declared: BTreeSet<&str> = listed.iter().copied().collect();
    let existing: BTreeSet<&str> = all
        .keys()
        .filter(|path| !is_in_separate_crate(path))
        .map(|path| module(path))
        .filter(|name| !["lib", "main"].contains(name))
        .collect();
    assert_eq!(declared, existing);
    let classified: BTreeSet<&str> = FOUNDATIONS.into_iter().chain(PHASES).chain(RUNNERS).collect();
    assert_eq!(declared, classified, "add a new module to FOUNDATIONS, PHASES or RUNNERS");
    let phases: Vec<&str> = listed.into_iter().rev().filter(|name| PHASES.contains(name)).collect();
    assert_eq!(phases, PHASES, "`lib.rs` must list the phases in reverse order");
}

#[test]
fn lib_documents_every_phase_in_order() {
    let page = &sources()["lib.rs"];
    let rows = page.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), PHASES);
}

#[test]
fn the_embedded_theme_matches_the_templates_folder() {
    let folder: BTreeMap<String, Vec<u8>> = tree(&repository().join("templates"));
    let embedded = TEMPLATES
        .iter()
        .chain(ASSETS)
        .chain(WORDS)
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .chain(
            sourcewise::desk::files().map(|(name, text)| (format!("desk/{name}"), text.as_bytes().to_vec())),
        );
    let embedded: BTreeMap<String, Vec<u8>> = embedded.collect();
    assert_eq!(folder.keys().collect::<Vec<_>>(), embedded.keys().collect::<Vec<_>>());
    for (name, bytes) in folder {
        assert_eq!(bytes, embedded[&name], "templates/{name} changed after the program was built");
    }
}

#[test]
fn the_repository_root_contains_only_known_entries() {
    let known = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "content",
        "seeds",
        "site.toml",
        "src",
        "templates",
        "tests",
    ];
    let generated = ["originals", "public", "target"];
    let entries = fs::read_dir(repository()).expect("the repository folder exists").filter_map(Result::ok);
    for name in entries.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
        let is_known =
            name.starts_with('.') || known.contains(&name.as_str()) || generated.contains(&name.as_str());
        assert!(is_known, "unknown entry `{name}` in the repository root");
    }
}

#[test]
fn all_forms_of_imports_are_recognized() {
    let code = code(
        "//! crate::no\nuse crate::load::{A, b::C};\nuse crate::{files, problem::Code};\n    let x = crate::text::y();\n#[cfg(test)]\nmod tests { use crate::render; }",
    );
    assert_eq!(
        imports(&code).iter().map(String::as_str).collect::<Vec<_>>(),
        ["files", "load", "problem", "text"]
    );
    assert!(mentions("use tera::Tera;", "tera") && !mentions("x.tera::y(); crate::tera::z()", "tera"));
}
