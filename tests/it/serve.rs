//! `sourcewise serve`: what a browser gets, what it is told, and what nobody gets.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{SiteTest, write};

/// How long to wait for what should come at once, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A site that is being served. It ends when it goes.
struct Served {
    program: Child,
    address: String,
}

/// An answer: its status, its head, its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Served {
    /// Serves a site on a free port.
    fn of(site: &SiteTest) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sourcewise"))
            .args(["serve", "--port", "0"])
            .current_dir(site.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program was built before its tests");
        let mut lines = BufReader::new(program.stdout.take().expect("it was asked for")).lines();
        let line = lines.find_map(|line| line.ok().filter(|line| line.starts_with("http://")));
        let line = line.expect("it says where the site is");
        let address = line["http://".len()..].split('/').next().expect("the first part").to_owned();
        // What else it says must be taken from it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { program, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit can be set");
        stream
    }

    /// Sends a request as it is, and reads the answer to its end.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        // It may answer, and close, before it has read everything.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let body = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head, body }
    }

    fn request(&self, method: &str, path: &str, host: &str) -> Answer {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &self.address)
    }

    /// Listens as a browser does.
    fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /.sourcewise/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("it listens");
        Events(BufReader::new(stream))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself, which its test has told of.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next thing it is told.
    fn next(&mut self) -> serde_json::Value {
        let mut beats = 0;
        // Every now and then it hears that the connection holds; not that for ever.
        while beats < 3 {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("it goes on in time") > 0, "it ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("it is JSON");
            }
            beats += usize::from(line.starts_with(':'));
        }
        panic!("it is told nothing")
    }

    /// Waits until something is so.
    fn until(&mut self, what: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let event = self.next();
            if what(&event) {
                return event;
            }
        }
    }
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page without the one thing that is added to it.
    fn without_script(&self) -> String {
        let text = self.text();
        let start = text.find("<script src=\"/.sourcewise/reload.js?v=").expect("every page has the script");
        let end = start + text[start..].find("</script>").expect("it ends") + "</script>".len();
        format!("{}{}", &text[..start], &text[end..])
    }
}

fn wrong(event: &serde_json::Value) -> bool {
    event["problems"] == true
}

#[test]
fn what_is_served_is_what_is_built_and_one_script_in_every_page() {
    let site = SiteTest::golden_with_cards().file("content/places/own.html", "<p>no body</p>");
    let built = site.build().succeeds().public;
    let served = Served::of(&site);
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
fn a_save_is_told_to_browsers_after_the_new_site_is_there() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
    let mut events = served.events();
    let first = events.next();
    assert!(!wrong(&first));
    let page = site.text("content/index.md");
    write(&site.path("content/index.md"), format!("{page}\nOne line more.\n").as_bytes());
    let second = events.next();
    assert_eq!(second["version"].as_u64(), first["version"].as_u64().map(|version| version + 1));
    assert!(served.get("/index.html").text().contains("One line more."));
    // An editor that writes beside the file and then takes its name.
    write(&site.path("content/.index.md.swp"), format!("{page}\nAnother line.\n").as_bytes());
    fs::rename(site.path("content/.index.md.swp"), site.path("content/index.md")).expect("it can be renamed");
    events.next();
    assert!(served.get("/index.html").text().contains("Another line."));
}

#[test]
fn style_sheets_alone_are_told_apart() {
    let site = SiteTest::golden().file("templates/assets/tokens.css", ":root { --ink: black }");
    let served = Served::of(&site);
    let mut events = served.events();
    let first = events.next();
    write(&site.path("templates/assets/tokens.css"), ":root { --ink: blue }".as_bytes());
    let second = events.next();
    assert!(second["version"].as_u64() > first["version"].as_u64());
    assert_eq!(second["styles_since"], first["styles_since"]);
}

#[test]
fn a_problem_is_shown_over_the_last_good_site_and_goes_when_mended() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
    let mut events = served.events();
    let first = events.next();
    let record = site.text("seeds/gazette.toml");
    write(&site.path("seeds/gazette.toml"), record.replace("fell into", "jumped <into>").as_bytes());
    let broken = events.until(wrong);
    assert_eq!(broken["version"], first["version"]);
    assert_eq!(served.get("/index.html").status, 200);
    let problems = served.get("/.sourcewise/problems").text();
    assert!(problems.contains("quote-not-found") && problems.contains("seeds/gazette.toml:"), "{problems}");
    assert!(problems.contains("jumped &lt;into&gt;") && !problems.contains("<into>"), "{problems}");
    write(&site.path("seeds/gazette.toml"), record.as_bytes());
    let mended = events.next();
    assert!(!wrong(&mended) && mended["version"] == first["version"]);
    assert_eq!(served.get("/.sourcewise/problems").status, 404);
}

#[test]
fn a_site_that_never_was_good_shows_its_problems_until_it_is() {
    let whole = SiteTest::golden().text("site.toml");
    let site = SiteTest::golden().file("site.toml", &whole.replace("title", "titel"));
    let served = Served::of(&site);
    let page = served.get("/anything.html");
    assert!(page.status == 500 && page.text().contains("unknown key `titel`"), "{}", page.text());
    let mut events = served.events();
    write(&site.path("site.toml"), whole.as_bytes());
    events.until(|event| !wrong(event));
    assert_eq!(served.get("/index.html").status, 200);
}

#[test]
fn folders_may_go_and_come_back() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
    let mut events = served.events();
    events.next();
    // Without their questions, the records speak of nothing.
    fs::rename(site.path("content"), site.path("elsewhere")).expect("it can be renamed");
    events.until(wrong);
    fs::rename(site.path("elsewhere"), site.path("content")).expect("it can be renamed");
    events.until(|event| !wrong(event));
    // What comes back is watched as before.
    let page = site.text("content/places/wheel.md");
    write(&site.path("content/places/wheel.md"), format!("{page}\nTurned again.\n").as_bytes());
    events.next();
    assert!(served.get("/places/wheel.html").text().contains("Turned again."));
    // So is a folder that was not there.
    fs::create_dir_all(site.path("content/new/deep")).expect("it can be made");
    write(&site.path("content/new/deep/page.md"), "+++\ntitle = \"Deep\"\n+++\n".as_bytes());
    events.next();
    assert_eq!(served.get("/new/deep/page.html").status, 200);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_a_problem_and_no_end() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
    let mut events = served.events();
    events.next();
    std::os::unix::fs::symlink("..", site.path("content/places/loop")).expect("a link can be made");
    events.until(wrong);
    let problems = served.get("/.sourcewise/problems").text();
    assert!(problems.contains("places/loop"), "{problems}");
    fs::remove_file(site.path("content/places/loop")).expect("it can be removed");
    events.until(|event| !wrong(event));
}

#[test]
fn nothing_but_the_site_is_ever_sent() {
    let site = SiteTest::golden().file("secret.txt", "the treasure is under the oak");
    let served = Served::of(&site);
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
fn other_methods_names_and_heads_that_never_end_are_refused() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
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
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"] {
        assert_eq!(served.request("GET", "/index.html", host).status, 421, "{host}");
    }
    assert_eq!(served.request("GET", "/index.html", "localhost:1").status, 200);
    assert_eq!(served.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
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
        (&stream).write_all(bad.as_bytes()).expect("it listens");
    }
    // None of that has done any harm, nor do many that say nothing.
    let idle: Vec<TcpStream> = (0..400).map(|_| served.connect()).collect();
    assert_eq!(served.get("/index.html").status, 200);
    drop(idle);
}

#[test]
fn a_port_that_is_taken_is_refused_and_without_one_the_next_is_found() {
    let site = SiteTest::golden();
    let served = Served::of(&site);
    let port = served.address.rsplit(':').next().expect("it has a port");
    let ran = site.run(&["serve", "--port", port]).cannot_run();
    ran.stderr_contains(&format!("port {port} is in use"));
}

#[test]
fn nothing_is_written() {
    let site = SiteTest::golden_with_cards();
    let before = site.tree("");
    let served = Served::of(&site);
    assert_eq!(served.get("/cards/index.png").status, 200);
    drop(served);
    assert!(site.tree("") == before);
    assert!(!Path::new(&site.path("public")).exists());
}
