//! The folder in which the web's answers are kept from run to run: Sourcewise's in the user's cache folder.

use std::env;
use std::path::PathBuf;

/// Sourcewise's folder for caches, which need not be there yet. `None` if the user has none.
pub(super) fn folder() -> Option<PathBuf> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        let below = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
        variable("HOME").map(|home| home.join(below))
    };
    Some(variable("XDG_CACHE_HOME").or(own)?.join("sourcewise"))
}
