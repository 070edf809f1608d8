//! The built-in theme, the author's templates over it, and what the template engine says when one is wrong.

use std::sync::Arc;

use tera::{Context, ErrorKind, Function, Kwargs, State, Tera, TeraResult, Value};

use super::words::Words;
use crate::files::{FileId, Files, Span};
use crate::load::TemplateFile;
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// The theme's templates, by name.
pub const TEMPLATES: &[(&str, &str)] = embedded![
    "404.html",
    "base.html",
    "card.svg",
    "cite.html",
    "compare.html",
    "components.html",
    "filter.css",
    "head.html",
    "home.html",
    "page.html",
    "pair.html",
    "question.html",
    "search.html",
    "source.html",
    "sources.html",
];

/// The theme's other files, by their path in the site.
pub const ASSETS: &[(&str, &str)] = embedded![
    "assets/icon.svg",
    "assets/search.js",
    "assets/site.css",
    "assets/theme.js",
    "assets/tokens.css",
];

/// The words of the interface, a file for each language.
pub const WORDS: &[(&str, &str)] = embedded!["words/de.toml", "words/en.toml"];

/// Where the theme's own templates live, so that an author's template of the same name goes before and can still
/// extend what it replaces.
const BUILT_IN: &str = "builtin/";

/// Why a template gave nothing that can be used.
#[derive(Debug)]
pub(super) enum Fault {
    /// It could not be run to its end.
    Run {
        /// Its name.
        template: String,
        /// What the template engine says.
        error: tera::Error,
    },
    /// What it made is not what it is there for.
    Made {
        /// Its name.
        template: String,
        /// What is wrong.
        reason: String,
    },
}

/// The templates, ready to be used.
pub(super) struct Theme<'a> {
    tera: Tera,
    author: &'a [TemplateFile],
}

impl<'a> Theme<'a> {
    /// Reads the theme and the author's templates. A faulty one is a problem.
    pub(super) fn new(
        author: &'a [TemplateFile],
        globals: Vec<(&'static str, Value)>,
        words: &Words,
        fit: impl Function<TeraResult<Value>>,
        files: &mut Files,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        tera.register_function("fit", fit);
        for (name, value) in globals {
            tera.global_context().insert_value(name, value);
        }
        let words = words.clone();
        tera.register_filter("say", move |key: &str, gaps: Kwargs, _: &State| say(key, &gaps, &words));
        let names: Vec<String> = TEMPLATES.iter().map(|(name, _)| format!("{BUILT_IN}{name}")).collect();
        let texts: Vec<_> =
            author.iter().map(|template| (template.name.as_str(), files.text(template.file))).collect();
        let built_in = names.iter().zip(TEMPLATES).map(|(name, (_, text))| (name.as_str(), *text));
        let all: Vec<(&str, &str)> =
            built_in.chain(texts.iter().map(|(name, text)| (*name, &**text))).collect();
        let added = tera.set_fallback_prefixes([BUILT_IN]).and_then(|()| tera.add_raw_templates(all));
        let theme = Self { tera, author };
        match added {
            Ok(()) => Some(theme),
            Err(error) => {
                problems.push(theme.problem(&error, None, files));
                None
            }
        }
    }

    /// True if there is a template of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The name of a template that is most like a misspelt one.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.tera.get_template_names().map(|name| name.strip_prefix(BUILT_IN).unwrap_or(name));
        nearest_name(name, names)
    }

    /// Runs a template.
    pub(super) fn run(&self, name: &str, context: &Context) -> Result<String, Arc<Fault>> {
        let fault = |error| Arc::new(Fault::Run { template: name.to_owned(), error });
        self.tera.render(name, context).map_err(fault)
    }

    /// A fault as a problem.
    pub(super) fn problem_of(&self, fault: &Fault, files: &mut Files) -> Problem {
        match fault {
            Fault::Run { template, error } => self.problem(error, Some(template), files),
            Fault::Made { template, reason } => {
                let help = "hold it against the theme's own template of this name";
                let span = Span::whole(self.file(template, files));
                Problem::error(Code::Template, span, reason.clone(), help)
            }
        }
    }

    fn problem(&self, error: &tera::Error, template: Option<&str>, files: &mut Files) -> Problem {
        let help =
            "templates are written for Tera 2; what they may use is told in the README under “Templates”";
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.file(report.filename(), files);
                let span = Span::new(file, report.span().range.clone());
                Problem::error(Code::Template, span, first_line(report.message()), help)
            }
            kind => {
                let named = self.author.iter().map(|template| template.name.as_str());
                let message = first_line(&kind.to_string());
                let name = template.or_else(|| named.clone().find(|name| message.contains(*name)));
                let file = self.file(name.or_else(|| named.clone().next()).unwrap_or("base.html"), files);
                Problem::error(Code::Template, Span::whole(file), message, help)
            }
        }
    }

    /// The author's file of a name, or the theme's own, which is then kept to be shown.
    fn file(&self, name: &str, files: &mut Files) -> FileId {
        if let Some(template) = self.author.iter().find(|template| template.name == name) {
            return template.file;
        }
        let short = name.strip_prefix(BUILT_IN).unwrap_or(name);
        let text = TEMPLATES.iter().find(|(known, _)| *known == short).map_or("", |(_, text)| *text);
        files.add(format!("{BUILT_IN}{short}"), text)
    }
}

/// The filter `say`: the phrase of a key in the site's language, its gaps filled, in the form that goes with `n`.
fn say(key: &str, gaps: &Kwargs, words: &Words) -> TeraResult<String> {
    let values: Vec<(String, String)> =
        gaps.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let values: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let n = gaps.get::<u64>("n")?;
    if words.counts(key) && n.is_none() {
        return Err(tera::Error::message(format!("`{key}` has a form for every number: say(n=…)")));
    }
    if words.knows(key) {
        return Ok(words.say(key, n, &values));
    }
    let near = nearest_name(key, words.keys());
    let help = near.map_or_else(String::new, |name| format!(": did you mean `{name}`?"));
    Err(tera::Error::message(format!("the interface has no words `{key}`{help}")))
}

/// Messages are one line, begin in lower case and have no full stop.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut chars = line.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "the template can't be used".to_owned(),
    }
}
