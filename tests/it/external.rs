//! Tests of `check --external`: problems with external links, and the requests made.

use std::collections::BTreeMap;

use crate::server::{Server, closed_address};
use crate::support::{RunResult, SiteTest};

fn site(links: &[String]) -> SiteTest {
    let list: Vec<String> = links.iter().map(|link| format!("- [A page]({link})\n")).collect();
    let page = format!("+++\ntitle = \"The mill\"\n+++\n{}", list.concat());
    SiteTest::new().file("site.toml", "title = \"The mill\"\ncards = false\n").file("content/links.md", &page)
}

/// Returns the reported problems: path of the address → (code, help).
fn reported(ran: &RunResult) -> BTreeMap<String, (String, String)> {
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("the output is JSON");
    let problems = report["problems"].as_array().expect("`problems` is a list").iter();
    let text = |value: &serde_json::Value| value.as_str().expect("the value is a string").to_owned();
    let of = |problem: &serde_json::Value| {
        let message = text(&problem["message"]);
        let address = message.split('`').nth(1).expect("the message names an address").to_owned();
        let path = address.rsplit('/').next().expect("the address has a path").to_owned();
        (path, (text(&problem["code"]), text(&problem["help"])))
    };
    problems.map(of).collect()
}

const CHECK_EXTERNAL: [&str; 6] = ["check", "--external", "--answer-seconds", "1", "--format", "json"];

#[test]
fn external_links_are_checked_and_classified() {
    let paths = [
        "fine",
        "no-head",
        "hiccup",
        "for-now",
        "busy",
        "moved",
        "moved-twice",
        "gone",
        "gone-for-good",
        "forbidden",
        "busy-for-long",
        "ill",
        "circle",
        "slow",
    ];
    // A server for each path: requests to the same server would wait for one another.
    let servers: Vec<(&str, Server)> = paths.iter().map(|path| (*path, Server::start())).collect();
    let mut links: Vec<String> = servers.iter().map(|(path, server)| server.link(path)).collect();
    links.push(closed_address());
    let site = site(&links).file("../cache/sourcewise/external.json", "{ not JSON");
    let ran = site.run(&CHECK_EXTERNAL).finds_problems();
    let found = reported(&ran);
    let codes: Vec<(&str, &str)> =
        found.iter().map(|(path, (code, _))| (path.as_str(), code.as_str())).collect();
    let expected = [
        ("busy-for-long", "link-forbidden"),
        ("circle", "link-unreachable"),
        ("closed", "link-unreachable"),
        ("forbidden", "link-forbidden"),
        ("gone", "link-gone"),
        ("gone-for-good", "link-gone"),
        ("ill", "link-unreachable"),
        ("moved", "link-moved"),
        ("moved-twice", "link-moved"),
        ("slow", "link-unreachable"),
    ];
    assert_eq!(codes, expected);
    let of = |path: &str| &servers.iter().find(|(known, _)| *known == path).expect("the server exists").1;
    assert_eq!(found["moved"].1, format!("change the address to `{}`", of("moved").link("fine")));
    assert_eq!(found["moved-twice"].1, format!("change the address to `{}`", of("moved-twice").link("fine")));
    for (path, server) in &servers {
        assert_eq!(server.max_open(), 1, "{path}");
    }
    assert_eq!(of("busy-for-long").requests().len(), 1, "the request was repeated");

    // Answers are cached; only unreachable links are requested again.
    let before: Vec<usize> = servers.iter().map(|(_, server)| server.requests().values().sum()).collect();
    let again = site.run(&CHECK_EXTERNAL).finds_problems();
    assert_eq!(reported(&again), found);
    for ((path, server), before) in servers.iter().zip(before) {
        let was_requested = server.requests().values().sum::<usize>() > before;
        assert_eq!(was_requested, ["ill", "circle", "slow"].contains(path), "{path}");
    }
}

#[test]
fn each_address_is_requested_once_and_each_host_sequentially() {
    let server = Server::start();
    let links = ["a", "a#here", "b", "a#there", "gone", "gone#here"].map(|path| server.link(path));
    let page = format!("+++\ntitle = \"Another\"\n+++\n[A]({}) and [B]({})\n", links[0], links[4]);
    let record = format!("title = \"A record\"\nurl = \"{}\"\n", server.link("gone"));
    let site = site(&links).file("content/another.md", &page).file("seeds/letter.toml", &record);
    let ran = site.run(&["check", "--external"]).finds_problems();
    let requests: Vec<(String, usize)> = server.requests().into_iter().collect();
    let expected = ["GET /gone", "HEAD /a", "HEAD /b", "HEAD /gone"].map(|request| (request.to_owned(), 1));
    assert_eq!(requests, expected);
    assert_eq!(server.max_open(), 1);
    let ran = ran.stderr_contains("1 error\n").stderr_contains("--> public/another.html:");
    ran.stderr_contains("also on").stderr_contains("`sources/letter.html`");
}

#[test]
fn links_not_checked_in_time_are_reported_once() {
    let server = Server::start();
    let links = ["a", "b", "c"].map(|path| server.link(path));
    // The program waits a second between two requests to a host, so there is time for only one.
    let ran = site(&links).run(&["check", "--external", "--external-seconds", "1"]).succeeds();
    assert_eq!(server.requests().len(), 1);
    let ran = ran.stderr_contains("there was no time to check 2 of 3 addresses");
    assert_eq!(ran.stderr.matches("[links-not-asked]").count(), 1);
    let never = site(&links)
        .file("site.toml", "title = \"The mill\"\ncards = false\n[check]\nexternal_seconds = 0\n");
    never.run(&["check", "--external"]).succeeds().stderr_contains("check any of the 3 addresses");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn no_requests_are_made_without_the_option() {
    let server = Server::start();
    let site = site(&[server.link("gone")]);
    site.check().succeeds();
    site.build().succeeds();
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn the_sites_own_address_is_not_requested() {
    let server = Server::start();
    let site = site(&[server.link("mill/links.html"), server.link("mill/nowhere.html")]);
    let toml = format!("title = \"The mill\"\ncards = false\nbase_url = \"{}\"\n", server.link("mill"));
    let ran = site.file("site.toml", &toml).run(&["check", "--external"]).finds_problems();
    ran.stderr_contains("error[page-link]: there is no `nowhere.html` in this site")
        .stderr_contains("1 error\n");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn an_address_that_only_a_document_gives_is_not_requested() {
    let server = Server::start();
    let document = |path: &str| {
        let (address, text) =
            (server.link(path), "The old mill at the ford burnt down on Friday, the miller said.");
        format!("<link rel=\"canonical\" href=\"{address}\"><article><p>{text}</p></article>")
    };
    let record = format!("title = \"B\"\nurl = \"{}\"\n", server.link("recorded"));
    let site = site(&[server.link("linked")])
        .file("seeds/a.html", &document("internal?delete=1"))
        .file("seeds/b.html", &document("internal"))
        .file("seeds/b.toml", &record)
        .file("seeds/c.html", &document("linked"))
        .file("seeds/d.html", &document("recorded"));
    site.build().succeeds().page("sources/a.html").contains("internal?delete=1");
    site.run(&["check", "--external"]);
    let requests: Vec<String> = server.requests().into_keys().collect();
    assert_eq!(requests, ["HEAD /linked", "HEAD /recorded"]);
}
