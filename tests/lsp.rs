//! `recensio lsp`, driven as an editor does.

#![allow(clippy::needless_pass_by_value, reason = "values are made where they are passed")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use support::program;

const LEFT: &str = "Он 👩 работает в области法律合规 в крупной компании и пишет об этом каждый день.\n";
const WAIT: Duration = Duration::from_secs(60);

struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    folder: tempfile::TempDir,
    number: i64,
}

impl Editor {
    fn start(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(program())
            .args([&["lsp"], args].concat())
            .env("XDG_CACHE_HOME", folder.path().join("cache"))
            .env("HOME", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let (sender, output) = channel();
        thread::spawn(move || {
            loop {
                let (mut length, mut line) = (0, String::new());
                while reader.read_line(&mut line).unwrap_or(0) > 0 && line != "\r\n" {
                    if let Some(value) = line.strip_prefix("Content-Length: ") {
                        length = value.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                if length == 0 || reader.read_exact(&mut body).is_err() {
                    return;
                }
                drop(sender.send(serde_json::from_slice(&body).unwrap()));
            }
        });
        Self { child, input, output, folder, number: 0 }
    }

    fn begun(args: &[&str], encodings: &Value) -> Self {
        let mut editor = Self::start(args);
        let root = format!("file://{}", editor.folder.path().display());
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        });
        let answer = editor.ask("initialize", json!({ "rootUri": root, "capabilities": capabilities }));
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 2);
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], encodings[0]);
        editor.tell("initialized", json!({}));
        editor
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn request(&mut self, method: &str, params: Value) -> i64 {
        self.number += 1;
        let id = self.number;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.until(|message| message["id"] == id)
    }

    fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.output.recv_timeout(WAIT).expect("the server says nothing");
            if wanted(&message) {
                return message;
            }
        }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.path().display())
    }

    fn open(&mut self, name: &str, language: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.diagnostics(name, 1)
    }

    fn diagnostics(&self, name: &str, version: i64) -> Vec<Value> {
        let uri = self.uri(name);
        let message = self.until(|m| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"] == uri
                && m["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn change(&mut self, name: &str, version: i64, changes: Value) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn actions(&mut self, name: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({ "textDocument": { "uri": self.uri(name) }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
    }

    fn end(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn range(from: [u64; 2], to: [u64; 2]) -> Value {
    json!({ "start": { "line": from[0], "character": from[1] }, "end": { "line": to[0], "character": to[1] } })
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

#[test]
fn positions_are_counted_as_agreed() {
    for (encodings, at) in
        [(json!(["utf-16"]), [24, 28]), (json!(["utf-8", "utf-16"]), [44, 56]), (json!(["utf-32"]), [23, 27])]
    {
        let mut editor = Editor::begun(&[], &encodings);
        let found = editor.open("a.txt", "plaintext", &format!("\u{feff}первая строка\r\n{LEFT}"));
        assert_eq!(codes(&found), ["leftover.script"], "{encodings}");
        assert_eq!(found[0]["range"], range([1, at[0]], [1, at[1]]), "{encodings}");
        assert_eq!((&found[0]["severity"], &found[0]["source"]), (&1.into(), &"recensio".into()));
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn options_are_those_of_the_folder_that_is_worked_in() {
    for (text, finds, told) in [
        ("", true, false),
        ("[lsp]\ndisable = [\"word.doubled\"]\n", false, false),
        ("[lsp]\ndisabel = [\"word.doubled\"]\n", true, true),
    ] {
        let mut editor = Editor::start(&[]);
        fs::write(editor.folder.path().join("recensio.toml"), text).unwrap();
        let root = format!("file://{}", editor.folder.path().display());
        let id = editor.request("initialize", json!({ "rootUri": root, "capabilities": {} }));
        let first = editor.until(|message| message["id"] == id || message["method"] == "window/showMessage");
        assert_eq!(first["method"] == "window/showMessage", told, "{first}");
        if told {
            assert!(first["params"]["message"].as_str().unwrap().contains("did you mean \"disable\"?"), "{first}");
            editor.until(|message| message["id"] == id);
        }
        editor.tell("initialized", json!({}));
        let found = editor.open("a.txt", "plaintext", "The council adopted the the rules on grain in spring.\n");
        assert_eq!(codes(&found).contains(&"word.doubled"), finds, "{found:?}");
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn messages_are_in_the_language_of_the_editor_unless_it_is_typed() {
    for (args, locale, said) in [
        (&[][..], "ru-RU", "не переведено: китайский, без пробела рядом"),
        (&[], "fr", "untranslated Chinese, without a blank beside it"),
        (&["--messages", "en"], "ru", "untranslated Chinese, without a blank beside it"),
        (&["--messages", "ru"], "en", "не переведено: китайский, без пробела рядом"),
    ] {
        let mut editor = Editor::start(args);
        editor.ask("initialize", json!({ "capabilities": {}, "locale": locale }));
        editor.tell("initialized", json!({}));
        let found = editor.open("a.txt", "plaintext", LEFT);
        assert!(found[0]["message"].as_str().unwrap().starts_with(said), "{found:?}");
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn options_are_read_again_when_their_file_changes() {
    let mut editor = Editor::start(&[]);
    let file = editor.folder.path().join("recensio.toml");
    fs::write(&file, "[lsp]\ndisable = [\"word.doubled\"]\n").unwrap();
    let root = format!("file://{}", editor.folder.path().display());
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    editor.ask("initialize", json!({ "rootUri": root, "capabilities": capabilities }));
    editor.tell("initialized", json!({}));
    let asked = editor.until(|message| message["method"] == "client/registerCapability");
    let patterns = asked["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap();
    assert!(patterns.iter().any(|one| one["globPattern"] == "**/recensio.toml"), "{asked}");
    editor.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    let text = "The council adopted the the rules on grain in spring.\n";
    assert!(editor.open("a.txt", "plaintext", text).is_empty());
    let changed = json!({ "changes": [{ "uri": editor.uri("recensio.toml"), "type": 2 }] });
    fs::write(&file, "").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(codes(&editor.diagnostics("a.txt", 1)), ["word.doubled"]);
    // What is wrong is said, and what held before holds on.
    fs::write(&file, "[lsp]\ndisabel = [\"word.doubled\"]\n").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    let told = editor.until(|message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("did you mean \"disable\"?"), "{told}");
    assert_eq!(codes(&editor.diagnostics("a.txt", 1)), ["word.doubled"]);
    // Without the file, too, there are options: those that hold everywhere.
    fs::write(&file, "[lsp]\ndisable = [\"word\"]\n").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    assert!(editor.diagnostics("a.txt", 1).is_empty());
    fs::remove_file(&file).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(codes(&editor.diagnostics("a.txt", 1)), ["word.doubled"]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn every_finding_leads_to_the_page_of_its_rule() {
    let mut editor = Editor::begun(&[], &json!(["utf-16"]));
    let found = editor.open("a.txt", "plaintext", LEFT);
    let address = found[0]["codeDescription"]["href"].as_str().unwrap();
    let page = fs::read_to_string(address.strip_prefix("file://").unwrap()).unwrap();
    assert!(page.starts_with("# leftover.script\n") && Path::new(address).ends_with("leftover.script.md"));
    editor.end();
    let mut editor = Editor::begun(&["--rule-pages", "https://example.org/rules"], &json!(["utf-16"]));
    let found = editor.open("a.txt", "plaintext", LEFT);
    assert_eq!(found[0]["codeDescription"]["href"], "https://example.org/rules/leftover.script.md");
    editor.end();
}

#[test]
fn edits_are_followed_piece_by_piece() {
    let mut editor = Editor::begun(&[], &json!(["utf-16"]));
    editor.open("a.md", "markdown", LEFT);
    // Take 法律合规 out, put it in again further on, in one message.
    let changes = json!([
        { "range": range([0, 24], [0, 28]), "text": " права" },
        { "range": range([0, 0], [0, 0]), "text": "# Заголовок\n\n" },
        { "range": range([2, 30], [2, 30]), "text": " 法律合规" },
    ]);
    editor.change("a.md", 2, changes);
    let found = editor.diagnostics("a.md", 2);
    assert_eq!((codes(&found), &found[0]["range"]), (vec!["leftover.script"], &range([2, 31], [2, 35])));
    editor.change("a.md", 3, json!([{ "text": "Здесь всё в порядке, и сказать больше нечего.\n" }]));
    assert!(editor.diagnostics("a.md", 3).is_empty());
    // Many changes in a row are looked at once, the last.
    for version in 4..=40 {
        editor.change("a.md", version, json!([{ "range": range([0, 0], [0, 0]), "text": "а" }]));
    }
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("a.md") } }));
    assert!(editor.diagnostics("a.md", 40).is_empty());
    let uri = editor.uri("a.md");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    let closed = editor.until(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
    assert_eq!(closed["params"]["diagnostics"], json!([]));
    assert_eq!(editor.end(), 0);
}

#[test]
fn quick_fixes_mend_and_suppress() {
    let text = "Новая cтатья закона вступила в силу，и всё изменилось в этом году.\n";
    let mut editor = Editor::begun(&[], &json!(["utf-16"]));
    let found = editor.open("a.md", "markdown", text);
    assert_eq!(codes(&found), ["lookalike.letter", "punctuation.cjk"]);
    let uri = editor.uri("a.md");
    let actions = editor.actions("a.md", &range([0, 8], [0, 8]), None);
    let first = &actions[0];
    assert_eq!(
        (&first["title"], &first["isPreferred"], &first["kind"]),
        (&"Write “статья”".into(), &true.into(), &"quickfix".into())
    );
    assert_eq!(first["edit"]["changes"][&uri], json!([{ "range": range([0, 6], [0, 12]), "newText": "статья" }]));
    assert_eq!(first["diagnostics"][0]["code"], "lookalike.letter");
    let comment = actions.iter().find(|a| a["title"].as_str().unwrap().contains("comment")).unwrap();
    let edit = &comment["edit"]["changes"][&uri][0];
    assert_eq!(edit["range"], range([0, 65], [0, 65]));
    // Without its reason the comment counts for nothing; with it, it does.
    let insert = edit["newText"].as_str().unwrap();
    editor.change("a.md", 2, json!([{ "range": edit["range"], "text": insert }]));
    assert_eq!(codes(&editor.diagnostics("a.md", 2)), ["lookalike.letter", "punctuation.cjk", "suppression.invalid"]);
    editor.change("a.md", 3, json!([{ "text": format!("{}{}\n", text.trim_end(), insert.replace('…', "quoted")) }]));
    assert_eq!(codes(&editor.diagnostics("a.md", 3)), ["punctuation.cjk"]);
    // Everything at once, on demand.
    editor.change("a.md", 4, json!([{ "text": text }]));
    let all = editor.actions("a.md", &range([0, 0], [0, 0]), Some("source.fixAll"));
    let edits = all[0]["edit"]["changes"][&uri].as_array().unwrap();
    assert_eq!((all.len(), edits.len(), &edits[1]["newText"]), (1, 2, &", ".into()));
    assert!(editor.actions("a.md", &range([0, 0], [0, 0]), Some("refactor")).is_empty());
    assert_eq!(editor.end(), 0);
}

#[test]
fn the_file_of_suppressions_is_written_and_heeded() {
    let mut editor = Editor::begun(&[], &json!(["utf-16"]));
    editor.open("a.txt", "plaintext", LEFT);
    let actions = editor.actions("a.txt", &range([0, 26], [0, 26]), Some("quickfix"));
    let listed = actions.iter().find(|a| a["title"].as_str().unwrap().contains(".recensio-ignore")).unwrap();
    let changes = &listed["edit"]["documentChanges"];
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&"create".into(), &editor.uri(".recensio-ignore").into()));
    let row = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert_eq!(row, "leftover.script\ta.txt\t法律合规\tlet stand in the editor\n");
    fs::write(editor.folder.path().join(".recensio-ignore"), row).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let uri = editor.uri("a.txt");
    let empty = editor.until(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
    assert_eq!(empty["params"]["diagnostics"], json!([]));
    assert_eq!(editor.end(), 0);
}

#[test]
fn nothing_that_comes_in_ends_it() {
    let mut editor = Editor::start(&[]);
    assert_eq!(editor.ask("textDocument/codeAction", json!({}))["error"]["code"], -32002);
    let answer = editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-16");
    editor.tell("initialized", json!({}));
    assert_eq!(editor.ask("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/codeAction", json!({}))["error"]["code"], -32602);
    let is_error = |code: i32| move |m: &Value| m["id"].is_null() && m["error"]["code"] == code;
    editor.raw(b"Content-Length: 9\r\n\r\n{\"a\": \xff\xff}");
    editor.until(is_error(-32700));
    editor.raw(b"hello\r\n\r\n");
    editor.until(is_error(-32700));
    for wrong in [json!([]), json!(3), json!({ "id": {} }), json!({ "id": null, "method": "x" })] {
        editor.send(&wrong);
        editor.until(is_error(-32600));
    }
    // Notifications about what is not there, or with nothing in them, say nothing.
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "$/setTrace",
        "$/cancelRequest",
        "x",
    ] {
        editor.tell(method, json!({ "textDocument": { "uri": "file:///nowhere" } }));
        editor.tell(method, json!(null));
    }
    let found = editor.open("a.txt", "plaintext", LEFT);
    assert_eq!(found.len(), 1);
    let uri = editor.uri("a.txt");
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": 3 }, "context": {} });
    assert_eq!(editor.ask("textDocument/codeAction", params)["error"]["code"], -32602);
    assert_eq!(editor.end(), 0);
    // Without a word of farewell it ends with 1.
    let mut editor = Editor::start(&[]);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
    let mut editor = Editor::start(&[]);
    drop(editor.input.take());
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_question_can_be_taken_back_while_a_text_is_looked_at() {
    let mut editor = Editor::begun(&[], &json!(["utf-16"]));
    let long = LEFT.repeat(30_000);
    let document = json!({ "uri": editor.uri("a.txt"), "languageId": "plaintext", "version": 1, "text": long });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let params =
        json!({ "textDocument": { "uri": editor.uri("a.txt") }, "range": range([0, 0], [0, 0]), "context": {} });
    let id = editor.request("textDocument/codeAction", params);
    editor.tell("$/cancelRequest", json!({ "id": id }));
    // The loop answers while the text is looked at.
    let answer = editor.output.recv_timeout(WAIT).unwrap();
    assert_eq!((&answer["id"], &answer["error"]["code"]), (&id.into(), &(-32800).into()));
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32601);
    assert!(!editor.diagnostics("a.txt", 1).is_empty());
    assert_eq!(editor.end(), 0);
}
