//! The longest common subsequence of two lists: which elements stay where they are.

/// Lists whose product is above this are compared at their ends alone.
const MOST: usize = 4_000_000;

/// For each element of `new`, the place of the element of `old` that stays; places ascend.
pub(super) fn kept<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle_old = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let middle_new = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut found: Vec<Option<usize>> = (0..head).map(Some).collect();
    found.extend(middle(middle_old, middle_new).into_iter().map(|at| at.map(|at| head + at)));
    found.extend((old.len() - tail..old.len()).map(Some));
    found
}

fn middle<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    if old.len().saturating_mul(new.len()) > MOST {
        return vec![None; new.len()];
    }
    let longest = table(old, new);
    let length = |i: usize, j: usize| longest.get(i * (new.len() + 1) + j).copied().unwrap_or(0);
    let (mut i, mut found) = (0, Vec::with_capacity(new.len()));
    for j in 0..new.len() {
        let stays = length(i, j) > length(i, j + 1);
        // The last place that leaves the rest as long as it is holds the same element.
        while stays && length(i, j) == length(i + 1, j) {
            i += 1;
        }
        found.push(stays.then_some(i));
        i += usize::from(stays);
    }
    found
}

/// The length of the longest common subsequence of `old[i..]` and `new[j..]`, row by row.
fn table<T: PartialEq>(old: &[T], new: &[T]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let at = |i: usize, j: usize| longest.get(i * width + j).copied().unwrap_or(0);
            let best = if a == b { at(i + 1, j + 1) + 1 } else { at(i + 1, j).max(at(i, j + 1)) };
            if let Some(cell) = longest.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    longest
}
