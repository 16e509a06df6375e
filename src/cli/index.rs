//! `recensio index` and `recensio search`: an index over a corpus, and what is in it.

use std::path::PathBuf;
#[cfg(not(feature = "index"))]
use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};
use jiff::civil::Date;

#[cfg(not(feature = "index"))]
use super::Failure;
#[cfg(not(feature = "index"))]
use super::args::Run;
use super::args::memory;
use super::feed::UnitKind;
use super::memory::Memory;
#[cfg(not(feature = "index"))]
use crate::error::Error;
use crate::model::LanguageTag;

/// Memory for what is not yet on the disk.
const MEMORY: &str = "128M";

/// What was typed.
#[derive(Debug, ClapArgs)]
pub(super) struct Index {
    /// The folder that the corpus was written to.
    #[arg(value_name = "DIR", default_value = "output")]
    corpus: PathBuf,
    /// The folder of the index; default: index in the folder of the corpus.
    #[arg(short = 'o', long = "output", value_name = "INDEX")]
    into: Option<PathBuf>,
    /// What an entry of a search index is.
    #[arg(long, value_enum, default_value_t = UnitKind::Document)]
    unit: UnitKind,
    /// Memory for what is not yet on the disk, such as 256M or 5% of the machine's; 16M a thread at least.
    #[arg(long, value_name = "SIZE", value_parser = memory, default_value = MEMORY)]
    memory: Memory,
    /// Say nothing but errors.
    #[arg(short, long)]
    quiet: bool,
}

/// What was typed.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Exit codes: 0 something was found; 1 nothing was; 2 could not search.")]
pub(super) struct Search {
    /// Words that must all be there, "phrases", OR, -not, brackets; without it all that the filters leave.
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    /// The folder of the index.
    #[arg(long, value_name = "DIR", default_value = "output/index")]
    index: PathBuf,
    /// Only what names this: a name in any language as the corpus has it, or an identifier (iso:CN); each of several.
    #[arg(long, value_name = "NAME")]
    entity: Vec<String>,
    /// Only what names something of this type (regulator, law…); each of several.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Vec<String>,
    /// Only what speaks of this day or later (2021, 2021-09, 2021-09-01).
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<Date>,
    /// Only what speaks of this day, month, year or earlier.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<Date>,
    /// Only what is in this language (BCP 47); the query is read as of that language.
    #[arg(long, value_name = "LANGUAGE", value_parser = tag)]
    language: Option<LanguageTag>,
    /// Only what has this.
    #[arg(long, value_enum, value_name = "WHAT")]
    has: Vec<Has>,
    /// Only what came from this file, as the corpus names it.
    #[arg(long, value_name = "PATH")]
    source: Option<String>,
    /// How many are shown.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the best are passed over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Count languages, types of entities, entities and years among all that is found.
    #[arg(long)]
    facets: bool,
    /// How it is shown.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Has {
    /// A fragment believed to be untranslated.
    Leftover,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// For people.
    Text,
    /// One object.
    Json,
}

fn tag(text: &str) -> Result<LanguageTag, String> {
    LanguageTag::parse(text).ok_or_else(|| "give a BCP 47 tag such as ru, zh or zh-Hant".to_owned())
}

/// Year, month and day, as far as they are given.
fn parts(text: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || parts.next().map(|part| if part.len() == 2 { part.parse().ok() } else { None });
    let (month, day) = (next(), next());
    Some((year, month.map_or(Some(None), |month| month.map(Some))?, day.map_or(Some(None), |day| day.map(Some))?))
}

const NO_DATE: &str = "give a day, month or year such as 2021-09-01, 2021-09 or 2021";

fn first_day(text: &str) -> Result<Date, String> {
    let day = parts(text).and_then(|(year, month, day)| Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok());
    day.filter(|day| day.year() > 0).ok_or_else(|| NO_DATE.to_owned())
}

fn last_day(text: &str) -> Result<Date, String> {
    let first = first_day(text)?;
    Ok(match parts(text) {
        Some((_, None, _)) => first.last_of_year(),
        Some((_, _, None)) => first.last_of_month(),
        _ => first,
    })
}

#[cfg(not(feature = "index"))]
fn missing() -> Failure {
    no_index().into()
}

#[cfg(not(feature = "index"))]
fn no_index() -> Error {
    let what = "this build has no index: build with `--features index`, or feed another engine with recensio feed";
    Error::Usage(what.to_owned())
}

/// Whether a run can make its index, as far as that is known before it.
#[cfg(not(feature = "index"))]
pub(super) fn can_be_made(args: &Run) -> Result<(), Error> {
    if args.index { Err(no_index()) } else { Ok(()) }
}

/// Makes or renews the index that a run was asked for.
#[cfg(not(feature = "index"))]
pub(super) fn of_run(args: &Run) -> Result<(), Error> {
    can_be_made(args)
}

/// Makes or renews an index.
#[cfg(not(feature = "index"))]
pub(super) fn index(_: &Index) -> Result<ExitCode, Failure> {
    Err(missing())
}

/// Asks an index.
#[cfg(not(feature = "index"))]
pub(super) fn search(_: &Search) -> Result<ExitCode, Failure> {
    Err(missing())
}

#[cfg(feature = "index")]
pub(super) use with::{can_be_made, index, of_run, search};

#[cfg(feature = "index")]
mod with {
    use std::io::{self, IsTerminal as _};
    use std::process::ExitCode;

    use super::{Has, Index, MEMORY, Search, Shown};
    use crate::cli::args::Run;
    use crate::cli::memory::{Memory, bytes};
    use crate::cli::{Failure, log, print};
    use crate::error::Error;
    use crate::feed::index::{Answer, Facets, Filter, Hit, Order, Question, can_be_written, search as asked, write};

    /// Makes or renews an index.
    pub(in crate::cli) fn index(args: &Index) -> Result<ExitCode, Failure> {
        let order = Order {
            corpus: args.corpus.join("corpus.jsonl"),
            index: args.into.clone().unwrap_or_else(|| args.corpus.join("index")),
            kind: args.unit.into(),
            memory: bytes(args.memory),
        };
        made(&order, args.quiet)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Makes or renews the index that a run was asked for.
    pub(in crate::cli) fn of_run(args: &Run) -> Result<(), Error> {
        if !args.index {
            return Ok(());
        }
        made(&of(args), args.input.quiet)
    }

    /// Whether a run can make its index, as far as that is known before it.
    pub(in crate::cli) fn can_be_made(args: &Run) -> Result<(), Error> {
        if args.index { can_be_written(&of(args)) } else { Ok(()) }
    }

    fn of(args: &Run) -> Order {
        let own = Memory::parse(MEMORY).map_or(0, bytes);
        Order {
            corpus: args.output.join("corpus.jsonl"),
            index: args.output.join("index"),
            kind: args.entries.unit.into(),
            memory: own.min(bytes(args.input.memory)),
        }
    }

    fn made(order: &Order, quiet: bool) -> Result<(), Error> {
        let done = write(order)?;
        if !quiet {
            let index = log::safe(&order.index.display().to_string());
            log::plain(&if done.upserts + done.deletes == 0 {
                format!("{index}: generation {}, nothing has changed, {} unchanged", done.generation, done.unchanged)
            } else {
                format!(
                    "{index}: generation {}, {} written, {} deleted, {} unchanged",
                    done.generation, done.upserts, done.deletes, done.unchanged
                )
            });
        }
        Ok(())
    }

    /// Asks an index.
    pub(in crate::cli) fn search(args: &Search) -> Result<ExitCode, Failure> {
        if args.from.zip(args.to).is_some_and(|(from, to)| from > to) {
            return Err(Error::Usage("--from is after --to; change them about".to_owned()).into());
        }
        let question = Question {
            query: args.query.clone(),
            filter: Filter {
                entities: args.entity.clone(),
                types: args.kind.clone(),
                from: args.from,
                to: args.to,
                language: args.language.as_ref().map(ToString::to_string),
                source: args.source.clone(),
                leftover: args.has.contains(&Has::Leftover),
            },
            limit: args.limit,
            offset: args.offset,
            facets: args.facets,
        };
        let answer = asked(&args.index, &question)?;
        print(&match args.format {
            Shown::Json => log::safe_json(&serde_json::to_string(&answer).unwrap_or_default()) + "\n",
            Shown::Text => text(&answer, args.offset),
        })?;
        Ok(ExitCode::from(u8::from(answer.total == 0)))
    }

    fn text(answer: &Answer, offset: usize) -> String {
        let marks = if io::stdout().is_terminal() { ["\u{1b}[1m", "\u{1b}[0m"] } else { ["⟦", "⟧"] };
        let mut out = String::new();
        for (hit, number) in answer.hits.iter().zip(offset + 1..) {
            let dated = hit.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            out.push_str(&format!("{number}. {} ({}{dated})\n", log::safe(&hit.id), log::safe(&hit.language)));
            if let Some(title) = &hit.title {
                out.push_str(&format!("   {}\n", log::safe_text(title)));
            }
            out.push_str(&format!("   {}\n", marked(hit, marks)));
        }
        out.push_str(&format!("{} found\n", answer.total));
        if let Some(facets) = &answer.facets {
            counted(facets, &mut out);
        }
        out
    }

    fn counted(facets: &Facets, out: &mut String) {
        let named = [("language", &facets.language), ("type", &facets.entity_type), ("entity", &facets.entity)];
        for (name, counts) in named.iter().filter(|(_, counts)| !counts.is_empty()) {
            let all: Vec<_> = counts.iter().map(|(value, count)| format!("{} {count}", log::safe(value))).collect();
            out.push_str(&format!("{name}: {}\n", all.join(", ")));
        }
        if !facets.year.is_empty() {
            let all: Vec<_> = facets.year.iter().map(|(year, count)| format!("{year} {count}")).collect();
            out.push_str(&format!("year: {}\n", all.join(", ")));
        }
    }

    /// The snippet on one line, with what was found marked.
    fn marked(hit: &Hit, [open, close]: [&str; 2]) -> String {
        let mut out = String::new();
        let chars: Vec<char> = hit.snippet.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).collect();
        let part = |from: usize, to: usize| {
            log::safe_text(&chars.get(from..to).unwrap_or_default().iter().collect::<String>())
        };
        let mut at = 0;
        for &[from, to] in &hit.highlights {
            out.push_str(&(part(at, from) + open + &part(from, to) + close));
            at = to;
        }
        out + &part(at, chars.len())
    }
}
