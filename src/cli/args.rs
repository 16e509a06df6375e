//! What was typed.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, CommandFactory as _, Parser, Subcommand, ValueEnum};

use super::memory::Memory;
use crate::model::{LanguageTag, Tongue};

/// Cleans scraped and machine-translated articles into a structured JSON corpus.
#[derive(Debug, Parser)]
#[command(
    name = "recensio",
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 1 done, but some document failed or `check` found something; 2 could not run; 130 or 143 \
                  interrupted: the same command goes on."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// What is said on standard error: `text` for people, or `json`, an object a line, for programs.
    #[arg(long, value_enum, global = true, default_value_t = Format::Text)]
    pub(super) log: Format,
    /// The file of options to read; else recensio.toml in the working folder or the nearest of its parents.
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Read no file of options.
    #[arg(long, global = true)]
    pub(super) no_config: bool,
    /// A set of options: corpus, search, translate, policy, or one of the file of options.
    #[arg(long, value_name = "NAME", global = true)]
    pub(super) profile: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a corpus of the input (the default command).
    Run(Run),
    /// Report what a translator or editor should look at, and write no corpus.
    Check(Check),
    /// List the checks with what holds of each where nothing is said, or print the page of a rule.
    Rules(Rules),
    /// Serve an editor with findings and what can be done about them (Language Server Protocol, over standard input and output).
    Lsp(Lsp),
    /// Say which rule removed or flagged something, and what was kept instead.
    Why(Why),
    /// Check that a corpus is whole and consistent: checksums, schema, places, references, sums.
    Verify(Verify),
    /// Print what is in a corpus, in figures.
    Stats(Stats),
    /// Write a corpus in a form that other tools read: Parquet, Arrow, tables, data sets.
    Convert(Convert),
    /// Write what a search engine is fed with: records, settings, and only what has changed with --since.
    Feed(super::feed::Feed),
    /// Make or bring up to date an index that `recensio search` asks.
    Index(super::index::Index),
    /// Search an index that `recensio index` made.
    Search(super::index::Search),
    /// Print the JSON Schema of the output, or the reference of its fields made from it.
    Schema(Schema),
    /// Write a commented recensio.toml into a folder.
    Init(Init),
    /// Show which options hold and where each comes from.
    Config(Config),
    /// Print the completions of a shell.
    Completions(Completions),
    /// Write the man pages into a folder.
    Man(Man),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Messages {
    /// English.
    En,
    /// Russian.
    Ru,
}

impl From<Messages> for Tongue {
    fn from(messages: Messages) -> Self {
        match messages {
            Messages::En => Self::English,
            Messages::Ru => Self::Russian,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct Schema {
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = SchemaFormat::Json)]
    pub(super) format: SchemaFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaFormat {
    /// As a JSON Schema.
    Json,
    /// As a page of Markdown.
    Markdown,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Init {
    /// The folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Config {
    #[command(subcommand)]
    pub(super) job: ConfigJob,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigJob {
    /// Show the options of a command line, with where each comes from.
    Show(Show),
    /// Print the reference of everything that can be configured, as Markdown.
    Reference,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Show {
    /// How they are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// The command line that is asked about, without `recensio`; what stands after its command is not looked at as options of this one.
    #[arg(value_name = "COMMAND", trailing_var_arg = true, allow_hyphen_values = true, default_value = "run")]
    pub(super) line: Vec<OsString>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Man {
    /// The folder, made where it is not there.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Run {
    #[command(flatten)]
    pub(super) input: Input,
    /// The folder that the corpus is written to.
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub(super) output: PathBuf,
    /// Compare with the corpus that an earlier run wrote to this folder, too, without reading its sources again: what it holds goes.
    #[arg(long, value_name = "DIR")]
    pub(super) against: Option<PathBuf>,
    /// What was decided in a review (recensio check --format html saves it as decisions.jsonl): what was rejected is not reported, only counted.
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Option<PathBuf>,
    /// Also write what has a date as timeline.csv and timeline.ics, each with its sentence.
    #[arg(long)]
    pub(super) timeline: bool,
    /// Also write the entities of all documents as a table, a line for each document that names one.
    #[arg(long, value_name = "FILE")]
    pub(super) entities_csv: Option<PathBuf>,
    /// Also write what these search engines are fed with, each into feeds/ENGINE of the output folder, as recensio feed does; commas between them.
    #[arg(long, value_enum, value_name = "ENGINE", value_delimiter = ',')]
    pub(super) feed: Vec<super::feed::To>,
    /// With --feed: the manifest.jsonl of an earlier feed, of any engine: only what is new, changed or gone since is written.
    #[arg(long, value_name = "MANIFEST", requires = "feed")]
    pub(super) since: Option<PathBuf>,
    /// Also make or bring up to date the index that recensio search asks, in index of the output folder.
    #[arg(long)]
    pub(super) index: bool,
    #[command(flatten)]
    pub(super) entries: super::feed::Entries,
    /// Also write the figures of the run, its time and its memory to a file (OpenMetrics).
    #[arg(long, value_name = "FILE")]
    pub(super) metrics: Option<PathBuf>,
    /// Start over, instead of going on from what an earlier run left or redoing only what has changed since.
    #[arg(long, conflicts_with = "resume")]
    pub(super) fresh: bool,
    /// Go on from what an earlier run left; this is the default.
    #[arg(long)]
    pub(super) resume: bool,
    /// Say what would be read, removed and written, and write nothing: everything is worked out as in a run.
    #[arg(long, conflicts_with_all = ["fresh", "resume"])]
    #[expect(clippy::struct_field_names, reason = "it is what the option is called")]
    pub(super) dry_run: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,
    /// Also look for what these rules find (or families of rules, or all); commas between them.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) enable: Vec<String>,
    /// Do not look for what these rules find (or families of rules, or all); commas between them.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) disable: Vec<String>,
    /// The least severity that makes the exit code 1; all findings are printed.
    #[arg(long, value_enum, default_value_t = LeastSeverity::Note)]
    pub(super) severity: LeastSeverity,
    /// A file of findings that are left for later: only others are reported, and how many of them are gone is told.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found now to the file of --baseline, and report none of it.
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "watch"])]
    pub(super) write_baseline: bool,
    /// A file that says what may stand, and why: rule, documents, fragment and reason, with tabs between them. Default: .recensio-ignore, where it is there.
    #[arg(long, value_name = "FILE")]
    pub(super) suppressions: Option<PathBuf>,
    /// What was decided in a review: what was rejected is not reported again.
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Option<PathBuf>,
    /// Show what can be mended without a person's judgement, as a diff, and change nothing (plain text and Markdown).
    #[arg(long, conflicts_with = "watch")]
    pub(super) fix: bool,
    /// With --fix: mend it in the files themselves; of standard input, print the mended text.
    #[arg(long, requires = "fix")]
    pub(super) write: bool,
    /// Check again whenever a file changes.
    #[arg(long)]
    pub(super) watch: bool,
    /// What standard input is called; its ending says what it is.
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_name: Option<String>,
    /// Whether colours are used; NO_COLOR is heeded.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(super) color: Colour,
    /// Where the pages of the rules (docs/rules/) are on the web, for the links of SARIF.
    #[arg(long, value_name = "URL", value_parser = web_folder)]
    pub(super) rule_pages: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CheckFormat {
    /// Each finding in its line, for people.
    Text,
    /// An object a line.
    Json,
    /// SARIF 2.1.0, with what was suppressed.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A page to review the findings on; what is decided there is saved as decisions.jsonl.
    Html,
    /// Tab-separated values with a line of names.
    Tsv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LeastSeverity {
    Error,
    Warning,
    Note,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

/// The address of a folder, with the slash at its end.
fn web_folder(text: &str) -> Result<String, String> {
    let is_web = ["https://", "http://", "file://"].iter().any(|scheme| text.starts_with(scheme));
    if !is_web || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("give the address of a folder, such as https://example.org/docs/rules/".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[derive(Debug, ClapArgs)]
pub(super) struct Lsp {
    /// Also look for what these rules find (or families of rules, or all); commas between them.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) enable: Vec<String>,
    /// Do not look for what these rules find (or families of rules, or all); commas between them.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) disable: Vec<String>,
    /// A file that says what may stand, and why. Default: .recensio-ignore in the folder that is open.
    #[arg(long, value_name = "FILE")]
    pub(super) suppressions: Option<PathBuf>,
    /// The language of messages; that of the editor where nothing is said.
    #[arg(long, value_enum)]
    pub(super) messages: Option<Messages>,
    /// The language of the documents (BCP 47).
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) language: Option<LanguageTag>,
    /// The language that the documents were translated from (BCP 47).
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) source_language: Option<LanguageTag>,
    /// A file of terms that may stand in another language, one a line.
    #[arg(long, value_name = "FILE")]
    pub(super) terms: Option<PathBuf>,
    /// A file that says what terms mean, for suggestions: tab-separated with the languages on top (en, de), or TBX.
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Option<PathBuf>,
    /// A folder of rule files that stand in for the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    /// Where the pages of the rules (docs/rules/) are on the web, for links; else they are written to the user's cache.
    #[arg(long, value_name = "URL", value_parser = web_folder)]
    pub(super) rule_pages: Option<String>,
    /// What many editors say; it is what is done anyway.
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Rules {
    /// The rule whose page is printed.
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
    /// How the list is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Why {
    /// What to explain: a document; `d3` or `DOCUMENT#d3` of `dropped`, likewise p, l, e and t ids; a cluster (c…, d…), a finding (f…) or a rule.
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// The folder that the corpus was written to.
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub(super) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Verify {
    /// The folder that the corpus was written to.
    #[arg(value_name = "DIR", default_value = "output")]
    pub(super) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Stats {
    /// The folder that the corpus was written to.
    #[arg(value_name = "DIR", default_value = "output")]
    pub(super) output: PathBuf,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Convert {
    /// The folder that the corpus was written to.
    #[arg(value_name = "DIR", default_value = "output")]
    pub(super) corpus: PathBuf,
    /// The form.
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) to: Form,
    /// The folder for what is written; it appears there when all of it is whole.
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    pub(super) into: PathBuf,
    /// With langchain: a document for each passage, not for each document.
    #[arg(long)]
    pub(super) passages: bool,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// A form that other tools read.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Form {
    /// Parquet, annotations nested: corpus, removed, clusters, findings.
    Parquet,
    /// Arrow IPC files (Feather 2), likewise.
    Arrow,
    /// JSON Lines for the readers of datatrove.
    Datatrove,
    /// Documents and attributes of dolma.
    Dolma,
    /// A data set for Hugging Face `datasets`: Parquet and a card.
    Huggingface,
    /// JSON Lines of LangChain's Document.
    Langchain,
    /// Tables of comma-separated values, one for each layer; no cell is a formula.
    Csv,
    /// The same with tabs.
    Tsv,
}

/// What is read, and how.
#[derive(Debug, ClapArgs)]
pub(super) struct Input {
    /// Files and folders; - is standard input.
    #[arg(value_name = "INPUT", default_value = "input")]
    pub(super) inputs: Vec<PathBuf>,
    /// Which copy of what repeats is kept, by the document it stands in; `all` keeps everything, boilerplate too, and only annotates.
    #[arg(long, value_enum, default_value_t = Keep::First)]
    pub(super) keep: Keep,
    /// What is looked for among repeats: any of document, passage, span, separated by commas; or none.
    #[arg(long, value_name = "LEVELS", value_parser = levels, default_value = "document,passage,span")]
    pub(super) repeats: Levels,
    /// Find and name what repeats, but remove none of it.
    #[arg(long)]
    pub(super) report_only: bool,
    /// The similarity (0.5 to 1) from which on edited copies are removed.
    #[arg(long, value_name = "SIMILARITY", value_parser = similarity, default_value = "0.8")]
    pub(super) near_removed: f32,
    /// The similarity (0.5 to 1) from which on they are reported; default 0.75, or --near-removed where that is less.
    #[arg(long, value_name = "SIMILARITY", value_parser = similarity)]
    pub(super) near_reported: Option<f32>,
    /// The share of a source's documents that may be removed as copies; of a source that would lose more (and has ten or more), none is.
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "60%")]
    pub(super) brake: f32,
    /// The language of messages about the text and of the report.
    #[arg(long, value_enum, default_value_t = Messages::En)]
    pub(super) messages: Messages,
    /// What positions are counted in.
    #[arg(long, value_enum, default_value_t = Offsets::Chars)]
    pub(super) offsets: Offsets,
    /// The language of the documents (BCP 47), where they do not say.
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) language: Option<LanguageTag>,
    /// The language that the documents were translated from (BCP 47), where they do not say.
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) source_language: Option<LanguageTag>,
    /// Also write what is foreign on purpose, and why it was let through.
    #[arg(long)]
    pub(super) foreign: bool,
    /// A file of terms that may stand in another language, one a line; with `source` after a tab, only where the source has it, if there is one.
    #[arg(long, value_name = "FILE")]
    pub(super) terms: Option<PathBuf>,
    /// A file that says what terms mean, for suggestions: tab-separated with the languages on top (en, de), or TBX.
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Option<PathBuf>,
    /// What is taken from a page: its `main` text, its main text `fast` and a little less exactly, or `all` that it shows.
    #[arg(long, value_enum, default_value_t = Extract::Main)]
    pub(super) extract: Extract,
    /// The encoding of the input (a label of the WHATWG Encoding Standard such as windows-1251); else it is detected.
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
    /// Take out what these filters of quality find (c4, gopher, fineweb; commas between them), each by its rule.
    #[arg(long, value_enum, value_name = "NAME", value_delimiter = ',')]
    pub(super) filter: Vec<Filter>,
    /// Do only this: with `repeats`, copies are found and taken out, and what is kept is written without annotations; several times as fast.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) only: Option<Only>,
    /// Also write the places of words; those of Chinese, Japanese, Thai, Lao, Khmer and Burmese are found by dictionary.
    #[arg(long)]
    pub(super) words: bool,
    /// A folder of rule files that stand in for the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    /// A file of more public bodies, laws, policies and organizations to know by name (docs/gazetteer.md).
    #[arg(long, value_name = "FILE")]
    pub(super) gazetteer: Option<PathBuf>,
    /// A document that is longer, unpacked, fails (500MB, 2GiB); memory is in proportion to it.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "1GiB")]
    pub(super) max_document_size: u64,
    /// A document that takes longer of one processor fails (30s, 10m); other programs do not count.
    #[arg(long, value_name = "TIME", value_parser = time, default_value = "10m")]
    pub(super) max_document_time: Duration,
    /// Worker threads; the output does not depend on it.
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// The memory of the run, such as 256M, 4G or 25% of the machine's: what was seen goes to the disk beyond it; the output does not depend on it.
    #[arg(long, value_name = "SIZE", default_value = "25%", value_parser = memory)]
    pub(super) memory: Memory,
    /// The name of the JSON field that holds the text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(super) text_field: String,
    /// The name of the JSON field that holds what the text was translated from.
    #[arg(long, value_name = "NAME", default_value = "source_text")]
    pub(super) source_text_field: String,
    /// The name of the JSON field that holds a page, where there is no text.
    #[arg(long, value_name = "NAME", default_value = "html")]
    pub(super) html_field: String,
    /// The name of the JSON field that holds the document's name.
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(super) id_field: String,
    /// The name of the JSON field that holds the language (BCP 47).
    #[arg(long, value_name = "NAME", default_value = "language")]
    pub(super) language_field: String,
    /// The name of the JSON field that holds the language it was translated from (BCP 47).
    #[arg(long, value_name = "NAME", default_value = "source_language")]
    pub(super) source_language_field: String,
    /// The name of the JSON field that holds the document's own date (ISO 8601).
    #[arg(long, value_name = "NAME", default_value = "date")]
    pub(super) date_field: String,
    /// The name of the JSON field that holds the title.
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub(super) title_field: String,
    /// The name of the JSON field that holds the address.
    #[arg(long, value_name = "NAME", default_value = "url")]
    pub(super) url_field: String,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Say more.
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

impl Input {
    pub(super) const fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Keep {
    /// The first in the order of the input.
    First,
    /// The one in the document with the most text.
    Longest,
    /// The one in the document with the latest date of its own.
    Newest,
    /// The one in the soundest document: fewest decoding errors, least untranslated, least boilerplate, most text.
    Best,
    /// Everything.
    All,
}

/// What is looked for among repeats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels {
    pub(super) documents: bool,
    pub(super) passages: bool,
    pub(super) spans: bool,
}

fn levels(text: &str) -> Result<Levels, String> {
    let mut levels = Levels { documents: false, passages: false, spans: false };
    for name in text.split(',').filter(|_| text != "none") {
        match name.trim() {
            "document" => levels.documents = true,
            "passage" => levels.passages = true,
            "span" => levels.spans = true,
            other => return Err(format!("there is no level \"{other}\"; give document, passage, span or none")),
        }
    }
    Ok(levels)
}

fn similarity(text: &str) -> Result<f32, String> {
    let number: Option<f32> = text.parse().ok();
    let wrong = || "give a number from 0.5 to 1; what is less alike has too little in common to be found".to_owned();
    number.filter(|number| (0.5..=1.0).contains(number)).ok_or_else(wrong)
}

fn share(text: &str) -> Result<f32, String> {
    let number: Option<f32> = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse().ok().map(|percent: f32| percent / 100.0),
        None => text.parse().ok(),
    };
    number.filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "give a share such as 60% or 0.6".to_owned())
}

/// A number and its unit, in small letters.
fn measured(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    Some((number.parse().ok()?, unit.trim().to_ascii_lowercase()))
}

pub(super) fn size(text: &str) -> Result<u64, String> {
    let bytes = measured(text).and_then(|(number, unit)| {
        let unit: u64 = match unit.as_str() {
            "" | "b" => 1,
            "kb" => 1000,
            "mb" => 1_000_000,
            "gb" => 1_000_000_000,
            "k" | "kib" => 1 << 10,
            "m" | "mib" => 1 << 20,
            "g" | "gib" => 1 << 30,
            _ => return None,
        };
        Some((number * unit as f64) as u64).filter(|bytes| *bytes > 0)
    });
    bytes.ok_or_else(|| "give a number of bytes such as 500MB or 2GiB".to_owned())
}

fn time(text: &str) -> Result<Duration, String> {
    let time = measured(text).and_then(|(number, unit)| {
        let unit = match unit.as_str() {
            "" | "s" => 1.0,
            "ms" => 0.001,
            "m" | "min" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        Duration::try_from_secs_f64(number * unit).ok().filter(|time| !time.is_zero())
    });
    time.ok_or_else(|| "give a time such as 30s, 10m or 1h".to_owned())
}

pub(super) fn memory(text: &str) -> Result<Memory, String> {
    Memory::parse(text)
        .ok_or_else(|| "give a size of at least 16M such as 256M or 4G, or a part such as 25%".to_owned())
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Extract {
    Main,
    Fast,
    All,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Filter {
    /// Lines of program text and place holders, notices about JavaScript, short lines without an end.
    C4,
    /// Symbols, bullets, ellipses, words without letters, repetition.
    Gopher,
    /// Short lines, lines without an end.
    #[value(name = "fineweb")]
    FineWeb,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Only {
    Repeats,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Offsets {
    /// Unicode code points.
    Chars,
    /// Bytes of UTF-8.
    Bytes,
    /// UTF-16 code units.
    Utf16,
}

fn encoding(text: &str) -> Result<&'static encoding_rs::Encoding, String> {
    crate::stage::decode::by_label(text).ok_or_else(|| {
        "give a label such as utf-8, windows-1251, koi8-r, gb18030, big5, shift_jis or euc-kr".to_owned()
    })
}

fn tag(text: &str) -> Result<LanguageTag, String> {
    LanguageTag::parse(text).ok_or_else(|| "give a BCP 47 tag such as ru, zh or zh-Hant".to_owned())
}

/// `recensio INPUT…` means `recensio run INPUT…`; options of every command may stand before the command.
pub(super) fn with_default_command(argv: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    const ASKED: [&str; 5] = ["help", "-h", "--help", "-V", "--version"];
    let root = Args::command();
    let mut argv: Vec<OsString> = argv.into_iter().collect();
    let mut at = 1;
    // Options of every command, with their values.
    while let Some(name) = argv.get(at).and_then(|typed| typed.to_str()).and_then(|typed| typed.strip_prefix("--")) {
        let (name, value) = name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
        let global = root.get_arguments().find(|arg| arg.is_global_set() && arg.get_long() == Some(name));
        let Some(arg) = global else { break };
        at += if value.is_none() && arg.get_action().takes_values() { 2 } else { 1 };
    }
    let first = argv.get(at).and_then(|first| first.to_str());
    let is_named = first.is_some_and(|first| ASKED.contains(&first) || root.find_subcommand(first).is_some());
    if !is_named {
        argv.insert(argv.len().min(1), "run".into());
    }
    argv
}
