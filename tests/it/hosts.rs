//! `new --host`: every host gets the file that it reads, with this program's version; a site that is there stays as it is.

use sourcewise::commands::new::SITE;

use crate::support::SiteTest;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The hosts, each with the file that it reads.
const HOSTS: [(&str, &str); 4] = [
    ("github", ".github/workflows/pages.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("netlify", "netlify.toml"),
    ("cloudflare", "wrangler.toml"),
];

/// The file of a host, as it is written into a new site.
fn written(host: &str, path: &str) -> String {
    let site = SiteTest::new();
    site.run(&["new", "Old Mill", "--host", host]).succeeds();
    site.text(&format!("Old Mill/{path}"))
}

/// A host's TOML file, read.
fn table(host: &str, path: &str) -> toml::Table {
    written(host, path).parse().expect("it is TOML")
}

/// The lines of a YAML file that aren't comments, each below the keys that it stands under: `jobs/build/steps/run: x`.
fn paths(yaml: &str) -> Vec<String> {
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut found = Vec::new();
    for line in yaml.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
        let bare = line.trim_start();
        let depth = line.len() - bare.len();
        assert!(!line.contains('\t') && depth % 2 == 0, "`{line}` is not set in by twos");
        above.retain(|(other, _)| *other < depth);
        let text = bare.strip_prefix("- ").unwrap_or(bare);
        let parents: Vec<&str> = above.iter().map(|(_, key)| key.as_str()).collect();
        found.push([parents.as_slice(), &[text]].concat().join("/"));
        if let Some(key) = text.strip_suffix(':') {
            above.push((depth, key.to_owned()));
        }
    }
    found
}

/// The lines hold all of these, in this order.
#[track_caller]
fn in_order(lines: &[String], wanted: &[&str]) {
    let mut rest = lines.iter();
    for line in wanted {
        assert!(rest.any(|other| other == line), "no `{line}`, or too early, in {lines:#?}");
    }
}

#[test]
fn every_host_gets_its_file_beside_a_site_that_builds() {
    for (host, path) in HOSTS {
        let site = SiteTest::new();
        let ran = site.run(&["new", ".", "--host", host]).succeeds();
        let ran =
            ran.stdout_contains(&format!("wrote {} files", SITE.len() + 1)).stdout_contains("to publish:\n");
        assert_eq!(ran.stderr, "");
        assert!(site.path(path).is_file(), "{host}");
        let site = site.without_cards();
        site.build().succeeds();
        assert_eq!(site.text(".gitignore"), "/public\n/originals\n");
    }
}

#[test]
fn every_file_installs_this_version_then_checks_then_builds() {
    for (host, path) in HOSTS {
        let text = written(host, path);
        assert!(!text.contains("@VERSION@") && !text.contains("@NAME@"), "a placeholder is left:\n{text}");
        assert!(text.contains(&format!("sourcewise --version {VERSION}")), "{text}");
        assert!(text.contains("--git https://"), "what to do for a repository:\n{text}");
        let (_, after) = text.split_once("cargo install --locked").expect("Sourcewise is installed");
        let (_, after) = after.split_once("sourcewise check").expect("then the site is checked");
        assert!(after.contains("sourcewise build"), "then it is built:\n{text}");
    }
}

#[test]
fn github_builds_keeps_the_program_and_publishes_what_was_uploaded() {
    let lines = paths(&written("github", ".github/workflows/pages.yml"));
    let version = format!("env/SOURCEWISE: sourcewise --version {VERSION}");
    in_order(
        &lines,
        &[
            &version,
            "permissions/contents: read",
            "concurrency/group: pages",
            "jobs/build/steps/uses: actions/checkout@v7",
            "jobs/build/steps/uses: actions/cache@v6",
            "jobs/build/steps/with/path: ~/.sourcewise",
            "jobs/build/steps/with/key: ${{ runner.os }} ${{ env.SOURCEWISE }}",
            "jobs/build/steps/run: cargo install --locked --root ~/.sourcewise $SOURCEWISE",
            "jobs/build/steps/run: ~/.sourcewise/bin/sourcewise check --format github",
            "jobs/build/steps/run: ~/.sourcewise/bin/sourcewise build",
            "jobs/build/steps/uses: actions/upload-pages-artifact@v5",
            "jobs/build/steps/with/path: public",
            "jobs/publish/needs: build",
            "jobs/publish/permissions/pages: write",
            "jobs/publish/permissions/id-token: write",
            "jobs/publish/environment/name: github-pages",
            "jobs/publish/steps/uses: actions/deploy-pages@v5",
        ],
    );
}

#[test]
fn gitlab_has_a_job_pages_that_keeps_the_program_and_hands_over_public() {
    let lines = paths(&written("gitlab", ".gitlab-ci.yml"));
    let version = format!("variables/SOURCEWISE: sourcewise --version {VERSION}");
    in_order(
        &lines,
        &[
            &version,
            "pages/image: rust:1",
            "pages/cache/paths/.sourcewise",
            "pages/script/cargo install --locked --root .sourcewise $SOURCEWISE",
            "pages/script/.sourcewise/bin/sourcewise build",
            "pages/artifacts/paths/public",
        ],
    );
}

#[test]
fn netlify_publishes_what_one_line_of_commands_builds() {
    let build = &table("netlify", "netlify.toml")["build"];
    assert_eq!(build["publish"].as_str(), Some("public"));
    let version = format!("sourcewise --version {VERSION}");
    assert_eq!(build["environment"]["SOURCEWISE"].as_str(), Some(version.as_str()));
    let command = build["command"].as_str().expect("a command");
    assert!(!command.contains('\n'), "{command}");
    let steps: Vec<&str> =
        command.split(" && ").map(|step| step.rsplit('/').next().unwrap_or(step)).collect();
    assert_eq!(steps[2..], ["sourcewise $SOURCEWISE", "sourcewise check", "sourcewise build"], "{command}");
}

#[test]
fn cloudflare_serves_public_under_a_name_made_of_the_folders() {
    let table = table("cloudflare", "wrangler.toml");
    assert_eq!(table["name"].as_str(), Some("old-mill"));
    assert_eq!(table["assets"]["directory"].as_str(), Some("public"));
    assert_eq!(table["assets"]["not_found_handling"].as_str(), Some("404-page"));
}

#[test]
fn a_site_that_is_there_gets_the_file_and_nothing_else() {
    let site = SiteTest::golden();
    let before = site.tree("");
    let ran = site.run(&["new", ".", "--host", "gitlab"]).succeeds();
    let ignore = "add the lines /public and /originals to .gitignore, so that they are not committed\n";
    let push = "put this folder into its own GitLab repository and push\n";
    assert_eq!(ran.stdout, format!("wrote .gitlab-ci.yml; to publish:\n{ignore}{push}"));
    let mut after = site.tree("");
    assert!(after.remove(".gitlab-ci.yml").is_some());
    assert_eq!(after, before);
    let site = site.file(".gitignore", "public/\noriginals\n");
    let ran = site.run(&["new", ".", "--host", "netlify"]).succeeds();
    assert!(!ran.stdout.contains(".gitignore"), "{}", ran.stdout);
}

#[test]
fn a_folder_of_documents_is_a_site_too() {
    let site =
        SiteTest::new().file("mill/seeds/gazette.txt", "Fire at the mill\n\nIt burnt down on Friday.\n");
    site.run(&["new", "mill", "--host", "netlify"])
        .succeeds()
        .stdout_contains("wrote mill/netlify.toml; to publish:\n");
    assert!(!site.path("mill/site.toml").exists());
}

#[test]
fn a_file_of_a_host_is_never_overwritten() {
    let site = SiteTest::golden().file(".gitlab-ci.yml", "mine: yes\n");
    let before = site.tree("");
    let ran = site.run(&["new", ".", "--host", "gitlab"]).cannot_run();
    let said = "error: `.gitlab-ci.yml` already exists; nothing was changed\n";
    assert_eq!(
        ran.stderr,
        format!("{said}  help: to create it again, move it away and repeat this command\n")
    );
    assert_eq!(site.tree(""), before);
}

#[test]
fn a_folder_that_holds_something_but_no_site_is_refused_with_a_host_as_without() {
    let site = SiteTest::new().file("mill/notes.txt", "Mine.");
    site.run(&["new", "mill", "--host", "github"]).cannot_run().stderr_contains("`mill` is not empty");
    assert!(!site.path("mill/.github").exists());
}
