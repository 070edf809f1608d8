//! Where an address on a page leads: within the site, out of it, or to the web.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_documents::url::{join_path, percent_decoded, resolve, scheme, split_origin};

use crate::render::Rendered;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A path below the site's root, and a place on it.
    Site {
        /// As it would be a file's; empty for the root itself.
        path: String,
        fragment: Option<String>,
    },
    /// Above the site's root.
    Outside,
    /// Another site's address, whole and without a fragment.
    Web(String),
    /// Mail, a telephone, data: nothing that can be looked up.
    Other,
}

/// Where the site will stand.
#[derive(Debug, Default)]
pub(super) struct Home<'s> {
    /// `https://mill.example`; empty where nobody has said.
    origin: &'s str,
    /// `/ford`, or empty.
    path: &'s str,
}

impl<'s> Home<'s> {
    pub(super) fn new(base_url: Option<&'s str>) -> Self {
        let Some(base) = base_url else { return Self::default() };
        let (origin, path) = split_origin(base);
        Self { origin, path }
    }

    /// Where an address leads that stands on a page.
    pub(super) fn target(&self, address: &str, page: &str) -> Target {
        let address = address.trim();
        match scheme(address).map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") => self.whole(address),
            Some(_) => Target::Other,
            None if address.starts_with("//") || (address.starts_with('/') && !self.origin.is_empty()) => {
                self.whole(&resolve(self.origin, address))
            }
            None => relative(address, page),
        }
    }

    fn whole(&self, address: &str) -> Target {
        let own = address.strip_prefix(self.origin).and_then(|path| path.strip_prefix(self.path));
        match own.filter(|_| !self.origin.is_empty()) {
            Some(path) if path.is_empty() || path.starts_with(['/', '?', '#']) => {
                relative(&format!("/{path}"), "")
            }
            _ => Target::Web(address.split('#').next().unwrap_or_default().to_owned()),
        }
    }
}

fn relative(address: &str, page: &str) -> Target {
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    // What a browser is to mark on the page is no id.
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let fragment = Some(percent_decoded(fragment).unwrap_or_else(|| fragment.to_owned()));
    let fragment = fragment.filter(|id| !id.is_empty() && !id.eq_ignore_ascii_case("top"));
    let written = address.split('?').next().unwrap_or_default();
    if written.is_empty() {
        return Target::Site { path: page.to_owned(), fragment };
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(path) = percent_decoded(written) else {
        return Target::Site { path: written.to_owned(), fragment };
    };
    join_path(folder, &path).map_or(Target::Outside, |path| Target::Site { path, fragment })
}

/// Every path of the finished site.
pub(super) struct Paths<'r> {
    all: BTreeSet<&'r str>,
    /// By their spelling in small letters.
    small: BTreeMap<String, &'r str>,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum There<'r> {
    /// A file, by its own path.
    File(&'r str),
    /// One whose path differs in capitals alone.
    Spelt(&'r str),
    Nothing,
}

impl<'r> Paths<'r> {
    pub(super) fn new(rendered: &'r Rendered) -> Self {
        let all: BTreeSet<&str> = rendered.paths().collect();
        let small = all.iter().map(|path| (path.to_lowercase(), *path)).collect();
        Self { all, small }
    }

    /// The file that a host gives for a path; for a folder that is its index.
    pub(super) fn find(&self, path: &str) -> There<'r> {
        if let Some(file) = self.all.get(path) {
            return There::File(file);
        }
        let index = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
        if let Some(file) = self.all.get(index.as_str()) {
            return There::File(file);
        }
        let spelt = [path, index.as_str()].iter().find_map(|path| self.small.get(&path.to_lowercase()));
        spelt.map_or(There::Nothing, |file| There::Spelt(file))
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'r str> {
        self.all.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str, fragment: Option<&str>) -> Target {
        Target::Site { path: path.to_owned(), fragment: fragment.map(str::to_owned) }
    }

    #[test]
    fn addresses_are_followed_from_their_page() {
        let home = Home::new(None);
        let page = "places/wheel.html";
        for (address, target) in [
            ("", site(page, None)),
            ("#new%20wheel", site(page, Some("new wheel"))),
            ("#top", site(page, None)),
            ("../a%20b.html?x=../..#y:~:text=z", site("a b.html", Some("y"))),
            ("./", site("places", None)),
            ("/compare.html", site("compare.html", None)),
            ("../../x.html", Target::Outside),
            ("100%.html", site("100%.html", None)),
            ("mailto:a@b.example", Target::Other),
            ("a:b.html", Target::Other),
            ("//b.example/x#y", Target::Web("https://b.example/x".to_owned())),
            ("HTTP://b.example", Target::Web("HTTP://b.example".to_owned())),
        ] {
            assert_eq!(home.target(address, page), target, "{address}");
        }
    }

    #[test]
    fn the_sites_own_address_is_the_site() {
        let home = Home::new(Some("https://mill.example/ford"));
        assert_eq!(home.target("https://mill.example/ford", "a/b.html"), site("", None));
        assert_eq!(home.target("https://mill.example/ford/x.html#y", "a/b.html"), site("x.html", Some("y")));
        assert_eq!(home.target("/ford/x.html", "404.html"), site("x.html", None));
        let elsewhere = |path: &str| Target::Web(format!("https://mill.example{path}"));
        assert_eq!(home.target("/fordham/", "404.html"), elsewhere("/fordham/"));
        assert_eq!(home.target("https://mill.example/", "404.html"), elsewhere("/"));
    }
}
