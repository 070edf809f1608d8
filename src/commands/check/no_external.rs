//! Replaces the module `external` if the program is built without the feature `web`: links to other sites aren't
//! checked.

use super::CheckScope;
use crate::audit::Audited;
use crate::cli::CheckArgs;
use crate::files::Files;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::verify::Verified;

pub(super) fn check_links(
    _: Audited<'_>,
    _: &CheckArgs,
    _: &Verified,
    _: (&mut Files, &mut Problems),
    _: &Progress,
) -> CheckScope {
    CheckScope::Pages
}
