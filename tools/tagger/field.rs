//! Learns a conditional random field for each kind of name by stochastic gradients with steps of their own (AdaGrad, Duchi et al. 2011).

use std::collections::HashMap;

use recensio::rules::entity::tagger::{KINDS, LANES, write_weights};

/// Tokens that are labelled together.
pub(crate) struct Row {
    /// Labels by kind: outside, begins, inside.
    pub(crate) labels: [Vec<u8>; KINDS],
    /// Of each token, its features.
    pub(crate) features: Vec<Vec<u64>>,
    /// The kinds that are marked in its text.
    pub(crate) kinds: [bool; KINDS],
    /// How much it counts.
    pub(crate) weight: f32,
}

/// What was learnt.
pub(crate) struct Field {
    numbers: HashMap<u64, u32>,
    weights: Vec<[f32; LANES]>,
    steps: [[[f32; 3]; 3]; KINDS],
}

/// Length of a step.
const RATE: f32 = 0.1;
/// How much of a weight is taken off at each use of its feature, by L2.
const DECAY: f32 = 5e-5;
/// Part of the features that are left out at random each time, so that no word is relied on alone.
const LEFT_OUT: u32 = 30;
/// Features that occur less often are not learnt.
const OFTEN: u32 = 2;
/// Weights below this are not worth a place.
const LEAST: f32 = 0.08;

impl Field {
    /// Learns from rows, each seen `epochs` times.
    pub(crate) fn learn(rows: &[&Row], epochs: usize) -> Self {
        let mut often: HashMap<u64, u32> = HashMap::new();
        for feature in rows.iter().flat_map(|row| row.features.iter().flatten()) {
            *often.entry(*feature).or_default() += 1;
        }
        let mut order: Vec<u64> = often.iter().filter(|(_, n)| **n >= OFTEN).map(|(f, _)| *f).collect();
        order.sort_unstable();
        let numbers: HashMap<u64, u32> = order.iter().enumerate().map(|(n, f)| (*f, n as u32)).collect();
        let rows: Vec<(&Row, Vec<Vec<u32>>)> = rows
            .iter()
            .map(|row| {
                let known = row.features.iter().map(|of| of.iter().filter_map(|f| numbers.get(f).copied()).collect());
                (*row, known.collect())
            })
            .collect();
        let mut field = Self { weights: vec![[0.0; LANES]; numbers.len()], steps: [[[0.0; 3]; 3]; KINDS], numbers };
        let mut squares = vec![[1e-3f32; LANES]; field.weights.len()];
        let mut step_squares = [[[1e-3f32; 3]; 3]; KINDS];
        let mut chance = Chance(88_172_645_463_325_252);
        let mut turn: Vec<usize> = (0..rows.len()).collect();
        for _ in 0..epochs {
            for i in (1..turn.len()).rev() {
                turn.swap(i, chance.below(i as u32 + 1) as usize);
            }
            for &number in &turn {
                let (row, features) = &rows[number];
                let used: Vec<Vec<u32>> = features
                    .iter()
                    .map(|of| of.iter().copied().filter(|_| chance.below(100) >= LEFT_OUT).collect())
                    .collect();
                field.step(row, &used, &mut squares, &mut step_squares);
            }
        }
        field
    }

    fn step(
        &mut self,
        row: &Row,
        used: &[Vec<u32>],
        squares: &mut [[f32; LANES]],
        step_squares: &mut [[[f32; 3]; 3]; KINDS],
    ) {
        let scale = 100.0 / (100.0 - LEFT_OUT as f32);
        let scores: Vec<[f32; LANES]> = used
            .iter()
            .map(|of| {
                let mut sums = [0.0; LANES];
                for feature in of {
                    for (sum, weight) in sums.iter_mut().zip(self.weights[*feature as usize]) {
                        *sum += weight * scale;
                    }
                }
                sums
            })
            .collect();
        let mut slopes = vec![[0.0f32; LANES]; used.len()];
        for kind in (0..KINDS).filter(|kind| row.kinds[*kind]) {
            let emitted: Vec<[f32; 3]> = scores.iter().map(|s| [0.0, s[kind * 2], s[kind * 2 + 1]]).collect();
            let (single, pairs) = chances(&emitted, &self.steps[kind]);
            let labels = &row.labels[kind];
            for (t, slope) in slopes.iter_mut().enumerate() {
                for label in 1..3 {
                    let right = f32::from(u8::from(usize::from(labels[t]) == label));
                    slope[kind * 2 + label - 1] = (right - single[t][label]) * row.weight;
                }
            }
            let mut seen = [[0.0f32; 3]; 3];
            seen[0][usize::from(labels[0])] += 1.0;
            for pair in labels.windows(2) {
                seen[usize::from(pair[0])][usize::from(pair[1])] += 1.0;
            }
            for a in 0..3 {
                for b in 0..3 {
                    let slope = (seen[a][b] - pairs[a][b]) * row.weight;
                    let square = &mut step_squares[kind][a][b];
                    *square += slope * slope;
                    self.steps[kind][a][b] += RATE * slope / square.sqrt();
                }
            }
        }
        for (of, slope) in used.iter().zip(&slopes) {
            if slope.iter().all(|s| s.abs() < 1e-4) {
                continue;
            }
            for feature in of {
                let (weights, squares) = (&mut self.weights[*feature as usize], &mut squares[*feature as usize]);
                for lane in 0..LANES {
                    squares[lane] += slope[lane] * slope[lane];
                    weights[lane] += RATE * slope[lane] / squares[lane].sqrt() - DECAY * weights[lane];
                }
            }
        }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The table of weights, and how many features found no place in it.
    pub(crate) fn table(&self, power: u8) -> (Vec<u8>, usize) {
        let greatest = |number: u32| self.weights[number as usize].iter().fold(0.0f32, |most, w| most.max(w.abs()));
        let mut all: Vec<(u64, u32)> =
            self.numbers.iter().map(|(f, n)| (*f, *n)).filter(|(_, n)| greatest(*n) >= LEAST).collect();
        all.sort_by(|a, b| greatest(b.1).total_cmp(&greatest(a.1)).then(a.0.cmp(&b.0)));
        let features: Vec<(u64, [f32; LANES])> = all.iter().map(|(f, n)| (*f, self.weights[*n as usize])).collect();
        write_weights(&features, power, &self.steps)
    }
}

/// The chances of each label at each token, and how often each step between labels is taken, by the forward-backward algorithm.
fn chances(emitted: &[[f32; 3]], steps: &[[f32; 3]; 3]) -> (Vec<[f32; 3]>, [[f32; 3]; 3]) {
    let allowed = |a: usize, b: usize| !(a == 0 && b == 2);
    let weight = |t: usize, a: usize, b: usize| if allowed(a, b) { (steps[a][b] + emitted[t][b]).exp() } else { 0.0 };
    let count = emitted.len();
    let mut ahead = vec![[0.0f32; 3]; count + 1];
    let mut scale = vec![1.0f32; count + 1];
    ahead[0] = [1.0, 0.0, 0.0];
    for t in 0..count {
        for b in 0..3 {
            ahead[t + 1][b] = (0..3).map(|a| ahead[t][a] * weight(t, a, b)).sum();
        }
        scale[t + 1] = ahead[t + 1].iter().sum::<f32>().max(1e-30);
        for value in &mut ahead[t + 1] {
            *value /= scale[t + 1];
        }
    }
    let mut behind = vec![[1.0f32; 3]; count + 1];
    for t in (0..count).rev() {
        for a in 0..3 {
            behind[t][a] = (0..3).map(|b| weight(t, a, b) * behind[t + 1][b]).sum::<f32>() / scale[t + 1];
        }
    }
    let mut single = vec![[0.0f32; 3]; count];
    let mut pairs = [[0.0f32; 3]; 3];
    for t in 0..count {
        for b in 0..3 {
            single[t][b] = ahead[t + 1][b] * behind[t + 1][b];
            for a in 0..3 {
                pairs[a][b] += ahead[t][a] * weight(t, a, b) * behind[t + 1][b] / scale[t + 1];
            }
        }
    }
    (single, pairs)
}

/// Numbers that look random and are the same each time (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as u32) % most
    }
}
