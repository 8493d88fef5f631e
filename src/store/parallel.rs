//! Work on many things at once.

use std::thread;

/// `work` of each of `items`, in their order, done by as many threads as there are processors.
pub fn map<T: Sync, U: Send>(items: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let all = |items: &[T]| items.iter().map(&work).collect::<Vec<_>>();
    let mut shares = items.chunks(items.len().div_ceil(at_once()).max(1));
    let mine = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> =
            shares.map(|share| (share, thread::Builder::new().spawn_scoped(scope, || all(share)))).collect();
        let mut done = all(mine);
        for (share, other) in others {
            // Where the system has no more threads, the share is done here.
            done.extend(other.ok().and_then(|other| other.join().ok()).unwrap_or_else(|| all(share)));
        }
        done
    })
}

/// How many threads can run at the same time.
pub fn at_once() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
