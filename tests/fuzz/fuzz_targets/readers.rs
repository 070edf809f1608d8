//! The readers of records, questions, pages and the lock, on any text: nothing panics, and every problem has a place in
//! its file and a help.
//!
//! Run from the repository: `RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz readers`

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use sourcewise::files::Files;
use sourcewise::load::{Project, load};
use sourcewise::problem::Problems;
use sourcewise::segment::segment;
use sourcewise::verify::verify;

fuzz_target!(|input: (String, String, String, String)| {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
    let root = folder.path();
    let (site, record, question, page) = input;
    let files = [
        ("site.toml", site),
        ("seeds/a.toml", record),
        ("content/questions/q.md", format!("+++\n{question}")),
        ("content/p.md", format!("+++\ntitle = \"P\"\n+++\n{page}")),
    ];
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    let project = Project { root: root.to_path_buf(), originals: None };
    let (mut files, mut problems) = (Files::default(), Problems::default());
    let loaded = load(&project, &mut files, &mut problems).expect("the disk is there");
    let corpus = segment(&loaded);
    let _ = verify(loaded, &corpus, &mut problems);
    for problem in problems.sorted(&files) {
        let length = files.text(problem.span.file).len();
        assert!(problem.span.start <= problem.span.end && problem.span.end <= length, "{problem:?}");
        assert!(!problem.help.is_empty() && !problem.message.is_empty(), "{problem:?}");
        let _ = files.line_column(problem.span);
    }
});
