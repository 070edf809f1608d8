//! Reads `content/`: pages, questions, and all other files, which are copied into the site. Pages that are drafts, and
//! pages and questions whose front matter can't be found, are only listed as skipped. `page` and `question` parse a
//! single file.
//!
//! Pages are read and parsed in parallel, because a large site has many.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::page::{self, PageDraft, ParsedPage};
use super::walk::{FoundFile, walk};
use super::{Asset, Loader, Question, SkippedFiles, question};
use crate::error::Error;
use crate::ids::{GroupId, QuestionId};
use crate::problem::Problems;

#[derive(Default)]
pub(super) struct Content {
    pub(super) questions: Vec<Question>,
    pub(super) pages: Vec<PageDraft>,
    pub(super) skipped: SkippedFiles,
    pub(super) assets: Vec<Asset>,
}

/// All Markdown files in this folder below `content` are questions. One in a subfolder is a problem.
const QUESTIONS: &str = "questions/";

impl Loader<'_> {
    pub(super) fn content(&mut self, groups: &IndexMap<GroupId, String>) -> Result<Content, Error> {
        let is_markdown = |found: &FoundFile| found.path.strip_suffix(".md").is_some();
        let (markdown, others): (Vec<FoundFile>, Vec<FoundFile>) =
            walk(&self.root.join("content"))?.into_iter().partition(is_markdown);
        let is_question = |found: &FoundFile| found.path.starts_with(QUESTIONS);
        let (questions, pages): (Vec<FoundFile>, Vec<FoundFile>) =
            markdown.into_iter().partition(is_question);
        let mut content = Content::default();
        self.pages(pages, &mut content)?;
        self.questions(&questions, groups, &mut content)?;
        for found in others {
            content.assets.push(self.asset("content", found)?);
        }
        Ok(content)
    }

    fn pages(&mut self, found: Vec<FoundFile>, content: &mut Content) -> Result<(), Error> {
        let texts = self.texts("content", &found)?;
        let read = found.into_par_iter().zip(texts).filter_map(|(found, text)| {
            let (file, text) = text?;
            let mut problems = Problems::default();
            Some((page::read(found.path, file, &text, &mut problems), problems))
        });
        for (read, problems) in read.collect::<Vec<_>>() {
            self.problems.append(problems);
            match read {
                ParsedPage::Page(page) => content.pages.push(*page),
                ParsedPage::Invalid(path) => content.skipped.pages.push(path),
                ParsedPage::Draft(path) => content.skipped.drafts.push(path),
            }
        }
        Ok(())
    }

    fn questions(
        &mut self,
        found: &[FoundFile],
        groups: &IndexMap<GroupId, String>,
        content: &mut Content,
    ) -> Result<(), Error> {
        let mut seen = BTreeMap::new();
        for (found, text) in found.iter().zip(self.texts("content", found)?) {
            let Some((file, text)) = text else { continue };
            let name = found.path.strip_prefix(QUESTIONS).and_then(|name| name.strip_suffix(".md"));
            let name = name.unwrap_or(&found.path);
            let id = self.id("question", name, file, QuestionId::parse, &mut seen);
            let Some(id) = id else { continue };
            match question::read(id.clone(), file, &text, groups, self.problems) {
                Some(question) => content.questions.push(question),
                None => drop(content.skipped.questions.insert(id)),
            }
        }
        content.questions.sort_by(|a, b| {
            // Questions without a group come last.
            let group =
                |q: &Question| q.group.as_ref().and_then(|id| groups.get_index_of(id)).unwrap_or(usize::MAX);
            let key = |q: &Question| (group(q), q.order.unwrap_or(u32::MAX), q.id.clone());
            key(a).cmp(&key(b))
        });
        Ok(())
    }
}
