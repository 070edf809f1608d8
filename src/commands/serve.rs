//! `sourcewise serve` and `sourcewise desk`: start the server in `src/serve`, and print the events that it reports,
//! such as its address and the problems after each save.

use super::{Outcome, eprint, find_project, prefix, print, print_problems};
use crate::cli::ServeArgs;
use crate::error::Error;
use crate::progress::Progress;
use crate::report::pluralize;
use crate::serve::{self, Event, ListenOptions};
use crate::text::visible_line;

/// After a save, at most this many changed files are listed.
const MAX_LISTED_FILES: usize = 3;

pub(super) fn run(args: &ServeArgs, wants_desk: bool, progress: &Progress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let options = ListenOptions { host: args.host.clone(), port: args.port };
    let mut on_event = |event| match event {
        Event::Listening { site, desk } => {
            if let Some(desk) = &desk {
                print_line(&format!("{desk} is the desk; keep this address to yourself\n"));
            }
            print_line(&format!("{site} shows the site and reloads on every save; press Ctrl+C to stop\n"));
            let address = desk.unwrap_or(site);
            if args.open && open::that_detached(&address).is_err() {
                eprint("cannot open a browser: open the address yourself\n");
            }
        }
        Event::Built { pages, time, is_change, changed, problems, files } => {
            let has_problems = !problems.is_empty();
            print_problems(problems, &files);
            // Prints nothing after a save that didn't change the site, unless there are problems.
            if is_change || has_problems {
                let cause =
                    if changed.is_empty() { String::new() } else { format!("{}: ", list_files(&changed)) };
                print_line(&format!("{cause}{} in {} ms\n", pluralize(pages, "page"), time.as_millis()));
            }
        }
        Event::Failed { problems, files, site_is_served } => {
            print_problems(problems, &files);
            print_browser_content(site_is_served);
        }
        Event::Rendered { problems, files } => drop(print_problems(problems, &files)),
        Event::HistoryIgnored(file) => eprint(&format!("warning: {file}\n")),
        Event::Unreadable { error, site_is_served } => {
            eprint(&format!("error: {error}\n"));
            print_browser_content(site_is_served);
        }
    };
    match serve::run(&project, &prefix(&project.root), &options, wants_desk, progress, &mut on_event)? {}
}

/// Prints a line of the log. The server continues if it can't be printed.
fn print_line(text: &str) {
    let _ = print(text);
}

/// Prints what the browser displays while the site has errors.
fn print_browser_content(site_is_served: bool) {
    let what = if site_is_served { "these errors over the last good version" } else { "these errors" };
    print_line(&format!("the browser shows {what} until they are fixed\n"));
}

fn list_files(changed: &[String]) -> String {
    let more = changed.len().saturating_sub(MAX_LISTED_FILES);
    let shown =
        changed.iter().take(MAX_LISTED_FILES).map(|path| visible_line(path)).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
