//! Replaces the module `external` if the program is built without the feature `web`: links to other sites aren't
//! checked.

use super::CheckScope;
use crate::audit::Audited;
use crate::cli::CheckArgs;
use crate::files::Files;
use crate::load::Site;
use crate::problem::Problems;
use crate::progress::Progress;

pub(super) fn check_links(
    _: Audited<'_>,
    _: &CheckArgs,
    _: &Site,
    _: (&mut Files, &mut Problems),
    _: &Progress,
) -> CheckScope {
    CheckScope::Pages
}
