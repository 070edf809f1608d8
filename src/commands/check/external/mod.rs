//! `check --external`: requests the addresses of other sites that the finished pages link to. Leaves out addresses
//! that come only from the metadata of documents without records.
//!
//! Each address is checked once. A host gets one request at a time with a pause in between. Results are cached between
//! runs.

mod cache;
mod cache_folder;
mod link_checker;
mod link_status;
mod rate_limiter;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sourcewise_documents::url::host_and_port;

use super::CheckScope;
use crate::audit::Audited;
use crate::cli::CheckArgs;
use crate::commands::{eprint, pluralize};
use crate::files::Files;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::sync::lock;
use crate::verify::{Source, Verified};

use cache::LinkCache;
use link_checker::LinkChecker;
use link_status::LinkStatus;

/// At most this many hosts are requested in parallel.
const MAX_PARALLEL_HOSTS: usize = 8;

#[derive(Clone, Copy, Debug)]
struct TimeLimits {
    /// The time limit for all requests together.
    total: Duration,
    /// The time limit for each request.
    request: Duration,
}

/// Checks links to other sites if `--external` is given. Returns `CheckScope::Everything` if all links were checked.
pub(super) fn check_links(
    mut audited: Audited<'_>,
    args: &CheckArgs,
    verified: &Verified,
    (files, problems): (&mut Files, &mut Problems),
    progress: &Progress,
) -> CheckScope {
    let args = &args.web;
    if !args.external {
        return CheckScope::Pages;
    }
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    let limits = TimeLimits {
        total: seconds(args.external_seconds.unwrap_or(verified.site.external_seconds)),
        request: seconds(args.answer_seconds),
    };
    progress.start_step("external");
    remove_unrecorded_addresses(&mut audited, verified, files);
    let (count, seconds) = (audited.addresses.len(), limits.total.as_secs());
    progress.announce(format_args!(
        "checking {} to other sites, for at most {seconds} s",
        pluralize(count, "link")
    ));
    if check(&mut audited, limits, files, problems) { CheckScope::Everything } else { CheckScope::Pages }
}

/// Removes addresses that the site's author has not chosen: documents without records give them as their own, and no
/// record, page or template contains them. The writer of a document must not decide what this machine requests, for
/// example an address in a private network.
fn remove_unrecorded_addresses(audited: &mut Audited<'_>, verified: &Verified, files: &Files) {
    let address = |source: &Source| Some(source.about.url.as_ref()?.split('#').next()?.to_owned());
    let (own, strange): (Vec<&Source>, Vec<&Source>) =
        verified.sources.iter().map(AsRef::as_ref).partition(|source| source.has_record);
    let own: BTreeSet<String> = own.into_iter().filter_map(address).collect();
    let strange: BTreeSet<String> = strange.into_iter().filter_map(address).collect();
    let is_authors = |path: &str| {
        let is_record = path.strip_suffix(".toml").is_some();
        is_record || path.starts_with("content/") || path.starts_with("templates/")
    };
    let is_written = |address: &str| {
        let mut written = files.ids().filter(|file| is_authors(files.path_in_site(*file)));
        written.any(|file| files.text(file).contains(address))
    };
    audited
        .addresses
        .retain(|address, _| !strange.contains(address) || own.contains(address) || is_written(address));
}

/// Checks all addresses that have no cached status, caches the new statuses, and reports bad links. Returns whether
/// there was time for all addresses.
fn check(audited: &mut Audited<'_>, limits: TimeLimits, files: &mut Files, problems: &mut Problems) -> bool {
    let addresses = std::mem::take(&mut audited.addresses);
    let mut cache = LinkCache::read();
    let mut statuses: BTreeMap<&str, Option<LinkStatus>> = BTreeMap::new();
    let mut uncached = Vec::new();
    for address in addresses.keys() {
        match cache.get(address) {
            Some(status) => drop(statuses.insert(address, Some(status))),
            None => uncached.push(address.as_str()),
        }
    }
    let checked = check_all(&uncached, limits);
    for (address, status) in &checked {
        if let Some(status) = status {
            cache.insert(address, status);
        }
    }
    if let Err(error) = cache.write() {
        eprint(&format!("cannot save the results for the next run: {error}\n"));
    }
    statuses.extend(checked);
    report::report(audited, &addresses, &statuses, files, problems)
}

/// Checks addresses, several hosts in parallel. The status is `None` if there was no time to check the address.
fn check_all<'a>(addresses: &[&'a str], limits: TimeLimits) -> BTreeMap<&'a str, Option<LinkStatus>> {
    let mut by_host: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        by_host.entry(host_and_port(address)).or_default().push(address);
    }
    let mut queues: Vec<Vec<&str>> = by_host.into_values().collect();
    // In ascending order, so that `pop` returns the longest queue first. It needs the most time, so it must start
    // first.
    queues.sort_by_key(Vec::len);
    let threads = queues.len().min(MAX_PARALLEL_HOSTS);
    let checker = LinkChecker::new(limits.request, Instant::now() + limits.total);
    let (queues, statuses) = (Mutex::new(queues), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let queue = lock(&queues).pop();
            let Some(queue) = queue else { return };
            for address in queue {
                let status = checker.check(address);
                lock(&statuses).insert(address, status);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    std::mem::take(&mut *lock(&statuses))
}
