//! Parses the built-in templates and those of the site's author, renders them with Tera and turns Tera's errors into
//! problems.

use std::borrow::Cow;
use std::sync::LazyLock;

use bytes::Bytes;
use serde::Serialize;
use tera::{Context, ErrorKind, Function, Kwargs, State, Tera, TeraResult, Value};

use super::embedded::TEMPLATES;
use super::locale::Locale;
use super::template_names::{NameProblem, missing_extra, unknown_name};
use crate::files::{FileId, Files, Span};
use crate::load::{Phrase, TemplateFile};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// Name prefix of built-in templates: `builtin/page.html`. An author's `page.html` takes precedence over the built-in
/// one for the name `page.html`, and can extend it under its prefixed name.
const PREFIX: &str = "builtin/";

/// The built-in templates, parsed once, because parsing takes as long as rendering some dozens of pages.
static BUILT_IN: LazyLock<Tera> = LazyLock::new(|| built_in().expect("built-in templates are valid"));

/// Parses the built-in templates, if that has not been done yet.
pub(super) fn prepare() {
    LazyLock::force(&BUILT_IN);
}

fn built_in() -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
    // Tera rejects templates with unknown functions and filters. `Theme::new` replaces `fit` and `say` by the site's
    // own.
    tera.register_function("fit", |_: Kwargs, _: &State<'_>| Value::none());
    tera.register_filter("say", |key: &str, _: Kwargs, _: &State<'_>| key.to_owned());
    tera.set_fallback_prefixes([PREFIX])?;
    let names = TEMPLATES.iter().map(|(name, text)| (format!("{PREFIX}{name}"), *text));
    tera.add_raw_templates(names)?;
    Ok(tera)
}

/// Why a template has no usable output.
#[derive(Debug)]
pub(super) enum TemplateError {
    Render {
        template: String,
        error: tera::Error,
    },
    /// The template was rendered, but its output can't be used: a card that is not an SVG of the right size.
    #[cfg_attr(not(feature = "cards"), allow(dead_code, reason = "only cards are checked after rendering"))]
    Invalid {
        template: String,
        reason: String,
    },
}

impl TemplateError {
    fn rendering(template: &str, error: tera::Error) -> Self {
        Self::Render { template: template.to_owned(), error }
    }
}

/// The parsed templates of a site.
pub(super) struct Theme<'a> {
    tera: Tera,
    author: &'a [TemplateFile],
}

impl<'a> Theme<'a> {
    /// Parses the templates of the site's author on top of the built-in ones. If one of them can't be parsed, adds a
    /// problem and returns `None`.
    pub(super) fn new(
        author: &'a [TemplateFile],
        globals: Vec<(&'static str, Value)>,
        locale: &Locale,
        fit: impl Function<TeraResult<Value>>,
        files: &mut Files,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut tera = BUILT_IN.clone();
        tera.register_function("fit", fit);
        for (name, value) in globals {
            tera.global_context().insert_value(name, value);
        }
        let locale = locale.clone();
        tera.register_filter("say", move |key: &str, values: Kwargs, _: &State| {
            say_filter(key, &values, &locale)
        });
        if author.is_empty() {
            return Some(Self { tera, author });
        }
        let texts = author.iter().map(|template| (template.name.as_str(), files.text(template.file)));
        let added = tera.add_raw_templates(texts);
        let theme = Self { tera, author };
        match added {
            Ok(()) => Some(theme),
            Err(error) => {
                problems.push(theme.problem(&error, None, None, files));
                None
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Returns the template name most similar to a misspelt one; `None` if none is similar.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.tera.get_template_names().map(|name| name.strip_prefix(PREFIX).unwrap_or(name));
        nearest_name(name, names)
    }

    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        self.tera.render(name, context).map_err(|error| TemplateError::rendering(name, error))
    }

    /// Renders a template that uses only the variables of the whole site.
    pub(super) fn render_alone(&self, name: &str) -> Result<String, TemplateError> {
        self.render(name, &Context::new())
    }

    /// Renders a template whose variables are the fields of a view.
    pub(super) fn render_view(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let context = Context::from_serialize(view).map_err(|error| TemplateError::rendering(name, error))?;
        self.render(name, &context)
    }

    /// Renders a template. `buffer` is overwritten; callers pass the same one again to save allocations.
    pub(super) fn render_into(
        &self,
        buffer: &mut Vec<u8>,
        name: &str,
        context: &Context,
    ) -> Result<Bytes, TemplateError> {
        buffer.clear();
        let written = self.tera.render_to(name, context, &mut *buffer);
        written.map_err(|error| TemplateError::rendering(name, error))?;
        Ok(Bytes::copy_from_slice(buffer))
    }

    /// Converts an error to a problem. `page` is the path of the author's file from which the failed page is made, if
    /// any.
    pub(super) fn problem_of(&self, error: &TemplateError, page: Option<&str>, files: &mut Files) -> Problem {
        match error {
            TemplateError::Render { template, error } => self.problem(error, Some(template), page, files),
            TemplateError::Invalid { template, reason } => {
                let help =
                    format!("compare it with the built-in template: run `sourcewise theme {template}`");
                let span = Span::whole(self.file(template, files));
                Problem::error(Code::Template, span, reason.clone(), help)
            }
        }
    }

    fn problem(
        &self,
        error: &tera::Error,
        template: Option<&str>,
        page: Option<&str>,
        files: &mut Files,
    ) -> Problem {
        let of_name = |file: FileId, NameProblem { range, message, help }: NameProblem| {
            Problem::error(Code::Template, Span::new(file, range), message, help)
        };
        if let ErrorKind::MissingParent { current, parent } = error.kind() {
            let help = match self.nearest(parent) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "create `templates/{parent}`, or extend a template that exists, such as `base.html`"
                ),
            };
            let span = Span::whole(self.file(current, files));
            let message = format!("`{current}` extends the template `{parent}`, which does not exist");
            return Problem::error(Code::Template, span, message, help);
        }
        let help = "templates use the syntax of Tera 2; `sourcewise help templates` lists their variables";
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.file(report.filename(), files);
                let span = Span::new(file, report.span().range.clone());
                let message = first_line(report.message());
                let missing = missing_extra(&message, &files.text(file), report.span().range.clone(), page);
                match missing {
                    Some(missing) => of_name(file, missing),
                    None if message == "unexpected end of input" => {
                        let message = "the template ends before a block or tag is closed";
                        let help = "close it: `{% if … %}` needs `{% endif %}`, `{% for … %}` needs `{% endfor %}`, `{% block … %}` needs `{% endblock %}`, `{{` needs `}}`";
                        Problem::error(Code::Template, span, message, help)
                    }
                    None => Problem::error(Code::Template, span, message, help),
                }
            }
            kind => {
                let named = self.author.iter().map(|template| template.name.as_str());
                let message = first_line(&kind.to_string());
                let name = template.or_else(|| named.clone().find(|name| message.contains(*name)));
                let file = self.file(name.or_else(|| named.clone().next()).unwrap_or("base.html"), files);
                match unknown_name(&message, &files.text(file)) {
                    Some(unknown) => of_name(file, unknown),
                    None => Problem::error(Code::Template, Span::whole(file), message, help),
                }
            }
        }
    }

    /// Returns the file of a template by the site's author, or else of the built-in one. The built-in one is added to
    /// `files`, so that a problem can print its lines.
    fn file(&self, name: &str, files: &mut Files) -> FileId {
        if let Some(template) = self.author.iter().find(|template| template.name == name) {
            return template.file;
        }
        let short = name.strip_prefix(PREFIX).unwrap_or(name);
        let text = TEMPLATES.iter().find(|(known, _)| *known == short).map_or("", |(_, text)| *text);
        files.add(format!("{PREFIX}{short}"), text)
    }
}

/// The template filter `say`: returns the interface text of a key in the site's language, with placeholders filled and
/// in the plural form for `n`.
fn say_filter(key: &str, values: &Kwargs, locale: &Locale) -> TeraResult<String> {
    let Some(phrase) = locale.phrase(key) else {
        let near = nearest_name(key, Locale::keys());
        let help = near.map_or_else(String::new, |name| format!(": did you mean `{name}`?"));
        return Err(tera::Error::message(format!("unknown interface text `{key}`{help}")));
    };
    let n = values.get::<u64>("n")?;
    if phrase.counts() && n.is_none() {
        return Err(tera::Error::message(format!("`{key}` has plural forms and needs a number: say(n=…)")));
    }
    if let (Phrase::Plain(text), None) = (phrase, values.iter().next()) {
        return Ok(text.clone());
    }
    let values = values.iter().filter_map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string().into(), Cow::from);
        Some((name.as_str()?, text))
    });
    let values: Vec<(&str, Cow<'_, str>)> = values.collect();
    Ok(locale.format(key, n, |gap| Some(&*values.iter().find(|(name, _)| *name == gap)?.1)))
}

/// Returns the first line of an error message of Tera in the style of all messages: lower-case start, no full stop, no
/// `error: ` before it.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let mut chars = line.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "the template is invalid".to_owned(),
    }
}
