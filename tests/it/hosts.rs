//! Tests of `new --host`: each host's configuration file is written, with this version; an existing site is not
//! changed.

use sourcewise::commands::new::SITE;

use crate::support::SiteTest;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// An address that no one can register (RFC 2606), for the site's author to replace.
const FROM: &str = "--git https://repository.invalid/sourcewise";
/// Every host, with the configuration file that `new --host` writes for it.
const HOSTS: [(&str, &str); 4] = [
    ("github", ".github/workflows/pages.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("netlify", "netlify.toml"),
    ("cloudflare", "wrangler.toml"),
];

/// Creates a site and returns the text of the host's file.
fn host_file(host: &str, path: &str) -> String {
    let site = SiteTest::new();
    site.run(&["new", "Old Mill", "--host", host]).succeeds();
    site.text(&format!("Old Mill/{path}"))
}

/// Parses a host's TOML file.
fn host_table(host: &str, path: &str) -> toml::Table {
    host_file(host, path).parse().expect("valid TOML")
}

/// Returns the lines of a YAML file with the keys above them, without comments: `jobs/build/steps/run: x`.
fn yaml_paths(yaml: &str) -> Vec<String> {
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut found = Vec::new();
    for line in yaml.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
        let bare = line.trim_start();
        let depth = line.len() - bare.len();
        assert!(
            !line.contains('\t') && depth % 2 == 0,
            "`{line}` is not indented by a multiple of two spaces"
        );
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

/// Asserts that the lines contain all wanted lines in this order.
#[track_caller]
fn assert_in_order(lines: &[String], wanted: &[&str]) {
    let mut rest = lines.iter();
    for line in wanted {
        assert!(rest.any(|other| other == line), "`{line}` is missing, or not in this order, in {lines:#?}");
    }
}

#[test]
fn new_writes_the_hosts_file_and_a_site_that_builds() {
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
fn host_files_install_this_version_then_check_then_build() {
    for (host, path) in HOSTS {
        let text = host_file(host, path);
        assert!(!text.contains("@VERSION@") && !text.contains("@NAME@"), "a placeholder is left:\n{text}");
        assert!(text.contains(&format!("{FROM} --tag v{VERSION} sourcewise")), "{text}");
        // A name alone would install what anyone has put under that name into a registry.
        assert!(
            !text.contains("sourcewise --version") && !text.contains("install --locked sourcewise"),
            "{text}"
        );
        let (_, after) = text.split_once("cargo install --locked").expect("the file installs Sourcewise");
        let (_, after) = after.split_once("sourcewise check").expect("the file then checks the site");
        assert!(after.contains("sourcewise build"), "the file does not build the site after that:\n{text}");
    }
}

#[test]
fn github_caches_the_program_builds_and_publishes() {
    let lines = yaml_paths(&host_file("github", ".github/workflows/pages.yml"));
    let version = format!("env/SOURCEWISE: {FROM} --tag v{VERSION} sourcewise");
    assert_in_order(
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
fn gitlab_caches_the_program_and_publishes_public() {
    let lines = yaml_paths(&host_file("gitlab", ".gitlab-ci.yml"));
    let version = format!("variables/SOURCEWISE: {FROM} --tag v{VERSION} sourcewise");
    assert_in_order(
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
fn netlify_builds_with_one_command_line() {
    let build = &host_table("netlify", "netlify.toml")["build"];
    assert_eq!(build["publish"].as_str(), Some("public"));
    let version = format!("{FROM} --tag v{VERSION} sourcewise");
    assert_eq!(build["environment"]["SOURCEWISE"].as_str(), Some(version.as_str()));
    let command = build["command"].as_str().expect("there is a command");
    assert!(!command.contains('\n'), "{command}");
    let steps: Vec<&str> =
        command.split(" && ").map(|step| step.rsplit('/').next().unwrap_or(step)).collect();
    assert_eq!(steps[2..], ["sourcewise $SOURCEWISE", "sourcewise check", "sourcewise build"], "{command}");
}

#[test]
fn cloudflare_serves_public_under_the_folders_name() {
    let table = host_table("cloudflare", "wrangler.toml");
    assert_eq!(table["name"].as_str(), Some("old-mill"));
    assert_eq!(table["assets"]["directory"].as_str(), Some("public"));
    assert_eq!(table["assets"]["not_found_handling"].as_str(), Some("404-page"));
}

#[test]
fn an_existing_site_gets_the_hosts_file_and_what_git_should_ignore() {
    let site = SiteTest::golden();
    let ran = site.run(&["new", ".", "--host", "gitlab"]).succeeds();
    let push = "write into .gitlab-ci.yml where you have Sourcewise from, put this folder into\n\
                its own GitLab repository and push\n";
    assert_eq!(ran.stdout, format!("wrote .gitlab-ci.yml and .gitignore; to publish:\n{push}"));
    assert_eq!(site.text(".gitignore"), "/public\n/originals\n");
}

#[test]
fn a_site_with_a_gitignore_gets_only_the_hosts_file() {
    let site = SiteTest::golden().file(".gitignore", "/notes\n");
    let before = site.tree("");
    let ran = site.run(&["new", ".", "--host", "gitlab"]).succeeds();
    let ignore = "add the lines /public and /originals to .gitignore, so that Git leaves these folders out\n";
    let push = "write into .gitlab-ci.yml where you have Sourcewise from, put this folder into\n\
                its own GitLab repository and push\n";
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
        .stdout_contains("wrote mill/netlify.toml and .gitignore; to publish:\n");
    assert!(!site.path("mill/site.toml").exists());
}

#[test]
fn an_existing_host_file_is_never_overwritten() {
    let site = SiteTest::golden().file(".gitlab-ci.yml", "mine: yes\n");
    let before = site.tree("");
    let ran = site.run(&["new", ".", "--host", "gitlab"]).cannot_run();
    let message = "error: `.gitlab-ci.yml` already exists; nothing was changed\n";
    assert_eq!(
        ran.stderr,
        format!("{message}  help: to create it again, move it away and repeat this command\n")
    );
    assert_eq!(site.tree(""), before);
}

#[test]
fn a_non_empty_folder_without_a_site_is_rejected() {
    let site = SiteTest::new().file("mill/notes.txt", "Mine.");
    site.run(&["new", "mill", "--host", "github"]).cannot_run().stderr_contains("`mill` is not empty");
    assert!(!site.path("mill/.github").exists());
}
