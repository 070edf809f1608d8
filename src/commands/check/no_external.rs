//! `check` built without the feature `web`: nothing is asked of other sites.

use super::Looked;
use crate::audit::Audited;
use crate::cli::CheckArgs;
use crate::files::Files;
use crate::load::Site;
use crate::problem::Problems;
use crate::progress::Progress;

pub(super) fn ask(
    _: Audited<'_>,
    _: &CheckArgs,
    _: &Site,
    _: (&mut Files, &mut Problems),
    _: &Progress,
) -> Looked {
    Looked::Pages
}
