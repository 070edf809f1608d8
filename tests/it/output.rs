//! The output folder: what takes its place, what stays there, and where no site is ever written.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::support::{Ran, SiteTest, Tree, write};

/// A site with something to be kept in its output folder.
fn keeping(keep: &str) -> SiteTest {
    let site = SiteTest::two_pages();
    let toml = format!("{}[output]\nkeep = {keep}\n", site.text("site.toml"));
    site.file("site.toml", &toml)
}

const FERRY: (&str, &str) = ("content/ferry.md", "+++\ntitle = \"The new ferry\"\n+++\n");
const WORK: &str = ".public.sourcewise";

#[track_caller]
fn stays(before: &Tree, ran: &Ran) {
    assert!(before.len() > 3, "there was a site before");
    assert_eq!(before, &ran.public, "`public` was changed");
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it can be read"));
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn symlink(to: &Path, at: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, at).expect("a link can be made");
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(to, at).expect("a link can be made");
}

/// Which file it is, whatever its path.
#[cfg(unix)]
fn identity(path: PathBuf) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).expect("it is there").ino()
}

fn written(path: PathBuf) -> SystemTime {
    fs::metadata(path).and_then(|about| about.modified()).expect("the disk tells")
}

/// Makes a file look as if it had been written long ago.
fn age(path: PathBuf) -> SystemTime {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = File::options().write(true).open(path).expect("it is there");
    file.set_modified(long_ago).expect("its time can be set");
    long_ago
}

#[test]
fn an_error_leaves_the_site_that_was_there_byte_for_byte() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    let site = site.file("content/ferry.md", "Without a title.\n").file("content/index.md", FERRY.1);
    stays(&before, &site.build().finds_problems());
}

#[test]
fn a_faulty_template_leaves_the_site_that_was_there_byte_for_byte() {
    for fault in ["{% if %}", "{{ no_such_thing }}", "{% extends \"nothing.html\" %}"] {
        let site = SiteTest::two_pages();
        let before = site.build().succeeds().public;
        let ran = site.file("templates/compare.html", fault).build().finds_problems();
        stays(&before, &ran.stderr_contains("error[template]").stderr_contains("templates/compare.html"));
    }
}

#[test]
fn an_empty_folder_is_filled_and_nothing_is_left_beside_it() {
    let site = SiteTest::two_pages();
    fs::create_dir(site.path("public")).expect("a new folder can be made");
    site.build().succeeds().wrote("index.html");
    assert_eq!(names(&site.path("")), ["content", "public", "site.toml"]);
    site.file(FERRY.0, FERRY.1).build().succeeds().page("ferry.html").contains("The new ferry");
}

#[test]
fn the_output_folder_can_be_named() {
    let site = SiteTest::two_pages();
    for _ in 0..2 {
        let ran = site.run(&["build", "--out", "web/v1/"]).succeeds();
        assert!(ran.stdout_contains("open web/v1/index.html").public.is_empty());
        assert!(site.tree("web/v1").contains_key("compare.json"));
        assert_eq!(names(&site.path("web")), ["v1"], "something was left beside it");
    }
}

#[test]
fn a_folder_that_is_a_link_is_replaced_where_it_is() {
    let site = SiteTest::two_pages().file("elsewhere/note.txt", "");
    fs::create_dir(site.path("elsewhere/web")).expect("a new folder can be made");
    symlink(&site.path("elsewhere/web"), &site.path("public"));
    for (path, text) in [FERRY, ("content/mill.md", FERRY.1)] {
        site.build().succeeds().wrote("index.html");
        write(&site.path(path), text.as_bytes());
    }
    assert!(site.path("public").is_symlink());
    assert_eq!(names(&site.path("elsewhere")), ["note.txt", "web"]);
}

#[test]
fn a_page_that_is_gone_is_gone_from_the_site() {
    let site = SiteTest::two_pages();
    site.build().succeeds().wrote("ferry.html");
    site.without("content/ferry.md").build().succeeds().wrote_no("ferry.html").wrote("index.html");
}

#[test]
fn a_file_that_comes_out_the_same_keeps_its_time_stamp() {
    let site = SiteTest::two_pages();
    site.build().succeeds();
    let long_ago = age(site.path("public/index.html"));
    age(site.path("public/ferry.html"));
    let site = site.file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt floats.\n");
    site.build().succeeds().page("ferry.html").contains("It floats.");
    assert_eq!(written(site.path("public/index.html")), long_ago);
    assert_ne!(written(site.path("public/ferry.html")), long_ago);
}

#[cfg(unix)]
#[test]
fn a_site_that_comes_out_the_same_is_not_written_at_all() {
    let site = SiteTest::two_pages();
    site.build().succeeds();
    let before = identity(site.path("public"));
    site.build().succeeds();
    assert_eq!(identity(site.path("public")), before);
    let site = site.file(FERRY.0, FERRY.1);
    site.build().succeeds();
    assert_ne!(identity(site.path("public")), before);
}

#[test]
fn a_file_that_somebody_has_changed_is_made_again() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    // As long as before: its size alone doesn't tell.
    let site = site.bytes("public/index.html", &vec![b'x'; before["index.html"].len()]);
    let site = site.without("public/compare.html").bytes("public/ferry.html", b"");
    stays(&before, &site.build().succeeds());
}

#[test]
fn what_is_linked_to_a_file_of_the_site_is_never_written_through() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    fs::hard_link(site.path("public/ferry.html"), site.path("backup.html")).expect("a link can be made");
    let site = site.file(FERRY.0, FERRY.1);
    assert_ne!(site.build().succeeds().public["ferry.html"], before["ferry.html"]);
    assert_eq!(site.text("backup.html").as_bytes(), before["ferry.html"]);
}

#[test]
fn a_folder_that_is_not_the_programs_own_is_refused_and_left_alone() {
    let manifests = [None, Some("letters.txt\n"), Some("# Made by hand\nletters.txt\n")];
    for manifest in manifests {
        let mut site = SiteTest::two_pages().file("public/letters.txt", "Dear Ann,");
        if let Some(text) = manifest {
            site = site.file("public/.sourcewise", text);
        }
        let before = site.tree("");
        let ran = site.build().cannot_run().stderr_contains("was not made by Sourcewise");
        ran.stderr_contains("--out").stderr_contains("`keep = [\"CNAME\"]`");
        assert_eq!(site.tree(""), before);
    }
}

#[test]
fn a_file_in_the_folder_that_the_program_did_not_write_is_never_removed() {
    let site = SiteTest::two_pages();
    site.build().succeeds();
    let site = site.file("public/CNAME", "mill.example").file(FERRY.0, FERRY.1);
    let before = site.tree("public");
    site.build().cannot_run().stderr_contains("CNAME");
    assert_eq!(site.tree("public"), before);
}

#[cfg(unix)]
#[test]
fn a_file_may_have_any_name() {
    let names = ["a\nb.txt", "c\r", "\\n", " d ", "# e"];
    let site =
        names.iter().fold(SiteTest::two_pages(), |site, name| site.file(&format!("content/{name}"), "x"));
    site.build().succeeds();
    let ran = site.file(FERRY.0, FERRY.1).build().succeeds();
    for name in names {
        assert!(ran.public.contains_key(name), "{name:?} among {:?}", ran.public.keys());
    }
}

#[test]
fn a_list_of_files_that_names_others_makes_them_no_files_of_the_site() {
    let site = SiteTest::two_pages().file("letters.txt", "Dear Ann,");
    site.build().succeeds();
    let list = format!(
        "{}../letters.txt\n{}\n",
        site.text("public/.sourcewise"),
        site.path("letters.txt").display()
    );
    let site = site.file("public/.sourcewise", &list);
    site.build().succeeds();
    assert_eq!(site.text("letters.txt"), "Dear Ann,");
    assert!(!site.text("public/.sourcewise").contains("letters"));
}

#[test]
fn what_is_to_be_kept_is_carried_over() {
    let site = keeping("[\"CNAME\", \".git/\", \"assets/own.css\", \"nowhere\", \".git/HEAD\"]");
    site.build().succeeds();
    let kept =
        [("CNAME", "mill.example"), (".git/HEAD", "ref"), (".git/refs/a b", "0"), ("assets/own.css", "a {}")];
    let site = kept.iter().fold(site, |site, (path, text)| site.file(&format!("public/{path}"), text));
    fs::create_dir(site.path("public/.git/empty")).expect("a new folder can be made");
    symlink(Path::new("../nowhere"), &site.path("public/.git/link"));
    let long_ago = age(site.path("public/.git/HEAD"));
    for title in ["The new ferry", "The newest ferry"] {
        write(&site.path("content/ferry.md"), format!("+++\ntitle = \"{title}\"\n+++\n").as_bytes());
        let ran = site.build().succeeds();
        for (path, text) in kept {
            assert_eq!(ran.public[path], text.as_bytes(), "{path}");
        }
        ran.page("ferry.html").contains(title);
        assert!(site.path("public/.git/empty").is_dir());
        let link = fs::read_link(site.path("public/.git/link")).expect("it is a link still");
        assert_eq!(link, Path::new("../nowhere"));
        assert_eq!(written(site.path("public/.git/HEAD")), long_ago);
    }
    let list = site.text("public/.sourcewise");
    assert!(!list.contains("CNAME") && !list.contains(".git") && !list.contains("own.css"), "{list}");
    let before = site.tree("public");
    let site = site.file("site.toml", "title = \"The mill\"\n");
    stays(&before, &site.build().cannot_run().stderr_contains(".git"));
}

#[test]
fn a_folder_that_holds_nothing_but_what_is_kept_is_filled() {
    let site = keeping("[\".git\"]").file("public/.git", "gitdir: ../.git/worktrees/public");
    let ran = site.build().succeeds().wrote("index.html");
    assert_eq!(ran.public[".git"], b"gitdir: ../.git/worktrees/public");
}

#[cfg(unix)]
#[test]
fn what_is_kept_keeps_who_may_read_it_and_so_does_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let site = keeping("[\".git\"]");
    site.build().succeeds();
    let site = site.file("public/.git/config", "").file(FERRY.0, FERRY.1);
    let modes = [("public", 0o750), ("public/.git", 0o700), ("public/.git/config", 0o640)];
    for (path, mode) in modes {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).expect("it is ours");
    }
    site.build().succeeds().page("ferry.html").contains("The new ferry");
    for (path, mode) in modes {
        let now = fs::metadata(site.path(path)).expect("it is there").permissions().mode();
        assert_eq!(now & 0o777, mode, "{path}");
    }
}

#[test]
fn a_file_that_was_the_sites_can_be_kept_when_it_is_not_any_more() {
    let site = keeping("[]").file("content/CNAME", "mill.example");
    site.build().succeeds();
    let toml = site.text("site.toml").replace("[]", "[\"CNAME\"]");
    let site = site.file("site.toml", &toml);
    site.build().finds_problems().stderr_contains("error[path-taken]: `CNAME` can't be kept");
    let ran = site.without("content/CNAME").build().succeeds();
    assert_eq!(ran.public["CNAME"], b"mill.example");
}

#[test]
fn two_builds_at_once_are_one_too_many() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    let site = site.file(FERRY.0, FERRY.1).file(&format!("{WORK}/lock"), "");
    let lock = File::options().write(true).open(site.path(WORK).join("lock")).expect("it is there");
    lock.lock().expect("nobody else has it");
    let ran = site
        .build()
        .cannot_run()
        .stderr_contains("another build is writing")
        .stderr_contains("nothing was changed");
    stays(&before, &ran);
    assert_eq!(names(&site.path(WORK)), ["lock"]);
    drop(lock);
    site.build().succeeds().page("ferry.html").contains("The new ferry");
    assert!(!site.path(WORK).exists());
}

#[test]
fn what_a_killed_build_has_left_is_cleared_away() {
    let list = "# Made by Sourcewise, which replaces this folder as a whole. One line a file.\nindex.html\na/b.html\n";
    let lefts: [&[(&str, &str)]; 4] = [
        &[("lock", "")],
        &[("new/.sourcewise", "# Made by")],
        &[
            ("lock", ""),
            ("new/.sourcewise", list),
            ("new/a/b.html", "half a pa"),
            ("new/CNAME", "mill.example"),
        ],
        &[("old/.sourcewise", list), ("old/index.html", "old"), ("manifest", "# Made")],
    ];
    for left in lefts {
        let site = keeping("[\"CNAME\"]");
        site.build().succeeds();
        let site = left.iter().fold(site, |site, (path, text)| site.file(&format!("{WORK}/{path}"), text));
        site.file(FERRY.0, FERRY.1).build().succeeds().page("ferry.html").contains("The new ferry");
    }
}

#[test]
fn a_site_that_was_moved_aside_and_not_replaced_is_put_back_first() {
    let site = keeping("[\"CNAME\"]");
    site.build().succeeds();
    let site = site.file("public/CNAME", "mill.example");
    let before = site.tree("public");
    fs::create_dir(site.path(WORK)).expect("a new folder can be made");
    fs::rename(site.path("public"), site.path(WORK).join("old")).expect("it can be moved");
    stays(&before, &site.build().succeeds());
    assert!(!site.path(WORK).exists());
}

#[test]
fn what_lies_where_the_site_is_staged_is_refused_and_left_alone() {
    for path in ["letters.txt", "lock", "new/letters.txt", "old/a/letters.txt", "new/.git/HEAD"] {
        let site = SiteTest::two_pages();
        site.build().succeeds();
        let site = site.file(FERRY.0, FERRY.1).file(&format!("{WORK}/{path}"), "Dear Ann,");
        let before = site.tree("");
        let ran = site.build().cannot_run().stderr_contains("but is where the new site is staged");
        ran.stderr_contains(path).stderr_contains("move it away");
        assert_eq!(site.tree(""), before, "{path}");
    }
    let site = SiteTest::two_pages().file(WORK, "Dear Ann,");
    site.build().cannot_run().stderr_contains(WORK);
    assert_eq!(site.text(WORK), "Dear Ann,");
}

#[test]
fn the_site_may_not_be_written_over_its_own_files_however_they_are_named() {
    let site =
        SiteTest::two_pages().file("elsewhere/deep/file.txt", "kept").file("papers/a.txt", "A letter.");
    let empty = site.path("papers/empty");
    fs::create_dir(&empty).expect("a new folder can be made");
    symlink(&site.path(""), &site.path("elsewhere/source"));
    symlink(&site.path("papers"), &site.path("seeds"));
    let whole = site.path("content").display().to_string();
    let before = site.tree("");
    let outs = [
        ".",
        "./",
        "..",
        "../",
        "/",
        "//",
        "content",
        "content/",
        "Content/../content",
        "seeds",
        "seeds/new",
        "papers",
        "papers/new",
        "papers/empty",
        "templates",
        "templates/new",
        "originals",
        "src",
        ".git",
        ".git/web",
        "public/../content",
        "nowhere/../seeds",
        "nowhere/..",
        "./content/../../",
        "elsewhere/../content/deep",
        "elsewhere/source",
        "elsewhere/source/",
        "elsewhere/source/content/new",
        "elsewhere/source/..",
        &whole,
    ];
    for out in outs {
        let ran =
            site.run(&["build", "--out", out]).cannot_run().stderr_contains("can't be the output folder");
        ran.stderr_contains("nothing was changed");
        assert_eq!(site.tree(""), before, "--out {out}");
    }
    assert!(empty.is_dir() && !site.path("templates").exists());
}

#[test]
fn no_home_folder_is_ever_the_output_even_an_empty_one() {
    let site = SiteTest::two_pages().file("town/note.txt", "");
    fs::create_dir_all(site.path("town/ann/web")).expect("new folders can be made");
    symlink(&site.path("town/ann"), &site.path("ann"));
    let home = site.path("town/ann");
    for out in ["town/ann", "town/ann/", "ann", "town", "town/ann/web/.."] {
        let ran = site.run_at_home(&home, &["build", "--out", out]).cannot_run();
        ran.stderr_contains("it is your home folder or contains it");
    }
    assert_eq!(names(&site.path("town")), ["ann", "note.txt"]);
    assert_eq!(names(&home), ["web"]);
    site.run_at_home(&home, &["build", "--out", "town/ann/web"]).succeeds();
}

#[test]
fn documents_that_may_not_be_published_are_never_written_over() {
    let site = SiteTest::two_pages().file("vault/papers/a.txt", "A letter.");
    fs::create_dir(site.path("vault/papers/empty")).expect("a new folder can be made");
    for out in ["vault/papers", "vault/papers/empty", "vault/papers/new", "vault", "vault/x/../papers"] {
        let ran = site.run(&["build", "--originals", "vault/papers", "--out", out]).cannot_run();
        ran.stderr_contains("it contains documents that must not be published");
    }
    assert_eq!(names(&site.path("vault/papers")), ["a.txt", "empty"]);
}

#[test]
fn a_file_is_no_output_folder() {
    let site = SiteTest::two_pages().file("public", "Dear Ann,");
    site.build().cannot_run().stderr_contains("was not made by Sourcewise");
    assert_eq!(site.text("public"), "Dear Ann,");
}

#[test]
fn a_folder_that_cannot_be_made_is_told_of() {
    let site = SiteTest::two_pages().file("letters", "Dear Ann,");
    let ran = site.run(&["build", "--out", "letters/web"]).cannot_run().stderr_contains("cannot write");
    ran.stderr_contains("nothing was changed\n  help: ");
}
