//! The relations of a document as a drawing: who is left, what was decided in the middle, where and when right.
//!
//! Laid out in layers as Sugiyama, Tagawa and Toda do (1981): the layer of an entity follows from its type, the order within a layer from the
//! barycentres of its neighbours. The same relations give the same drawing. The table below it says the same in words.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::layers::View;
use super::visible::shown;
use crate::record::{Numbered, RelationEntry};

/// Entities and dates that are drawn at most.
const NODES: usize = 48;
/// With fewer relations than this the table says all at a glance.
const LEAST: usize = 3;
/// Passes over the layers that order them.
const SWEEPS: usize = 8;
/// Sizes of a box and of the gaps between boxes, in CSS pixels.
const WIDTH: f64 = 172.0;
const HEIGHT: f64 = 42.0;
const ACROSS: f64 = 46.0;
const DOWN: f64 = 10.0;
/// Room around the drawing: for arcs on the right, and for the outlines of boxes.
const EDGE: f64 = 3.0;
const ARC: f64 = 36.0;

/// What is drawn as a box.
struct Node<'a> {
    id: Numbered,
    kind: &'a str,
    name: &'a str,
    layer: usize,
    /// Its row within the layer, from the top; a fraction where the layer is shorter than the longest.
    row: f64,
}

/// The drawing, where there is enough to draw.
pub(super) fn drawing(view: &View<'_>) -> Markup {
    let all = &view.record.relations;
    if all.len() < LEAST {
        return html! {};
    }
    let mut nodes = nodes(view, all);
    let number: BTreeMap<Numbered, usize> = nodes.iter().enumerate().map(|(number, node)| (node.id, number)).collect();
    let place = |r: &RelationEntry| Some((*number.get(&r.from)?, *number.get(&r.to)?, r.kind));
    let edges: BTreeSet<(usize, usize, &str)> = all.iter().filter_map(place).collect();
    let layers = order(&mut nodes, &edges);
    let rows = layers.iter().map(Vec::len).max().unwrap_or_default() as f64;
    let (width, height) =
        (layers.len() as f64 * (WIDTH + ACROSS) - ACROSS + ARC + EDGE, rows * (HEIGHT + DOWN) - DOWN + 2.0 * EDGE);
    let kinds: BTreeSet<&str> = edges.iter().map(|edge| edge.2).collect();
    let hidden = all.iter().filter(|r| place(r).is_none()).count();
    let texts = view.texts;
    html! {
        ul.strokes aria-hidden="true" { @for kind in &kinds {
            li { svg viewBox="0 0 36 8" focusable="false" { path class={ "tie " (kind) } d="M0 4H36" {} } " " (texts.named("relation", kind)) }
        } }
        div.scroll tabindex="0" role="group" aria-label=(texts.of("relation.graph")) {
            svg.graph viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) focusable="false" {
                @for &(from, to, kind) in &edges {
                    @if let (Some(a), Some(b)) = (nodes.get(from), nodes.get(to)) {
                        g class={ "tie " (kind) } {
                            title { (shown(a.name)) " — " (texts.named("relation", kind)) " — " (shown(b.name)) }
                            (tie(a, b))
                        }
                    }
                }
                @for node in &nodes { (boxed(view, node)) }
            }
        }
        @if hidden > 0 { p.more { (texts.counted("relation.hidden", hidden as u64)) } }
    }
}

/// The entities and dates with the most relations, in the order of their ids.
fn nodes<'a>(view: &View<'a>, all: &[RelationEntry]) -> Vec<Node<'a>> {
    let mut degree: BTreeMap<Numbered, usize> = BTreeMap::new();
    for id in all.iter().flat_map(|r| [r.from, r.to]) {
        *degree.entry(id).or_default() += 1;
    }
    let mut most: Vec<(usize, Numbered)> = degree.into_iter().map(|(id, count)| (count, id)).collect();
    most.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    most.truncate(NODES);
    let chosen: BTreeSet<Numbered> = most.into_iter().map(|(_, id)| id).collect();
    let drawn = |r: &&RelationEntry| chosen.contains(&r.from) && chosen.contains(&r.to);
    // One whose neighbours are all left out would float alone.
    let tied: BTreeSet<Numbered> = all.iter().filter(drawn).flat_map(|r| [r.from, r.to]).collect();
    tied.into_iter().filter_map(|id| node(view, id)).collect()
}

fn node<'a>(view: &View<'a>, id: Numbered) -> Option<Node<'a>> {
    let (kind, name) = if id.0 == 't' {
        ("date", view.date(id)?.text)
    } else {
        let entity = view.record.entities.get(id.1.checked_sub(1)?)?;
        (entity.kind, entity.name)
    };
    let layer = match kind {
        "person" => 0,
        "role" => 1,
        "regulator" | "organization" => 2,
        "law" | "policy" | "action" | "case" => 3,
        _ => 4,
    };
    Some(Node { id, kind, name, layer, row: 0.0 })
}

/// Gives each node its row and counts the layers without those that are empty; the nodes of each layer from the top.
fn order(nodes: &mut [Node<'_>], edges: &BTreeSet<(usize, usize, &str)>) -> Vec<Vec<usize>> {
    let used: BTreeSet<usize> = nodes.iter().map(|node| node.layer).collect();
    let used: Vec<usize> = used.into_iter().collect();
    for node in nodes.iter_mut() {
        node.layer = used.partition_point(|&layer| layer < node.layer);
    }
    let mut layers = vec![Vec::new(); used.len()];
    for (number, node) in nodes.iter().enumerate() {
        if let Some(layer) = layers.get_mut(node.layer) {
            layer.push(number);
        }
    }
    let most = layers.iter().map(Vec::len).max().unwrap_or_default();
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for &(from, to, _) in edges {
        for (one, other) in [(from, to), (to, from)] {
            if let Some(list) = neighbours.get_mut(one) {
                list.push(other);
            }
        }
    }
    for layer in &layers {
        place(nodes, layer, most);
    }
    for sweep in 0..SWEEPS {
        let count = layers.len();
        for step in 0..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let Some(layer) = layers.get_mut(at) else { continue };
            let row = |number: usize| nodes.get(number).map_or(0.0, |node| node.row);
            let mean = |number: usize| {
                let list = neighbours.get(number).map(Vec::as_slice).unwrap_or_default();
                if list.is_empty() {
                    row(number)
                } else {
                    list.iter().map(|&n| row(n)).sum::<f64>() / list.len() as f64
                }
            };
            let mut keyed: Vec<(f64, usize)> = layer.iter().map(|&number| (mean(number), number)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            *layer = keyed.into_iter().map(|(_, number)| number).collect();
            place(nodes, layer, most);
        }
    }
    layers
}

/// The rows of a layer, spread over the height of the longest.
fn place(nodes: &mut [Node<'_>], layer: &[usize], most: usize) {
    let step = most as f64 / layer.len().max(1) as f64;
    for (row, &number) in layer.iter().enumerate() {
        if let Some(node) = nodes.get_mut(number) {
            node.row = (row as f64 + 0.5) * step - 0.5;
        }
    }
}

/// Left edge and middle of a box.
fn at(node: &Node<'_>) -> (f64, f64) {
    (EDGE + node.layer as f64 * (WIDTH + ACROSS), EDGE + node.row * (HEIGHT + DOWN) + HEIGHT / 2.0)
}

/// The line between two boxes, with the head of an arrow at the second.
fn tie(from: &Node<'_>, to: &Node<'_>) -> Markup {
    let ((ax, ay), (bx, by)) = (at(from), at(to));
    // The line leaves `a` at x, reaches `b` at y, and comes to it from `side` (1: from the right).
    let (x, y, side) = match from.layer.cmp(&to.layer) {
        std::cmp::Ordering::Less => (ax + WIDTH, bx, -1.0),
        std::cmp::Ordering::Greater => (ax, bx + WIDTH, 1.0),
        std::cmp::Ordering::Equal => (ax + WIDTH, bx + WIDTH, 1.0),
    };
    let bend = if from.layer == to.layer { ARC } else { (x - y).abs() / 2.0 };
    let out = if from.layer == to.layer { bend } else { -side * bend };
    let tip = y + side * 2.0;
    html! {
        path d=(format!("M{x:.1} {ay:.1}C{:.1} {ay:.1} {:.1} {by:.1} {tip:.1} {by:.1}", x + out, tip + side * bend)) {}
        path.head d=(format!("M{tip:.1} {by:.1}l{:.1} -4v8z", side * 8.0)) {}
    }
}

fn boxed(view: &View<'_>, node: &Node<'_>) -> Markup {
    let (x, y) = at(node);
    html! {
        foreignObject x=(x) y=(format!("{:.1}", y - HEIGHT / 2.0)) width=(WIDTH) height=(HEIGHT) {
            a class={ "node " (node.kind) } href={ "#" (view.name(node.id)) } title=(shown(node.name)) {
                bdi lang=[View::language(&view.record.language.code)] { (shown(node.name)) }
            }
        }
    }
}
