//! The loop: messages in, messages out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::actions::Asked;
use super::analysis::{Analyst, Done, Job, work};
use super::document::Open;
use super::pages::Pages;
use super::position::{Encoding, Places};
use super::uri;
use super::wire::{self, Incoming};
use crate::cli::args::{Command, Lsp};
use crate::cli::check::{Choice, Item, LIST};
use crate::cli::config::{NAME, Stop, settle};
use crate::cli::{Failure, plan};
use crate::error::Error;
use crate::model::Tongue;
use crate::options::{Extract, Keep, Options};

/// So long after the last change a document is looked at.
const PAUSE: Duration = Duration::from_millis(200);
/// So long the loop sleeps where nothing is due.
const IDLE: Duration = Duration::from_secs(3600);

/// Codes of errors (JSON-RPC 2.0 and LSP 3.17).
const PARSE: i32 = -32700;
const REQUEST: i32 = -32600;
const METHOD: i32 = -32601;
const PARAMS: i32 = -32602;
const NOT_BEGUN: i32 = -32002;
const CANCELLED: i32 = -32800;

/// What the loop waits for.
enum Event {
    In(Incoming),
    Done(Done),
    Closed,
}

/// Serves an editor until it says that it is enough. `argv` is what was typed: with a file of options in the folder that the editor works in, it is
/// read again; `said` is what was read so far besides it.
pub(in crate::cli) fn lsp(args: &Lsp, argv: Vec<OsString>, said: Option<String>) -> Result<ExitCode, Failure> {
    let analyst = analyst(args, Tongue::default())?;
    let (events, incoming) = channel();
    let (jobs, waiting) = channel();
    let reading = events.clone();
    thread::spawn(move || read(&reading));
    let mut server = Server {
        jobs,
        idle: Some(Idle { waiting, events, said }),
        analyst: Arc::new(analyst),
        says_language: args.messages.is_some(),
        locale: Tongue::default(),
        argv,
        can_watch: false,
        pages: Pages::new(args.rule_pages.clone()),
        open: BTreeMap::new(),
        asked: Vec::new(),
        root: None,
        encoding: Encoding::default(),
        can_make_files: false,
        state: State::New,
        trouble: None,
    };
    Ok(ExitCode::from(u8::from(!server.serve(&incoming))))
}

/// What documents are looked at with.
fn analyst(args: &Lsp, locale: Tongue) -> Result<Analyst, Error> {
    let choice = Choice::new(&args.enable, &args.disable, false).map_err(Error::Usage)?;
    let (rules, _) = plan::rules(args.rules.as_deref(), None, args.terms.as_deref(), args.glossary.as_deref())?;
    let options = Options {
        keep: Keep::All,
        extract: Extract::All,
        encoding: Some(encoding_rs::UTF_8),
        language: args.language,
        source_language: args.source_language,
        messages: args.messages.map_or(locale, Tongue::from),
        ..Options::default()
    };
    Ok(Analyst { rules, options, choice, suppressions: args.suppressions.clone() })
}

/// The options that hold in a folder, and what was read for them; `None` where they are those of the working folder.
fn options_in(folder: &Path, argv: &[OsString]) -> Result<Option<(Lsp, Option<String>)>, String> {
    let is_here = |here: PathBuf| std::fs::canonicalize(folder).is_ok_and(|folder| folder == here);
    if std::env::current_dir().is_ok_and(is_here) {
        return Ok(None);
    }
    options_of(Some(folder), argv)
}

/// Asks the editor to tell when a file changes that options or suppressions are in.
fn watch() {
    let watchers = [NAME, LIST].map(|name| json!({ "globPattern": format!("**/{name}") }));
    let options = json!({ "watchers": watchers });
    let registration =
        json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
    let params = json!({ "registrations": [registration] });
    write(&json!({ "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability", "params": params }));
}

/// The options that hold in a folder, or in the working folder.
fn options_of(folder: Option<&Path>, argv: &[OsString]) -> Result<Option<(Lsp, Option<String>)>, String> {
    let settled = settle(argv.to_vec(), folder).map_err(|stop| match stop {
        Stop::Typed(error) => error.to_string(),
        Stop::Error(error) => error.to_string(),
    })?;
    match settled.args.command {
        Command::Lsp(args) => Ok(Some((args, settled.said))),
        _ => Ok(None),
    }
}

/// Hands over what comes in.
fn read(events: &Sender<Event>) {
    let mut input = BufReader::new(io::stdin());
    while let Ok(Some(message)) = wire::read(&mut input) {
        if events.send(Event::In(message)).is_err() {
            return;
        }
    }
    drop(events.send(Event::Closed));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Begun,
    Ending,
}

/// What waits until it is known which folder is worked in.
struct Idle {
    waiting: Receiver<Job>,
    events: Sender<Event>,
    said: Option<String>,
}

struct Server {
    jobs: Sender<Job>,
    /// Before the first message.
    idle: Option<Idle>,
    analyst: Arc<Analyst>,
    /// Whether the language of messages was typed; else it is that of the editor.
    says_language: bool,
    locale: Tongue,
    /// What was typed.
    argv: Vec<OsString>,
    /// Whether the editor watches the files that it is told.
    can_watch: bool,
    pages: Pages,
    open: BTreeMap<String, Open>,
    /// Questions that wait until a document was looked at: their ids, documents and parameters.
    asked: Vec<(Value, String, Value)>,
    root: Option<PathBuf>,
    encoding: Encoding,
    can_make_files: bool,
    state: State,
    /// What the user was told last.
    trouble: Option<String>,
}

/// What a request comes to.
type Answer = Result<Value, (i32, String)>;

impl Server {
    /// Whether it ended as it should.
    fn serve(&mut self, events: &Receiver<Event>) -> bool {
        loop {
            let now = Instant::now();
            let next = self.open.values().filter_map(|open| open.due).min();
            let wait = next.map_or(IDLE, |due| due.saturating_duration_since(now));
            match events.recv_timeout(wait) {
                Ok(Event::In(Incoming::Message(message))) => {
                    if message.get("method").and_then(Value::as_str) == Some("exit") {
                        return self.state == State::Ending;
                    }
                    self.message(message);
                }
                Ok(Event::In(Incoming::Malformed(what))) => {
                    respond(&Value::Null, Err((PARSE, format!("this is no message: {what}"))));
                }
                Ok(Event::Done(done)) => self.done(done),
                Ok(Event::Closed) | Err(RecvTimeoutError::Disconnected) => return self.state == State::Ending,
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.start_due();
        }
    }

    /// Has the documents looked at that are due.
    fn start_due(&mut self) {
        let now = Instant::now();
        for (uri, open) in &mut self.open {
            if open.due.is_some_and(|due| due <= now) {
                open.due = None;
                let job = Job {
                    uri: uri.clone(),
                    name: uri::name(uri, self.root.as_deref()),
                    language: open.language.clone(),
                    text: open.text.clone(),
                    change: open.change,
                    root: self.root.clone(),
                    analyst: Arc::clone(&self.analyst),
                };
                drop(self.jobs.send(job));
            }
        }
    }

    fn message(&mut self, mut message: Value) {
        let params = message.get_mut("params").map(Value::take).unwrap_or_default();
        let method = message.get("method").and_then(Value::as_str);
        match (method, message.get("id").filter(|id| id.is_string() || id.is_number())) {
            (Some(method), Some(id)) => {
                if let Some(answer) = self.request(method, id, params) {
                    respond(id, answer);
                }
            }
            (Some(method), None) if message.get("id").is_none() => self.notification(method, &params),
            // The answer to a question of ours: there are none.
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => {}
            _ => respond(&Value::Null, Err((REQUEST, "this is neither a request nor a notification".to_owned()))),
        }
    }

    /// What a request comes to; `None` where the answer follows later.
    fn request(&mut self, method: &str, id: &Value, params: Value) -> Option<Answer> {
        match (self.state, method) {
            (State::New, "initialize") => Some(Ok(self.initialize(&params))),
            (State::New, _) => Some(Err((NOT_BEGUN, "the server was not initialized".to_owned()))),
            (_, "initialize") => Some(Err((REQUEST, "the server was initialized before".to_owned()))),
            (State::Ending, _) => Some(Err((REQUEST, "the server was shut down".to_owned()))),
            (State::Begun, "shutdown") => {
                self.state = State::Ending;
                Some(Ok(Value::Null))
            }
            (State::Begun, "textDocument/codeAction") => self.actions(id, params),
            (State::Begun, other) => Some(Err((METHOD, format!("there is no method {other}")))),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.state = State::Begun;
        self.encoding = Encoding::agreed(params.pointer("/capabilities/general/positionEncodings"));
        let operations = params.pointer("/capabilities/workspace/workspaceEdit/resourceOperations");
        let operations = operations.and_then(Value::as_array);
        self.can_make_files = operations.is_some_and(|all| all.iter().any(|one| one == "create"));
        let watches = params.pointer("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration");
        self.can_watch = watches == Some(&Value::Bool(true));
        let folder = params.pointer("/workspaceFolders/0/uri").or_else(|| params.get("rootUri"));
        self.root = folder.and_then(Value::as_str).and_then(uri::path);
        self.locale = params.get("locale").and_then(Value::as_str).map(Tongue::of).unwrap_or_default();
        if let Some(analyst) = Arc::get_mut(&mut self.analyst).filter(|_| !self.says_language) {
            analyst.options.messages = self.locale;
        }
        self.begin();
        json!({
            "capabilities": {
                "positionEncoding": self.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.recensio"] },
            },
            "serverInfo": { "name": "recensio", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// Starts the work, with the options of the folder that is worked in.
    fn begin(&mut self) {
        let Some(Idle { waiting, events, said }) = self.idle.take() else { return };
        let inside = self.root.as_deref().map_or(Ok(None), |root| options_in(root, &self.argv));
        if !self.take_over(inside)
            && let Some(said) = said
        {
            log(3, &said);
        }
        thread::spawn(move || work(&waiting, |done| drop(events.send(Event::Done(done)))));
    }

    /// Takes over other options, and says which file they are from; where something is wrong with them, those that hold stay.
    fn take_over(&mut self, settled: Result<Option<(Lsp, Option<String>)>, String>) -> bool {
        let made = settled.and_then(|settled| {
            let Some((args, said)) = settled else { return Ok(None) };
            let analyst = analyst(&args, self.locale).map_err(|error| error.to_string())?;
            Ok(Some((args, said, analyst)))
        });
        match made {
            Ok(Some((args, said, analyst))) => {
                self.analyst = Arc::new(analyst);
                self.pages = Pages::new(args.rule_pages);
                if let Some(said) = said {
                    log(3, &said);
                }
                true
            }
            Ok(None) => false,
            Err(what) => {
                let message = format!("{what}; the options of this folder do not hold until that is mended");
                send("window/showMessage", &json!({ "type": 1, "message": message }));
                false
            }
        }
    }

    fn notification(&mut self, method: &str, params: &Value) {
        if self.state != State::Begun {
            return;
        }
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default();
        match method {
            "textDocument/didOpen" => {
                let Some(text) = document["text"].as_str().filter(|_| !uri.is_empty()) else { return };
                let change = self.open.get(uri).map_or(1, |open| open.change + 1);
                let open = Open {
                    text: text.to_owned(),
                    version: document["version"].as_i64().unwrap_or_default(),
                    change,
                    language: document["languageId"].as_str().unwrap_or_default().to_owned(),
                    due: Some(Instant::now()),
                    found: None,
                };
                self.open.insert(uri.to_owned(), open);
            }
            "textDocument/didChange" => {
                let Some(open) = self.open.get_mut(uri) else { return };
                let changes = params["contentChanges"].as_array().map(Vec::as_slice).unwrap_or_default();
                open.version = document["version"].as_i64().unwrap_or(open.version);
                open.due = Some(Instant::now() + PAUSE);
                if !open.change(changes, self.encoding) {
                    log(1, "a change was malformed; close the document and open it again");
                }
            }
            "textDocument/didSave" => {
                if let Some(open) = self.open.get_mut(uri) {
                    open.due = Some(Instant::now());
                }
            }
            "textDocument/didClose" if self.open.remove(uri).is_some() => {
                send("textDocument/publishDiagnostics", &json!({ "uri": uri, "diagnostics": [] }));
                self.answer_asked(uri);
            }
            "initialized" if self.can_watch => watch(),
            // The file of suppressions may have changed, or that of the options.
            "workspace/didChangeWatchedFiles" => {
                let changes = params["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
                let is_options = |change: &Value| {
                    change["uri"].as_str().and_then(uri::path).is_some_and(|path| path.ends_with(NAME))
                };
                if changes.iter().any(is_options) {
                    let settled = options_of(self.root.as_deref(), &self.argv);
                    self.take_over(settled);
                }
                for open in self.open.values_mut() {
                    open.due = Some(Instant::now());
                }
            }
            "$/cancelRequest" => {
                let id = &params["id"];
                if let Some(at) = self.asked.iter().position(|(asked, _, _)| asked == id) {
                    let (id, _, _) = self.asked.remove(at);
                    respond(&id, Err((CANCELLED, "cancelled".to_owned())));
                }
            }
            _ => {}
        }
    }

    /// A document was looked at.
    fn done(&mut self, done: Done) {
        let Done { uri, found, trouble } = done;
        if trouble != self.trouble {
            if let Some(what) = &trouble {
                log(2, what);
            }
            self.trouble = trouble;
        }
        let Some(open) = self.open.get_mut(&uri).filter(|open| open.change == found.change) else { return };
        open.found = Some(found);
        self.publish(&uri);
        self.answer_asked(&uri);
    }

    fn publish(&self, uri: &str) {
        let Some(open) = self.open.get(uri) else { return };
        let Some(found) = open.fresh() else { return };
        let places = Places::new(&open.text, self.encoding);
        let diagnostics: Vec<Value> = found.items.iter().map(|item| self.diagnostic(item, &places)).collect();
        let params = json!({ "uri": uri, "version": open.version, "diagnostics": diagnostics });
        send("textDocument/publishDiagnostics", &params);
    }

    fn diagnostic(&self, item: &Item, places: &Places<'_>) -> Value {
        let finding = &item.finding;
        let severity = match finding.severity.as_str() {
            "error" => 1,
            "warning" => 2,
            _ => 3,
        };
        let mut out = json!({
            "range": places.range(item.at),
            "severity": severity,
            "code": finding.rule,
            "source": "recensio",
            "message": finding.message,
            "data": { "fingerprint": finding.fingerprint },
        });
        if let (Some(address), Some(fields)) = (self.pages.address(&finding.rule), out.as_object_mut()) {
            fields.insert("codeDescription".to_owned(), json!({ "href": address }));
        }
        out
    }

    fn actions(&mut self, id: &Value, params: Value) -> Option<Answer> {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(open) = self.open.get_mut(&uri) else {
            return Some(Err((PARAMS, format!("{uri} is not open"))));
        };
        if open.fresh().is_some() {
            return Some(self.answer(&uri, &params));
        }
        // It is looked at now, and answered then.
        if open.due.is_some() {
            open.due = Some(Instant::now());
        }
        self.asked.push((id.clone(), uri, params));
        None
    }

    /// Answers the questions about a document that was looked at or is not open any more.
    fn answer_asked(&mut self, uri: &str) {
        let (ready, waiting) = std::mem::take(&mut self.asked).into_iter().partition(|(_, about, _)| about == uri);
        self.asked = waiting;
        let ready: Vec<(Value, String, Value)> = ready;
        for (id, uri, params) in ready {
            let answer = self.answer(&uri, &params);
            respond(&id, answer);
        }
    }

    fn answer(&self, uri: &str, params: &Value) -> Answer {
        let Some(document) = self.open.get(uri) else { return Ok(json!([])) };
        let Some(found) = document.fresh() else { return Ok(json!([])) };
        let places = Places::new(&document.text, self.encoding);
        let Some(span) = places.span(&params["range"]) else {
            return Err((PARAMS, "range: two positions are needed".to_owned()));
        };
        let only = params.pointer("/context/only").and_then(Value::as_array).map(Vec::as_slice);
        let name = uri::name(uri, self.root.as_deref());
        let asked = Asked {
            uri,
            name: &name,
            document,
            found,
            places: &places,
            root: self.root.as_deref(),
            can_make_files: self.can_make_files,
        };
        Ok(asked.actions(span, only, |item| self.diagnostic(item, &places)))
    }
}

fn respond(id: &Value, answer: Answer) {
    write(&match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, message)) => json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }),
    });
}

fn log(severity: u8, message: &str) {
    send("window/logMessage", &json!({ "type": severity, "message": message }));
}

fn send(method: &str, params: &Value) {
    write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
}

/// An editor that does not read any more closes its end soon, and that ends the loop.
fn write(message: &Value) {
    drop(wire::write(&mut io::stdout().lock(), message));
}
