//! The grammar is a cascade: each pass goes once over the nodes and puts neighbours together, so time is linear in the text.

use super::Mode;
use super::token::{Kind, Node, Number};
use super::tree::{Expression, Length, TimeOfDay};
use crate::rules::timex::{Classes, Language, Lex, Unit};
use crate::text::Span;

/// The nodes of a neighbourhood as a pass sees them.
pub(super) struct View<'a, 'r> {
    pub(super) nodes: &'a [Node<'r>],
    pub(super) text: &'a str,
    pub(super) language: &'r Language,
    pub(super) mode: Mode,
}

impl<'a, 'r> View<'a, 'r> {
    /// Whether the text is little more than a time.
    pub(super) fn is_loose(&self) -> bool {
        self.mode == Mode::Loose
    }

    /// Whether the ends of a range are two expressions.
    pub(super) fn splits(&self) -> bool {
        self.language.split_ranges && self.mode == Mode::Text
    }

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

/// A rule, and what must be there for it to make anything.
pub(super) struct Step {
    rule: Rule,
    // Of these classes, one is where the rule is asked; and of each of the others, one is anywhere.
    at: Classes,
    near: [Classes; 2],
}

impl Step {
    /// A rule that begins at a node of one of the classes `at`, and needs one of `near` anywhere.
    pub(super) const fn new(rule: Rule, at: Classes, near: Classes) -> Self {
        Self { rule, at, near: [at, near] }
    }

    /// The same where one of the classes `near` is needed too.
    pub(super) const fn and(self, near: Classes) -> Self {
        Self { near: [near, self.near[1]], ..self }
    }

    fn may(&self, all: Classes) -> bool {
        self.near.iter().all(|near| near.meets(all))
    }
}

/// The classes of all nodes.
pub(super) fn classes(nodes: &[Node<'_>]) -> Classes {
    nodes.iter().fold(Classes::NONE, |all, node| all.with(node.classes))
}

/// One pass: at every place the rules are asked in turn; the first that makes something replaces the nodes it used. `all` are the classes
/// of the nodes.
pub(super) fn pass<'r>(
    nodes: &mut Vec<Node<'r>>,
    all: &mut Classes,
    text: &str,
    language: &'r Language,
    steps: &[Step],
    mode: Mode,
) {
    let loose = mode == Mode::Loose;
    if !loose && !steps.iter().any(|step| step.may(*all)) {
        return;
    }
    let view = View { nodes, text, language, mode };
    // Where words have no blanks a rule may begin at a sign of its own.
    let anywhere = |step: &Step| language.unspaced || step.at == Classes::ANY;
    let begins =
        |step: &Step, node: &Node<'_>| (loose || step.may(*all)) && (anywhere(step) || node.classes.meets(step.at));
    let mut made: Vec<(usize, Span, Made)> = Vec::new();
    let mut i = 0;
    while let Some(node) = view.at(i) {
        let found = steps.iter().filter(|step| begins(step, node)).find_map(|step| (step.rule)(&view, i));
        if let Some(found) = found.filter(|found| found.to > i) {
            let end = view.before(found.to).map_or(node.span.end(), |last| last.span.end());
            let at = i;
            i = found.to;
            made.push((at, Span::new(node.span.start(), end), found));
        } else {
            i += 1;
        }
    }
    if made.is_empty() {
        return;
    }
    let mut made = made.into_iter().peekable();
    let mut used = 0;
    let old = std::mem::take(nodes);
    nodes.reserve(old.len());
    for (i, node) in old.into_iter().enumerate() {
        if let Some((_, span, found)) = made.next_if(|(at, ..)| *at == i) {
            *all = all.with(found.kind.classes());
            used = found.to;
            nodes.push(Node { span, ..node.of(found.kind) });
        } else if i >= used {
            nodes.push(node);
        }
    }
}
