//! Finds where the author wrote what a finding in a finished file is about, so that its note can name the file to edit.
//!
//! The search is for words that the author must have written, such as the name of a missing file. It only adds to the
//! message: if the words are in no file, the note names the file that the page is made from.

use std::collections::BTreeMap;

use crate::files::{FileId, Files, Span};

/// The author's files, by their path relative to the site's root.
pub(super) struct WrittenFiles<'f> {
    files: &'f Files,
    by_path: BTreeMap<&'f str, FileId>,
}

impl<'f> WrittenFiles<'f> {
    pub(super) fn of(files: &'f Files) -> Self {
        Self { files, by_path: files.ids().map(|file| (files.path_in_site(file), file)).collect() }
    }

    /// Returns the author's file that a page is made from: the record of a source, the file of a question, or else the
    /// page's Markdown. `None` if the site lacks that file.
    pub(super) fn of_page(&self, page: &str) -> Option<&'f str> {
        let stem = page.strip_suffix(".html")?;
        let path = match stem.split_once('/') {
            Some(("sources", id)) => format!("seeds/{id}.toml"),
            Some(("compare", id)) => format!("content/questions/{id}.md"),
            _ => format!("content/{stem}.md"),
        };
        self.known(&path)
    }

    /// Returns the author's file in `content` or `templates/assets` that a finished file is a copy of.
    fn copied(&self, path: &str) -> Option<&'f str> {
        let of_theme =
            path.starts_with("assets/").then(|| self.known(&format!("templates/{path}"))).flatten();
        self.known(&format!("content/{path}")).or(of_theme)
    }

    fn known(&self, path: &str) -> Option<&'f str> {
        self.by_path.get_key_value(path).map(|(path, _)| *path)
    }

    /// Returns a note that says where the author wrote something that is in the finished file `path`, or at least
    /// from which file `path` is made or copied. `needles` are words that the author wrote there, the likeliest
    /// first. If `is_shared`, several pages have these words: then templates are searched first, and the file of a
    /// page is named only if the words are on a line of it.
    pub(super) fn note(&self, path: &str, needles: &[String], is_shared: bool) -> Option<String> {
        if let Some(original) = self.copied(path) {
            return Some(format!("this file is a copy of `{original}`"));
        }
        let own = self.own(path);
        let mut candidates = self.shared();
        // What several pages have is likelier to be in a template.
        let place = if is_shared { candidates.len() } else { 0 };
        candidates.splice(place..place, own);
        let made_from = || own.filter(|_| !is_shared).map(|own| format!("this page is made from `{own}`"));
        self.line_note(&candidates, needles).or_else(made_from)
    }

    /// Returns a note that says where the author wrote an address of another site. `paths` are the finished files that
    /// link to it. A list of sources repeats the address in a record, so the files that single pages are made from are
    /// searched before templates and `site.toml`.
    pub(super) fn address_note(&self, paths: &[&str], address: &str) -> Option<String> {
        let needles = [address.to_owned()];
        let mut candidates: Vec<&str> = paths.iter().filter_map(|path| self.own(path)).collect();
        candidates.extend(self.shared());
        let is_shared = paths.iter().any(|path| Some(path) != paths.first());
        let first = || self.note(paths.first()?, &needles, is_shared);
        self.line_note(&candidates, &needles).or_else(first)
    }

    /// Returns the page, record or question that a finished page is made from, or else the template with the page's
    /// path.
    fn own(&self, path: &str) -> Option<&'f str> {
        self.of_page(path).or_else(|| self.known(&format!("templates/{path}")))
    }

    /// Returns the files that many pages depend on: all templates, then `site.toml`.
    fn shared(&self) -> Vec<&'f str> {
        let templates = self.by_path.keys().copied().filter(|path| path.starts_with("templates/"));
        templates.chain(["site.toml"]).collect()
    }

    /// Returns a note with the line of a needle in the first of these files that has one. If the file has several
    /// needles, the first in `needles` counts.
    fn line_note(&self, candidates: &[&str], needles: &[String]) -> Option<String> {
        candidates.iter().find_map(|path| {
            let (line, is_only) = needles.iter().find_map(|needle| self.line_of(path, needle))?;
            let written = if is_only { "written" } else { "first written" };
            Some(format!("{written} in `{path}`, line {line}"))
        })
    }

    /// Returns the number of the first line of a file that has these words, but not as a part of longer words or
    /// numbers; and whether it is the only such line.
    fn line_of(&self, path: &str, needle: &str) -> Option<(usize, bool)> {
        let file = *self.by_path.get(path)?;
        let text = self.files.text(file);
        let is_part = |next: Option<char>, edge: Option<char>| {
            next.is_some_and(char::is_alphanumeric) && edge.is_some_and(char::is_alphanumeric)
        };
        let places = text.match_indices(needle).map(|(at, found)| (at, at + found.len()));
        let whole = places.filter(|(start, end)| {
            !is_part(text[..*start].chars().next_back(), needle.chars().next())
                && !is_part(text[*end..].chars().next(), needle.chars().next_back())
        });
        let mut lines = whole.map(|(start, end)| self.files.line_column(Span::new(file, start..end)).line);
        let first = lines.next()?;
        Some((first, lines.all(|line| line == first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_of_an_address_names_the_record_behind_a_list_of_sources() {
        let mut files = Files::default();
        for (path, text) in [
            ("content/fire.md", "+++\n+++\nSee [a paper](https://paper.example/b).\n"),
            ("seeds/gazette.toml", "title = \"A\"\nurl = \"https://paper.example/a\"\n"),
            ("templates/page.html", "<a href=\"https://paper.example/c\">"),
        ] {
            files.add(path, text);
        }
        let written = WrittenFiles::of(&files);
        let pages = ["fire.html", "sources.html", "sources/gazette.html"];
        for (pages, name, note) in [
            (&pages[..], "a", Some("written in `seeds/gazette.toml`, line 2")),
            (&pages[..], "b", Some("written in `content/fire.md`, line 3")),
            (&pages[..], "c", Some("written in `templates/page.html`, line 1")),
            (&pages[..], "d", None),
            (&pages[..1], "d", Some("this page is made from `content/fire.md`")),
        ] {
            let address = format!("https://paper.example/{name}");
            assert_eq!(written.address_note(pages, &address).as_deref(), note, "{name} in {pages:?}");
        }
    }

    #[test]
    fn a_note_names_the_line_the_copied_file_or_the_page() {
        let mut files = Files::default();
        for (path, text) in [
            ("content/fire.md", "+++\n+++\nSee old-map.png, or map.png.\n"),
            ("content/day.html", ""),
            ("templates/404.html", "<p>"),
            ("templates/page.html", "<p>\n<img src=\"map.png\">\n<a id=\"top\">"),
        ] {
            files.add(path, text);
        }
        let written = WrittenFiles::of(&files);
        let note = |path: &str, needle: &str, is_shared: bool| {
            written.note(path, &[needle.to_owned()], is_shared).unwrap_or_default()
        };
        assert_eq!(note("fire.html", "map.png", false), "written in `content/fire.md`, line 3");
        assert_eq!(note("fire.html", "map.png", true), "written in `templates/page.html`, line 2");
        assert_eq!(note("fire.html", "ap.png", false), "this page is made from `content/fire.md`");
        assert_eq!(note("day.html", "map.png", false), "this file is a copy of `content/day.html`");
        assert_eq!(note("compare.html", "id=\"top\"", false), "written in `templates/page.html`, line 3");
        assert_eq!(note("compare.html", "ap.png", false), "");
        assert_eq!(note("404.html", "ap.png", false), "this page is made from `templates/404.html`");
    }
}
