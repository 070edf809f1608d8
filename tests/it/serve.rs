//! Tests of `sourcewise serve`: responses, events sent to browsers, and files that must never be sent.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{SiteTest, write};

/// The longest time that a test waits for a response or event. Responses come at once, except on a busy machine.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(30);

/// A running `sourcewise serve` or `sourcewise desk`; stopped when dropped.
pub(crate) struct ServedSite {
    program: Child,
    /// Host and port of the server, such as `127.0.0.1:40123`.
    pub(crate) address: String,
    /// The first line that the program prints with an address.
    pub(crate) first_line: String,
    /// The lines that the program prints after its address. A test need not read them: the system buffers more than a
    /// test prints.
    lines: Box<dyn Iterator<Item = String>>,
}

pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl ServedSite {
    /// Serves a site on a free port.
    fn start(site: &SiteTest) -> Self {
        Self::start_with(site, &[])
    }

    fn start_with(site: &SiteTest, arguments: &[&str]) -> Self {
        Self::start_command(site, "serve", arguments)
    }

    /// Runs the command `serve` or `desk` on a free port.
    pub(crate) fn start_command(site: &SiteTest, command: &str, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sourcewise"))
            .args([command, "--port", "0"])
            .args(arguments)
            .current_dir(site.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("cargo builds the program before its tests");
        let lines = BufReader::new(program.stdout.take().expect("stdout is piped")).lines();
        let mut lines = Box::new(lines.map_while(Result::ok));
        let line = lines.find(|line| line.starts_with("http://"));
        let line = line.expect("the program prints the address");
        let address = line["http://".len()..].split('/').next().expect("the address has a host").to_owned();
        Self { program, address, first_line: line, lines }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the server accepts requests");
        stream.set_read_timeout(Some(MAX_WAIT)).expect("a timeout can be set");
        stream
    }

    /// Sends a raw request and reads the whole response.
    pub(crate) fn send(&self, request: &str) -> Response {
        let mut stream = self.connect();
        // The server may respond and close the connection before it has read everything.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let body = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Response { status, head, body }
    }

    fn request(&self, method: &str, path: &str, host: &str) -> Response {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path, &self.address)
    }

    /// Opens the event stream, as browsers do.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /.sourcewise/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("the server accepts requests");
        Events(BufReader::new(stream))
    }
}

impl Drop for ServedSite {
    fn drop(&mut self) {
        // The program may have exited already; its test reports that.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next event and returns its data. Fails if only keepalives come.
    pub(crate) fn next(&mut self) -> serde_json::Value {
        let mut keepalives = 0;
        // Ignore keepalive comments, but not endlessly.
        while keepalives < 3 {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("an event arrives in time") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("events are JSON");
            }
            keepalives += usize::from(line.starts_with(':'));
        }
        panic!("no event, only keepalives")
    }

    /// Waits for an event that matches.
    fn wait_for(&mut self, matches: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let event = self.next();
            if matches(&event) {
                return event;
            }
        }
    }
}

impl Response {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the page without the reload script that `serve` adds.
    fn without_script(&self) -> String {
        let text = self.text();
        let start =
            text.find("<script src=\"/.sourcewise/reload.js?v=").expect("every page has the reload script");
        let end = start
            + text[start..].find("</script>").expect("the script element is closed")
            + "</script>".len();
        format!("{}{}", &text[..start], &text[end..])
    }
}

fn has_problems(event: &serde_json::Value) -> bool {
    event["problems"] == true
}

#[test]
fn served_files_equal_built_files_plus_the_reload_script() {
    let site = SiteTest::golden_with_cards().file("content/places/own.html", "<p>no body</p>");
    let built = site.build().succeeds().public;
    let served = ServedSite::start(&site);
    assert!(built.keys().any(|path| path.starts_with("cards/")) && built.len() > 30);
    for (path, bytes) in built.iter().filter(|(path, _)| *path != ".sourcewise") {
        let answer = served.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        if String::from_utf8_lossy(bytes).contains("</html>") || path == "places/own.html" {
            assert_eq!(answer.without_script(), String::from_utf8_lossy(bytes), "{path}");
        } else {
            assert!(answer.body == *bytes, "{path}");
        }
    }
    assert_eq!(served.get("/.sourcewise").status, 404);
    assert_eq!(served.get("/").without_script().as_bytes(), built["index.html"]);
    assert_eq!(served.get("/places/").without_script().as_bytes(), built["places/index.html"]);
    let folder = served.get("/places");
    assert!(folder.status == 302 && folder.head.contains("location: /places/\r\n"), "{}", folder.head);
    let missing = served.get("/nothing.html");
    assert!(missing.status == 404 && missing.without_script().as_bytes() == built["404.html"]);
}

#[test]
fn browsers_are_notified_after_the_new_site_is_ready() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let mut events = served.events();
    let first = events.next();
    assert!(!has_problems(&first));
    let page = site.text("content/index.md");
    write(&site.path("content/index.md"), format!("{page}\nOne line more.\n").as_bytes());
    let second = events.next();
    assert_eq!(second["version"].as_u64(), first["version"].as_u64().map(|version| version + 1));
    assert!(served.get("/index.html").text().contains("One line more."));
    // Some editors write a temporary file and rename it.
    write(&site.path("content/.index.md.swp"), format!("{page}\nAnother line.\n").as_bytes());
    fs::rename(site.path("content/.index.md.swp"), site.path("content/index.md"))
        .expect("the file can be renamed");
    events.next();
    assert!(served.get("/index.html").text().contains("Another line."));
}

#[test]
fn changes_of_style_sheets_alone_are_distinguished() {
    let site = SiteTest::golden().file("templates/assets/tokens.css", ":root { --ink: black }");
    let served = ServedSite::start(&site);
    let mut events = served.events();
    let first = events.next();
    write(&site.path("templates/assets/tokens.css"), ":root { --ink: blue }".as_bytes());
    let second = events.next();
    assert!(second["version"].as_u64() > first["version"].as_u64());
    assert_eq!(second["styles_since"], first["styles_since"]);
}

#[test]
fn pages_of_an_earlier_server_are_outdated() {
    let site = SiteTest::golden();
    let versions = [(), ()].map(|()| {
        let event = ServedSite::start(&site).events().next();
        let number = |key: &str| event[key].as_u64().expect("a number");
        (number("version"), number("styles_since"))
    });
    let [(earlier, _), (version, styles_since)] = versions;
    assert!(earlier < styles_since && styles_since <= version, "{versions:?}");
    assert!(version < 1 << 53, "JavaScript's numbers hold it exactly");
}

#[test]
fn a_problem_is_shown_over_the_last_good_site_until_it_is_fixed() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let mut events = served.events();
    let first = events.next();
    let record = site.text("seeds/gazette.toml");
    write(&site.path("seeds/gazette.toml"), record.replace("fell into", "jumped <into>").as_bytes());
    let broken = events.wait_for(has_problems);
    assert_eq!(broken["version"], first["version"]);
    assert_eq!(served.get("/index.html").status, 200);
    let problems = served.get("/.sourcewise/problems").text();
    assert!(problems.contains("quote-not-found") && problems.contains("seeds/gazette.toml:"), "{problems}");
    assert!(problems.contains("jumped &lt;into&gt;") && !problems.contains("<into>"), "{problems}");
    write(&site.path("seeds/gazette.toml"), record.as_bytes());
    let fixed = events.next();
    assert!(!has_problems(&fixed) && fixed["version"] == first["version"]);
    assert_eq!(served.get("/.sourcewise/problems").status, 404);
}

#[test]
fn a_site_that_never_built_shows_its_problems() {
    let whole = SiteTest::golden().text("site.toml");
    let site = SiteTest::golden().file("site.toml", &whole.replace("title", "titel"));
    let served = ServedSite::start(&site);
    let page = served.get("/anything.html");
    assert!(page.status == 500 && page.text().contains("unknown key `titel`"), "{}", page.text());
    let mut events = served.events();
    write(&site.path("site.toml"), whole.as_bytes());
    events.wait_for(|event| !has_problems(event));
    assert_eq!(served.get("/index.html").status, 200);
}

#[test]
fn folders_can_disappear_and_reappear() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let mut events = served.events();
    events.next();
    // Without the questions, the records have errors.
    fs::rename(site.path("content"), site.path("elsewhere")).expect("the file can be renamed");
    events.wait_for(has_problems);
    fs::rename(site.path("elsewhere"), site.path("content")).expect("the file can be renamed");
    events.wait_for(|event| !has_problems(event));
    // The restored folder is watched again.
    let page = site.text("content/places/wheel.md");
    write(&site.path("content/places/wheel.md"), format!("{page}\nTurned again.\n").as_bytes());
    events.next();
    assert!(served.get("/places/wheel.html").text().contains("Turned again."));
    // So is a new folder.
    fs::create_dir_all(site.path("content/new/deep")).expect("the folders can be created");
    write(&site.path("content/new/deep/page.md"), "+++\ntitle = \"Deep\"\n+++\n".as_bytes());
    events.next();
    assert_eq!(served.get("/new/deep/page.html").status, 200);
}

#[cfg(unix)]
#[test]
fn a_symlink_loop_is_reported_and_can_be_fixed() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let mut events = served.events();
    events.next();
    std::os::unix::fs::symlink("..", site.path("content/places/loop")).expect("a link can be created");
    events.wait_for(has_problems);
    let problems = served.get("/.sourcewise/problems").text();
    assert!(problems.contains("places/loop"), "{problems}");
    fs::remove_file(site.path("content/places/loop")).expect("the link can be removed");
    events.wait_for(|event| !has_problems(event));
}

#[cfg(unix)]
#[test]
fn saves_of_files_behind_symbolic_links_are_followed() {
    use std::os::unix::fs::symlink;
    let site = SiteTest::golden();
    let page = "+++\ntitle = \"Elsewhere\"\n+++\nFirst words.\n";
    write(&site.path("../elsewhere/page.md"), page.as_bytes());
    write(&site.path("../elsewhere/site.toml"), site.text("site.toml").as_bytes());
    let site = site.without("site.toml");
    symlink(site.path("../elsewhere/page.md"), site.path("content/linked.md"))
        .expect("a link can be created");
    symlink(site.path("../elsewhere/site.toml"), site.path("site.toml")).expect("a link can be created");
    let served = ServedSite::start(&site);
    let mut events = served.events();
    events.next();
    write(&site.path("../elsewhere/page.md"), page.replace("First", "Second").as_bytes());
    events.next();
    assert!(served.get("/linked.html").text().contains("Second words."));
    // The same again, and a target that is replaced.
    write(&site.path("../elsewhere/new.md"), page.replace("First", "Third").as_bytes());
    fs::rename(site.path("../elsewhere/new.md"), site.path("../elsewhere/page.md"))
        .expect("a file can be renamed");
    events.next();
    assert!(served.get("/linked.html").text().contains("Third words."));
    let settings = site.text("site.toml").replace("title = \"", "title = \"Changed ");
    write(&site.path("../elsewhere/site.toml"), settings.as_bytes());
    events.next();
    assert!(served.get("/index.html").text().contains("Changed "));
    // A link that is created later.
    symlink(site.path("../elsewhere/late.md"), site.path("content/late.md")).expect("a link can be created");
    events.wait_for(has_problems);
    write(&site.path("../elsewhere/late.md"), page.as_bytes());
    events.wait_for(|event| !has_problems(event));
    assert!(served.get("/late.html").text().contains("First words."));
}

#[test]
fn a_site_folder_replaced_in_one_moment_is_followed() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let mut events = served.events();
    events.next();
    for (path, bytes) in site.tree("") {
        write(&site.path(&format!("../new/{path}")), &bytes);
    }
    let page = site.text("content/places/wheel.md");
    write(&site.path("../new/content/places/wheel.md"), format!("{page}\nAnother folder.\n").as_bytes());
    let above = site.path("").parent().expect("the site is in a folder").to_path_buf();
    fs::rename(site.path(""), above.join("old")).expect("the folder can be renamed");
    fs::rename(above.join("new"), site.path("")).expect("the folder can be renamed");
    events.wait_for(|_| served.get("/places/wheel.html").text().contains("Another folder."));
    write(&site.path("content/places/wheel.md"), format!("{page}\nSaved there.\n").as_bytes());
    events.wait_for(|_| served.get("/places/wheel.html").text().contains("Saved there."));
}

#[test]
fn originals_at_a_relative_path_are_followed() {
    let site = SiteTest::golden();
    write(&site.path("../papers/letter.txt"), "The old mill burnt down on Friday.".as_bytes());
    let site = site
        .file(
            "content/story.md",
            "+++\ntitle = \"A letter\"\n+++\n> The mill burnt down on Monday. [@letter]\n",
        )
        .file("seeds/letter.toml", "title = \"A letter\"\ndocument = \"letter.txt\"\n");
    let served = ServedSite::start_with(&site, &["--originals", "../papers"]);
    let mut events = served.events();
    assert!(has_problems(&events.next()));
    write(&site.path("../papers/letter.txt"), "The mill burnt down on Monday.".as_bytes());
    events.wait_for(|event| !has_problems(event));
}

#[cfg(unix)]
#[test]
fn names_of_changed_files_do_not_steer_the_terminal() {
    let site = SiteTest::golden();
    let mut served = ServedSite::start(&site);
    let mut events = served.events();
    events.next();
    write(&site.path("content/e\u{1b}[31m\u{7}\nFAKE\u{202e}.txt"), b"x");
    events.next();
    let line = served.lines.find(|line| line.contains("FAKE")).expect("the changed file is listed");
    assert!(line.starts_with("content/e\\u001b[31m\\u0007\\nFAKE\\u202e.txt: "), "{line}");
}

#[test]
fn files_outside_the_site_are_never_sent() {
    let site = SiteTest::golden().file("secret.txt", "the treasure is under the oak");
    let served = ServedSite::start(&site);
    for path in [
        "/../secret.txt",
        "/places/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/./../secret.txt",
        "//secret.txt",
        "/%252e%252e/secret.txt",
        "/places/%00/../../secret.txt",
        "/..;/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/seeds/gazette.txt",
        "/site.toml",
        "secret.txt",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 400 | 404 | 421), "{path}: {}", answer.head);
        assert!(!answer.text().contains("treasure") && !answer.text().contains("quote_words"), "{path}");
    }
    let absolute = format!("{}{}", site.path("").display(), "secret.txt");
    assert_eq!(served.get(&absolute).status, 404);
}

#[test]
fn other_methods_unknown_hosts_and_oversized_headers_are_rejected() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO"] {
        let answer = served.request(method, "/index.html", &served.address);
        assert!(
            answer.status == 405 && answer.head.contains("allow: GET, HEAD"),
            "{method}: {}",
            answer.head
        );
    }
    let head = served.request("HEAD", "/index.html", &served.address);
    assert!(head.status == 200 && head.body.is_empty());
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "localhost:80@evil.example",
        "[::1].evil.example",
    ] {
        assert_eq!(served.request("GET", "/index.html", host).status, 421, "{host}");
    }
    assert_eq!(served.request("GET", "/index.html", "localhost:1").status, 200);
    assert_eq!(served.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    for hosts in ["Host: localhost\r\nHost: evil.example", "Host: localhost\r\nHOST: localhost"] {
        let answer = served.send(&format!("GET / HTTP/1.1\r\n{hosts}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 400, "{hosts}");
    }
    for (target, status) in
        [("http://localhost/", 200), ("http://evil.example/", 421), ("http://localhost@evil.example/", 421)]
    {
        assert_eq!(served.request("GET", target, "localhost").status, status, "{target}");
        assert_eq!(served.request("GET", target, "evil.example").status, 421, "{target}");
    }
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1 << 20));
    assert!(matches!(served.send(&long).status, 431 | 0));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: a\r\n".repeat(500));
    assert!(matches!(served.send(&many).status, 400 | 431));
    for bad in [
        "",
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9\r\n\r\n",
        "\u{16}\u{3}\u{1}\0",
        "GET / HTTP/1.1\nHost: a\n b\n\n",
    ] {
        let stream = served.connect();
        (&stream).write_all(bad.as_bytes()).expect("the server accepts requests");
    }
    // The server still responds, also with many idle connections.
    let idle: Vec<TcpStream> = (0..400).map(|_| served.connect()).collect();
    assert_eq!(served.get("/index.html").status, 200);
    drop(idle);
}

#[test]
fn a_chosen_port_that_is_in_use_is_an_error() {
    let site = SiteTest::golden();
    let served = ServedSite::start(&site);
    let port = served.address.rsplit(':').next().expect("the address has a port");
    let ran = site.run(&["serve", "--port", port]).cannot_run();
    ran.stderr_contains(&format!("port {port} is in use"));
}

#[test]
fn serve_writes_no_files() {
    let site = SiteTest::golden_with_cards();
    let before = site.tree("");
    let served = ServedSite::start(&site);
    assert_eq!(served.get("/cards/index.png").status, 200);
    drop(served);
    assert!(site.tree("") == before);
    assert!(!Path::new(&site.path("public")).exists());
}
