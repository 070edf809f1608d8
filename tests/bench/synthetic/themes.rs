//! Configuration and minimal templates (header, menu, footer) for Hugo, and the same templates for Sourcewise, so that
//! the two can be compared.

use super::TextFiles;

pub(super) const TITLE: &str = "The River Town";
pub(super) const ABOUT: &str = "About weirs, ferries and mills";
pub(super) const ADDRESS: &str = "https://river.example";

const STYLE: &str = "body { font: 1.1rem/1.5 serif; max-width: 42rem; margin: auto }\n";

/// Returns the HTML of a page. The arguments are the template expressions for title, address, path to the root, feed,
/// extra `<head>` elements and content.
fn page_html(title: &str, address: &str, root: &str, [feed, head, main]: [&str; 3]) -> String {
    let places = [("Home", "index.html"), ("Pages", "pages/"), ("Weirs", "weirs/"), ("About", "about/")];
    let menu: Vec<String> =
        places.iter().map(|(name, path)| format!("<li><a href=\"{root}{path}\">{name}</a></li>")).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{address}\">\n<link rel=\"stylesheet\" href=\"{root}style.css\">\n\
         <link rel=\"alternate\" type=\"application/atom+xml\" href=\"{root}{feed}\">\n{head}</head>\n<body>\n<header>\n\
         <a href=\"{root}index.html\">{TITLE}</a>\n<nav><ul>\n{}\n</ul></nav>\n</header>\n<main>\n{main}\n</main>\n\
         <footer>\n<p>Written at the weir, printed beside the mill.</p>\n</footer>\n</body>\n</html>\n",
        menu.join("\n"),
    )
}

fn texts<const N: usize>(files: [(&str, String); N]) -> TextFiles {
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

/// Minimal templates for Sourcewise.
pub(super) fn framed() -> TextFiles {
    let base = page_html(
        "{% block title %}{{ title }} - {{ site.title }}{% endblock %}",
        "{{ address }}",
        "{{ root }}",
        ["feed.xml", "{% block head %}{% endblock %}", "{% block main %}{% endblock %}"],
    );
    let page = "{% extends \"base.html\" %}{% block main %}<article>\n<h1>{{ title }}</h1>\n\
        {% if updated %}<p><time datetime=\"{{ updated.iso }}\">{{ updated.text }}</time></p>\n{% endif %}\
        {{ content | safe }}\n</article>\n{% if children %}<ul>\n{% for page in children %}\
        <li><a href=\"{{ root }}{{ page.path }}\">{{ page.title }}</a></li>\n{% endfor %}</ul>\n{% endif %}{% endblock %}\n";
    texts([
        ("templates/base.html", base),
        ("templates/page.html", page.to_owned()),
        ("templates/home.html", page.to_owned()),
        ("content/style.css", STYLE.to_owned()),
    ])
}

/// Configuration and templates for Hugo: pages, the list of pages, a feed and a site map.
pub(super) fn hugo() -> TextFiles {
    let settings = format!(
        "baseURL = \"{ADDRESS}/\"\ntitle = \"{TITLE}\"\nlocale = \"en\"\ncapitalizeListTitles = false\n\
         disableKinds = [\"404\", \"taxonomy\", \"term\"]\n[services.rss]\nlimit = 50\n[outputs]\n\
         home = [\"html\", \"rss\"]\nsection = [\"html\"]\npage = [\"html\"]\n[markup.goldmark.extensions]\n\
         linkify = false\n[markup.highlight]\ncodeFences = false\n[params]\ndescription = \"{ABOUT}\"\n"
    );
    let base = page_html(
        "{{ .Title }} - {{ site.Title }}",
        "{{ .Permalink }}",
        "/",
        ["index.xml", "", "{{ block \"main\" . }}{{ end }}"],
    );
    let main = |content: &str| format!("{{{{ define \"main\" }}}}{content}{{{{ end }}}}\n");
    let page = "<article>\n<h1>{{ .Title }}</h1>\n<p><time datetime=\"{{ .Date.Format \"2006-01-02\" }}\">\
        {{ .Date.Format \"2 January 2006\" }}</time></p>\n{{ .Content }}\n</article>\n";
    let list = "<h1>{{ .Title }}</h1>\n<ul>\n{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>\n\
        {{ end }}</ul>\n";
    let feed = "{{ printf \"<?xml version=\\\"1.0\\\" encoding=\\\"UTF-8\\\"?>\" | safeHTML }}\n\
        <feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{{ site.Title }}</title><id>{{ site.BaseURL }}</id>\n\
        {{ range first 50 site.RegularPages }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>\
        <link href=\"{{ .Permalink }}\"/><updated>{{ .Date.Format \"2006-01-02T15:04:05Z07:00\" }}</updated>\
        <summary>{{ .Title }}</summary></entry>\n{{ end }}</feed>\n";
    texts([
        ("hugo.toml", settings),
        ("layouts/baseof.html", base),
        ("layouts/page.html", main(page)),
        ("layouts/section.html", main(list)),
        ("layouts/home.html", main("<h1>{{ .Title }}</h1>\n{{ .Content }}\n")),
        ("layouts/home.rss.xml", feed.to_owned()),
        ("content/pages/_index.md", "+++\ntitle = \"Pages\"\n+++\n".to_owned()),
        ("content/_index.md", format!("+++\ntitle = \"{TITLE}\"\n+++\n")),
        ("static/style.css", STYLE.to_owned()),
    ])
}
