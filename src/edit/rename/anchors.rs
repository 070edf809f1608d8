//! Ids of sources, questions and positions in links: in the names of generated pages, and in the ids of their parts,
//! as `render/anchors.rs` and the templates make them.

use super::{Rename, Renamed};

impl Rename {
    fn source(&self, id: &str) -> Option<&str> {
        (self.what == Renamed::Source && self.old == id).then_some(self.new.as_str())
    }

    fn question(&self, id: &str) -> Option<&str> {
        (self.what == Renamed::Question && self.old == id).then_some(self.new.as_str())
    }

    fn position(&self, question: Option<&str>, id: &str) -> Option<&str> {
        let Renamed::Position { question: of } = &self.what else { return None };
        (question == Some(of) && self.old == id).then_some(self.new.as_str())
    }

    /// Returns the new name of a file that a link leads to, if it changes. `path` begins at the root of the site.
    pub(super) fn file_name(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let (stem, ending) = name.rsplit_once('.')?;
        let new = match (folder, ending) {
            ("sources", "html") => self.source(stem)?.to_owned(),
            ("questions", "md") => self.question(stem)?.to_owned(),
            ("compare", "html") => match stem.split_once("--") {
                Some((one, other)) => {
                    let (new_one, new_other) = (self.source(one), self.source(other));
                    new_one.or(new_other)?;
                    format!("{}--{}", new_one.unwrap_or(one), new_other.unwrap_or(other))
                }
                None => self.question(stem)?.to_owned(),
            },
            _ => return None,
        };
        Some(format!("{new}.{ending}"))
    }

    /// Returns the new id of a part of a page, if it changes. `path` is that of the page, from the root of the site.
    pub(super) fn fragment(&self, path: &str, fragment: &str) -> Option<String> {
        let mut parts: Vec<&str> = fragment.split("--").collect();
        let old = parts.clone();
        let is_pair = path.strip_prefix("compare/").is_some_and(|name| name.contains("--"));
        let page_question = path.strip_prefix("compare/").and_then(|name| name.strip_suffix(".html"));
        let page_question = page_question.or_else(|| path.strip_prefix("questions/")?.strip_suffix(".md"));
        match parts.as_slice() {
            // The comparison has a row for each question, whose id is that of the question.
            [row] if path == "compare.html" => {
                if let Some(new) = self.question(row) {
                    parts[0] = new;
                }
            }
            // On the page of a pair, the heading of a question is `cause--title`.
            [question, "title"] if is_pair => {
                if let Some(new) = self.question(question) {
                    parts[0] = new;
                }
            }
            _ => self.part(page_question, &mut parts),
        }
        (parts != old).then(|| parts.join("--"))
    }

    /// Renames an id within the id of a part of a page, such as the source `gazette` in `answer--gazette--lamp`.
    fn part<'a>(&'a self, question: Option<&str>, parts: &mut [&'a str]) {
        let Some(kind) = parts.first() else { return };
        let new = match *kind {
            "answer" => {
                if let Some(position) = parts.get(2)
                    && let Some(new) = self.position(question, position)
                {
                    parts[2] = new;
                }
                parts.get(1).and_then(|id| self.source(id)).map(|new| (1, new))
            }
            "cite" | "ref" | "found" => parts.get(1).and_then(|id| self.source(id)).map(|new| (1, new)),
            "gist" => parts.get(1).and_then(|id| self.question(id)).map(|new| (1, new)),
            "quote" => parts.get(2).and_then(|id| self.question(id)).map(|new| (2, new)),
            _ => None,
        };
        if let Some((at, new)) = new {
            parts[at] = new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(what: Renamed) -> Rename {
        Rename { what, old: "old".to_owned(), new: "new".to_owned() }
    }

    #[test]
    fn names_of_pages_are_renamed_for_what_they_are_about() {
        let (source, question) = (rename(Renamed::Source), rename(Renamed::Question));
        for (path, of_source, of_question) in [
            ("sources/old.html", Some("new.html"), None),
            ("compare/a--old.html", Some("a--new.html"), None),
            ("compare/old--b.html", Some("new--b.html"), None),
            ("compare/old.html", None, Some("new.html")),
            ("questions/old.md", None, Some("new.md")),
            ("old.md", None, None),
            ("places/old.html", None, None),
        ] {
            assert_eq!(source.file_name(path).as_deref(), of_source, "{path}");
            assert_eq!(question.file_name(path).as_deref(), of_question, "{path}");
        }
    }

    #[test]
    fn parts_of_pages_are_renamed_for_what_they_are_about() {
        let position = rename(Renamed::Position { question: "cause".to_owned() });
        let (source, question) = (rename(Renamed::Source), rename(Renamed::Question));
        for (rename, path, fragment, expected) in [
            (&source, "compare/cause.html", "answer--old--old", Some("answer--new--old")),
            (&source, "index.html", "cite--old--4f0c9a1b7d2e", Some("cite--new--4f0c9a1b7d2e")),
            (&source, "compare.html", "old", None),
            (&question, "compare.html", "old", Some("new")),
            (&question, "compare/a--b.html", "old--title", Some("new--title")),
            (&question, "sources/a.html", "quote--4f0c9a1b7d2e--old", Some("quote--4f0c9a1b7d2e--new")),
            (&question, "index.html", "old", None),
            (&position, "compare/cause.html", "answer--old--old", Some("answer--old--new")),
            (&position, "questions/cause.md", "answer--a--old", Some("answer--a--new")),
            (&position, "compare/cost.html", "answer--a--old", None),
        ] {
            assert_eq!(rename.fragment(path, fragment).as_deref(), expected, "{path}#{fragment}");
        }
    }
}
