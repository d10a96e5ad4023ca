//! The fan of deaths: its bands, its past, and that no later month is in it.

use std::fmt::Write as _;

use forewarn_answer::deaths::Deaths;
use forewarn_answer::fan::{self, Fan};
use jiff::civil::{Date, date};

/// Made-up years of three countries: at war, troubled, at peace. The war ends with 2011.
fn table(last: i32) -> String {
    let mut out = String::from("month,Afghanistan,Iraq,Albania\n");
    let mut state: u32 = 7;
    let mut draw = |most: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % most
    };
    for year in 1996..=last {
        for month in 1..=12 {
            let (war, trouble) = (400 + draw(300), if draw(3) == 0 { draw(40) } else { 0 });
            let war = if year > 2011 { 0 } else { war };
            writeln!(out, "{year}-{month:02},{war},{trouble},0").expect("into a string");
        }
    }
    out
}

fn of(table: &str, country: &str, as_of: Date) -> Fan {
    let deaths = Deaths::read(table.as_bytes(), "made up", as_of).expect("enough months");
    let column = deaths.column(country).expect("a country of the table");
    fan::all(&deaths).expect("fitted").swap_remove(column)
}

#[test]
fn bands_lie_within_each_other_and_tell_war_from_peace() {
    let table = table(2011);
    let as_of = date(2011, 12, 31);
    let (war, peace) = (of(&table, "AFG", as_of), of(&table, "ALB", as_of));
    for fan in [&war, &peace, &of(&table, "IRQ", as_of)] {
        assert_eq!((fan.past.len(), fan.ahead.len()), (36, 12));
        assert_eq!(fan.past.last().expect("a month").month, fan.through);
        assert_eq!(fan.ahead[0].month, fan.through.plus(1));
        for a in &fan.ahead {
            let ends = [a.p05, a.p25, a.p50, a.p75, a.p95];
            assert!(ends.is_sorted() && ends[0] >= 0.0, "{a:?}");
        }
    }
    assert!(war.ahead.iter().all(|a| a.p95 > 400.0 && a.p50 > 100.0), "{:?}", war.ahead);
    assert!(peace.ahead.iter().all(|a| a.p75 < 25.0), "{:?}", peace.ahead);
}

#[test]
fn later_months_change_no_fan() {
    let as_of = date(2011, 12, 31);
    let (then, later) = (of(&table(2011), "AFG", as_of), of(&table(2013), "AFG", as_of));
    assert_eq!(then, later);
    assert_ne!(later, of(&table(2013), "AFG", date(2013, 12, 31)));
}
