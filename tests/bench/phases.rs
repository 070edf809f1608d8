//! Benchmarks each phase on generated sites: `cargo bench`. Reports time and allocations. Everything runs on one
//! thread, since only allocations of the measuring thread are counted.
//!
//! `run.py` measures whole programs and compares them with others.

mod synthetic;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::{AllocProfiler, Bencher, black_box};
use sourcewise::compare::{Comparison, compare};
use sourcewise::files::Files;
use sourcewise::find::{FindCache, Found, Scope, find};
use sourcewise::load::{LoadCache, Loaded, Project, SiteFiles, load};
use sourcewise::output;
use sourcewise::problem::Problems;
use sourcewise::render::{RenderCache, Rendered, render};
use sourcewise::segment::{Corpus, PassageCache, segment};
use sourcewise::verify::{SourceCache, Verified, verify};
use synthetic::{Form, Size};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SITES: [&str; 2] = ["300 pages", "30 sources x 50 questions"];

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be created");
    let sizes =
        [Size { pages: 300, ..Size::default() }, Size { sources: 30, questions: 50, ..Size::default() }];
    let form = Form::named("sourcewise").expect("the form exists");
    for (name, size) in SITES.iter().zip(sizes) {
        synthetic::write(size, form, true, &folder.path().join(name)).expect("the site can be written");
    }
    folder
});

fn main() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    one.build_global().expect("the thread pool has not been used yet");
    LazyLock::force(&FOLDER);
    divan::main();
}

/// The state after the load phase.
struct LoadedSite {
    project: Project,
    files: Files,
    problems: Problems,
    loaded: Loaded,
    site_files: SiteFiles,
}

impl LoadedSite {
    fn loaded(site: &str) -> Self {
        let project = project(site);
        let (mut files, mut problems) = (Files::default(), Problems::default());
        let loaded = load(&project, &mut files, &mut problems, &LoadCache::default());
        let (loaded, site_files) = loaded.expect("the site can be read");
        Self { project, files, problems, loaded, site_files }
    }

    fn found(site: &str) -> (Self, Corpus, Found) {
        let mut made = Self::loaded(site);
        let corpus = segment(&made.loaded, &PassageCache::default());
        let found = find(&made.loaded, &corpus, Scope::Published, &FindCache::default());
        made.loaded.questions.extend_from_slice(found.topics());
        (made, corpus, found)
    }
}

/// The state after the compare phase.
struct Compared {
    project: Project,
    files: Files,
    problems: Problems,
    site_files: SiteFiles,
    verified: Verified,
    comparison: Comparison,
}

impl Compared {
    fn of(site: &str) -> Self {
        let (LoadedSite { project, files, mut problems, loaded, mut site_files }, corpus, found) =
            LoadedSite::found(site);
        let (verified, _) = verify(loaded, &mut site_files, &corpus, &SourceCache::default(), &mut problems);
        let comparison = compare(&verified, &found);
        Self { project, files, problems, site_files, verified, comparison }
    }

    fn rendered(&mut self) -> Rendered {
        let Self { files, problems, site_files, verified, comparison, .. } = self;
        let rendered = render(verified, comparison, site_files, &RenderCache::default(), files, problems);
        rendered.expect("the templates have no errors")
    }
}

fn project(site: &str) -> Project {
    Project { root: FOLDER.path().join(site), originals: None }
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_1_load(bencher: Bencher<'_, '_>, site: &str) {
    bencher.bench_local(|| black_box(LoadedSite::loaded(site)));
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_2_segment(bencher: Bencher<'_, '_>, site: &str) {
    let made = LoadedSite::loaded(site);
    bencher.bench_local(|| black_box(segment(&made.loaded, &PassageCache::default())));
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_3_find(bencher: Bencher<'_, '_>, site: &str) {
    let made = LoadedSite::loaded(site);
    let corpus = segment(&made.loaded, &PassageCache::default());
    bencher.bench_local(|| black_box(find(&made.loaded, &corpus, Scope::Published, &FindCache::default())));
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_4_verify(bencher: Bencher<'_, '_>, site: &str) {
    bencher.with_inputs(|| LoadedSite::found(site)).bench_local_values(|(mut made, corpus, _)| {
        verify(made.loaded, &mut made.site_files, &corpus, &SourceCache::default(), &mut made.problems)
    });
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_5_compare(bencher: Bencher<'_, '_>, site: &str) {
    let (mut made, corpus, found) = LoadedSite::found(site);
    let (verified, _) =
        verify(made.loaded, &mut made.site_files, &corpus, &SourceCache::default(), &mut made.problems);
    bencher.bench_local(|| black_box(compare(&verified, &found)));
}

#[divan::bench(args = SITES, sample_count = 20, sample_size = 1)]
fn phase_6_render(bencher: Bencher<'_, '_>, site: &str) {
    let mut compared = Compared::of(site);
    bencher.bench_local(|| black_box(compared.rendered()));
}

/// Writes to a folder that does not exist yet, with cards.
#[divan::bench(args = SITES, sample_count = 5, sample_size = 1)]
fn phase_7_output(bencher: Bencher<'_, '_>, site: &str) {
    let mut compared = Compared::of(site);
    let (rendered, out): (Rendered, PathBuf) = (compared.rendered(), FOLDER.path().join("out"));
    let fresh = || remove(&out);
    bencher.with_inputs(fresh).bench_local_values(|()| {
        output::write(&rendered, &out, &compared.project, &[], |_| {}).expect("the site can be written");
    });
    remove(&out);
}

fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("the folder can be removed");
    }
}
