//! `sourcewise serve`: the site in a browser, made anew on every save.

use super::{Outcome, find, prefix, say, tell, warn};
use crate::cli::ServeArgs;
use crate::error::Error;
use crate::progress::Progress;
use crate::report::pluralize;
use crate::serve::{self, News, Options};

/// How many files that have changed are named.
const NAMED: usize = 3;

pub(super) fn run(args: &ServeArgs, progress: &Progress) -> Result<Outcome, Error> {
    let project = find(&args.site)?;
    let options = Options { host: args.host.clone(), port: args.port };
    let mut told = |news| match news {
        News::Listening(address) => {
            say(&format!("{address} shows the site and follows every save; to end: Ctrl+C\n"));
            if args.open && open::that_detached(&address).is_err() {
                warn("no browser could be opened: open that address yourself\n");
            }
        }
        News::Built { pages, time, is_news, changed, problems, files } => {
            let problems_told = !problems.is_empty();
            tell(problems, &files);
            // Saved without a change, there is nothing new to say.
            if is_news || problems_told {
                let what = if changed.is_empty() { String::new() } else { format!("{}: ", named(&changed)) };
                say(&format!("{what}{} in {} ms\n", pluralize(pages, "page"), time.as_millis()));
            }
        }
        News::Wrong { problems, files, shown } => {
            tell(problems, &files);
            still(shown);
        }
        News::Unreadable { error, shown } => {
            warn(&format!("error: {error}\n"));
            still(shown);
        }
    };
    match serve::run(&project, &prefix(&project.root), &options, progress, &mut told)? {}
}

/// What there is to be seen while something is wrong.
fn still(shown: bool) {
    let what = if shown { "the site as it was before" } else { "this, until it is mended" };
    say(&format!("the browser shows {what}\n"));
}

fn named(changed: &[String]) -> String {
    let more = changed.len().saturating_sub(NAMED);
    let shown = changed.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
