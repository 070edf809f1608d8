//! The built-in theme's templates, the author's over them, and what the template engine says when one is wrong.

use std::borrow::Cow;
use std::sync::LazyLock;

use bytes::Bytes;
use serde::Serialize;
use tera::{Context, ErrorKind, Function, Kwargs, State, Tera, TeraResult, Value};

use super::embedded::TEMPLATES;
use super::words::Words;
use crate::files::{FileId, Files, Span};
use crate::load::{Phrase, TemplateFile};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// Where the theme's own templates live, so that an author's template of the same name goes before and can still
/// extend what it replaces.
const PREFIX: &str = "builtin/";

/// The theme's own templates, taken apart once: that costs as much as making some dozens of pages.
static BUILT_IN: LazyLock<Tera> = LazyLock::new(|| built_in().expect("tests run them all"));

/// Takes the theme's own templates apart, if that has not been done yet.
pub(super) fn prepare() {
    LazyLock::force(&BUILT_IN);
}

fn built_in() -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
    // A template that names what isn't there is refused: these two hold the places of those that every site gets.
    tera.register_function("fit", |_: Kwargs, _: &State<'_>| Value::none());
    tera.register_filter("say", |key: &str, _: Kwargs, _: &State<'_>| key.to_owned());
    tera.set_fallback_prefixes([PREFIX])?;
    let names = TEMPLATES.iter().map(|(name, text)| (format!("{PREFIX}{name}"), *text));
    tera.add_raw_templates(names)?;
    Ok(tera)
}

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
    #[cfg_attr(
        not(feature = "cards"),
        allow(dead_code, reason = "cards alone are looked at after they are made")
    )]
    Made {
        /// Its name.
        template: String,
        /// What is wrong.
        reason: String,
    },
}

impl Fault {
    fn of_run(template: &str, error: tera::Error) -> Self {
        Self::Run { template: template.to_owned(), error }
    }
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
        let mut tera = BUILT_IN.clone();
        tera.register_function("fit", fit);
        for (name, value) in globals {
            tera.global_context().insert_value(name, value);
        }
        let words = words.clone();
        tera.register_filter("say", move |key: &str, gaps: Kwargs, _: &State| say(key, &gaps, &words));
        if author.is_empty() {
            return Some(Self { tera, author });
        }
        let texts = author.iter().map(|template| (template.name.as_str(), files.text(template.file)));
        let added = tera.add_raw_templates(texts);
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
        let names = self.tera.get_template_names().map(|name| name.strip_prefix(PREFIX).unwrap_or(name));
        nearest_name(name, names)
    }

    /// Runs a template.
    pub(super) fn run(&self, name: &str, context: &Context) -> Result<String, Fault> {
        self.tera.render(name, context).map_err(|error| Fault::of_run(name, error))
    }

    /// Runs a template that sees the fields of a view.
    pub(super) fn run_on(&self, name: &str, view: &impl Serialize) -> Result<String, Fault> {
        let context = Context::from_serialize(view).map_err(|error| Fault::of_run(name, error))?;
        self.run(name, &context)
    }

    /// Runs a template. `buffer` is memory to write in, over and over.
    pub(super) fn run_in(&self, buffer: &mut Vec<u8>, name: &str, context: &Context) -> Result<Bytes, Fault> {
        buffer.clear();
        let written = self.tera.render_to(name, context, &mut *buffer);
        written.map_err(|error| Fault::of_run(name, error))?;
        Ok(Bytes::copy_from_slice(buffer))
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
        let short = name.strip_prefix(PREFIX).unwrap_or(name);
        let text = TEMPLATES.iter().find(|(known, _)| *known == short).map_or("", |(_, text)| *text);
        files.add(format!("{PREFIX}{short}"), text)
    }
}

/// The filter `say`: the phrase of a key in the site's language, its gaps filled, in the form that goes with `n`.
fn say(key: &str, gaps: &Kwargs, words: &Words) -> TeraResult<String> {
    let Some(phrase) = words.phrase(key) else {
        let near = nearest_name(key, Words::keys());
        let help = near.map_or_else(String::new, |name| format!(": did you mean `{name}`?"));
        return Err(tera::Error::message(format!("the interface has no words `{key}`{help}")));
    };
    let n = gaps.get::<u64>("n")?;
    if phrase.counts() && n.is_none() {
        return Err(tera::Error::message(format!("`{key}` has a form for every number: say(n=…)")));
    }
    if let (Phrase::Plain(text), None) = (phrase, gaps.iter().next()) {
        return Ok(text.clone());
    }
    let values = gaps.iter().filter_map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string().into(), Cow::from);
        Some((name.as_str()?, text))
    });
    let values: Vec<(&str, Cow<'_, str>)> = values.collect();
    Ok(words.say(key, n, |gap| Some(&*values.iter().find(|(name, _)| *name == gap)?.1)))
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
