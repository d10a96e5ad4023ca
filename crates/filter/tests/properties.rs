//! What holds of any text and of any filter.

use forewarn_filter::{Circle, FIELDS, Filter, Kind, Op, Options};
use jiff::civil::date;
use proptest::prelude::*;

fn options() -> Options<'static> {
    Options { today: Some(date(2024, 3, 31)), ..Options::default() }
}

/// A filter that was read writes itself so that it is read again; faults lie in the text.
fn holds(text: &str) -> Result<(), TestCaseError> {
    match Filter::parse(text, &options()) {
        Ok(filter) => {
            let canonical = filter.to_string();
            let again = Filter::parse(&canonical, &options());
            prop_assert_eq!(again.as_ref(), Ok(&filter), "{}", canonical);
            for term in &filter.terms {
                prop_assert!(!term.values.is_empty());
                prop_assert!(text.get(term.span.clone()).is_some());
            }
        }
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            for fault in &faults {
                prop_assert!(text.get(fault.span.clone()).is_some(), "{:?} in {:?}", fault, text);
                prop_assert!(fault.render(text).ends_with(&fault.to_string()));
            }
        }
    }
    Ok(())
}

/// A phrase as a user would put it in quotes.
fn quoted() -> impl Strategy<Value = String> {
    "[^\0]{1,12}".prop_map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn party() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z]{3}",
        "[a-z]{3}",
        "[A-Z]{4,8}",
        Just("COP".to_owned()),
        Just("XKX.GOV".to_owned()),
        Just("srb.UAF".to_owned()),
        quoted(),
        quoted().prop_map(|q| format!("XKX.{q}")),
    ]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        (1..=9999i16).prop_map(|y| format!("{y:04}")),
        (1..=9999i16, 1..=12u8).prop_map(|(y, m)| format!("{y:04}-{m:02}")),
        (1..=9999i16, 1..=12u8, 1..=28u8).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        (0..900u16, "[dwmy]").prop_map(|(n, unit)| format!("{n}{unit}")),
    ]
}

/// A value of `kind` that is right behind `:`.
fn value(kind: Kind) -> BoxedStrategy<String> {
    let words = |words: Vec<&'static str>| prop::sample::select(words).prop_map(str::to_owned).boxed();
    match kind {
        Kind::Type => words(vec!["ASSAULT", "aid", "Coerce"]),
        Kind::Mode => words(vec!["aerial", "RETREAT/withdraw", "martial_law"]),
        Kind::OneOf(list) => words(list.to_vec()),
        Kind::Quad => words(vec!["1", "4", "conflict", "verbal-cooperation"]),
        Kind::Cameo => words(vec!["18", "190*", "0231"]),
        Kind::Party => party().boxed(),
        Kind::Dyad => prop_oneof![
            (party(), prop_oneof![Just(">"), Just("<>")], party()).prop_map(|(a, way, b)| format!("{a}{way}{b}")),
            party().prop_map(|a| format!("*>{a}")),
        ]
        .boxed(),
        Kind::Country => "[A-Z]{3}".boxed(),
        Kind::Bound => day().boxed(),
        Kind::Days => prop_oneof![3 => day(), 1 => Just("2022-03..2023-09-04".to_owned())].boxed(),
        Kind::Text => prop_oneof![quoted(), quoted().prop_map(|q| q + "*"), "[a-zč]{1,9}[*]?"].boxed(),
        Kind::Word => prop_oneof![quoted(), "[a-f0-9]{16}"].boxed(),
        Kind::Language => "[a-zA-Z]{2}".boxed(),
        Kind::Area => (-180.0..=180.0f64, -90.0..0.0f64, -180.0..=180.0f64, 0.0..=90.0f64)
            .prop_map(|(w, s, e, n)| format!("{w},{s},{e},{n}"))
            .boxed(),
        Kind::Circle => (-90.0..=90.0f64, -180.0..=180.0f64, 0.001..=20_000.0f64)
            .prop_map(|(lat, lon, km)| format!("{lat},{lon},{km}km"))
            .boxed(),
        Kind::Count => (0..=i64::MAX).prop_map(|n| n.to_string()).boxed(),
        Kind::Number(low, high) => (low..=high).prop_map(|n| n.to_string()).boxed(),
        Kind::Flag => words(vec!["yes", "no", "True"]),
    }
}

/// A right term: field or another name for it, operator, values.
fn term() -> impl Strategy<Value = String> {
    prop::sample::select(FIELDS).prop_flat_map(|info| {
        let ops = info.kind.ops().to_vec();
        (prop::sample::select(ops), any::<bool>(), any::<prop::sample::Index>()).prop_flat_map(
            move |(op, not, name)| {
                let names: Vec<&str> = std::iter::once(info.name).chain(info.aliases.iter().copied()).collect();
                let name = names[name.index(names.len())];
                let most = if info.kind.several(op) { 3 } else { 1 };
                let ranges = op == Op::Is;
                let not = if not && info.kind.turns() { "-" } else { "" };
                let one = value(info.kind).prop_filter("a range stands only behind a colon", move |v| {
                    ranges || info.kind != Kind::Days || !v.contains("..")
                });
                prop::collection::vec(one, 1..=most)
                    .prop_map(move |values| format!("{not}{name}{op}{}", values.join(",")))
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_or_faulted(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn any_heap_of_pieces_is_read_or_faulted(pieces in prop::collection::vec(prop::sample::select(vec![
        "type", "dyad", "since", "killed", "near", "place", "x", "SRB", "srb", "ASSAULT", "2023", "2023-09", "30d", "é",
        "“", "”", "\"", "\\", ":", ">=", "<", ">", "=", "<>", "-", ",", ".", "..", "*", "(", ")", " ", " ", " ", "\n",
        "AND", "OR", "1", "/",
    ]), 0..24)) {
        holds(&pieces.concat())?;
    }

    #[test]
    fn a_right_term_is_read(text in term()) {
        let read = Filter::parse(&text, &options());
        prop_assert!(read.is_ok(), "{} {:?}", text, read);
        holds(&text)?;
    }

    #[test]
    fn right_terms_side_by_side(terms in prop::collection::vec(term(), 0..6)) {
        holds(&terms.join(" "))?;
        let turned: Vec<String> = terms.iter().rev().cloned().collect();
        let (there, back) = (Filter::parse(&terms.join(" "), &options()), Filter::parse(&turned.join(" "), &options()));
        prop_assert_eq!(there.ok(), back.ok());
    }

    #[test]
    fn a_circle_lies_in_its_bounds(
        lat in -90.0..=90.0f64, lon in -180.0..=180.0f64, km in 0.001..=20_000.0f64,
        bearing in 0.0..std::f64::consts::TAU, way in 0.0..=1.0f64,
    ) {
        let circle = Circle { lat, lon, distance_km: km };
        // The point at a part of the distance along a bearing (spherical direct problem).
        let (phi, angle) = (lat.to_radians(), km * way / 6371.0088);
        let to = (phi.sin() * angle.cos() + phi.cos() * angle.sin() * bearing.cos()).clamp(-1.0, 1.0).asin();
        let turn = (bearing.sin() * angle.sin() * phi.cos()).atan2(angle.cos() - phi.sin() * to.sin());
        let there = (lon + turn.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
        prop_assume!(circle.holds(to.to_degrees(), there));
        let bounds = circle.bounds();
        prop_assert!(bounds.holds(to.to_degrees(), there), "{:?} {} {}", bounds, to.to_degrees(), there);
        prop_assert!(bounds.parts().iter().any(|p| p.holds(to.to_degrees(), there)));
    }
}
