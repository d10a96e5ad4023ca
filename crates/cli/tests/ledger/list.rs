//! Questions and their answers as they are printed: exit code, standard output, standard error.

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use regex::Regex;

use crate::command::{Ended, folder, forewarn};
use crate::contents::rows;

const REPORTS: &str = r#"{"id":"a","title":"Arrests in Minsk","text":"Police arrested 14 protesters in Minsk on Tuesday, officials said.","published":"2024-03-06","publisher":"Example Wire"}
{"id":"b","text":"A bomb killed three people in Kirkuk on Monday.","published":"2024-03-06","publisher":"Coastal Post"}
{"id":"c","text":"A bomb in Kirkuk killed three people on Monday, police said.","published":"2024-03-06","publisher":"Evening Ledger"}
"#;
const FOREIGN: &str = "date,actor,recipient,code\n2024-03-04,SRB,KSVCOP,190\n2024-03-05,USA,GBR,042\n";

fn setting(name: &str) -> PathBuf {
    let dir = folder(name, &[("own.csv", FOREIGN)]);
    let ledger = Path::new(&dir).join("l.sqlite");
    let at = ledger.to_str().expect("UTF-8");
    assert_eq!(forewarn(&["ingest", "-", "--ledger", at], REPORTS).code, Some(0));
    assert_eq!(forewarn(&["import", &format!("{dir}/own.csv"), "--ledger", at], "").code, Some(0));
    ledger
}

/// Without what changes from day to day or with every version of the knowledge: ids and digests become `<1>`, `<2>` … in
/// the order in which they come, times `TIME`, weights `W`.
fn plain(text: &str, ledger: &Path) -> String {
    let dir = ledger.parent().expect("a folder").to_str().expect("UTF-8");
    let mut ids: Vec<String> = Vec::new();
    let text = text.replace(dir, "DIR");
    let text =
        Regex::new(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z").expect("a pattern").replace_all(&text, "TIME").into_owned();
    let weight = Regex::new(r"[+-][0-9]+\.[0-9] \(").expect("a pattern");
    let text = weight.replace_all(&text, "+W (").into_owned();
    let hex = Regex::new(r"(?-u:\b)[0-9a-f]{16}(?-u:\b)").expect("a pattern");
    hex.replace_all(&text, |c: &regex::Captures| {
        let at = ids.iter().position(|i| *i == c[0]).unwrap_or_else(|| {
            ids.push(c[0].to_owned());
            ids.len() - 1
        });
        format!("<{}>", at + 1)
    })
    .into_owned()
}

/// Holds a question to its answer.
fn check(args: &[&str], ledger: &Path, expected: &Expect) {
    let mut all = args.to_vec();
    all.extend(["--ledger", ledger.to_str().expect("UTF-8")]);
    let Ended { code, out, err } = forewarn(&all, "");
    let shown = format!("exit {}\n-- stdout\n{out}-- stderr\n{err}", code.unwrap_or(-1));
    expected.assert_eq(&plain(&shown, ledger));
}

#[test]
fn lists() {
    let l = setting("list");
    check(
        &["events", "type:ASSAULT", "set:forewarn", "--sort", "earliest"],
        &l,
        &expect![[r#"
        exit 0
        -- stdout
        2024-03-04  ASSAULT/explosives asserted  ? -> IRQ CVL "three people in Kirkuk"
            "A bomb killed three people in Kirkuk on Monday."
            Kirkuk, Muhafazat Kirkuk, IRQ (settlement); killed 3 people; on the word of Coastal Post reports
            <1>  Coastal Post, b
        2024-03-04  ASSAULT/explosives asserted  ? -> IRQ CVL "three people"
            "A bomb in Kirkuk killed three people on Monday, police said."
            Kirkuk, Muhafazat Kirkuk, IRQ (settlement); killed 3 people; on the word of Evening Ledger reports > police claims
            <2>  Evening Ledger, c
        -- stderr
    "#]],
    );
    check(
        &["events", "set:dyads"],
        &l,
        &expect![[r#"
        exit 0
        -- stdout
        2024-03-05  CONSULT/visit asserted  USA "USA" -> GBR "GBR"
            dyads  DIR/own.csv line 3  
        2024-03-04  ASSAULT asserted  SRB "SRB" -> XKX COP "KSVCOP"
            dyads  DIR/own.csv line 2  
        -- stderr
    "#]],
    );
    check(
        &["events", "--count"],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        6
        -- stderr
    "]],
    );
    check(
        &["events", "country:PER"],
        &l,
        &expect![[r"
        exit 1
        -- stdout
        -- stderr
        nothing fits the filter
    "]],
    );
    check(
        &["incidents", "country:IRQ"],
        &l,
        &expect![[r#"
        exit 0
        -- stdout
        2024-03-04  ASSAULT/explosives asserted  ? -> IRQ CVL "three people in Kirkuk"
            Kirkuk, Muhafazat Kirkuk, IRQ (settlement); killed 3; 2 claims in 2 reports of 2 publishers, 2 independent origins
            "A bomb in Kirkuk killed three people on Monday, police said." (Evening Ledger)
            <1>
        -- stderr
    "#]],
    );
    check(
        &["series", "--by", "country"],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        country  from        set       happenings  verbal_cooperation  material_cooperation  verbal_conflict  material_conflict  assaults  goldstein_sum  plover_sum  killed_low  killed_best  killed_high  reports
        BLR      2024-03-01  forewarn  1           0                   0                     0                1                  0         -5.0           -7.0                                              1
        GBR      2024-03-01  dyads     1           1                   0                     0                0                  0         1.9            4.0                                               1
        IRQ      2024-03-01  forewarn  1           0                   0                     0                1                  1         -10.0          -9.0        3           3            3            2
        XKX      2024-03-01  dyads     1           0                   0                     0                1                  1         -10.0          -9.0                                              1
        -- stderr
    "]],
    );
    check(
        &["series", "dyad:SRB>XKX", "--step", "day", "--format", "csv"],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        actor,recipient,from,set,happenings,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,assaults,goldstein_sum,plover_sum,killed_low,killed_best,killed_high,reports
        SRB,XKX,2024-03-04,dyads,1,0,0,0,1,1,-10.0,-9.0,,,,1
        -- stderr
    "]],
    );
    check(
        &["sql", "SELECT event_type, count(*) AS n FROM events GROUP BY 1 ORDER BY 1"],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        event_type  n
        ASSAULT     3
        COERCE      2
        CONSULT     1
        -- stderr
    "]],
    );
}

#[test]
fn errors() {
    let l = setting("errors");
    check(
        &["events", "type:ASULT", "since:2024"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: the filter cannot be read:
        type:ASULT since:2024
             ^^^^^
        unknown type `ASULT`; did you mean `ASSAULT`?
    "]],
    );
    check(
        &["incidents", "place:Kirkuk", "publshers>=2"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: the filter cannot be read:
        place:Kirkuk publshers>=2
                     ^^^^^^^^^
        unknown field `publshers`; did you mean `publishers`?
    "]],
    );
    check(
        &["events", "--after", "nonsense"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: `nonsense` is no token of a next page: take it from the page before
    "]],
    );
    check(
        &["show", "0123456789abcdef"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: <1>: nothing in the ledger has this id
    "]],
    );
    check(
        &["show", "run:99"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: run:99: nothing in the ledger has this id
    "]],
    );
    check(
        &["sql", "DELETE FROM report"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: the query would write; a ledger is read by SQL, never written
    "]],
    );
    check(
        &["sql", "SELECT nosuch FROM events"],
        &l,
        &expect![[r"
            exit 2
            -- stdout
            -- stderr
            error: the query: no such column: nosuch in SELECT nosuch FROM events at offset 7: Error code 1: SQL logic error
        "]],
    );
    check(
        &["export", "--format", "csb"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: there is no format `csb`; did you mean csv? (known: csv, jsonl, parquet, geojson, plover, phoenix, petrarch, acled-like, ucdp-like)
    "]],
    );
    check(
        &["import", "nosuch.csv"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: nosuch.csv: no such file or folder
    "]],
    );
    check(
        &["import", "Cargo.toml", "--as", "icew"],
        &l,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: there is no set `icew`; did you mean icews? (known: icews, gdelt1, gdelt2, polecat, phoenix, petrarch, acled, ucdp-ged, ucdp-candidate, plover, dyads)
    "]],
    );
    check(
        &["events"],
        &l.with_file_name("none.sqlite"),
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: DIR/none.sqlite: no ledger there (forewarn ingest makes one)
    "]],
    );
    check(
        &["events"],
        &l.with_file_name("own.csv"),
        &expect![[r"
            exit 2
            -- stdout
            -- stderr
            error: DIR/own.csv: not a ledger, nor any database
        "]],
    );
}

#[test]
fn what_stands_behind_an_id() {
    let l = setting("show");
    let incident = rows(&l, "SELECT incident_id FROM incidents WHERE country = 'IRQ'");
    let claim = rows(&l, "SELECT claim_id FROM events WHERE report_id = 'a' ORDER BY sentence DESC LIMIT 1");
    check(
        &["show", incident.trim()],
        &l,
        &expect![[r#"
            exit 0
            -- stdout
            2024-03-04  ASSAULT/explosives asserted  ? -> IRQ CVL "three people in Kirkuk"
                Kirkuk, Muhafazat Kirkuk, IRQ (settlement); killed 3; 2 claims in 2 reports of 2 publishers, 2 independent origins
                "A bomb in Kirkuk killed three people on Monday, police said." (Evening Ledger)
                <1>

            Numbers
              killed 3
                2024-03-06 3 people: Evening Ledger, police  <2>
                2024-03-06 3 people: Coastal Post  <3>

            Accounts
              telling  Evening Ledger 2024-03-06  <2>
                "A bomb in Kirkuk killed three people on Monday, police said."
                on the word of Evening Ledger (reports)
                on the word of police (claims)
                with <3> (1.00): type +W (ASSAULT), time +W (2024-03-04), place +W (Kirkuk), recipient +W (three people / three people in Kirkuk), numbers +W (3 killed), wording +W (kirkuk bomb kill people 3), story +W (kirkuk bomb kill people 3)
              telling  Coastal Post 2024-03-06  <3>
                "A bomb killed three people in Kirkuk on Monday."
                on the word of Coastal Post (reports)
                with <2> (1.00): type +W (ASSAULT), time +W (2024-03-04), place +W (Kirkuk), recipient +W (three people / three people in Kirkuk), numbers +W (3 killed), wording +W (kirkuk bomb kill people 3), story +W (kirkuk bomb kill people 3)
            -- stderr
        "#]],
    );
    check(
        &["show", claim.trim()],
        &l,
        &expect![[r#"
            exit 0
            -- stdout
            2024-03-05  COERCE/arrest asserted  BLR COP "Police" -> BLR OPP "14 protesters in Minsk"
                "Police arrested 14 protesters in Minsk on Tuesday, officials said."
                Minsk, BLR (settlement); arrested 14 protesters; on the word of Example Wire reports > officials claims
                <1>  Example Wire, a

            Coded
              CAMEO 173, Goldstein -5, PLOVER -7
              rule coerce/arrest (confidence 0.9)
              an account of incident <2>

            In the report's bytes
              sentence       18..84     "Police arrested 14 protesters in Minsk on Tuesday, officials said."
              predicate      25..33     "arrested"  coerce/arrest
              actor          18..24     "Police"  who/report-country
              recipient      34..56     "14 protesters in Minsk"  who/role
              voice          69..78     "officials"  verb/that
              date           60..67     "Tuesday"  weekday
              place          51..56     "Minsk"  place/of-object
              arrested       34..47     "14 protesters"  counts/object

            From
              Arrests in Minsk
              Example Wire, 2024-03-06, a
              run 1 (ingest, TIME to TIME): forewarn 0.1.0, model <3>, codebook <4>, gazetteer <5>
            -- stderr
        "#]],
    );
    check(
        &["show", &claim[..8]],
        &l,
        &expect![[r#"
            exit 0
            -- stdout
            2024-03-05  COERCE/arrest asserted  BLR COP "Police" -> BLR OPP "14 protesters in Minsk"
                "Police arrested 14 protesters in Minsk on Tuesday, officials said."
                Minsk, BLR (settlement); arrested 14 protesters; on the word of Example Wire reports > officials claims
                <1>  Example Wire, a

            Coded
              CAMEO 173, Goldstein -5, PLOVER -7
              rule coerce/arrest (confidence 0.9)
              an account of incident <2>

            In the report's bytes
              sentence       18..84     "Police arrested 14 protesters in Minsk on Tuesday, officials said."
              predicate      25..33     "arrested"  coerce/arrest
              actor          18..24     "Police"  who/report-country
              recipient      34..56     "14 protesters in Minsk"  who/role
              voice          69..78     "officials"  verb/that
              date           60..67     "Tuesday"  weekday
              place          51..56     "Minsk"  place/of-object
              arrested       34..47     "14 protesters"  counts/object

            From
              Arrests in Minsk
              Example Wire, 2024-03-06, a
              run 1 (ingest, TIME to TIME): forewarn 0.1.0, model <3>, codebook <4>, gazetteer <5>
            -- stderr
        "#]],
    );
    check(
        &["show", "a"],
        &l,
        &expect![[r#"
        exit 0
        -- stdout
        a  Example Wire, 2024-03-06, en

        Arrests in Minsk

        Police arrested 14 protesters in Minsk on Tuesday, officials said.

        (2024-03-06)  COERCE/arrest asserted  ? -> BLR "Minsk"
            "Arrests in Minsk"
            Minsk, BLR (settlement); on the word of Example Wire reports
            <1>  Example Wire, a
        2024-03-05  COERCE/arrest asserted  BLR COP "Police" -> BLR OPP "14 protesters in Minsk"
            "Police arrested 14 protesters in Minsk on Tuesday, officials said."
            Minsk, BLR (settlement); arrested 14 protesters; on the word of Example Wire reports > officials claims
            <2>  Example Wire, a
        -- stderr
    "#]],
    );
    check(
        &["show", "run:1"],
        &l,
        &expect![[r"
        exit 0
        -- stdout
          run 1 (ingest, TIME to TIME): forewarn 0.1.0, model <1>, codebook <2>, gazetteer <3>
        -- stderr
    "]],
    );
}

#[test]
fn a_page_leads_to_the_next() {
    let l = setting("pages");
    let at = l.to_str().expect("UTF-8");
    let all = forewarn(&["events", "--format", "jsonl", "--limit", "100", "--ledger", at], "").out;
    let mut found = String::new();
    let mut after: Option<String> = None;
    loop {
        let mut args = vec!["events", "--format", "jsonl", "--limit", "1", "--ledger", at];
        if let Some(token) = &after {
            args.extend(["--after", token]);
        }
        let Ended { code, out, err } = forewarn(&args, "");
        assert_eq!(code, Some(0), "{err}");
        found.push_str(&out);
        match err.trim().strip_prefix("there are more: --after ") {
            Some(token) => after = Some(token.to_owned()),
            None => break,
        }
    }
    assert_eq!(found, all);
    assert_eq!(all.lines().count(), 6);
}

#[test]
fn what_is_exported_comes_back() {
    let l = setting("carry");
    let dir = l.parent().expect("a folder");
    let file = dir.join("out.jsonl");
    let out = file.to_str().expect("UTF-8");
    check(
        &["export", "set:forewarn", "--output", out],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        -- stderr
        4 of 4 events written as jsonl
    "]],
    );
    let plover = dir.join("out.plover.jsonl");
    let out = plover.to_str().expect("UTF-8");
    check(
        &["export", "set:forewarn", "--format", "plover", "--output", out],
        &l,
        &expect![[r"
        exit 0
        -- stdout
        -- stderr
        4 of 4 events written as plover
    "]],
    );
    let back =
        forewarn(&["import", out, "--as", "plover", "--ledger", dir.join("back.sqlite").to_str().expect("UTF-8")], "");
    assert_eq!(back.code, Some(0), "{}", back.err);
    assert!(back.err.contains(": 4 new, 0 known already, 0 skipped"), "{}", back.err);
}
