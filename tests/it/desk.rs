//! Tests of `sourcewise desk`: what its interface replies, what it writes, and which requests it refuses.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

use crate::serve::{MAX_WAIT, Response, ServedSite};
use crate::support::{SiteTest, write};

const DOCUMENT: &str = "Fire at the mill\n\nThe mill at the ford burnt down on Friday. According to the night watch, lightning \
    struck it at ten in the evening.\n\nThe owner puts the loss at 900 crowns – “more than the mill earned in ten years”. 😀 \
    Nobody was hurt.\n";
const CAUSE: &str = "+++\ntitle = \"What set fire to the mill?\"\nshort = \"Cause\"\nterms = [\"lightning\", \"lamp\"]\n\n\
    [positions]\nlightning = \"Lightning\"   # as most say\n+++\nWhy it matters.\n";
const COST: &str = "+++\ntitle = \"What did the fire cost?\"\nterms = [\"crowns\"]\n+++\n";
const RECORD: &str = "# The paper of record.\ntitle = \"Fire at the mill\"\nsilent = [\"cost\"]   # so far\n";

fn site() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"The mill\"\ncards = false\n[limits]\nquote_words = 12\n")
        .file("content/questions/cause.md", CAUSE)
        .file("content/questions/cost.md", COST)
        .file("seeds/gazette.toml", RECORD)
        .file("seeds/gazette.txt", DOCUMENT)
        .file("seeds/letter.txt", "A letter\n\nIt was a lamp that fell, says the miller.\n")
}

/// A running desk with its cookie.
struct Desk {
    served: ServedSite,
    cookie: String,
}

impl Desk {
    fn open(site: &SiteTest) -> Self {
        let served = ServedSite::start_command(site, "desk", &[]);
        let token = served.first_line.split("token=").nth(1).expect("the address has a token");
        let token = token.split(' ').next().unwrap_or_default();
        let port = served.address.split(':').nth(1).expect("the address has a port");
        let cookie = format!("sourcewise_desk_{port}={token}");
        Self { served, cookie }
    }

    fn get(&self, call: &str) -> Value {
        let response = self.ask(&format!("GET /desk/api/{call} HTTP/1.1"), &self.headers(), "");
        assert_eq!(response.status, 200, "{call}: {}", response.text());
        parse(&response)
    }

    fn headers(&self) -> Vec<String> {
        vec![
            format!("Host: {}", self.served.address),
            format!("Cookie: {}", self.cookie),
            format!("Origin: http://{}", self.served.address),
            "Content-Type: application/json".to_owned(),
        ]
    }

    /// Sends a request with these headers.
    fn ask(&self, line: &str, headers: &[String], body: &str) -> Response {
        let length = format!("Content-Length: {}", body.len());
        self.served.send(&format!("{line}\r\n{}\r\n{length}\r\n\r\n{body}", headers.join("\r\n")))
    }

    fn post(&self, call: &str, body: &Value) -> (u16, Value) {
        let response =
            self.ask(&format!("POST /desk/api/{call} HTTP/1.1"), &self.headers(), &body.to_string());
        (response.status, parse(&response))
    }

    /// Carries out an action, which must succeed.
    fn run(&self, action: &Value) -> Value {
        let (status, reply) = self.post("do", action);
        assert_eq!(status, 200, "{action}: {reply}");
        reply
    }
}

fn parse(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_else(|_| panic!("no JSON: {}", response.text()))
}

fn answer(summary: &str, quotes: &[&str]) -> Value {
    json!({"question": "cause", "position": "lightning", "new_position": null, "summary": summary, "quotes": quotes,
        "voice": "attributed", "to": "the night watch", "context": null})
}

fn save(source: &str, id: Option<&str>, answer: &Value) -> Value {
    json!({"action": "save-answer", "source": source, "id": id, "answer": answer})
}

#[test]
fn the_board_shows_the_state_of_every_cell() {
    let desk = Desk::open(&site());
    let board = desk.get("board");
    assert_eq!(board["cells"], json!([["suggested", "suggested"], ["silent", "unexamined"]]));
    assert_eq!((&board["read"], &board["cells_total"]), (&json!(1), &json!(4)));
    assert_eq!(board["sources"][1]["has_record"], false);
    assert_eq!(board["questions"][0]["positions"], json!([{"id": "lightning", "label": "Lightning"}]));
}

#[test]
fn the_board_shows_what_only_rendering_all_pages_finds() {
    let site = site()
        .file("site.toml", "title = \"The mill\"\n")
        .file("content/fire.md", "+++\ntitle = \"火\"\n+++\nA fire.\n");
    let desk = Desk::open(&site);
    let codes = || -> Vec<String> {
        let problems = desk.get("board")["problems"].clone();
        let problems = problems.as_array().expect("a list").iter();
        problems.map(|problem| problem["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let start = Instant::now();
    while !codes().contains(&"card-font".to_owned()) {
        assert!(start.elapsed() < MAX_WAIT, "{:?}", codes());
    }
    assert_eq!(desk.served.get("/cards/fire.png").status, 404);
    assert_eq!(desk.served.get("/cards/index.png").status, 200);
}

#[test]
fn the_reader_shows_paragraphs_answers_and_passages() {
    let site = site();
    let desk = Desk::open(&site);
    desk.run(&save("gazette", None, &answer("Lightning.", &["lightning struck it", "a dragon did it"])));
    let reader = desk.get("source/gazette");
    let kinds: Vec<&str> = reader["document"]["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .filter_map(|block| block["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["heading", "text", "text"]);
    let answer = &reader["answers"][0];
    assert_eq!(answer["quotes"][0]["ranges"], json!([{"block": 1, "start": 73, "end": 92}]));
    assert_eq!(answer["quotes"][0]["place"], "paragraph 2");
    assert_eq!(answer["quotes"][1]["text"], Value::Null);
    assert_eq!(answer["problems"][0]["code"], "quote-not-found");
    assert_eq!(reader["silences"], json!([{"question": "cost", "reason": null}]));
    let passage = &reader["passages"][0];
    assert_eq!(
        (&passage["question"], &passage["voice"], &passage["to"]),
        (&json!("cause"), &json!("attributed"), &json!("the night watch"))
    );
}

#[test]
fn a_selection_becomes_a_quote_of_whole_words() {
    let site = site();
    let desk = Desk::open(&site);
    let prove = |from: usize, to: usize| {
        let selection = json!({"source": "gazette", "from": {"block": 2, "offset": from}, "to": {"block": 2, "offset": to}});
        desk.post("prove", &selection).1
    };
    // From within “loss” to within “crowns”.
    let proof = prove(20, 35);
    assert_eq!(
        (&proof["proved"], &proof["quote"], &proof["words"]),
        (&json!(true), &json!("loss at 900 crowns"), &json!(4))
    );
    assert_eq!(proof["ranges"], json!([{"block": 2, "start": 19, "end": 37}]));
    // Backwards, over the face, which is two UTF-16 units long.
    assert_eq!(prove(93, 71)["quote"], "ten years”. 😀 Nobody was");
    assert_eq!(prove(38, 39)["proved"], false);
    let beyond =
        json!({"source": "gazette", "from": {"block": 9, "offset": 0}, "to": {"block": 9, "offset": 1}});
    assert_eq!(desk.post("prove", &beyond).0, 422);
}

#[test]
fn an_answer_is_written_as_a_person_would_write_it() {
    let site = site();
    let desk = Desk::open(&site);
    let quotes = ["lightning struck it at ten in the evening"];
    let done = desk.run(&save("gazette", None, &answer("Lightning struck the mill.", &quotes)));
    let expected = format!(
        "{RECORD}\n[[answer]]\nquestion = \"cause\"\nposition = \"lightning\"\nsummary = \"Lightning struck the mill.\"\n\
         quotes = [\"lightning struck it at ten in the evening\"]\nvoice = \"attributed\"\nto = \"the night watch\"\n"
    );
    assert_eq!(site.text("seeds/gazette.toml"), expected);
    site.check().succeeds().stdout_contains("no problems");
    let changed = answer("The night watch saw lightning.", &quotes);
    let done = desk.run(&save("gazette", done["id"].as_str(), &changed));
    assert_eq!(
        site.text("seeds/gazette.toml"),
        expected.replace("Lightning struck the mill.", "The night watch saw lightning.")
    );
    desk.run(&json!({"action": "delete-answer", "source": "gazette", "id": done["id"]}));
    assert_eq!(site.text("seeds/gazette.toml"), RECORD);
}

#[test]
fn a_bare_document_gets_a_record_and_a_question_a_position() {
    let site = site();
    let desk = Desk::open(&site);
    let mut answer = answer("A lamp fell.", &["It was a lamp that fell"]);
    answer["position"] = Value::Null;
    answer["new_position"] = json!("A lamp");
    let (_, checked) = desk.post("check", &json!({"source": "letter", "id": null, "answer": answer}));
    assert_eq!(checked["problems"], json!([]), "the new position counts before it is saved");
    desk.run(&save("letter", None, &answer));
    let record = site.text("seeds/letter.toml");
    assert!(
        record.contains("title = \"A letter\"\n") && record.contains("position = \"a-lamp\"\n"),
        "{record}"
    );
    assert_eq!(
        site.text("content/questions/cause.md"),
        CAUSE.replace("# as most say\n", "# as most say\na-lamp = \"A lamp\"\n")
    );
    site.check().succeeds();
}

#[test]
fn silence_ends_when_an_answer_is_saved() {
    let site = site();
    let desk = Desk::open(&site);
    desk.run(&json!({"action": "set-silent", "source": "gazette", "question": "cause", "reason": null}));
    assert!(site.text("seeds/gazette.toml").contains("silent = [\"cost\", \"cause\"]   # so far\n"));
    desk.run(&save("gazette", None, &answer("Lightning.", &["lightning struck it"])));
    assert!(site.text("seeds/gazette.toml").contains("silent = [\"cost\"]   # so far\n"));
    site.check().succeeds();
}

#[test]
fn questions_and_positions_are_written_and_changed() {
    let site = site();
    let desk = Desk::open(&site);
    let question = json!({"action": "new-question", "title": "Who owned the mill?", "short": "Owner",
        "terms": ["own*"], "positions": ["The miller", "The town"]});
    assert_eq!(desk.run(&question)["question"], "owner");
    let text = site.text("content/questions/owner.md");
    assert!(text.contains("the-miller = \"The miller\"\nthe-town = \"The town\"\n"), "{text}");
    desk.run(&save("gazette", None, &answer("Lightning.", &["lightning struck it"])));
    let mut second = answer("A storm.", &[]);
    second["new_position"] = json!("A storm");
    desk.run(&save("letter", None, &second));
    desk.run(
        &json!({"action": "merge-positions", "question": "cause", "from": "a-storm", "into": "lightning"}),
    );
    assert_eq!(site.text("content/questions/cause.md"), CAUSE);
    assert!(site.text("seeds/letter.toml").contains("position = \"lightning\"\n"));
    desk.run(&json!({"action": "rename-position-label", "question": "cause", "position": "lightning", "label": "A bolt"}));
    assert_eq!(site.text("content/questions/cause.md"), CAUSE.replace("\"Lightning\"   #", "\"A bolt\"   #"));
}

#[test]
fn undo_returns_the_first_bytes_and_redo_the_last() {
    let site = site();
    let desk = Desk::open(&site);
    let before = site.tree("");
    let mut with_position = answer("A lamp fell.", &["It was a lamp that fell"]);
    with_position["new_position"] = json!("A lamp");
    desk.run(&save("letter", None, &with_position));
    desk.run(
        &json!({"action": "set-silent", "source": "letter", "question": "cost", "reason": "only the lamp"}),
    );
    let after = site.tree("");
    assert_ne!(before, after);
    desk.run(&json!({"action": "undo"}));
    desk.run(&json!({"action": "undo"}));
    let files = |tree: std::collections::BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        tree.into_iter().filter(|(path, _)| !path.starts_with(".sourcewise")).collect()
    };
    assert_eq!(files(site.tree("")), files(before));
    desk.run(&json!({"action": "redo"}));
    let done = desk.run(&json!({"action": "redo"}));
    assert_eq!(files(site.tree("")), files(after));
    assert_eq!(done["history"]["redo"], Value::Null);
}

#[test]
fn changes_made_elsewhere_are_kept() {
    let site = site();
    let desk = Desk::open(&site);
    let id = desk.run(&save("gazette", None, &answer("Lightning.", &["lightning struck it"])))["id"].clone();
    // Someone edits another part of the record: the change still fits.
    let edited = site.text("seeds/gazette.toml").replace("# The paper of record.", "# Founded in 1812.");
    write(&site.path("seeds/gazette.toml"), edited.as_bytes());
    let id =
        desk.run(&save("gazette", id.as_str(), &answer("A bolt.", &["lightning struck it"])))["id"].clone();
    assert!(site.text("seeds/gazette.toml").starts_with("# Founded in 1812.\n"));
    // Someone edits the answer itself.
    let edited = site.text("seeds/gazette.toml").replace("A bolt.", "A flash.");
    write(&site.path("seeds/gazette.toml"), edited.as_bytes());
    let (status, reply) = desk.post("do", &save("gazette", id.as_str(), &answer("Thunder.", &[])));
    assert_eq!((status, &reply["error"]["kind"]), (409, &json!("changed")));
    assert_eq!(reply["error"]["current"]["summary"], "A flash.");
    assert_eq!(site.text("seeds/gazette.toml"), edited);
    // Undo would change the edited answer, too, so it is refused.
    let (status, _) = desk.post("do", &json!({"action": "undo"}));
    assert_eq!((status, site.text("seeds/gazette.toml")), (409, edited));
}

#[cfg(unix)]
#[test]
fn a_record_that_is_a_pipe_is_not_read() {
    let site = site();
    let desk = Desk::open(&site);
    let site = site.without("seeds/gazette.toml");
    let made = Command::new("mkfifo").arg(site.path("seeds/gazette.toml")).status();
    assert!(made.expect("mkfifo can be run").success());
    let (status, reply) = desk.post("do", &save("gazette", None, &answer("Lightning.", &[])));
    assert_eq!((status, &reply["error"]["kind"]), (500, &json!("io")), "{reply}");
    desk.run(&save("letter", None, &answer("Lightning.", &[])));
}

#[test]
fn a_desk_says_which_entries_of_its_history_are_ignored() {
    let site = site().file(".sourcewise/history/0000000001.doing.json", "no entry");
    let mut program = Command::new(env!("CARGO_BIN_EXE_sourcewise"))
        .args(["desk", "--port", "0"])
        .current_dir(site.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo builds the program before its tests");
    let mut lines = BufReader::new(program.stdout.take().expect("stdout is piped")).lines();
    let is_address = |line: std::io::Result<String>| line.is_ok_and(|line| line.starts_with("http://"));
    assert!(lines.any(is_address), "the program prints the address");
    program.kill().expect("the desk runs until it is killed");
    let output = program.wait_with_output().expect("the process was started here");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("warning: `.sourcewise/history/0000000001.doing.json` was ignored: "), "{told}");
}

#[test]
fn a_record_with_a_syntax_error_is_never_written() {
    let site = site();
    let desk = Desk::open(&site);
    let torn = format!("{RECORD}publisher = \"The Gazette\n");
    write(&site.path("seeds/gazette.toml"), torn.as_bytes());
    let (status, reply) = desk.post("do", &save("gazette", None, &answer("Lightning.", &[])));
    assert_eq!((status, &reply["error"]["kind"]), (422, &json!("invalid")));
    assert!(reply["error"]["message"].as_str().is_some_and(|message| message.contains("line 4")), "{reply}");
    assert_eq!(site.text("seeds/gazette.toml"), torn);
    assert_eq!(desk.get("source/gazette")["problems"][0]["code"], "toml-syntax");
}

#[test]
fn the_site_shows_a_saved_answer() {
    let site = site();
    let desk = Desk::open(&site);
    let mut events = desk.served.events();
    events.next();
    desk.run(&save("gazette", None, &answer("Lightning struck the mill.", &["lightning struck it"])));
    events.next();
    assert!(desk.served.get("/compare.html").text().contains("Lightning struck the mill."));
    assert_eq!(desk.get("board")["cells"][0][0], "answered");
}

#[test]
fn the_desk_is_not_part_of_the_site() {
    let site = site();
    let _desk = Desk::open(&site);
    let built = site.build().succeeds().public;
    assert!(built.keys().all(|path| !path.contains("desk")), "{:?}", built.keys());
    let served = ServedSite::start_command(&site, "serve", &[]);
    assert_eq!(served.get("/desk/").status, 404);
}

#[test]
fn a_second_desk_on_the_folder_is_told() {
    let site = site();
    let _desk = Desk::open(&site);
    site.run(&["desk", "--port", "0"])
        .cannot_run()
        .stderr_contains("another `sourcewise desk` has this folder open");
}

#[test]
fn the_token_is_needed_for_everything() {
    let site = site();
    let desk = Desk::open(&site);
    let host = format!("Host: {}", desk.served.address);
    for path in ["/desk/", "/desk/read/gazette", "/desk/assets/app.js", "/desk/api/board", "/desk/?token=00"]
    {
        let response = desk.ask(&format!("GET {path} HTTP/1.1"), std::slice::from_ref(&host), "");
        assert_eq!(response.status, 403, "{path}");
        assert!(!response.text().contains("Cause") && !response.text().contains("gazette"), "{path}");
    }
    let token = desk.cookie.split('=').nth(1).expect("the cookie has a value");
    let first = desk.served.get(&format!("/desk/?token={token}"));
    assert!(first.status == 303 && first.head.contains("location: /desk/\r\n"), "{}", first.head);
    assert!(first.head.contains("HttpOnly; SameSite=Strict"), "{}", first.head);
    let page = desk.ask("GET /desk/ HTTP/1.1", &desk.headers(), "");
    assert!(
        page.status == 200
            && page.head.contains("content-security-policy: default-src 'none'; script-src 'self'")
    );
}

#[test]
fn requests_of_other_pages_neither_read_nor_write() {
    let site = site();
    let desk = Desk::open(&site);
    let before = site.text("seeds/gazette.toml");
    let action = save("gazette", None, &answer("Forged.", &[])).to_string();
    let post = "POST /desk/api/do HTTP/1.1";
    let with = |name: &str, value: &str| -> Vec<String> {
        let others = desk.headers().into_iter().filter(|header| !header.starts_with(&format!("{name}:")));
        let value = (!value.is_empty()).then(|| format!("{name}: {value}"));
        others.chain(value).collect()
    };
    let number = desk.served.address.split(':').nth(1).expect("a port");
    let attacks = [
        ("no token", with("Cookie", ""), 403),
        ("token of another start", with("Cookie", "sourcewise_desk=0000"), 403),
        ("foreign host, as in DNS rebinding", with("Host", &format!("evil.example:{number}")), 421),
        ("no host", with("Host", ""), 400),
        ("foreign origin", with("Origin", "http://evil.example"), 403),
        ("another port of this host", with("Origin", "http://127.0.0.1:1"), 403),
        ("hidden origin", with("Origin", "null"), 403),
        ("no origin", with("Origin", ""), 403),
        ("a simple form", with("Content-Type", "application/x-www-form-urlencoded"), 403),
        ("a form of plain text", with("Content-Type", "text/plain"), 403),
        ("a foreign page", [desk.headers(), vec!["Sec-Fetch-Site: cross-site".to_owned()]].concat(), 403),
    ];
    for (attack, headers, status) in attacks {
        let response = desk.ask(post, &headers, &action);
        assert_eq!(response.status, status, "{attack}: {}", response.text());
        assert_eq!(site.text("seeds/gazette.toml"), before, "{attack}");
    }
    let foreign = with("Origin", "http://evil.example");
    assert_eq!(desk.ask("GET /desk/api/board HTTP/1.1", &foreign, "").status, 403);
    assert_eq!(desk.ask("DELETE /desk/api/board HTTP/1.1", &desk.headers(), "").status, 405);
}

#[test]
fn ids_are_never_paths() {
    let site = site().file("secret.toml", "title = \"Secret\"\n");
    let desk = Desk::open(&site);
    let before = site.tree("");
    for id in [
        "../secret",
        "..%2fsecret",
        "/etc/passwd",
        "gazette/../../secret",
        "gazette.toml",
        "",
        "\u{0}",
        "ga\\zette",
    ] {
        let response = desk.ask(
            &format!("GET /desk/api/source/{} HTTP/1.1", id.replace('\u{0}', "%00")),
            &desk.headers(),
            "",
        );
        assert!(matches!(response.status, 404 | 400), "{id}: {}", response.status);
        assert_eq!(desk.post("do", &save(id, None, &answer("Forged.", &[]))).0, 404, "{id}");
        let mut forged = answer("Forged.", &[]);
        forged["question"] = json!(id);
        forged["new_position"] = json!("New");
        assert_eq!(desk.post("do", &save("gazette", None, &forged)).0, 404, "{id}");
    }
    assert_eq!(site.tree(""), before);
}

#[test]
fn bodies_are_bounded_and_must_be_understood() {
    let site = site();
    let desk = Desk::open(&site);
    let long = "x".repeat(2 << 20);
    let response = desk.ask("POST /desk/api/do HTTP/1.1", &desk.headers(), &long);
    assert!(matches!(response.status, 413 | 0), "{}", response.status);
    let huge = [desk.headers(), vec!["Content-Length: 104857600".to_owned()]].concat();
    let response = desk.served.send(&format!("POST /desk/api/do HTTP/1.1\r\n{}\r\n\r\n", huge.join("\r\n")));
    assert_eq!(response.status, 413);
    for lengths in ["Content-Length: +2", "Content-Length: 2\r\nContent-Length: 3"] {
        let headers = desk.headers().join("\r\n");
        let request = format!("POST /desk/api/do HTTP/1.1\r\n{headers}\r\n{lengths}\r\n\r\n{{}}");
        assert_eq!(desk.served.send(&request).status, 400, "{lengths}");
    }
    let twice = [desk.headers(), vec!["Origin: http://evil.example".to_owned()]].concat();
    assert_eq!(desk.ask("POST /desk/api/do HTTP/1.1", &twice, "{}").status, 400);
    let chunked = [desk.headers(), vec!["Transfer-Encoding: chunked".to_owned()]].concat();
    let response =
        desk.served.send(&format!("POST /desk/api/do HTTP/1.1\r\n{}\r\n\r\n0\r\n\r\n", chunked.join("\r\n")));
    assert_eq!(response.status, 411);
    for body in ["", "{", "[]", "{\"action\":\"format-disk\"}", "{\"action\":\"save-answer\"}", "\u{0}"] {
        let response = desk.ask("POST /desk/api/do HTTP/1.1", &desk.headers(), body);
        assert_eq!(response.status, 422, "{body:?}");
    }
    assert_eq!(site.text("seeds/gazette.toml"), RECORD);
}

#[test]
fn words_of_a_document_stay_text() {
    let html = "<script>alert(1)</script><img src=x onerror=alert(2)> The mill burnt, says the letter.";
    let site = site().file("seeds/letter.txt", html);
    let desk = Desk::open(&site);
    let response = desk.ask("GET /desk/api/source/letter HTTP/1.1", &desk.headers(), "");
    assert!(response.head.contains("content-type: application/json") && response.head.contains("nosniff"));
    assert!(response.head.contains("content-security-policy: default-src 'none'"), "{}", response.head);
}

#[test]
fn a_source_is_renamed_everywhere_and_the_name_returns_with_undo() {
    let site = site().file("content/index.md", "+++\ntitle = \"Home\"\n+++\nIt burnt [@gazette].\n");
    let desk = Desk::open(&site);
    let rename = |old: &str, new: &str| {
        desk.post(
            "do",
            &json!({"action": "rename", "what": "source", "question": null, "old": old, "new": new}),
        )
    };
    assert_eq!(rename("gazette", "letter").1["error"]["kind"], "invalid");
    assert_eq!(rename("nothing", "else").0, 404);
    assert_eq!(rename("gazette", "morning-gazette").0, 200);
    assert!(site.text("content/index.md").contains("[@morning-gazette]"));
    assert_eq!(
        (site.text("seeds/morning-gazette.toml"), site.text("seeds/morning-gazette.txt")),
        (RECORD.to_owned(), DOCUMENT.to_owned())
    );
    site.check().succeeds();
    desk.run(&json!({"action": "undo"}));
    assert!(site.text("content/index.md").contains("[@gazette]") && site.path("seeds/gazette.txt").exists());
}

/// Selects words in a document of one paragraph and returns the proof.
fn select(document: &str, words: &str) -> Value {
    let site = site().file("seeds/letter.txt", document);
    let desk = Desk::open(&site);
    let from = document[..document.find(words).expect("the words are there")].encode_utf16().count();
    let to = from + words.encode_utf16().count();
    let selection =
        json!({"source": "letter", "from": {"block": 0, "offset": from}, "to": {"block": 0, "offset": to}});
    desk.post("prove", &selection).1
}

#[test]
fn a_selection_keeps_signs_and_whole_compounds() {
    let document =
        "Prices rose by 5 % in May, to 4.5 million €, says a well-known speaker of self-reliance in § 12.\n";
    for (selected, quote) in [
        ("by 5 %", "by 5 %"),
        ("4.5 million €", "4.5 million €"),
        ("known speaker", "well-known speaker"),
        ("of self", "of self-reliance"),
        ("§ 12", "§ 12"),
        (" to 4.5 million €, ", "to 4.5 million €"),
    ] {
        let proof = select(document, selected);
        assert_eq!((&proof["quote"], &proof["proved"]), (&json!(quote), &json!(true)), "{selected}");
    }
}

#[test]
fn a_quote_over_a_line_end_is_written_on_one_line() {
    let document =
        "The bridge over the river Wend, which was built in 1911, would be closed\nfor at least six weeks.\n";
    let proof = select(document, "closed\nfor at least");
    assert_eq!((&proof["quote"], &proof["proved"]), (&json!("closed for at least"), &json!(true)));
}

#[test]
fn texts_that_an_edit_does_not_change_keep_their_bytes() {
    let record = "title = \"Fire\"\n[[answer]]\nquestion = \" cause \"\nposition = \" lightning \"\nsummary = \"\"\"\nOne\ntwo\n\"\"\"\n\
        quotes = [\" lightning struck it \"]\nto = \"\"\n";
    let site = site().file("seeds/gazette.toml", record);
    let desk = Desk::open(&site);
    let mut answer = desk.get("source/gazette")["answers"][0].clone();
    answer["quotes"] = json!(["lightning struck it"]);
    desk.run(&save("gazette", answer["id"].as_str(), &answer));
    assert_eq!(site.text("seeds/gazette.toml"), record);
    let mut changed = answer.clone();
    changed["new_position"] = json!("A storm");
    desk.run(&save("gazette", answer["id"].as_str(), &changed));
    assert_eq!(site.text("seeds/gazette.toml"), record.replace("\" lightning \"", "\"a-storm\""));
    desk.run(
        &json!({"action": "merge-positions", "question": "cause", "from": "a-storm", "into": "lightning"}),
    );
    assert_eq!(site.text("seeds/gazette.toml"), record.replace("\" lightning \"", "\"lightning\""));
}

#[test]
fn what_a_build_would_refuse_is_not_written() {
    let site = site();
    let desk = Desk::open(&site);
    let id = desk.run(&save("gazette", None, &answer("Lightning.", &["lightning struck it"])))["id"].clone();
    let before = site.text("seeds/gazette.toml");
    let refused = |action: &Value| {
        let (status, reply) = desk.post("do", action);
        assert!(matches!(status, 404 | 422), "{action}: {reply}");
        assert_eq!(site.text("seeds/gazette.toml"), before, "{action}");
    };
    refused(&json!({"action": "set-silent", "source": "gazette", "question": "cause", "reason": null}));
    refused(&json!({"action": "set-silent", "source": "gazette", "question": "nothing", "reason": null}));
    for (key, value) in [("position", "nothing"), ("voice", "loud"), ("question", "nothing")] {
        let mut wrong = answer("Lightning.", &[]);
        wrong[key] = json!(value);
        refused(&save("gazette", None, &wrong));
    }
    // An answer that moves to a question on which the source was silent ends the silence.
    let mut moved = answer("900 crowns.", &["900 crowns"]);
    moved["question"] = json!("cost");
    moved["new_position"] = json!("Much");
    desk.run(&save("gazette", id.as_str(), &moved));
    site.check().succeeds();
}

#[test]
fn carriage_returns_of_a_form_become_line_ends() {
    let site = site();
    let desk = Desk::open(&site);
    let wrong = answer("One.\r\nTwo.", &["a dragon did it"]);
    let (_, checked) = desk.post("check", &json!({"source": "gazette", "id": null, "answer": wrong}));
    assert_eq!(checked["problems"][0]["code"], "quote-not-found");
    assert_ne!(desk.run(&save("gazette", None, &wrong))["id"], "");
    assert!(!site.text("seeds/gazette.toml").contains("\\r"));
}
