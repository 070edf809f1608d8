//! `check --external`: asks the web about every address of other sites that the finished pages link to.
//!
//! Politely: each address once, a host one request at a time with a pause between, answers kept from run to run.

mod answer;
mod ask;
mod cache;
mod cache_folder;
mod hosts;
mod tell;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sourcewise_documents::url::host_and_port;

use super::Looked;
use crate::audit::Audited;
use crate::cli::CheckArgs;
use crate::commands::{pluralize, say_on};
use crate::files::Files;
use crate::load::Site;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::sync::locked;

use answer::Answer;
use ask::Asker;
use cache::Cache;

/// How many hosts are asked at the same time.
const AT_ONCE: usize = 8;

/// For how long the web is asked.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// For all addresses.
    all: Duration,
    /// For one answer.
    answer: Duration,
}

/// Asks for the pages of others that the site links to, if the arguments say so.
pub(super) fn ask(
    mut audited: Audited<'_>,
    args: &CheckArgs,
    site: &Site,
    (files, problems): (&mut Files, &mut Problems),
    progress: &Progress,
) -> Looked {
    let args = &args.web;
    if !args.external {
        return Looked::Pages;
    }
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    let limits = Limits {
        all: seconds(args.external_seconds.unwrap_or(site.external_seconds)),
        answer: seconds(args.answer_seconds),
    };
    progress.phase("external");
    let (count, all) = (audited.addresses.len(), limits.all.as_secs());
    progress.announce(format_args!(
        "asking for {} of other sites, for {all} s at most",
        pluralize(count, "address")
    ));
    if check(&mut audited, limits, files, problems) { Looked::Everything } else { Looked::Pages }
}

/// Asks for all addresses and reports those that are not well. Returns whether there was time for all of them.
fn check(audited: &mut Audited<'_>, limits: Limits, files: &mut Files, problems: &mut Problems) -> bool {
    let addresses = std::mem::take(&mut audited.addresses);
    let mut cache = Cache::read();
    let mut answers: BTreeMap<&str, Option<Answer>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for address in addresses.keys() {
        match cache.get(address) {
            Some(answer) => drop(answers.insert(address, Some(answer))),
            None => unknown.push(address.as_str()),
        }
    }
    let asked = ask_all(&unknown, limits);
    for (address, answer) in &asked {
        if let Some(answer) = answer {
            cache.keep(address, answer);
        }
    }
    if let Err(error) = cache.write() {
        say_on(&mut std::io::stderr(), &format!("what the web answered is not kept: {error}\n"));
    }
    answers.extend(asked);
    tell::tell(audited, &addresses, &answers, files, problems)
}

/// Asks for addresses, several hosts at a time. `None` where there was no time.
fn ask_all<'a>(addresses: &[&'a str], limits: Limits) -> BTreeMap<&'a str, Option<Answer>> {
    let mut by_host: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        by_host.entry(host_and_port(address)).or_default().push(address);
    }
    let mut queues: Vec<Vec<&str>> = by_host.into_values().collect();
    // The longest are taken first: they take the longest.
    queues.sort_by_key(Vec::len);
    let threads = queues.len().min(AT_ONCE);
    let asker = Asker::new(limits.answer, Instant::now() + limits.all);
    let (queues, answers) = (Mutex::new(queues), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let queue = locked(&queues).pop();
            let Some(queue) = queue else { return };
            for address in queue {
                let answer = asker.ask(address);
                locked(&answers).insert(address, answer);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    std::mem::take(&mut *locked(&answers))
}
