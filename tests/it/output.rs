//! Tests of the output folder: how it is replaced, what is kept in it, and which folders are rejected.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::support::{RunResult, SiteTest, Tree, tree, write};

/// A site with `keep` in the section `[output]`.
fn site_keeping(keep: &str) -> SiteTest {
    let site = SiteTest::two_pages();
    let toml = format!("{}[output]\nkeep = {keep}\n", site.text("site.toml"));
    site.file("site.toml", &toml)
}

const FERRY: (&str, &str) = ("content/ferry.md", "+++\ntitle = \"The new ferry\"\n+++\n");
const WORK: &str = ".public.sourcewise";

#[track_caller]
fn assert_unchanged(before: &Tree, ran: &RunResult) {
    assert!(before.len() > 3, "there was no site before");
    assert_eq!(before, &ran.public, "`public` was changed");
}

/// Returns the sorted names of a folder's entries.
fn names(folder: &Path) -> Vec<String> {
    let entries =
        fs::read_dir(folder).expect("the path exists").map(|entry| entry.expect("the entry can be read"));
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn symlink(to: &Path, at: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, at).expect("a link can be created");
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(to, at).expect("a link can be created");
}

/// Returns the inode number of a file or folder. It changes if the file or folder is replaced.
#[cfg(unix)]
fn identity(path: PathBuf) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).expect("the path exists").ino()
}

fn modified(path: PathBuf) -> SystemTime {
    fs::metadata(path).and_then(|about| about.modified()).expect("the modification time can be read")
}

/// Sets a file's modification time far into the past.
fn set_old_mtime(path: PathBuf) -> SystemTime {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = File::options().write(true).open(path).expect("the path exists");
    file.set_modified(long_ago).expect("the modification time can be set");
    long_ago
}

#[test]
fn an_error_leaves_the_old_site_unchanged() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    let site = site.file("content/ferry.md", "Without a title.\n").file("content/index.md", FERRY.1);
    assert_unchanged(&before, &site.build().finds_problems());
}

#[test]
fn a_template_error_leaves_the_old_site_unchanged() {
    for fault in ["{% if %}", "{{ no_such_thing }}", "{% extends \"nothing.html\" %}"] {
        let site = SiteTest::two_pages();
        let before = site.build().succeeds().public;
        let ran = site.file("templates/compare.html", fault).build().finds_problems();
        assert_unchanged(
            &before,
            &ran.stderr_contains("error[template]").stderr_contains("templates/compare.html"),
        );
    }
}

#[test]
fn an_empty_folder_is_filled_without_leftovers() {
    let site = SiteTest::two_pages();
    fs::create_dir(site.path("public")).expect("a new folder can be created");
    site.build().succeeds().wrote("index.html");
    assert_eq!(names(&site.path("")), ["content", "public", "site.toml"]);
    site.file(FERRY.0, FERRY.1).build().succeeds().page("ferry.html").contains("The new ferry");
}

#[test]
fn the_output_folder_can_be_chosen() {
    let site = SiteTest::two_pages();
    for _ in 0..2 {
        let ran = site.run(&["build", "--out", "web/v1/"]).succeeds();
        assert!(ran.stdout_contains("open web/v1/index.html").public.is_empty());
        assert!(site.tree("web/v1").contains_key("compare.json"));
        assert_eq!(names(&site.path("web")), ["v1"], "leftovers beside the output folder");
    }
}

#[test]
fn a_symlinked_output_folder_is_replaced_at_its_target() {
    let site = SiteTest::two_pages().file("elsewhere/note.txt", "");
    fs::create_dir(site.path("elsewhere/web")).expect("a new folder can be created");
    symlink(&site.path("elsewhere/web"), &site.path("public"));
    for (path, text) in [FERRY, ("content/mill.md", FERRY.1)] {
        site.build().succeeds().wrote("index.html");
        write(&site.path(path), text.as_bytes());
    }
    assert!(site.path("public").is_symlink());
    assert_eq!(names(&site.path("elsewhere")), ["note.txt", "web"]);
}

#[test]
fn a_removed_page_is_removed_from_the_site() {
    let site = SiteTest::two_pages();
    site.build().succeeds().wrote("ferry.html");
    site.without("content/ferry.md").build().succeeds().did_not_write("ferry.html").wrote("index.html");
}

#[test]
fn an_unchanged_file_keeps_its_modification_time() {
    let site = SiteTest::two_pages();
    site.build().succeeds();
    let long_ago = set_old_mtime(site.path("public/index.html"));
    set_old_mtime(site.path("public/ferry.html"));
    let site = site.file("content/ferry.md", "+++\ntitle = \"The ferry\"\n+++\nIt floats.\n");
    site.build().succeeds().page("ferry.html").contains("It floats.");
    assert_eq!(modified(site.path("public/index.html")), long_ago);
    assert_ne!(modified(site.path("public/ferry.html")), long_ago);
}

#[cfg(unix)]
#[test]
fn an_unchanged_site_is_not_modified() {
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
fn changed_output_files_are_restored() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    // Same size as before, so size alone does not show the change.
    let site = site.bytes("public/index.html", &vec![b'x'; before["index.html"].len()]);
    let site = site.without("public/compare.html").bytes("public/ferry.html", b"");
    assert_unchanged(&before, &site.build().succeeds());
}

#[test]
fn hard_links_to_output_files_are_not_written_through() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    fs::hard_link(site.path("public/ferry.html"), site.path("backup.html")).expect("a link can be created");
    let site = site.file(FERRY.0, FERRY.1);
    assert_ne!(site.build().succeeds().public["ferry.html"], before["ferry.html"]);
    assert_eq!(site.text("backup.html").as_bytes(), before["ferry.html"]);
}

#[test]
fn a_folder_not_made_by_the_program_is_rejected_and_unchanged() {
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
fn a_foreign_file_in_the_output_folder_is_never_removed() {
    let site = SiteTest::two_pages();
    site.build().succeeds();
    let site = site.file("public/CNAME", "mill.example").file(FERRY.0, FERRY.1);
    let before = site.tree("public");
    site.build().cannot_run().stderr_contains("CNAME");
    assert_eq!(site.tree("public"), before);
}

#[cfg(unix)]
#[test]
fn output_files_can_have_any_name() {
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
fn a_manipulated_manifest_cannot_claim_other_files() {
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
fn kept_paths_are_preserved() {
    let site = site_keeping("[\"CNAME\", \".git/\", \"assets/own.css\", \"nowhere\", \".git/HEAD\"]");
    site.build().succeeds();
    let kept =
        [("CNAME", "mill.example"), (".git/HEAD", "ref"), (".git/refs/a b", "0"), ("assets/own.css", "a {}")];
    let site = kept.iter().fold(site, |site, (path, text)| site.file(&format!("public/{path}"), text));
    fs::create_dir(site.path("public/.git/empty")).expect("a new folder can be created");
    symlink(Path::new("../nowhere"), &site.path("public/.git/link"));
    let long_ago = set_old_mtime(site.path("public/.git/HEAD"));
    for title in ["The new ferry", "The newest ferry"] {
        write(&site.path("content/ferry.md"), format!("+++\ntitle = \"{title}\"\n+++\n").as_bytes());
        let ran = site.build().succeeds();
        for (path, text) in kept {
            assert_eq!(ran.public[path], text.as_bytes(), "{path}");
        }
        ran.page("ferry.html").contains(title);
        assert!(site.path("public/.git/empty").is_dir());
        let link = fs::read_link(site.path("public/.git/link")).expect("the link was preserved as a link");
        assert_eq!(link, Path::new("../nowhere"));
        assert_eq!(modified(site.path("public/.git/HEAD")), long_ago);
    }
    let list = site.text("public/.sourcewise");
    assert!(!list.contains("CNAME") && !list.contains(".git") && !list.contains("own.css"), "{list}");
    let before = site.tree("public");
    let site = site.file("site.toml", "title = \"The mill\"\n");
    assert_unchanged(&before, &site.build().cannot_run().stderr_contains(".git"));
}

#[test]
fn a_folder_with_only_kept_paths_is_filled() {
    let site = site_keeping("[\".git\"]").file("public/.git", "gitdir: ../.git/worktrees/public");
    let ran = site.build().succeeds().wrote("index.html");
    assert_eq!(ran.public[".git"], b"gitdir: ../.git/worktrees/public");
}

#[cfg(unix)]
#[test]
fn kept_paths_and_the_folder_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let site = site_keeping("[\".git\"]");
    site.build().succeeds();
    let site = site.file("public/.git/config", "").file(FERRY.0, FERRY.1);
    let modes = [("public", 0o750), ("public/.git", 0o700), ("public/.git/config", 0o640)];
    for (path, mode) in modes {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode))
            .expect("permissions can be set");
    }
    site.build().succeeds().page("ferry.html").contains("The new ferry");
    for (path, mode) in modes {
        let now = fs::metadata(site.path(path)).expect("the path exists").permissions().mode();
        assert_eq!(now & 0o777, mode, "{path}");
    }
}

#[test]
fn a_former_site_file_can_be_kept() {
    let site = site_keeping("[]").file("content/CNAME", "mill.example");
    site.build().succeeds();
    let toml = site.text("site.toml").replace("[]", "[\"CNAME\"]");
    let site = site.file("site.toml", &toml);
    site.build().finds_problems().stderr_contains("error[path-taken]: `CNAME` can't be kept");
    let ran = site.without("content/CNAME").build().succeeds();
    assert_eq!(ran.public["CNAME"], b"mill.example");
}

#[test]
fn a_second_build_at_the_same_time_fails() {
    let site = SiteTest::two_pages();
    let before = site.build().succeeds().public;
    let site = site.file(FERRY.0, FERRY.1).file(&format!("{WORK}/lock"), "");
    let lock = File::options().write(true).open(site.path(WORK).join("lock")).expect("the path exists");
    lock.lock().expect("the lock is free");
    let ran = site
        .build()
        .cannot_run()
        .stderr_contains("another build is writing")
        .stderr_contains("nothing was changed");
    assert_unchanged(&before, &ran);
    assert_eq!(names(&site.path(WORK)), ["lock"]);
    drop(lock);
    site.build().succeeds().page("ferry.html").contains("The new ferry");
    assert!(!site.path(WORK).exists());
}

#[test]
fn leftovers_of_a_killed_build_are_removed() {
    let list = "# Made by Sourcewise, which replaces this folder as a whole. One line a file.\nindex.html\na/b.html\n";
    let leftovers: [&[(&str, &str)]; 4] = [
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
    for leftover in leftovers {
        let site = site_keeping("[\"CNAME\"]");
        site.build().succeeds();
        let site =
            leftover.iter().fold(site, |site, (path, text)| site.file(&format!("{WORK}/{path}"), text));
        site.file(FERRY.0, FERRY.1).build().succeeds().page("ferry.html").contains("The new ferry");
    }
}

#[test]
fn a_site_moved_aside_by_a_killed_build_is_restored() {
    let site = site_keeping("[\"CNAME\"]");
    site.build().succeeds();
    let site = site.file("public/CNAME", "mill.example");
    let before = site.tree("public");
    fs::create_dir(site.path(WORK)).expect("a new folder can be created");
    fs::rename(site.path("public"), site.path(WORK).join("old")).expect("the folder can be moved");
    assert_unchanged(&before, &site.build().succeeds());
    assert!(!site.path(WORK).exists());
}

#[test]
fn foreign_files_in_the_staging_folder_are_rejected_and_unchanged() {
    for path in ["letters.txt", "lock", "new/letters.txt", "old/a/letters.txt", "new/.git/HEAD"] {
        let site = SiteTest::two_pages();
        site.build().succeeds();
        let site = site.file(FERRY.0, FERRY.1).file(&format!("{WORK}/{path}"), "Dear Ann,");
        let before = site.tree("");
        let ran =
            site.build().cannot_run().stderr_contains("but Sourcewise prepares the new site in this folder");
        ran.stderr_contains(path).stderr_contains("move it away");
        assert_eq!(site.tree(""), before, "{path}");
    }
    let site = SiteTest::two_pages().file(WORK, "Dear Ann,");
    site.build().cannot_run().stderr_contains(WORK);
    assert_eq!(site.text(WORK), "Dear Ann,");
}

#[test]
fn the_output_folder_cannot_overlap_the_sites_own_files() {
    let site =
        SiteTest::two_pages().file("elsewhere/deep/file.txt", "kept").file("papers/a.txt", "A letter.");
    let empty = site.path("papers/empty");
    fs::create_dir(&empty).expect("a new folder can be created");
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
fn the_output_folder_cannot_be_a_home_folder() {
    let site = SiteTest::two_pages().file("town/note.txt", "");
    fs::create_dir_all(site.path("town/ann/web")).expect("new folders can be created");
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
fn unpublished_documents_are_never_overwritten() {
    let site = SiteTest::two_pages().file("vault/papers/a.txt", "A letter.");
    fs::create_dir(site.path("vault/papers/empty")).expect("a new folder can be created");
    for out in ["vault/papers", "vault/papers/empty", "vault/papers/new", "vault", "vault/x/../papers"] {
        let ran = site.run(&["build", "--originals", "vault/papers", "--out", out]).cannot_run();
        ran.stderr_contains("it contains documents that must not be published");
    }
    assert_eq!(names(&site.path("vault/papers")), ["a.txt", "empty"]);
}

#[test]
fn a_file_cannot_be_the_output_folder() {
    let site = SiteTest::two_pages().file("public", "Dear Ann,");
    site.build().cannot_run().stderr_contains("was not made by Sourcewise");
    assert_eq!(site.text("public"), "Dear Ann,");
}

#[test]
fn a_folder_that_cannot_be_created_is_reported() {
    let site = SiteTest::two_pages().file("letters", "Dear Ann,");
    let ran = site.run(&["build", "--out", "letters/web"]).cannot_run().stderr_contains("cannot write");
    ran.stderr_contains("nothing was changed\n  help: ");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_in_place_of_files_are_errors_and_never_block() {
    use std::os::unix::fs::symlink;
    let pipe = |site: SiteTest, path: &str| {
        let folder = site.path(path).parent().expect("a file has a folder").to_path_buf();
        fs::create_dir_all(folder).expect("folders can be created");
        let made = std::process::Command::new("mkfifo").arg(site.path(path)).status();
        assert!(made.expect("the system has mkfifo").success());
        site
    };
    let golden = SiteTest::golden;
    for path in ["site.toml", "seeds/quotes.lock"] {
        let site = pipe(if path == "site.toml" { golden().without(path) } else { golden() }, path);
        for command in ["build", "check", "verify", "suggest"] {
            let ran = site.run(&[command]).cannot_run();
            ran.stderr_contains(path).stderr_contains("it is a folder, pipe or device, not a file");
        }
        let linked = if path == "site.toml" { golden().without(path) } else { golden() };
        symlink("/dev/zero", linked.path(path)).expect("a link can be created");
        linked.build().cannot_run().stderr_contains("it is a folder, pipe or device, not a file");
    }
    let site = pipe(golden(), "accepted.toml");
    site.run(&["check", "--baseline", "accepted.toml"]).cannot_run();
    let site = pipe(golden(), "letter.txt");
    site.run(&["add", "letter.txt"]).finds_problems().stderr_contains("it is not a file");
    // In the site's folders, pipes are ignored.
    let folders =
        ["content/x.md", "content/questions/x.md", "seeds/x.toml", "seeds/x.pdf", "templates/page.html"];
    folders.into_iter().fold(golden(), pipe).build().succeeds();
}

#[cfg(unix)]
#[test]
fn a_folder_that_a_link_in_the_sites_files_leads_to_is_refused() {
    let site = SiteTest::golden();
    write(&site.path("../shared/deep/photo.txt"), b"A photo.");
    fs::create_dir_all(site.path("content/more")).expect("folders can be created");
    let link = site.path("content/more/shared");
    std::os::unix::fs::symlink(site.path("../shared"), link).expect("a link can be created");
    for out in ["../shared", "../shared/new", "../shared/deep"] {
        let ran = site.run(&["build", "--out", out]).cannot_run();
        ran.stderr_contains("a link in the site's own files leads there");
    }
    assert_eq!(tree(&site.path("../shared")).len(), 1);
    site.run(&["build", "--out", "../other"]).succeeds();
}
