//! Resolves an address in a finished page or style sheet: to a path of this site, a path above its root, or another
//! site. Addresses in the Markdown are resolved by `verify::links`.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_documents::url::{join_path, percent_decoded, resolve, scheme, split_origin};

use crate::render::Rendered;

/// What an address in a page or style sheet refers to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A path below the site's root.
    Site {
        /// The path below the root, without a leading slash; empty for the root itself.
        path: String,
        /// The id after `#`; `None` if there is none, or for `#top`, which leads to the start of any page.
        fragment: Option<String>,
    },
    /// A path above the site's root, such as `../x.html` on the home page.
    OutsideSite,
    /// An absolute address on another site, without its fragment.
    External(String),
    /// An address with another scheme, such as `mailto:`, `tel:` or `data:`, which is not checked.
    Other,
}

/// `base_url` of `site.toml`, the address that the site will be published at, split in two.
#[derive(Debug, Default)]
pub(super) struct BaseUrl<'s> {
    /// Scheme and host, such as `https://mill.example`; empty if `base_url` is not set.
    origin: &'s str,
    /// The path, such as `/ford`; empty if the site is published at the root of its host.
    path: &'s str,
}

impl<'s> BaseUrl<'s> {
    pub(super) fn new(base_url: Option<&'s str>) -> Self {
        let Some(base) = base_url else { return Self::default() };
        let (origin, path) = split_origin(base);
        Self { origin, path }
    }

    /// Resolves an address in the file with the path `page`. An address that starts with `/` starts at the host's root
    /// if `base_url` is set, else at the site's root.
    pub(super) fn target(&self, address: &str, page: &str) -> Target {
        let address = address.trim();
        match scheme(address).map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") => self.absolute(address),
            Some(_) => Target::Other,
            None if address.starts_with("//") || (address.starts_with('/') && !self.origin.is_empty()) => {
                self.absolute(&resolve(self.origin, address))
            }
            None => relative(address, page),
        }
    }

    /// Resolves an `http` or `https` address. It is an address of this site if it begins with `base_url`.
    fn absolute(&self, address: &str) -> Target {
        let own = address.strip_prefix(self.origin).and_then(|path| path.strip_prefix(self.path));
        match own.filter(|_| !self.origin.is_empty()) {
            Some(path) if path.is_empty() || path.starts_with(['/', '?', '#']) => {
                relative(&format!("/{path}"), "")
            }
            _ => Target::External(address.split('#').next().unwrap_or_default().to_owned()),
        }
    }
}

/// Resolves an address without scheme and host. Its query (`?…`) is ignored.
fn relative(address: &str, page: &str) -> Target {
    let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
    // Browsers read a text fragment (`#id:~:text=…`) separately, so it is not part of the id.
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
    join_path(folder, &path).map_or(Target::OutsideSite, |path| Target::Site { path, fragment })
}

/// The paths of all files of the finished site.
pub(super) struct SitePaths<'r> {
    all: BTreeSet<&'r str>,
    /// The same paths, by their lower-case form.
    by_lowercase: BTreeMap<String, &'r str>,
}

/// The result of [`SitePaths::find`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PathMatch<'r> {
    Exact(&'r str),
    /// A file whose path differs from the searched one only in upper and lower case.
    OtherCase(&'r str),
    None,
}

impl<'r> SitePaths<'r> {
    pub(super) fn new(rendered: &'r Rendered) -> Self {
        let all: BTreeSet<&str> = rendered.paths().collect();
        let by_lowercase = all.iter().map(|path| (path.to_lowercase(), *path)).collect();
        Self { all, by_lowercase }
    }

    /// Finds the file that a host serves for a path: the file with that path, or else `index.html` in the folder with
    /// that path. If there is neither, looks for both paths in any case.
    pub(super) fn find(&self, path: &str) -> PathMatch<'r> {
        if let Some(file) = self.all.get(path) {
            return PathMatch::Exact(file);
        }
        let index = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
        if let Some(file) = self.all.get(index.as_str()) {
            return PathMatch::Exact(file);
        }
        let other_case =
            [path, index.as_str()].iter().find_map(|path| self.by_lowercase.get(&path.to_lowercase()));
        other_case.map_or(PathMatch::None, |file| PathMatch::OtherCase(file))
    }

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
    fn addresses_are_relative_to_their_page() {
        let base_url = BaseUrl::new(None);
        let page = "places/wheel.html";
        for (address, target) in [
            ("", site(page, None)),
            ("#new%20wheel", site(page, Some("new wheel"))),
            ("#top", site(page, None)),
            ("../a%20b.html?x=../..#y:~:text=z", site("a b.html", Some("y"))),
            ("./", site("places", None)),
            ("/compare.html", site("compare.html", None)),
            ("../../x.html", Target::OutsideSite),
            ("100%.html", site("100%.html", None)),
            ("mailto:a@b.example", Target::Other),
            ("a:b.html", Target::Other),
            ("//b.example/x#y", Target::External("https://b.example/x".to_owned())),
            ("HTTP://b.example", Target::External("HTTP://b.example".to_owned())),
        ] {
            assert_eq!(base_url.target(address, page), target, "{address}");
        }
    }

    #[test]
    fn absolute_addresses_of_the_site_are_internal() {
        let base_url = BaseUrl::new(Some("https://mill.example/ford"));
        assert_eq!(base_url.target("https://mill.example/ford", "a/b.html"), site("", None));
        assert_eq!(
            base_url.target("https://mill.example/ford/x.html#y", "a/b.html"),
            site("x.html", Some("y"))
        );
        assert_eq!(base_url.target("/ford/x.html", "404.html"), site("x.html", None));
        let elsewhere = |path: &str| Target::External(format!("https://mill.example{path}"));
        assert_eq!(base_url.target("/fordham/", "404.html"), elsewhere("/fordham/"));
        assert_eq!(base_url.target("https://mill.example/", "404.html"), elsewhere("/"));
    }
}
