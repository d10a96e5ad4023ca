//! The fitted model: its file, its explanations, its scenarios; and what series keep.

mod synthetic;

use forewarn_outlook::backtest::held;
use forewarn_outlook::hawkes::{Hawkes, Injection, Scenario};
use forewarn_outlook::index::Index;
use forewarn_outlook::model::Model;
use forewarn_outlook::outcome::{Outcome, Truth};
use forewarn_outlook::series::{Grain, Unit, series};
use forewarn_outlook::{Day, Mark, Standing};
use proptest::prelude::*;

const DAYS: i32 = 365 * 6;

#[test]
fn a_model_read_back_says_the_same_and_explains_itself() {
    let history = synthetic::history(2, DAYS);
    let as_of = Day(DAYS);
    let model = Model::fit(&history, as_of, Outcome::Escalation { days: 90 }, "made up").expect("enough");
    let text = model.to_json().expect("JSON");
    let again = Model::from_json(&text).expect("its own file");
    let said = model.watch(&history, as_of).expect("forecasts");
    assert_eq!(again.watch(&history, as_of).expect("forecasts"), said);
    let first = &said[0];
    let told = model.explain(&history, as_of, &first.pair.1, &first.pair.0).expect("a forecast").expect("known pair");
    assert!((told.p - first.p).abs() < 1e-12, "one pair's forecast depends on its company");
    assert!(told.interval_90[0] <= told.p && told.p <= told.interval_90[1]);
    assert!(told.interval_90[0] <= told.interval_50[0] && told.interval_50[1] <= told.interval_90[1]);
    let total: f64 = told.events.iter().map(|e| e.share).sum();
    assert!(total > 0.05 && total <= 1.0 + 1e-9, "{total}");
    let ids: Vec<&str> = history.events().iter().map(|e| e.id.as_str()).collect();
    assert!(told.events.iter().all(|e| ids.contains(&e.event.as_str())));
    assert!(model.explain(&history, as_of, "AAA", "ZZZ").expect("no fault").is_none());
    let days: Vec<Day> = (-200..=as_of.0).step_by(150).map(Day).collect();
    let line = model.line(&history, &days, &first.pair.0, &first.pair.1).expect("forecasts");
    assert!(line[0].is_none() && line.last().is_some_and(Option::is_some), "nothing is known before the first act");
    for (then, all) in line.iter().zip(model.lines(&history, &days).expect("forecasts")) {
        let listed = all.binary_search_by(|f| f.pair.cmp(&first.pair)).ok().map(|at| &all[at]);
        assert!(listed.is_none_or(|f| Some(f) == then.as_ref()), "{listed:?} {then:?}");
    }
    let standing = Standing::new(&history, as_of);
    let quick = model.explain_in(&standing, Some(&said), (&first.pair.0, &first.pair.1)).expect("a forecast");
    let quick = quick.expect("known pair");
    assert_eq!((quick.p, &quick.drivers, &quick.events), (first.p, &told.drivers, &told.events));
    for (&day, then) in days.iter().zip(line) {
        let alone = model.explain(&history, day, &first.pair.0, &first.pair.1).expect("no fault");
        assert_eq!(then.is_some(), alone.is_some(), "{day}");
        if let (Some(then), Some(alone)) = (then, alone) {
            assert!((then.p - alone.p).abs() < 1e-9 && then.onset == alone.onset, "{day}: {} {}", then.p, alone.p);
        }
    }
    assert!(Model::from_json(&text.replacen("\"format\":2", "\"format\":9", 1)).is_err());
}

#[test]
fn drivers_add_up_to_each_member_and_to_the_pool() {
    let history = synthetic::history(6, DAYS);
    let as_of = Day(DAYS);
    let model = Model::fit(&history, as_of, Outcome::Escalation { days: 30 }, "made up").expect("enough");
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let mut by_trees = 0.0;
    for said in model.watch(&history, as_of).expect("forecasts").iter().step_by(3) {
        let told = model.explain(&history, as_of, &said.pair.0, &said.pair.1).expect("no fault").expect("known pair");
        let (sum, drivers) = (told.sum, &told.drivers);
        for member in 0..2 {
            let whole = sum.starts[member] + drivers.iter().map(|d| d.by_member[member]).sum::<f64>();
            assert!((whole - logit(told.members[member])).abs() < 1e-6, "member {member}: {whole}");
        }
        let whole = sum.constant + sum.process + drivers.iter().map(|d| d.log_odds).sum::<f64>();
        assert!((whole - sum.pooled).abs() < 1e-6, "{whole} {}", sum.pooled);
        assert!(drivers.windows(2).all(|w| w[0].log_odds.abs() >= w[1].log_odds.abs()));
        by_trees += drivers.iter().map(|d| d.by_member[1].abs()).sum::<f64>();
    }
    assert!(by_trees > 1.0, "the trees say something");
}

#[test]
fn intervals_hold_in_a_world_that_stays_as_it_was() {
    let history = synthetic::history(12, DAYS);
    let groups = held::intervals(&history, Day(365 * 4), Outcome::Escalation { days: 30 }).expect("enough");
    assert_eq!(groups.len(), 10);
    assert!(groups.windows(2).all(|w| w[0].p <= w[1].p), "{groups:?}");
    let within = |g: &held::Group, [low, high]: [f64; 2]| {
        // What chance alone moves the frequency of so many, three quarters of the time.
        let chance = 1.15 * (g.p * (1.0 - g.p) / g.n as f64).sqrt();
        low - chance <= g.observed && g.observed <= high + chance
    };
    let held_90 = groups.iter().filter(|g| within(g, g.at_90)).count();
    assert!(held_90 >= 8, "{held_90}: {groups:?}");
    assert!(groups.iter().all(|g| g.at_90[1] - g.at_90[0] < 0.4), "wide enough to hold anything: {groups:?}");
}

#[test]
fn pairs_that_are_seldom_named_are_drawn_to_what_comes_of_such_pairs() {
    // Ten parties that act, and a crowd of pairs of whom one act is told every two years and of whom nothing ever comes.
    let mut events = synthetic::events(7, DAYS);
    let sample = events[0].clone();
    for crowd in 0..60 {
        for year in 0..3 {
            let mut event = sample.clone();
            event.id = format!("crowd{crowd}-{year}").into();
            event.day = Day(year * 730 + crowd * 9);
            event.known = event.day;
            (event.actor, event.recipient) = (format!("S{crowd:02}").into(), format!("T{crowd:02}").into());
            event.mark = Mark::VerbalCooperation;
            events.push(event);
        }
    }
    let history = forewarn_outlook::History::new(events);
    let as_of = Day(DAYS);
    let model = Model::fit(&history, as_of, Outcome::Escalation { days: 90 }, "made up").expect("enough");
    let strata = &model.card.strata;
    let names: Vec<&str> = strata.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names.len(), 4);
    let (seldom, often) = (strata[1].rate(true), strata[3].rate(true));
    assert!(strata[1].n() > 1000 && strata[3].n() > 1000, "{strata:?}");
    assert!(seldom < often / 5.0, "{seldom} {often}");
    let told = |day| model.explain(&history, day, "S00", "T00").expect("no fault").expect("known pair");
    // One act in the year: near the rate of such pairs, far below that of active ones, and wide.
    let one = told(Day(1500));
    assert_eq!((one.acts_365, one.stratum.as_deref()), (1, Some(names[1])));
    assert!((one.base_rate - seldom).abs() < 1e-12 && one.p < model.card.base_rate_onset / 2.0, "{one:?}");
    let [low, high] = one.interval_90;
    assert!(low <= one.p / 2.0 && high >= one.p * 2.0, "{low} {high} around {}", one.p);
    // None at all.
    let none = told(Day(DAYS));
    assert_eq!((none.acts_365, none.stratum.as_deref()), (0, Some(names[0])));
    assert!((none.p - none.base_rate).abs() < 1e-9 && none.p < 0.02, "{none:?}");
    // In a record of next to nothing, few acts say nothing of the pair: it counts as those in the news do.
    let thin = forewarn_outlook::History::new(vec![sample]);
    let told = model.explain(&thin, Day(30), &thin.events()[0].actor, &thin.events()[0].recipient);
    let told = told.expect("no fault").expect("known pair");
    assert!(told.stratum.is_none() && (told.base_rate / model.card.base_rate_onset - 1.0).abs() < 0.1, "{told:?}");
    assert!(told.interval_90[1] > 2.0 * told.p && told.interval_90[0] < told.p / 2.0, "{told:?}");
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let history = synthetic::history(2, 60);
    assert!(Model::fit(&history, Day(60), Outcome::Escalation { days: 30 }, "made up").is_err());
}

#[test]
fn the_process_tells_cause_from_calm_and_its_mean_field_agrees_with_its_draws() {
    let history = synthetic::history(3, DAYS);
    let index = Index::new(&history);
    let origin = Day(DAYS);
    let hawkes = Hawkes::fit(&index, origin, None).expect("enough force");
    let same = hawkes.branching()[0];
    let force = Mark::Force.index();
    assert!(same[force][force] > same[Mark::VerbalCooperation.index()][force], "{same:?}");
    let pair = index.pair("AAA", "BBB").expect("a pair");
    let scenario = Scenario { pair, origin, horizon: 30, runs: 4000, seed: 1, company: 100 };
    let calm = hawkes.simulate(&index, &scenario, &[]);
    assert_eq!(hawkes.simulate(&index, &scenario, &[]), calm, "the same seed gives the same futures");
    let injections: Vec<Injection> = (0..4)
        .map(|i| Injection {
            day: origin.plus(-i),
            actor: "AAA".to_owned(),
            recipient: "BBB".to_owned(),
            mark: Mark::Force,
        })
        .collect();
    let stirred = hawkes.simulate(&index, &scenario, &injections);
    assert!(stirred.p_force > calm.p_force + 0.02, "{} {}", stirred.p_force, calm.p_force);
    let all: Vec<usize> = (0..index.pairs.len()).collect();
    let mean_field = hawkes.probabilities(&index, origin, &all, &[30])[pair][0];
    // The mean field has about the number of acts (in the draws, pairs without a party in common only fade), and spreads them too evenly: clusters make single futures calmer.
    let expected = -(1.0 - mean_field).ln();
    assert!((expected / calm.mean_days - 1.0).abs() < 0.25, "{expected} {}", calm.mean_days);
    assert!(mean_field > calm.p_force - 0.02, "{mean_field} {}", calm.p_force);
}

#[test]
fn the_process_finds_the_rates_it_was_drawn_from() {
    // A constant rate and no excitement: the weights must say so.
    let mut random = forewarn_outlook::random::Random::new(11);
    let mut events = synthetic::events(3, 10);
    let sample = events.pop().expect("an event");
    let mut drawn = Vec::new();
    for day in 0..4000 {
        for (a, b) in [("AAA", "BBB"), ("BBB", "AAA"), ("CCC", "DDD"), ("DDD", "CCC")] {
            if random.unit() < 0.05 {
                let mut event = sample.clone();
                event.id = format!("d{}", drawn.len()).into();
                (event.day, event.known) = (Day(day), Day(day));
                (event.actor, event.recipient, event.mark) = (a.into(), b.into(), Mark::Force);
                drawn.push(event);
            }
        }
    }
    let history = forewarn_outlook::History::new(drawn);
    let index = Index::new(&history);
    let hawkes = Hawkes::fit(&index, Day(4000), None).expect("enough force");
    let rate = hawkes.force_rate(&index, Day(4000), 0);
    // Both directions of a pair, 0.05 a day each.
    assert!((rate - 0.1).abs() < 0.02, "{rate}");
}

#[test]
fn an_outcome_is_told_by_its_days() {
    let history = synthetic::history(4, 900);
    let index = Index::new(&history);
    let truth = Truth::new(&index);
    let (mut clashes, mut escalations) = (0, 0);
    for pair in 0..index.pairs.len() {
        for day in (0..800).step_by(40) {
            let escalation = truth.told(Outcome::Escalation { days: 90 }, pair, Day(day)).expect("within the record");
            let clash = truth.told(Outcome::Clash { days: 90 }, pair, Day(day)).expect("within the record");
            assert!(escalation || !clash, "a clash is an escalation");
            escalations += usize::from(escalation);
            clashes += usize::from(clash);
        }
    }
    assert!(clashes > 0 && escalations > clashes);
    assert_eq!(truth.told(Outcome::Escalation { days: 90 }, 0, Day(890)), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn series_conserve_events(seed in 0u64..1000, days in 30i32..300, back in 0i32..60) {
        let history = synthetic::history(seed, days);
        let as_of = Day(days - back);
        let known = history.as_of(as_of);
        for grain in [Grain::Day, Grain::Week, Grain::Month] {
            let pair = series(&history, &Unit::Pair("AAA".into(), "BBB".into()), grain, as_of);
            let there = series(&history, &Unit::Dyad("AAA".into(), "BBB".into()), grain, as_of);
            let back = series(&history, &Unit::Dyad("BBB".into(), "AAA".into()), grain, as_of);
            for ((p, a), b) in pair.iter().zip(&there).zip(&back) {
                prop_assert_eq!(p.events.len(), a.events.len() + b.events.len());
                prop_assert_eq!(p.by_mark.iter().sum::<u32>() as usize, p.events.len());
                prop_assert_eq!(p.by_quad.iter().sum::<u32>(), p.by_mark.iter().sum::<u32>());
            }
            let told: u32 = pair.iter().map(|c| c.all_reports).sum();
            prop_assert_eq!(told as usize, known.events().len());
            prop_assert!(pair.windows(2).all(|w| grain.next(w[0].start) == w[1].start));
        }
    }
}
