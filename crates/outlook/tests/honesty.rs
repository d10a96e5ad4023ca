//! As-of honesty: nothing that became known after a day moves a forecast made for it.

mod synthetic;

use forewarn_outlook::backtest::dyads::{self, Years};
use forewarn_outlook::backtest::{countries, deaths, year};
use forewarn_outlook::countries::Countries;
use forewarn_outlook::model::Model;
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::series::{Grain, Unit, series};
use forewarn_outlook::year::Year;
use forewarn_outlook::{Day, Event, Fatalities, History, Mark, Month};

const DAYS: i32 = 365 * 8;

/// War breaks out everywhere on a day, and becomes known on another.
fn war(day: i32, known: i32) -> Vec<Event> {
    let mut events = synthetic::events(1, 400);
    events.retain(|e| e.mark == Mark::VerbalConflict);
    for (i, event) in events.iter_mut().enumerate() {
        event.id = format!("planted{i}").into();
        event.day = Day(day);
        event.known = Day(known);
        event.mark = Mark::Force;
        event.goldstein = -10.0;
    }
    events
}

#[test]
fn a_planted_future_moves_no_forecast() {
    let events = synthetic::events(5, DAYS);
    let as_of = Day(DAYS - 200);
    let plain = synthetic::history(5, DAYS);
    let outcome = Outcome::Escalation { days: 30 };
    let model = Model::fit(&plain, as_of, outcome, "made up").expect("enough to learn from");
    assert!(model.card.base_rate > 0.01 && model.card.base_rate < 0.6, "{:?}", model.card);
    let said = model.watch(&plain, as_of).expect("forecasts");
    assert!(said.len() > 10);
    // One war lies ahead; another happened long ago but is found out only later.
    for planted in [war(as_of.0 + 1, as_of.0 + 1), war(as_of.0 - 400, as_of.0 + 1)] {
        let mut more = events.clone();
        more.extend(planted);
        let changed = History::new(more);
        let again = Model::fit(&changed, as_of, outcome, "made up").expect("enough to learn from");
        assert!(again.to_json().expect("JSON") == model.to_json().expect("JSON"), "the model changed");
        assert_eq!(again.watch(&changed, as_of).expect("forecasts"), said);
        let unit = Unit::Country("AAA".into());
        assert_eq!(series(&changed, &unit, Grain::Week, as_of), series(&plain, &unit, Grain::Week, as_of));
    }
    // The same war, known by the day, does move them: the comparison can fail.
    let mut more = events;
    more.extend(war(as_of.0 - 2, as_of.0 - 1));
    assert_ne!(model.watch(&History::new(more), as_of).expect("forecasts"), said);
}

#[test]
fn a_planted_future_moves_no_score() {
    // 1970-1977; forecasts of 1974 and 1975, whose outcomes are told by March 1976.
    let events = synthetic::events(9, DAYS);
    let years = Years { first: 1974, last: 1975 };
    let records = dyads::run(&History::new(events.clone()), years).expect("a record");
    for record in &records {
        let scores = &record.models[0].all;
        assert!(scores.n > 300 && scores.base_rate > 0.02 && scores.base_rate < 0.9, "{}: {scores:?}", record.task);
    }
    let mut more = events.clone();
    let late: Day = "1976-06-01".parse().expect("a date");
    more.extend(war(late.0, late.0));
    assert!(dyads::run(&History::new(more), years).expect("a record") == records, "a score moved");
    let mut more = events;
    let early: Day = "1974-06-01".parse().expect("a date");
    more.extend(war(early.0, early.0));
    assert!(dyads::run(&History::new(more), years).expect("a record") != records, "the comparison cannot fail");
}

/// Deaths of thirty countries that come and go.
fn fatalities(months: usize) -> Fatalities {
    let names: Vec<String> =
        forewarn_outlook::borders::countries().iter().take(30).map(|c| c.ucdp_name.to_owned()).collect();
    let deaths = (0..months)
        .map(|t| {
            (0..names.len())
                .map(|c| {
                    let phase = (t + c * 17) % (40 + c);
                    let noise = (t * 7919 + c * 104_729) % 13;
                    if phase < 3 + c / 2 {
                        (noise * (c + 1)) as f64
                    } else if noise == 0 {
                        2.0
                    } else {
                        0.0
                    }
                })
                .collect()
        })
        .collect();
    Fatalities { countries: names, first: Month::new(1989, 1), deaths }
}

#[test]
fn planted_deaths_move_no_score() {
    let years = Years { first: 2002, last: 2003 };
    let table = fatalities(200);
    let mut planted = table.clone();
    // Outcomes of the last origin, November 2003, are told by February 2004.
    let from = table.row(Month::new(2004, 4)).expect("within the table");
    planted.deaths[from..].iter_mut().flatten().for_each(|d| *d = 5000.0);
    let records = countries::run(&table, years).expect("a record");
    assert!(countries::run(&planted, years).expect("a record") == records, "a score moved");
    let scores = deaths::run(&table, years).expect("scores");
    assert_eq!(deaths::run(&planted, years).expect("scores"), scores);
    // The year of 2003 is told by its end.
    let thresholds = year::run(&table, years).expect("a record");
    assert!(thresholds.len() == 3 && thresholds[0].models[0].all.n == 60, "{thresholds:?}");
    assert!(year::run(&planted, years).expect("a record") == thresholds, "a score moved");
    let bands = deaths::coverage(&table, years).expect("bands");
    assert_eq!(deaths::coverage(&planted, years).expect("bands"), bands);
    assert!(bands.iter().all(|b| b.conformal[0] <= b.conformal[1]) && bands.iter().map(|b| b.n).sum::<usize>() == 720);
    let origin = from - 1;
    let year = |t: &Fatalities| {
        let countries = Countries::new(t);
        Year::fit(&countries, origin).expect("enough to learn from").forecast(&countries, origin)
    };
    let said = year(&table);
    assert_eq!(year(&planted), said);
    assert!(said.iter().all(|f| f.p_deaths_ge_25 >= f.p_deaths_ge_100 && f.p_deaths_ge_100 >= f.p_deaths_ge_1000));
    assert!(said.iter().any(|f| f.p_deaths_ge_25 > 0.5) && said.iter().any(|f| f.p_deaths_ge_1000 < 0.2));
    planted.deaths[from - 20].iter_mut().for_each(|d| *d = 5000.0);
    assert!(countries::run(&planted, years).expect("a record") != records, "the comparison cannot fail");
    assert!(year::run(&planted, years).expect("a record") != thresholds, "the comparison cannot fail");
    assert!(deaths::coverage(&planted, years).expect("bands") != bands, "the comparison cannot fail");
}
