//! The outlook on the command line: what is answered, what it rests on, and that nothing of a later day is in it.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod command;

use std::fmt::Write as _;
use std::path::Path;

use command::{check, folder, forewarn, root};
use expect_test::expect;
use serde_json::Value;

/// A ledger of these files in a folder of its own.
fn ledger(name: &str, published: &str, files: &[&str]) -> String {
    let file = format!("{}/l.sqlite", folder(name, &[("readme", "")]));
    let mut args = vec!["ingest", "--published", published, "--ledger", &file];
    args.extend(files);
    let ended = forewarn(&args, "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    file
}

fn ask(ledger: &str, more: &[&str]) -> Value {
    let mut args = vec!["ask", "Serbia", "Kosovo", "--json", "--ledger", ledger];
    args.extend(more);
    let ended = forewarn(&args, "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    serde_json::from_str(&ended.out).expect("JSON")
}

fn list<'a>(answer: &'a Value, field: &str) -> &'a [Value] {
    answer[field].as_array().map_or(&[], Vec::as_slice)
}

/// Types of what counts, in all sections of evidence.
fn counted(answer: &Value) -> Vec<(String, String)> {
    ["moved", "around", "against"]
        .iter()
        .flat_map(|s| list(answer, s))
        .map(|e| (e["event_type"].to_string(), e["parties"].to_string()))
        .collect()
}

/// An answer that is sane and wide, and in which a disavowal counts as neither force nor mobilisation.
fn hold(answer: &Value) {
    let p = answer["force"]["p"].as_f64().expect("a probability");
    let ends = [0, 1].map(|i| answer["force"]["interval_90"][i].as_f64().expect("an end"));
    let base = answer["force"]["base_rate"].as_f64().expect("a base rate");
    assert!((0.01..0.6).contains(&p) && base > 0.0, "{p} {base}");
    assert!(ends[0] <= p && p <= ends[1] && ends[1] - ends[0] > 0.08, "{ends:?}");
    assert!(ends[1] / ends[0].max(0.001) > 3.0, "wide: {ends:?}");
    assert!(!list(answer, "cautions").is_empty(), "little data is told first");
    let counted = counted(answer);
    let has = |kind: &str, party: &str| counted.iter().any(|(t, who)| t.contains(kind) && who.contains(party));
    assert!(has("ASSAULT", "Serb"), "the attack: {counted:?}");
    assert!(has("REQUEST", "XKX"), "the demand: {counted:?}");
    assert!(has("MOBILIZE", "NATO") || has("AGREE", "NATO") || has("AID", "NATO"), "the reinforcement: {counted:?}");
    let disavowed: Vec<&Value> = list(answer, "disputed").iter().filter(|s| s["what"] == "disavowed").collect();
    let vucic = disavowed.iter().find(|s| s["parties"].to_string().contains("Vucic")).expect("the disavowal");
    for section in ["moved", "around", "against"] {
        for e in list(answer, section) {
            assert_ne!(e["told"]["claim_id"], vucic["told"]["claim_id"], "{section}");
        }
    }
}

#[test]
fn the_seed_report_alone() {
    let seed = root().join("../shared/seed/000_cdbfe85a523acca5.txt");
    if !seed.is_file() {
        eprintln!("skipped: needs ../shared");
        return;
    }
    let file = ledger("outlook-seed", "2023-09-30", &[seed.to_str().expect("UTF-8")]);
    let answer = ask(&file, &[]);
    hold(&answer);
    assert_eq!(answer["as_of"], "2023-09-30");
    assert!(answer["onset"].as_bool().expect("a word"), "the disavowed mobilisation is no force");
    assert!(!counted(&answer).iter().any(|(t, who)| t.contains("MOBILIZE") && who.contains("Vucic")));
}

#[test]
fn the_examples_of_the_same_days() {
    let file = ledger("outlook-examples", "2023-09-25", &["examples/reports/2023-09-24-banjska.jsonl"]);
    hold(&ask(&file, &["--as-of", "2023-09-30"]));
    let page = forewarn(&["ask", "Serbia", "Kosovo", "--ledger", &file, "--brief", "html"], "");
    assert!(page.out.starts_with("<!doctype html>") && !page.out.contains("<script"), "{}", page.out);
    assert!(page.out.contains("<a href=\"https://example.org/banjska-"), "{}", page.out);
    let text = forewarn(&["ask", "KSV", "srb.", "--ledger", &file], "");
    assert_eq!(text.code, Some(2), "{}", text.out);
    let text = forewarn(&["ask", "Kosvo", "Serbia", "--ledger", &file], "");
    assert!(text.err.contains("did you mean Kosovo"), "{}", text.err);
}

#[test]
fn what_is_published_later_changes_nothing() {
    let later = root().join("examples/reports/2023-09-24-banjska.jsonl");
    let all = std::fs::read_to_string(later).expect("readable");
    let early: Vec<&str> = all.lines().filter(|l| !l.contains("\"published\": \"2023-1")).collect();
    let early = early.join(
        "
",
    );
    assert!(early.len() < all.len());
    // The same days again, told more grimly and with another toll.
    let grim = all.replace("2023-09-2", "2023-11-2").replace("2023-09-30", "2023-11-30").replace("banjska-", "later-");
    let grim = grim.replace("Three attackers", "Ninety attackers").replace("killed one officer", "killed 40 officers");
    let dir = folder("outlook-leak", &[("early.jsonl", &early), ("all.jsonl", &format!("{all}{grim}"))]);
    let one = ledger("outlook-leak-early", "2023-09-25", &[&format!("{dir}/early.jsonl")]);
    let two = ledger("outlook-leak-all", "2023-09-25", &[&format!("{dir}/all.jsonl")]);
    let (one, two) = (ask(&one, &["--as-of", "2023-09-30"]), ask(&two, &["--as-of", "2023-09-30"]));
    for field in [
        "force", "clash", "earlier", "onset", "moved", "around", "disputed", "against", "raises", "lowers", "cautions",
        "data",
    ] {
        assert_eq!(one[field], two[field], "{field}");
    }
    // And it would be seen on a later day.
    let seen = ask(&ledger("outlook-leak-again", "2023-09-25", &[&format!("{dir}/all.jsonl")]), &[]);
    assert_ne!(seen["data"]["reports"], one["data"]["reports"]);
}

/// Twelve years among five countries that are made up of calm and of crises, in which force clusters.
fn world() -> String {
    let mut seed = 7u64;
    let mut draw = move |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    let parties = ["AUT", "BEL", "DNK", "NLD", "PRT"];
    let mut rows = String::from("date,actor,recipient,code\n");
    let mut crisis = [false; 25];
    let mut day: jiff::civil::Date = "2000-01-01".parse().expect("a date");
    for _ in 0..12 * 52 {
        for (i, a) in parties.iter().enumerate() {
            for (j, b) in parties.iter().enumerate().filter(|(j, _)| *j != i) {
                let pair = i.min(j) * 5 + i.max(j);
                crisis[pair] = if crisis[pair] { draw(20) > 0 } else { draw(150) == 0 };
                let (often, codes) =
                    if crisis[pair] { (2, ["190", "112", "130", "040"]) } else { (9, ["040", "040", "112", "051"]) };
                if draw(often) == 0 {
                    writeln!(rows, "{day},{a},{b},{}", codes[draw(4) as usize]).expect("into a string");
                }
            }
        }
        day = day.saturating_add(jiff::ToSpan::days(7));
    }
    rows
}

#[test]
fn a_model_of_a_made_up_world_is_fitted_asked_and_scored() {
    let dir = folder("outlook-world", &[("world.csv", &world())]);
    let (file, model, record) = (format!("{dir}/l.sqlite"), format!("{dir}/m.jsonl.gz"), format!("{dir}/record"));
    let ended = forewarn(&["import", "--as", "dyads", "--ledger", &file, &format!("{dir}/world.csv")], "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let source = ["--ledger", &file, "--set", "dyads"];
    let run = |args: &[&str]| {
        let ended = forewarn(&[args, &source].concat(), "");
        assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.err);
        ended.out
    };
    run(&["fit", "--until", "2009-12-31", "--horizon", "30", "--outcome", "force", "-o", &model]);

    // The watchlist is in its order, and each probability in its interval.
    let list = run(&["watchlist", "--horizon", "30", "--model", &model, "--as-of", "2011-06-30", "--json"]);
    let rows: Vec<Value> = list.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let p = |v: &Value| v["p"].as_f64().expect("a probability");
    assert_eq!(rows.len(), 10, "all ten pairs are in the news");
    assert!(rows.windows(2).all(|w| p(&w[0]) >= p(&w[1])));
    for row in &rows {
        let end = |i: usize| row["interval_90"][i].as_f64().expect("an end");
        assert!(end(0) <= p(row) && p(row) <= end(1), "{row}");
    }
    assert!(p(&rows[0]) > 2.0 * p(&rows[9]), "crisis and calm are told apart");
    let risen =
        run(&["watchlist", "--horizon", "30", "--model", &model, "--as-of", "2011-06-30", "--json", "--by", "risen"]);
    for line in risen.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        assert!(row["p_30"].is_null() || p(&row) > row["p_30"].as_f64().expect("a number"), "{row}");
    }

    // Asked about the likeliest pair: after the model's last day there is no caution that it may remember.
    let [a, b] = [0, 1].map(|i| rows[0]["parties"][i]["code"].as_str().expect("a code").to_owned());
    let text = run(&["ask", &a, &b, "--horizon", "30", "--model", &model, "--as-of", "2011-06-30"]);
    assert!(text.contains("What moved it") && text.contains("Base rate") && !text.contains("may remember"), "{text}");
    assert!(run(&["ask", &a, "--horizon", "30", "--model", &model]).contains(&format!("({b})")));

    // The same seed gives the same futures; force put in makes more force likely.
    let (last, calm) = (&rows[9]["parties"], "2011-06-30");
    let dyad = format!("{}:{}", last[0]["code"].as_str().expect("a code"), last[1]["code"].as_str().expect("a code"));
    let inject = format!("{calm} {} assault {}", &dyad[..3], &dyad[4..]);
    let scenario =
        ["scenario", "--dyad", &dyad, "--inject", &inject, "--runs", "2000", "--horizon", "30", "--model", &model];
    let args = [scenario.as_slice(), &["--as-of", calm, "--json"]].concat();
    let told = run(&args);
    assert_eq!(told, run(&args));
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert!(told["with"]["p_force"].as_f64() > told["without"]["p_force"].as_f64(), "{told}");
    assert!(told["remark"][0].as_str().expect("words").starts_with("Association, not cause"));

    // The record: better than the base rate, written as data, page and diagrams.
    let table = run(&["backtest", "--fit-until", "2009-12-31", "-o", &record]);
    assert!(table.contains("pairs, force within 30 days; fitted once, until 2009-12-31"), "{table}");
    let text = std::fs::read_to_string(format!("{record}/record.json")).expect("written");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let models = json["records"][0]["models"].as_array().expect("models");
    let log = |name: &str| {
        let found = models.iter().find(|m| m["model"] == name).expect("a model");
        found["all"]["log_score"].as_f64().expect("a score")
    };
    assert!(log("pool") < log("climatology") - 0.02, "{} {}", log("pool"), log("climatology"));
    for name in ["score.html", "reliability-1.svg"] {
        assert!(Path::new(&record).join(name).is_file(), "{name}");
    }
}

#[test]
fn reports_without_a_day_are_told_of() {
    let dir = folder(
        "outlook-undated",
        &[("a.txt", "Serbia shelled Kosovo on Monday."), ("b.txt", "Kosovo accused Serbia of lies on Monday.")],
    );
    let file = format!("{dir}/l.sqlite");
    assert_eq!(forewarn(&["ingest", "--ledger", &file, &format!("{dir}/a.txt")], "").code, Some(0));
    let ask = ["ask", "Serbia", "Kosovo", "--ledger", &file];
    check(
        &ask,
        "",
        &dir,
        &expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: no report in the ledger has a day of publication, and what has none counts for nothing: give it to forewarn ingest with --published
    "#]],
    );
    let more = ["ingest", "--published", "2023-09-26", "--ledger", &file, &format!("{dir}/b.txt")];
    assert_eq!(forewarn(&more, "").code, Some(0));
    let told = forewarn(&ask, "").out;
    assert!(told.contains("! One report has no day of publication and counts for nothing here"), "{told}");
    let told = forewarn(&["ask", "Kosovo", "--ledger", &file], "").out;
    assert!(told.contains("! One report has no day of publication"), "{told}");
    assert!(!told.contains("Probability of"), "no heading over nothing: {told}");
    let page = forewarn(&["ask", "Kosovo", "--brief", "md", "--ledger", &file], "").out;
    assert!(page.contains("Too little data") && !page.contains("## Probability of"), "{page}");
}

#[test]
fn a_happening_put_in_keeps_its_words() {
    let dir = folder("outlook-injected", &[("b.txt", "Kosovo accused Serbia of lies on Monday.")]);
    let file = format!("{dir}/l.sqlite");
    let put = ["ingest", "--published", "2023-09-26", "--ledger", &file, &format!("{dir}/b.txt")];
    assert_eq!(forewarn(&put, "").code, Some(0));
    let draw = |day: &str| {
        let put_in = format!("{day} SRB retreat XKX");
        let args = [
            "scenario",
            "--dyad",
            "SRB:XKX",
            "--inject",
            &put_in,
            "--runs",
            "50",
            "--as-of",
            "2023-09-30",
            "--ledger",
            &file,
        ];
        forewarn(&args, "").out
    };
    let told = draw("2023-10-02");
    assert!(told.contains("  2023-10-02 SRB retreat XKX (material cooperation)"), "{told}");
    assert!(told.contains("Nothing is drawn between 2023-09-30 and 2023-10-02"), "{told}");
    assert!(!draw("2023-09-30").contains("Nothing is drawn"), "what is put in on the day itself leaves no gap");
}

#[test]
fn misuse_is_told_with_what_was_expected() {
    let dir = folder("outlook-misuse", &[("a.csv", "date,actor,recipient,code\n2001-01-05,AUT,BEL,040\n")]);
    let file = format!("{dir}/l.sqlite");
    assert_eq!(forewarn(&["import", "--as", "dyads", "--ledger", &file, &format!("{dir}/a.csv")], "").code, Some(0));
    let all = |args: &[&str], expected: expect_test::Expect| {
        check(&[args, &["--ledger", &file, "--set", "dyads"]].concat(), "", &dir, &expected);
    };
    all(
        &["ask", "Austria", "AUT"],
        expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: Austria and AUT are the same: a forecast is of two
    "#]],
    );
    all(
        &["ask", "Austria", "Belgum"],
        expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: nobody is known as "Belgum"; did you mean Belgium or BELGAN or BEL? (quote names of several words)
    "#]],
    );
    all(
        &["ask", "Austria", "Belgium", "--horizon", "45d"],
        expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: the model that comes with forewarn: no model of force-45d; it has force-30d, force-90d, force-365d, clash-30d, clash-90d, clash-365d
    "#]],
    );
    all(
        &["watchlist"],
        expect![[r#"
        exit 1
        -- stdout
        As of 2001-01-05, the last day of publication in the ledger; the most probable first.
        Probability of at least one incident of material force (CAMEO 18-20, PLOVER ASSAULT) by either side against the other within 90 days:


        0 pairs with five or more acts in the last year. Model: the model that comes with forewarn.
        -- stderr
        no pair has five or more acts in the last year: ask about two parties for a base rate
    "#]],
    );
    all(
        &["scenario", "--dyad", "AUT", "--inject", "x"],
        expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: AUT: expected two parties with a colon between them, such as SRB:XKX
    "#]],
    );
    all(
        &["scenario", "--dyad", "AUT:BEL", "--inject", "2001-01-06 AUT dance BEL"],
        expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: dance: no act is called so; use a PLOVER type (consult, retreat, threaten, mobilize, assault …), talks, verbal-cooperation, material-cooperation, verbal-conflict, material-conflict or force
    "#]],
    );
    all(
        &["fit", "-o", &format!("{dir}/m.jsonl")],
        expect![[r#"
        exit 1
        -- stdout
        -- stderr
        force-30d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        force-90d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        force-365d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        clash-30d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        clash-90d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        clash-365d: too little to learn from: 0 situations, 0 with the outcome; 300 and 20 are needed
        no model was written: the bundled one serves for small ledgers
    "#]],
    );
    all(
        &["backtest"],
        expect![[r#"
        exit 1
        -- stdout
        -- stderr
        rolling: too little: 0 situations; a year is forecast once 200 of earlier years are known, 5 of them with force
        too little to forecast and score
    "#]],
    );
    check(
        &["ask", "Austria", "Belgium", "--ledger", &file, "--set", "icews"],
        "",
        &dir,
        &expect![[r#"
        exit 2
        -- stdout
        -- stderr
        error: nothing of the set icews in the ledger; it has forewarn, dyads
    "#]],
    );
    all(
        &["ask", "Denmark", "Portugal"],
        expect![[r#"
            exit 0
            -- stdout
            Denmark and Portugal (DNK, PRT), as of 2001-01-05, the last day of publication in the ledger
            ! No happening between the two is in the record. What follows is the rate of force between parties with nothing behind them, and the base rate of pairs in the news as its upper end.
            ! The model had learnt from what was known until 2021-12-31, which is not before this day: it may remember what came. For a test of it, fit one with --until (docs/outlook.md).

            Next to no chance: 0.5 % (90 % interval under 0.1 % to 8.3 %; 50 %: under 0.1 % to 4.4 %) that there is at least one incident of material force (CAMEO 18-20, PLOVER ASSAULT) by either side against the other within 90 days.
            It would be an onset: no force between the two is on record in the last 180 days. Base rate of such situations: 8.3 %.
            No past forecast was of two with nothing on record.
            Three or more such incidents: next to no chance, under 0.1 % (90 % interval under 0.1 % to 0.8 %; base rate 0.8 %).

            How it has moved
              2000-10-07  90 days before  nothing was on record between the two
              2000-12-06  30 days before  nothing was on record between the two
              2000-12-29  7 days before   nothing was on record between the two
              2001-01-05  as of           0.5 %        (under 0.1 % to 8.3 %)

            Denied, disavowed, disputed (counts as nothing that happened)
              nothing in the record of the last year

            What speaks against
              no cooperation on record in the last 90 days

            What it rests on
              Set dyads, through 2001-01-05.
              Happenings between the two: 0; of the last year: 0 (0 reports of them).
              Model: the model that comes with forewarn, fitted on Wikipedia's current events 2002-2021 (CC BY-SA), coded by forewarn; weights CC BY-SA 4.0 until 2021-12-31, 8714 situations. Sees only what is reported. Says how often, not why: weights are association, not cause. Not for choosing targets or for action against persons.
            -- stderr
        "#]],
    );
}

#[test]
fn deaths_of_a_year_are_told_of_a_country() {
    // Twelve years of two countries: one at war, one at peace.
    let mut table = String::from("month,Albania,Afghanistan\n");
    for year in 2000..2012 {
        for month in 1..=12 {
            writeln!(table, "{year}-{month:02},0,{}", 100 + 7 * month).expect("into a string");
        }
    }
    let dir = folder(
        "outlook-toll",
        &[("deaths.csv", &table), ("a.csv", "date,actor,recipient,code\n2011-03-05,AFG,ALB,040\n")],
    );
    let (file, deaths) = (format!("{dir}/l.sqlite"), format!("{dir}/deaths.csv"));
    assert_eq!(forewarn(&["import", "--as", "dyads", "--ledger", &file, &format!("{dir}/a.csv")], "").code, Some(0));
    let ask = |country: &str| -> Value {
        let ended = forewarn(&["ask", country, "--json", "--ledger", &file, "--set", "dyads", "--deaths", &deaths], "");
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        serde_json::from_str(&ended.out).expect("JSON")
    };
    let (war, peace) = (ask("Afghanistan"), ask("Albania"));
    let p =
        |answer: &Value, least: u32| answer["toll"][format!("p_deaths_ge_{least}")].as_f64().expect("a probability");
    for answer in [&war, &peace] {
        assert!(p(answer, 25) >= p(answer, 100) && p(answer, 100) >= p(answer, 1000), "{answer}");
        assert_eq!(answer["toll"]["through"], "2011-02", "the month that had ended by 5 March");
    }
    assert!(p(&war, 25) > 0.8 && p(&peace, 25) < 0.2, "{war} {peace}");
}
