//! The file that a host needs to publish a site, and what is left to do there by hand.
//!
//! The files lie in `hosts`, as they are written but for `@VERSION@`, this program's, and `@NAME@`, made of the folder's.

use std::path::Path;

use crate::cli::Host;
use crate::ids::slug;

/// Longest name that Cloudflare takes, in characters: it becomes a part of a domain.
const LONGEST_NAME: usize = 63;

impl Host {
    /// Where in the site's folder the file lies.
    pub fn path(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/pages.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Netlify => "netlify.toml",
            Self::Cloudflare => "wrangler.toml",
        }
    }

    /// What stands in the file, for a site in `folder`.
    pub(super) fn text(self, folder: &Path) -> String {
        let text = match self {
            Self::Github => include_str!("hosts/pages.yml"),
            Self::Gitlab => include_str!("hosts/gitlab-ci.yml"),
            Self::Netlify => include_str!("hosts/netlify.toml"),
            Self::Cloudflare => include_str!("hosts/wrangler.toml"),
        };
        text.replace("@VERSION@", env!("CARGO_PKG_VERSION")).replace("@NAME@", &name(folder))
    }

    /// What to do there, once, so that the file is heeded.
    pub(super) fn next(self) -> &'static str {
        match self {
            Self::Github => {
                "put this folder into a GitHub repository of its own, choose there once under\n\
                 Settings, Pages, Source: GitHub Actions, and push\n"
            }
            Self::Gitlab => "put this folder into a GitLab repository of its own, and push\n",
            Self::Netlify => {
                "put this folder into a repository of its own, and import that in Netlify; its\n\
                 settings are read from netlify.toml\n"
            }
            Self::Cloudflare => {
                "  sourcewise build\n  npx wrangler deploy\n\
                 or from a repository: wrangler.toml tells what to enter in Cloudflare’s dashboard\n"
            }
        }
    }
}

/// A name for the site that may be a part of a domain, made of its folder's.
fn name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_default();
    let last = whole.file_name().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
    let plain: String =
        last.replace('_', "-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let cut: String = plain.trim_matches('-').chars().take(LONGEST_NAME).collect();
    if cut.is_empty() { "site".to_owned() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_name_becomes_one_that_a_domain_may_have() {
        assert_eq!(name(Path::new("/papers/Old Mill_2")), "old-mill-2");
        assert_eq!(name(Path::new("/磨坊")), "site");
        assert_eq!(name(Path::new("/")), "site");
        assert_eq!(name(Path::new(&format!("/{}", "m".repeat(80)))).len(), LONGEST_NAME);
    }
}
