//! Viterbi over BIO tags: `I-X` only after `B-X` or `I-X`.

use crate::model::NameTag;
use crate::sentence::Name;

/// Working space.
#[derive(Default)]
pub(crate) struct Space {
    best: Vec<f32>,
    next: Vec<f32>,
    back: Vec<u16>,
    path: Vec<u16>,
}

/// Appends the names of a sentence to `names`, for `scores` with a row of `tags.len()` for each token.
pub(crate) fn decode(scores: &[f32], tags: &[NameTag], space: &mut Space, names: &mut Vec<Name>) {
    best_path(scores, tags, space);
    let mut open: Option<Name> = None;
    for (i, &tag) in space.path.iter().enumerate() {
        match tags[usize::from(tag)] {
            NameTag::Inside(_) => {
                if let Some(name) = &mut open {
                    name.end = i as u16 + 1;
                }
            }
            tag => {
                names.extend(open.take());
                if let NameTag::Begin(Some(kind)) = tag {
                    open = Some(Name { first: i as u16, end: i as u16 + 1, kind });
                }
            }
        }
    }
    names.extend(open);
}

/// Whether `after` may follow `before`.
fn allowed(tags: &[NameTag], before: usize, after: usize) -> bool {
    match tags[after] {
        NameTag::Inside(begin) => before == begin || tags[before] == NameTag::Inside(begin),
        _ => true,
    }
}

fn best_path(scores: &[f32], tags: &[NameTag], space: &mut Space) {
    let k = tags.len();
    space.path.clear();
    // Where every token's best tag is allowed, that is the best path: nearly all sentences.
    let mut legal = true;
    for row in scores.chunks_exact(k) {
        let mut top = 0;
        for (j, score) in row.iter().enumerate() {
            if *score > row[top] {
                top = j;
            }
        }
        legal &= match space.path.last() {
            None => !matches!(tags[top], NameTag::Inside(_)),
            Some(&before) => allowed(tags, usize::from(before), top),
        };
        space.path.push(top as u16);
    }
    if legal {
        return;
    }
    space.back.clear();
    space.best.clear();
    let first = &scores[..k];
    space.best.extend((0..k).map(|j| match tags[j] {
        NameTag::Inside(_) => f32::NEG_INFINITY,
        _ => first[j],
    }));
    for row in scores[k..].chunks_exact(k) {
        space.next.clear();
        for (after, score) in row.iter().enumerate() {
            let mut from = None;
            for before in (0..k).filter(|&before| allowed(tags, before, after)) {
                if from.is_none_or(|f: usize| space.best[before] > space.best[f]) {
                    from = Some(before);
                }
            }
            let from = from.expect("a tag that begins may follow any, one inside may follow its beginning");
            space.next.push(space.best[from] + score);
            space.back.push(from as u16);
        }
        std::mem::swap(&mut space.best, &mut space.next);
    }
    let mut at = 0;
    for j in 1..k {
        if space.best[j] > space.best[at] {
            at = j;
        }
    }
    let last = space.path.len() - 1;
    space.path[last] = at as u16;
    for i in (0..last).rev() {
        at = usize::from(space.back[i * k + at]);
        space.path[i] = at as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NameKind;

    const TAGS: [NameTag; 5] = [
        NameTag::Outside,
        NameTag::Begin(Some(NameKind::Person)),
        NameTag::Inside(1),
        NameTag::Begin(None),
        NameTag::Inside(3),
    ];

    fn check(scores: &[[f32; 5]], expected: &[u16]) {
        let mut space = Space::default();
        best_path(scores.as_flattened(), &TAGS, &mut space);
        assert_eq!(space.path, expected);
    }

    #[test]
    fn the_best_well_formed_path() {
        check(&[[0., 1., 0., 0., 0.], [0., 0., 1., 0., 0.], [1., 0., 0., 0., 0.]], &[1, 2, 0]);
        // The second token wants I-PER after O: cheaper to begin a name there.
        check(&[[5., 0., 0., 0., 0.], [0., 3., 4., 0., 0.]], &[0, 1]);
        // Cheaper to begin one token earlier.
        check(&[[1., 0.9, 0., 0., 0.], [0., 0., 4., 0., 0.]], &[1, 2]);
        check(&[[0., 0., 9., 0., 8.]], &[0]);
        check(&[[0., 0., 0., 5., 0.], [0., 0., 9., 0., 8.5]], &[3, 4]);
        check(&[], &[]);
    }

    #[test]
    fn a_kind_of_no_use_is_left_out() {
        let mut names = Vec::new();
        let scores = [[0., 0., 0., 5., 0.], [0., 0., 0., 0., 5.], [0., 5., 0., 0., 0.], [0., 0., 5., 0., 0.]];
        decode(scores.as_flattened(), &TAGS, &mut Space::default(), &mut names);
        assert_eq!(names, [Name { first: 2, end: 4, kind: NameKind::Person }]);
    }

    #[test]
    fn as_good_as_trying_every_path() {
        let mut state = 7_u32;
        for _ in 0..200 {
            let mut scores = [[0.0_f32; 5]; 4];
            for s in scores.as_flattened_mut() {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *s = (state >> 20) as f32;
            }
            let mut space = Space::default();
            best_path(scores.as_flattened(), &TAGS, &mut space);
            let value = |path: &[usize]| path.iter().zip(&scores).map(|(&j, row)| row[j]).sum::<f32>();
            let mut best = f32::MIN;
            for code in 0..5_usize.pow(4) {
                let path: Vec<usize> = (0..4).map(|i| code / 5_usize.pow(i) % 5).collect();
                let legal =
                    !matches!(TAGS[path[0]], NameTag::Inside(_)) && path.windows(2).all(|w| allowed(&TAGS, w[0], w[1]));
                if legal {
                    best = best.max(value(&path));
                }
            }
            let path: Vec<usize> = space.path.iter().map(|&j| usize::from(j)).collect();
            assert!((value(&path) - best).abs() < 1e-6);
        }
    }
}
