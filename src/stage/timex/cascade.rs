//! The grammar is a cascade: each pass goes once over the nodes and puts neighbours together, so time is linear in the text.

use super::token::{Kind, Node, Number};
use super::tree::{Expression, Length, TimeOfDay};
use crate::rules::timex::{Language, Lex, Unit};
use crate::text::Span;

/// The nodes of a neighbourhood as a pass sees them.
pub(super) struct View<'a, 'r> {
    pub(super) nodes: &'a [Node<'r>],
    pub(super) text: &'a str,
    pub(super) language: &'r Language,
}

impl<'a, 'r> View<'a, 'r> {
    pub(super) fn at(&self, i: usize) -> Option<&'a Node<'r>> {
        self.nodes.get(i)
    }

    pub(super) fn before(&self, i: usize) -> Option<&'a Node<'r>> {
        i.checked_sub(1).and_then(|i| self.nodes.get(i))
    }

    pub(super) fn has(&self, i: usize, wanted: Lex) -> bool {
        self.at(i).is_some_and(|n| n.has(wanted))
    }

    pub(super) fn pick<T>(&self, i: usize, want: impl Fn(Lex) -> Option<T>) -> Option<T> {
        self.at(i).and_then(|n| n.pick(want))
    }

    pub(super) fn number(&self, i: usize) -> Option<Number> {
        self.at(i).and_then(Node::number)
    }

    pub(super) fn expression(&self, i: usize) -> Option<&'a Expression> {
        self.at(i).and_then(Node::expression)
    }

    pub(super) fn length(&self, i: usize) -> Option<&'a Length> {
        match &self.at(i)?.kind {
            Kind::Length(length) => Some(length),
            _ => None,
        }
    }

    pub(super) fn time(&self, i: usize) -> Option<TimeOfDay> {
        match self.at(i)?.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        }
    }

    pub(super) fn sign(&self, i: usize, sign: char) -> bool {
        self.at(i).is_some_and(|n| n.is_sign(sign))
    }

    pub(super) fn dash(&self, i: usize) -> bool {
        self.at(i).is_some_and(Node::is_dash)
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.at(i).is_some_and(|n| n.glued)
    }

    /// The unit at `i`, singular or plural.
    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        self.pick(i, |l| match l {
            Lex::Unit(unit) | Lex::Units(unit) => Some(unit),
            _ => None,
        })
    }

    /// `i`, or the place after it where it is a node of this kind.
    pub(super) fn skip(&self, i: usize, wanted: Lex) -> usize {
        i + usize::from(self.has(i, wanted))
    }

    /// Past `of`, `the` and a comma.
    pub(super) fn skip_joint(&self, i: usize) -> usize {
        let i = if self.sign(i, ',') { i + 1 } else { self.skip(i, Lex::Of) };
        self.skip(i, Lex::The)
    }

    /// Past a hyphen that joins words.
    pub(super) fn skip_hyphen(&self, i: usize) -> usize {
        i + usize::from(self.dash(i) && self.glued(i) && self.glued(i + 1))
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.at(i).is_some_and(|n| n.kind == Kind::Word)
    }

    pub(super) fn source(&self, i: usize) -> &'a str {
        self.at(i).map_or("", |n| n.span.of(self.text))
    }
}

/// What a rule makes of the nodes from the one it was asked at up to `to`.
pub(super) struct Made {
    pub(super) to: usize,
    pub(super) kind: Kind,
}

impl Made {
    pub(super) const fn new(to: usize, kind: Kind) -> Self {
        Self { to, kind }
    }

    pub(super) fn expression(to: usize, expression: Expression) -> Self {
        Self { to, kind: Kind::Expression(Box::new(expression)) }
    }
}

/// Looks at the node at a place and those after it, and may make one node of them.
pub(super) type Rule = for<'a, 'r, 'v> fn(&'v View<'a, 'r>, usize) -> Option<Made>;

/// One pass: at every place the rules are asked in turn; the first that makes something replaces the nodes it used.
pub(super) fn pass<'r>(nodes: Vec<Node<'r>>, text: &str, language: &'r Language, rules: &[Rule]) -> Vec<Node<'r>> {
    let view = View { nodes: &nodes, text, language };
    let fires = |i: usize| rules.iter().find_map(|rule| rule(&view, i)).filter(|made| made.to > i);
    let Some((first, mut found)) = (0..nodes.len()).find_map(|i| fires(i).map(|made| (i, Some(made)))) else {
        return nodes;
    };
    let mut out = Vec::with_capacity(nodes.len());
    out.extend(nodes.iter().take(first).cloned());
    let mut i = first;
    while let Some(node) = view.at(i) {
        if let Some(made) = found.take().or_else(|| fires(i)) {
            let end = view.before(made.to).map_or(node.span.end(), |last| last.span.end());
            out.push(Node { span: Span::new(node.span.start(), end), kind: made.kind, lexemes: &[], ..node.clone() });
            i = made.to;
        } else {
            out.push(node.clone());
            i += 1;
        }
    }
    out
}
