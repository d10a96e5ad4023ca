//! What must hold for every set of reports: order-free, idempotent, one at a time as all at once, corrections kept, keys
//! that cover links.

mod reading;

use std::sync::LazyLock;

use forewarn_incident::{
    Anchor, Correction, CorrectionKind, Incident, Link, Piece, Resolver, Role, Sketch, Telling, group, keys, link,
};
use proptest::prelude::*;

/// Sketches and tellings of the corpus and of two copies of it some days and degrees away, which come close to it.
static CORPUS: LazyLock<Vec<(Sketch, Vec<Telling>)>> = LazyLock::new(|| {
    let read = reading::code(reading::happenings());
    let mut out: Vec<(Sketch, Vec<Telling>)> = Vec::new();
    for (copy, days, degrees) in [(0, 0, 0.0), (1, 2, 0.05), (2, -3, 0.2)] {
        for r in &read {
            let mut sketch = r.sketch.clone();
            sketch.report_id = format!("{}-{copy}", sketch.report_id).into();
            sketch.published = sketch.published.map(|p| p + days);
            for (_, i) in &mut sketch.days {
                i.start += days;
                i.end += days;
            }
            let tellings = r.tellings.iter().map(|t| {
                let mut t = t.clone();
                t.report_id = sketch.report_id.clone();
                t.claim_id = format!("{}{copy}", t.claim_id).into();
                if let Some(w) = &mut t.when {
                    w.start += days;
                    w.end += days;
                }
                if let Some((lat, _)) = t.spot.as_mut().and_then(|s| s.at.as_mut()) {
                    *lat += degrees;
                }
                t.bind();
                t
            });
            let tellings = tellings.collect();
            out.push((sketch, tellings));
        }
    }
    out
});

fn pieces(of: &[usize]) -> Vec<Piece<'static>> {
    of.iter().flat_map(|&i| CORPUS[i].1.iter().map(move |telling| Piece { telling, sketch: &CORPUS[i].0 })).collect()
}

fn all_links(pieces: &[Piece<'_>]) -> Vec<Link> {
    let mut out = Vec::new();
    for (i, a) in pieces.iter().enumerate() {
        out.extend(pieces[..i].iter().filter_map(|b| link(*a, *b)));
    }
    out
}

fn resolve(order: &[usize], corrections: &[Correction]) -> Vec<Incident> {
    let mut resolver = Resolver::with_corrections(corrections.to_vec());
    for &i in order {
        resolver.add(CORPUS[i].0.clone(), CORPUS[i].1.clone());
    }
    resolver.incidents().into_iter().cloned().collect()
}

#[test]
fn links_share_a_key_and_do_not_depend_on_the_order_of_the_two() {
    let pieces = pieces(&(0..CORPUS.len()).collect::<Vec<_>>());
    let all: Vec<Vec<u64>> = pieces.iter().map(|p| keys(*p)).collect();
    let mut found = 0;
    for (i, a) in pieces.iter().enumerate() {
        assert!(all[i].is_sorted_by(|x, y| x < y), "keys are sorted, each once");
        for (j, b) in pieces[..i].iter().enumerate() {
            let there = link(*a, *b);
            assert_eq!(there, link(*b, *a));
            if there.is_some() {
                found += 1;
                assert!(
                    all[i].iter().any(|k| all[j].binary_search(k).is_ok()),
                    "{:?}: {:#?} and {:#?} link without a key",
                    there.map(|l| l.bond),
                    (a.telling, &a.sketch.days, a.sketch.published),
                    (b.telling, &b.sketch.days, b.sketch.published)
                );
            }
        }
    }
    assert!(found > 1000, "{found} links");
    let mean = all.iter().map(Vec::len).sum::<usize>() / all.len();
    assert!(mean < 30, "{mean} keys a piece");
}

#[test]
fn one_at_a_time_is_all_at_once() {
    let everything: Vec<usize> = (0..CORPUS.len()).collect();
    let pieces = pieces(&everything);
    let batch = group(&pieces, &all_links(&pieces), &[]);
    assert_eq!(resolve(&everything, &[]), batch);
}

fn subset() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..CORPUS.len(), 1..60)
}

/// Two tellings of one incident, or of two.
fn pair_of(incidents: &[Incident], same: bool, pick: usize) -> Option<(Anchor, Anchor)> {
    let all: Vec<(usize, &str)> = incidents
        .iter()
        .enumerate()
        .flat_map(|(k, i)| i.members.iter().filter(|m| m.role == Role::Telling).map(move |m| (k, m.claim_id.as_str())))
        .collect();
    let mut pairs = Vec::new();
    for (n, a) in all.iter().enumerate() {
        pairs.extend(all[..n].iter().filter(|b| (a.0 == b.0) == same).map(|b| (a.1, b.1)));
    }
    let (a, b) = pairs.get(pick % pairs.len().max(1))?;
    let anchor = |id: &str| {
        CORPUS.iter().flat_map(|(_, t)| t).find(|t| t.claim_id == id).map(Anchor::of).expect("the corpus holds it")
    };
    Some((anchor(a), anchor(b)))
}

fn home<'i>(incidents: &'i [Incident], anchor: &Anchor) -> Vec<&'i str> {
    let held: Vec<&str> =
        CORPUS.iter().flat_map(|(_, t)| t).filter(|t| anchor.holds(t)).map(|t| t.claim_id.as_str()).collect();
    incidents
        .iter()
        .filter(|i| i.members.iter().any(|m| m.role.is_account() && held.contains(&m.claim_id.as_str())))
        .map(|i| i.incident_id.as_str())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_and_repetition_change_nothing(order in subset(), seed in any::<u64>()) {
        let once = resolve(&order, &[]);
        let mut other = order.clone();
        other.extend(&order);
        // A fixed shuffle from the seed.
        let mut state = seed;
        for i in (1..other.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            other.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(resolve(&other, &[]), once);
    }

    #[test]
    fn changes_add_up_to_the_whole(order in subset()) {
        let mut resolver = Resolver::new();
        let mut kept: std::collections::BTreeMap<String, Incident> = std::collections::BTreeMap::new();
        for &i in &order {
            let change = resolver.add(CORPUS[i].0.clone(), CORPUS[i].1.clone());
            for id in change.withdrawn {
                prop_assert!(kept.remove(id.as_str()).is_some());
            }
            for incident in change.changed {
                kept.insert(incident.incident_id.to_string(), incident);
            }
        }
        let whole: Vec<Incident> = resolver.incidents().into_iter().cloned().collect();
        prop_assert_eq!(kept.into_values().collect::<Vec<_>>(), whole);
    }

    #[test]
    fn a_report_that_is_read_anew_leaves_no_trace(order in subset(), which in any::<prop::sample::Index>(), cut in 0_usize..3) {
        let at = *which.get(&order);
        let mut resolver = Resolver::new();
        for &i in &order {
            resolver.add(CORPUS[i].0.clone(), CORPUS[i].1.clone());
        }
        let fewer: Vec<Telling> = CORPUS[at].1.iter().take(cut).cloned().collect();
        resolver.add(CORPUS[at].0.clone(), fewer.clone());
        let mut fresh = Resolver::new();
        for &i in order.iter().filter(|&&i| i != at) {
            fresh.add(CORPUS[i].0.clone(), CORPUS[i].1.clone());
        }
        fresh.add(CORPUS[at].0.clone(), fewer);
        prop_assert_eq!(resolver.incidents(), fresh.incidents());
    }

    #[test]
    fn corrections_hold_in_every_order(order in subset(), same in any::<bool>(), pick in any::<usize>()) {
        let before = resolve(&order, &[]);
        let Some((a, b)) = pair_of(&before, same, pick) else { return Ok(()) };
        prop_assume!(a != b);
        let kind = if same { CorrectionKind::Split } else { CorrectionKind::Merge };
        let correction = Correction { kind, a: a.clone(), b: b.clone(), note: "looked at by hand".into() };
        let after = resolve(&order, std::slice::from_ref(&correction));
        let (home_a, home_b) = (home(&after, &a), home(&after, &b));
        if same {
            prop_assert!(home_a.iter().all(|i| !home_b.contains(i)), "{home_a:?} {home_b:?}");
        } else {
            prop_assert_eq!(&home_a, &home_b);
        }
        // Given later, it does the same.
        let mut late = Resolver::new();
        for &i in order.iter().rev() {
            late.add(CORPUS[i].0.clone(), CORPUS[i].1.clone());
        }
        late.correct(correction);
        prop_assert_eq!(late.incidents(), after.iter().collect::<Vec<_>>());
    }
}
