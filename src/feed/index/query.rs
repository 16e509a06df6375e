//! What is asked: words, "phrases", AND, OR, -not, brackets; and the queries of the engine made of it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Searcher, TantivyError, Term};

use super::letters::{Part, has_solid, letters, parts};

/// Why a query cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {at} of the query: {what}")]
pub struct QueryError {
    /// From 1.
    pub at: usize,
    /// What is wrong, and what to do.
    pub what: String,
}

/// A query as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A word or a phrase.
    Words(String),
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
}

/// Depth of brackets beyond which a query is refused.
const DEEPEST: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sign {
    Open,
    Close,
    And,
    Or,
    Not,
    Words(String),
}

/// Characters beyond which a query is refused: each word is looked up in the fields of all languages.
const LONGEST: usize = 10_000;

/// Reads a query.
pub(super) fn parse(text: &str) -> Result<Node, QueryError> {
    if text.chars().count() > LONGEST {
        let what = format!("it is longer than {LONGEST} characters; ask for less at once");
        return Err(QueryError { at: LONGEST + 1, what });
    }
    let signs = signs(text)?;
    let mut parser = Parser { signs: &signs, next: 0, end: text.chars().count() + 1 };
    let node = parser.either(0)?;
    match parser.signs.get(parser.next) {
        None => Ok(node),
        Some((at, _)) => {
            Err(QueryError { at: *at, what: "`)` closes nothing; take it out or put it in quotes".to_owned() })
        }
    }
}

fn signs(text: &str) -> Result<Vec<(usize, Sign)>, QueryError> {
    let mut out: Vec<(usize, Sign)> = Vec::new();
    let mut chars = text.chars().zip(1..).peekable();
    while let Some((c, at)) = chars.next() {
        match c {
            c if c.is_whitespace() => {}
            '(' => out.push((at, Sign::Open)),
            ')' => out.push((at, Sign::Close)),
            '-' if chars.peek().is_some_and(|(next, _)| !next.is_whitespace()) => out.push((at, Sign::Not)),
            '"' | '“' | '”' | '„' | '«' => {
                let closes = |c: char| if c == '«' { false } else { matches!(c, '"' | '“' | '”' | '»') };
                let mut words = String::new();
                loop {
                    match chars.next() {
                        Some((c, _)) if closes(c) => break,
                        Some((c, _)) => words.push(c),
                        None => {
                            let what = "the quote is not closed; add `\"` behind the phrase".to_owned();
                            return Err(QueryError { at, what });
                        }
                    }
                }
                out.push((at, Sign::Words(words)));
            }
            c => {
                let mut word = c.to_string();
                while let Some((c, _)) = chars.next_if(|(c, _)| !c.is_whitespace() && !"()\"“”„«»".contains(*c))
                {
                    word.push(c);
                }
                out.push((
                    at,
                    match word.as_str() {
                        "AND" => Sign::And,
                        "OR" => Sign::Or,
                        "NOT" => Sign::Not,
                        _ => Sign::Words(word),
                    },
                ));
            }
        }
    }
    Ok(out)
}

struct Parser<'s> {
    signs: &'s [(usize, Sign)],
    next: usize,
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Sign> {
        self.signs.get(self.next).map(|(_, sign)| sign)
    }

    fn either(&mut self, depth: usize) -> Result<Node, QueryError> {
        let mut all = vec![self.both(depth)?];
        while self.peek() == Some(&Sign::Or) {
            self.next += 1;
            all.push(self.both(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Or(all) })
    }

    fn both(&mut self, depth: usize) -> Result<Node, QueryError> {
        let mut all = vec![self.one(depth)?];
        loop {
            match self.peek() {
                Some(Sign::And) => self.next += 1,
                None | Some(Sign::Or | Sign::Close) => break,
                Some(_) => {}
            }
            all.push(self.one(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::And(all) })
    }

    fn one(&mut self, depth: usize) -> Result<Node, QueryError> {
        let at = self.signs.get(self.next).map_or(self.end, |(at, _)| *at);
        let wrong = |what: &str| QueryError { at, what: what.to_owned() };
        if depth > DEEPEST {
            return Err(wrong("brackets are too deep; ask for less at once"));
        }
        let sign = self.peek().cloned();
        self.next += 1;
        match sign {
            Some(Sign::Words(words)) => Ok(Node::Words(words)),
            Some(Sign::Not) => Ok(Node::Not(Box::new(self.one(depth + 1)?))),
            Some(Sign::Open) => {
                let inner = self.either(depth + 1)?;
                if self.peek() == Some(&Sign::Close) {
                    self.next += 1;
                    return Ok(inner);
                }
                Err(wrong("the bracket is not closed; add `)`"))
            }
            _ => Err(wrong("a word or a \"phrase\" is missing here; to look for AND, OR or NOT, put them in quotes")),
        }
    }
}

/// A field with the analyser of its language.
pub(super) struct Asked {
    pub(super) field: Field,
    pub(super) is_title: bool,
    pub(super) analyser: TextAnalyzer,
}

/// Makes queries of the engine, and keeps the words that stand in them, by field.
pub(super) struct Maker<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) fields: Vec<Asked>,
    pub(super) words: BTreeMap<Field, BTreeSet<String>>,
    /// The field of single letters of scripts without blanks.
    pub(super) letters: Field,
    /// Runs of such letters that stand in the queries.
    pub(super) runs: BTreeSet<Vec<String>>,
}

/// What a run of letters counts for, beside words that the dictionary has cut in the same way.
const RUN: f32 = 0.2;

impl Maker<'_> {
    pub(super) fn query(&mut self, node: &Node, keep: bool) -> Result<Box<dyn Query>, TantivyError> {
        Ok(match node {
            Node::Words(words) => {
                let as_words = self.words(words, keep)?;
                match self.anywhere(words, keep)? {
                    Some(anywhere) => Box::new(BooleanQuery::union(vec![as_words, anywhere])),
                    None => as_words,
                }
            }
            Node::Or(nodes) => Box::new(BooleanQuery::union(
                nodes.iter().map(|node| self.query(node, keep)).collect::<Result<_, _>>()?,
            )),
            Node::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(AllQuery)),
                (Occur::MustNot, self.query(inner, false)?),
            ])),
            Node::And(nodes) => {
                let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                for node in nodes {
                    all.push(match node {
                        Node::Not(inner) => (Occur::MustNot, self.query(inner, false)?),
                        node => (Occur::Must, self.query(node, keep)?),
                    });
                }
                if all.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    all.push((Occur::Must, Box::new(AllQuery)));
                }
                Box::new(BooleanQuery::new(all))
            }
        })
    }

    /// Runs of letters of scripts without blanks wherever they stand, inside a word of the dictionary or across the edge of one, with the words between
    /// them; nothing where there are no such letters.
    fn anywhere(&mut self, text: &str, keep: bool) -> Result<Option<Box<dyn Query>>, TantivyError> {
        if !has_solid(text) {
            return Ok(None);
        }
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for part in parts(text) {
            match part {
                Part::Solid(run) => {
                    let run = letters(run);
                    let terms: Vec<Term> =
                        run.iter().map(|letter| Term::from_field_text(self.letters, letter)).collect();
                    all.push(match terms.as_slice() {
                        [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                        _ => Box::new(PhraseQuery::new(terms)),
                    });
                    if keep {
                        self.runs.insert(run);
                    }
                }
                Part::Other(words) if words.contains(char::is_alphanumeric) => all.push(self.words(words, keep)?),
                Part::Other(_) => {}
            }
        }
        Ok(Some(Box::new(BoostQuery::new(Box::new(BooleanQuery::intersection(all)), RUN))))
    }

    /// A word or phrase, in the fields of all languages that are asked, as the analyser of each takes it apart.
    fn words(&mut self, text: &str, keep: bool) -> Result<Box<dyn Query>, TantivyError> {
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for asked in &mut self.fields {
            let mut terms: Vec<(usize, Term)> = Vec::new();
            let mut found = Vec::new();
            asked.analyser.token_stream(text).process(&mut |token| {
                terms.push((token.position, Term::from_field_text(asked.field, &token.text)));
                found.push(token.text.clone());
            });
            let mut is_there = !terms.is_empty();
            for (_, term) in &terms {
                is_there = is_there && self.searcher.doc_freq(term)? > 0;
            }
            if !is_there {
                continue;
            }
            if keep {
                self.words.entry(asked.field).or_default().extend(found);
            }
            let query: Box<dyn Query> = match terms.as_slice() {
                [(_, term)] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new_with_offset(terms)),
            };
            all.push(if asked.is_title { Box::new(BoostQuery::new(query, 2.0)) } else { query });
        }
        Ok(if all.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(all)) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, parse};

    fn words(text: &str) -> Node {
        Node::Words(text.to_owned())
    }

    #[test]
    fn queries_are_read() {
        assert_eq!(parse("a b"), Ok(Node::And(vec![words("a"), words("b")])));
        let both = Node::And(vec![words("b c"), Node::Not(Box::new(words("d")))]);
        assert_eq!(parse("a OR \"b c\" AND -d"), Ok(Node::Or(vec![words("a"), both])));
        assert_eq!(parse("e-mail"), Ok(words("e-mail")));
        assert_eq!(parse("(a OR b) «в г»"), Ok(Node::And(vec![Node::Or(vec![words("a"), words("b")]), words("в г")])));
    }

    #[test]
    fn what_is_no_query_is_said_with_its_place() {
        let at = |text: &str| parse(text).map_err(|error| error.at);
        assert_eq!(at("a \"b"), Err(3));
        assert_eq!(at("(a"), Err(1));
        assert_eq!(at("a )"), Err(3));
        assert_eq!(at("a OR"), Err(5));
        assert_eq!(at(""), Err(1));
        assert_eq!(at(&"(".repeat(10_000)), Err(52));
        assert_eq!(at(&"-".repeat(10_000)), Err(52));
        assert_eq!(at(&"法 ".repeat(10_000)), Err(10_001));
        for operators in ["AND", "OR OR", "NOT", "- -", "()", "( OR )", "AND -", "\"", "« \u{202e}", "a AND OR b"] {
            assert!(parse(operators).is_err(), "{operators}");
        }
    }
}
