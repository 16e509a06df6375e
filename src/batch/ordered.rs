//! An ordered parallel map in two stages with a sequential step between them, within a budget of bytes.

use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::time::Duration;

use rayon::{ThreadPool, Yield};

/// What a document costs besides its bytes.
const OVERHEAD: usize = 1024;
/// Items taken from the source before results are looked at.
const TAKEN_AT_ONCE: usize = 4;

/// Something a worker finished.
enum Done<A, B> {
    First(u64, A),
    Second(u64, B),
}

/// How long the coordinator sleeps at most where there is nothing to do for it: another thread's work may have been split meanwhile.
const NAP: Duration = Duration::from_millis(2);

/// Maps every item of `source` by `first` on the pool, then by `between`, one after the other in the order of the source, then by `second`
/// on the pool, and hands the results to `deliver`, in the order of the source.
///
/// What goes in order is done by one thread of the pool, which works on items like the others while it waits: `pool` has as many threads as
/// the run uses. Items are taken from the source as long as the sum of their `size` that is not yet delivered stays within `budget` bytes; one
/// item that is larger than the budget is worked on alone.
///
/// # Errors
/// The first error of `deliver`; what is under way is then finished and thrown away.
#[expect(clippy::too_many_arguments, reason = "each is a step of the pipeline, named where it is called")]
pub fn two_stage<I, A, M, B, E>(
    pool: &ThreadPool,
    budget: usize,
    mut source: impl Iterator<Item = I> + Send,
    size: impl Fn(&I) -> usize + Send,
    first: impl Fn(I) -> A + Sync,
    mut between: impl FnMut(A) -> M + Send,
    second: impl Fn(M) -> B + Sync,
    mut deliver: impl FnMut(B) -> Result<(), E> + Send,
) -> Result<(), E>
where
    I: Send,
    A: Send,
    M: Send,
    B: Send,
    E: Send,
{
    let (first, second) = (&first, &second);
    // First in, first out: what is delivered next is worked on first.
    pool.scope_fifo(move |scope| {
        let (sender, receiver) = channel::<Done<A, B>>();
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        let (mut taken, mut compared, mut delivered) = (0u64, 0u64, 0u64);
        let (mut under_way, mut exhausted) = (0usize, false);
        let mut firsts: BTreeMap<u64, A> = BTreeMap::new();
        let mut seconds: BTreeMap<u64, B> = BTreeMap::new();
        let room = |under_way: usize, none: bool| none || under_way < budget;
        loop {
            // A few at a time: what is done meanwhile is delivered before more is taken.
            for _ in 0..TAKEN_AT_ONCE {
                if exhausted || !room(under_way, sizes.is_empty()) {
                    break;
                }
                let Some(item) = source.next() else {
                    exhausted = true;
                    break;
                };
                let bytes = size(&item) + OVERHEAD;
                under_way += bytes;
                sizes.insert(taken, bytes);
                let (number, sender) = (taken, sender.clone());
                taken += 1;
                scope.spawn_fifo(move |_| drop(sender.send(Done::First(number, first(item)))));
            }
            if exhausted && delivered == taken {
                return Ok(());
            }
            let mut next = receiver.try_recv().ok();
            if next.is_none() && (exhausted || !room(under_way, sizes.is_empty())) {
                next = match rayon::yield_now() {
                    Some(Yield::Executed) => receiver.try_recv().ok(),
                    _ => receiver.recv_timeout(NAP).ok(),
                };
            }
            while let Some(done) = next {
                match done {
                    Done::First(number, value) => drop(firsts.insert(number, value)),
                    Done::Second(number, value) => drop(seconds.insert(number, value)),
                }
                next = receiver.try_recv().ok();
            }
            while let Some(value) = firsts.remove(&compared) {
                let value = between(value);
                let (number, sender) = (compared, sender.clone());
                compared += 1;
                scope.spawn_fifo(move |_| drop(sender.send(Done::Second(number, second(value)))));
            }
            while let Some(value) = seconds.remove(&delivered) {
                under_way -= sizes.remove(&delivered).unwrap_or_default();
                delivered += 1;
                deliver(value)?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::two_stage;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn order_is_that_of_the_source_for_any_number_of_threads_and_any_budget() {
        for threads in [1, 2, 4] {
            for budget in [0, 7, 1 << 20] {
                let (mut seen, mut out, mut sum) = (Vec::new(), Vec::new(), 0);
                let result: Result<(), ()> = two_stage(
                    &pool(threads),
                    budget,
                    0..500u64,
                    |i| *i as usize % 13,
                    |i| {
                        std::thread::sleep(std::time::Duration::from_micros(i * 7919 % 50));
                        i
                    },
                    |i| {
                        seen.push(i);
                        sum += i;
                        (i, sum)
                    },
                    |(i, sum)| format!("{i}:{sum}"),
                    |text| {
                        out.push(text);
                        Ok(())
                    },
                );
                result.unwrap();
                assert_eq!(seen, (0..500).collect::<Vec<_>>());
                assert_eq!(out.len(), 500);
                assert_eq!(out[3], "3:6");
                assert!(out.iter().enumerate().all(|(i, text)| text.starts_with(&format!("{i}:"))));
            }
        }
    }

    #[test]
    fn an_error_of_delivery_ends_it() {
        let result = two_stage(
            &pool(2),
            100,
            0..1000u32,
            |_| 10,
            |i| i,
            |i| i,
            |i| i,
            |i| if i == 20 { Err("full") } else { Ok(()) },
        );
        assert_eq!(result, Err("full"));
    }
}
