//! What is in one list and not in the other, each as often as it is.

/// The elements of `left` that `right` lacks, and the other way round, by their places in the lists.
pub(super) fn unmatched<L, R>(left: &[L], right: &[R], same: impl Fn(&L, &R) -> bool) -> (Vec<usize>, Vec<usize>) {
    let mut taken = vec![false; right.len()];
    let mut alone = Vec::new();
    for (number, one) in left.iter().enumerate() {
        let twin = right.iter().zip(&mut taken).find(|(other, taken)| !**taken && same(one, other));
        match twin {
            Some((_, taken)) => *taken = true,
            None => alone.push(number),
        }
    }
    let rest = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(number, _)| number).collect();
    (alone, rest)
}
