//! Finds the folder in which Sourcewise caches data between runs.

use std::env;
use std::path::PathBuf;

/// Returns Sourcewise's folder in the user's cache folder; it may not exist yet. `$XDG_CACHE_HOME` comes before the
/// system's usual cache folder. `None` if the environment variables name neither with an absolute path.
pub(super) fn folder() -> Option<PathBuf> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let default = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        let below = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
        variable("HOME").map(|home| home.join(below))
    };
    Some(variable("XDG_CACHE_HOME").or(default)?.join("sourcewise"))
}
