//! The configuration files that hosts need to publish a site, and the manual steps that remain.
//!
//! The files are in `hosts`. When they are written, `@VERSION@` is replaced by this program's version and `@NAME@` by a
//! name made from the folder's name.

use std::path::Path;

use crate::cli::Host;
use crate::ids::slug;

/// Longer names are cut, because Cloudflare makes a domain label of them, which has at most 63 characters.
const MAX_NAME_CHARS: usize = 63;

impl Host {
    /// Returns the path of the configuration file in the site's folder, where this host looks for it.
    pub fn path(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/pages.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Netlify => "netlify.toml",
            Self::Cloudflare => "wrangler.toml",
        }
    }

    /// Returns the text of the configuration file for a site in `folder`.
    pub(super) fn text(self, folder: &Path) -> String {
        let text = match self {
            Self::Github => include_str!("hosts/pages.yml"),
            Self::Gitlab => include_str!("hosts/gitlab-ci.yml"),
            Self::Netlify => include_str!("hosts/netlify.toml"),
            Self::Cloudflare => include_str!("hosts/wrangler.toml"),
        };
        text.replace("@VERSION@", env!("CARGO_PKG_VERSION")).replace("@NAME@", &name(folder))
    }

    /// Says what the site's author must do after the file is written.
    pub(super) fn next_steps(self) -> &'static str {
        match self {
            Self::Github => {
                "write into .github/workflows/pages.yml where you have Sourcewise from, put this\n\
                 folder into its own GitHub repository, select in its settings\n\
                 Pages, Source: GitHub Actions, and push\n"
            }
            Self::Gitlab => {
                "write into .gitlab-ci.yml where you have Sourcewise from, put this folder into\n\
                 its own GitLab repository and push\n"
            }
            Self::Netlify => {
                "write into netlify.toml where you have Sourcewise from, put this folder into its\n\
                 own repository and import it in Netlify, which reads its settings from that file\n"
            }
            Self::Cloudflare => {
                "  sourcewise build\n  npx wrangler deploy\n\
                 or from a repository: see wrangler.toml for the settings in Cloudflare’s dashboard\n"
            }
        }
    }
}

/// Makes a domain label from the name of the site's folder: ASCII letters, digits and hyphens. `site` if none remain.
fn name(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_default();
    let last = absolute.file_name().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
    let plain: String =
        last.replace('_', "-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let cut: String = plain.trim_matches('-').chars().take(MAX_NAME_CHARS).collect();
    if cut.is_empty() { "site".to_owned() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_name_becomes_a_domain_label() {
        assert_eq!(name(Path::new("/papers/Old Mill_2")), "old-mill-2");
        assert_eq!(name(Path::new("/磨坊")), "site");
        assert_eq!(name(Path::new("/")), "site");
        assert_eq!(name(Path::new(&format!("/{}", "m".repeat(80)))).len(), MAX_NAME_CHARS);
    }
}
