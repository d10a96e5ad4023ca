//! Filters as data: what they mean in canonical words, or their faults as they are shown.

#![allow(clippy::needless_raw_string_hashes)] // expect-test writes them.

use std::sync::OnceLock;

use expect_test::{Expect, expect};
use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
use forewarn_filter::{Field, Filter, Lexicon, Options, Value, render};
use jiff::civil::date;

fn knowledge() -> &'static (Actors, Codebook) {
    static KNOWLEDGE: OnceLock<(Actors, Codebook)> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let actors = Actors::embedded().expect("the embedded actors have no faults");
        (actors, Codebook::embedded().expect("the embedded codebook has no faults"))
    })
}

/// Canonical words, checked to mean the same as `text`, or the faults.
fn read(text: &str) -> String {
    let (actors, codebook) = knowledge();
    let names = Lexicon::new(actors, Some(&codebook.cameo));
    let options = Options { today: Some(date(2024, 3, 31)), names: &names };
    match Filter::parse(text, &options) {
        Ok(filter) => {
            let canonical = filter.to_string();
            assert_eq!(Filter::parse(&canonical, &options).as_ref(), Ok(&filter), "canonical words of {text:?}");
            canonical
        }
        Err(faults) => render(text, &faults),
    }
}

fn check(texts: &[&str], expected: &Expect) {
    expected.assert_eq(&texts.iter().map(|t| read(t)).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_example_of_the_issue() {
    check(
        &["type:ASSAULT dyad:SRB>XKX since:2023-09 place:Mitrovica factuality:asserted publishers>=2", ""],
        &expect![[r#"
            type:ASSAULT factuality:asserted dyad:SRB>XKX since:2023-09 place:Mitrovica publishers>=2
        "#]],
    );
}

#[test]
fn one_meaning_has_one_form() {
    check(
        &[
            "type:coerce,assault TYPE=ASSAULT,COERCE",
            "killed = 3 injured≥2 deaths:>=1",
            "quad:conflict quad:3,4",
            "set:gdelt,ucdp",
            "cameo:18* code:18",
            "confidence>80% goldstein<=-5.50",
            "on:2023-09-01..2023-09-30 published>=2w asof:today",
            "date:2023-01..2023-12 date:2023-09-20..2023-10-02",
            "near: 42.970, 20.78, 25 bbox:170,-10,-170,10.0",
            "disputed:TRUE lang:EN",
        ],
        &expect![[r#"
            type:ASSAULT,COERCE
            killed=3 killed>=1 injured>=2
            quad:3,4
            set:gdelt1,gdelt2,ucdp-candidate,ucdp-ged
            cameo:18
            confidence>0.8 goldstein<=-5.5
            date:2023-09 published>=2024-03-17 asof:2024-03-31
            date:2023 date:2023-09-20..2023-10-02
            bbox:170,-10,-170,10 near:42.97,20.78,25km
            language:en disputed:yes"#]],
    );
}

#[test]
fn words_and_quotes() {
    check(
        &[
            r#"barricad* "peace talks" -riot text:riot,protest"#,
            r#"place:"Kosovska Mitrovica" admin1:“Mitrovica” voice:"says \"no\"""#,
            r#""type:ASSAULT" "OR" "-x" "star*" "South Sud"* "*"* AND place:Zve"čan""#,
            r#"id:"a,b" report:x/y-1.txt"#,
            "Vučić мир",
        ],
        &expect![[r#"
            "peace talks" -riot barricad* text:protest,riot
            place:"Kosovska Mitrovica" admin1:Mitrovica voice:"says \"no\""
            place:Zvečan "*"* "-x" "South Sud"* "star*" "type:ASSAULT" text:OR
            report:x/y-1.txt id:"a,b"
            Vučić мир"#]],
    );
}

#[test]
fn parties_by_code_and_name() {
    check(
        &[
            "dyad:Serbia>Kosovo dyad:KSV<>\"South Sudan\" dyad:*>KOS.COP",
            "actor:GOV.SRB,COP,srb.UAF -recipient:NATO party:KLA",
            r#"actor:"masked men" actor:"masked men".XKX by:"Aleksandar Vučić""#,
            "country:georgia,usa",
        ],
        &expect![[r#"
            dyad:*>XKX.COP dyad:SRB>XKX dyad:SSD<>XKX
            actor:COP,SRB.GOV,srb.UAF -recipient:NATO party:KLA
            actor:"Aleksandar Vučić" actor:"masked men" actor:XKX."masked men"
            country:GEO,USA"#]],
    );
}

#[test]
fn faults_of_form() {
    check(
        &[
            "(type:ASSAULT OR type:COERCE)",
            "type: since:2023 killed>=",
            "type:ASSAULT,,COERCE place:",
            "a,b 12:30 - NOT x",
            r#"place:"Mitrovica"#,
            r#"place:"" """#,
            ">=3 killed=>3 type!=ASSAULT",
            "čas:\u{201c}š",
        ],
        &expect![[r#"
            (type:ASSAULT OR type:COERCE)
            ^
            the filter language has no brackets; all terms must hold; for any of several values write `type:ASSAULT,COERCE`

            (type:ASSAULT OR type:COERCE)
                          ^^
            the filter language has no OR; for any of several values write `type:ASSAULT,COERCE` or `text:riot,protest`
            type: since:2023 killed>=
            ^^^^^
            no value stands behind `type:`

            type: since:2023 killed>=
                             ^^^^^^^^
            no value stands behind `killed>=`
            type:ASSAULT,,COERCE place:
                         ^
            a value is missing here

            type:ASSAULT,,COERCE place:
                                 ^^^^^^
            no value stands behind `place:`
            a,b 12:30 - NOT x
            ^^^
            `,` stands in a word without a field; leave it out where all words must be found; for any of them write `text:riot,protest`

            a,b 12:30 - NOT x
                ^^
            unknown field `12`; to look for the words themselves, put them in quotes

            a,b 12:30 - NOT x
                      ^
            `-` stands before nothing; write it right before the term it turns round: `-type:ASSAULT`

            a,b 12:30 - NOT x
                        ^^^
            the filter language has no NOT; write `-` before the term: `-type:ASSAULT`
            place:"Mitrovica
                  ^
            these quotes are not closed; write `"` behind the phrase, or `\"` for quotes inside it
            place:"" ""
                  ^^
            nothing stands between the quotes

            place:"" ""
                     ^^
            nothing stands between the quotes
            >=3 killed=>3 type!=ASSAULT
            ^^
            no field stands before `>=`; write the field, the operator, the value: `killed>=3`

            >=3 killed=>3 type!=ASSAULT
                      ^^
            unknown operator `=>`; write `>=`

            >=3 killed=>3 type!=ASSAULT
                              ^^
            unknown operator `!=`; to turn a term round write `-type:…`
            čas:“š
            ^^^
            unknown field `čas`; did you mean `says`?

            čas:“š
                ^
            these quotes are not closed; write `"` behind the phrase, or `\"` for quotes inside it"#]],
    );
}

#[test]
fn faults_of_meaning() {
    check(
        &[
            "type:ASAULT,firearms tpye:ASSAULT assault:SRB",
            "mode:ASSAULT mode:AID/aerial mode:RETREAT/withdrw mode:aeriel",
            "type>=ASSAULT since>=2023 dyad:>XKX",
            "factuality:asertted status:maybe quad:5 quad:conflct",
            "cameo:9 cameo:abc cameo:2099",
            "killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english",
            "killed>=1,2 since:2023,2024 asof:2022 asof:2023",
            "-asof:2023 -since:30d",
        ],
        &expect![[r#"
            type:ASAULT,firearms tpye:ASSAULT assault:SRB
                 ^^^^^^
            unknown type `ASAULT`; did you mean `ASSAULT`?

            type:ASAULT,firearms tpye:ASSAULT assault:SRB
                        ^^^^^^^^
            unknown type `firearms`; it is a mode: write `mode:firearms`

            type:ASAULT,firearms tpye:ASSAULT assault:SRB
                                 ^^^^
            unknown field `tpye`; did you mean `type`?

            type:ASAULT,firearms tpye:ASSAULT assault:SRB
                                              ^^^^^^^
            unknown field `assault`; it is a type: write `type:ASSAULT`
            mode:ASSAULT mode:AID/aerial mode:RETREAT/withdrw mode:aeriel
                 ^^^^^^^
            unknown mode `ASSAULT`; it is a type: write `type:ASSAULT`

            mode:ASSAULT mode:AID/aerial mode:RETREAT/withdrw mode:aeriel
                              ^^^^^^^^^^
            AID has no mode `aerial`; ASSAULT has it

            mode:ASSAULT mode:AID/aerial mode:RETREAT/withdrw mode:aeriel
                                              ^^^^^^^^^^^^^^^
            RETREAT has no mode `withdrw`; did you mean `withdraw`?

            mode:ASSAULT mode:AID/aerial mode:RETREAT/withdrw mode:aeriel
                                                                   ^^^^^^
            unknown mode `aeriel`; did you mean `aerial` or `expel`?
            type>=ASSAULT since>=2023 dyad:>XKX
                ^^
            `type` does not take `>=`; it takes `:`: `type:ASSAULT,COERCE`

            type>=ASSAULT since>=2023 dyad:>XKX
                               ^^
            `since` does not take `>=`; write a colon, or compare `date`: `date>=2023-09`

            type>=ASSAULT since>=2023 dyad:>XKX
                                          ^^
            `dyad` does not take `:>`; write the actor first: `dyad:SRB>XKX`, `dyad:*>XKX`
            factuality:asertted status:maybe quad:5 quad:conflct
                       ^^^^^^^^
            unknown factuality `asertted`; did you mean `asserted`?

            factuality:asertted status:maybe quad:5 quad:conflct
                                       ^^^^^
            unknown status `maybe`; it is one of asserted, denied, negated, announced, disavowed, hypothetical, background

            factuality:asertted status:maybe quad:5 quad:conflct
                                                  ^
            unknown quad `5`; write 1 (verbal cooperation), 2 (material cooperation), 3 (verbal conflict) or 4 (material conflict)

            factuality:asertted status:maybe quad:5 quad:conflct
                                                         ^^^^^^^
            unknown quad `conflct`; did you mean `conflict`?
            cameo:9 cameo:abc cameo:2099
                  ^
            CAMEO has no code `9`; roots are 01 to 20; a root stands for all codes below it

            cameo:9 cameo:abc cameo:2099
                          ^^^
            unknown cameo `abc`; write two to four digits: `cameo:18`, `cameo:1831`

            cameo:9 cameo:abc cameo:2099
                                    ^^^^
            CAMEO has no code `2099`; roots are 01 to 20; a root stands for all codes below it
            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                    ^^^^
            `many` is no whole number from 0; write `killed>=3`

            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                                ^^
            `-1` is no whole number from 0; write `killed>=3`

            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                                              ^
            `2` is not between 0 and 1

            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                                                          ^
            `x` is no number; write `goldstein<=-5`

            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                                                                     ^^^^^^^
            `perhaps` is neither yes nor no; write `disputed:yes` or `disputed:no`

            killed>=many killed:-1 confidence:2 goldstein:x disputed:perhaps language:english
                                                                                      ^^^^^^^
            unknown language `english`; write the two letters of ISO 639-1: `language:en`
            killed>=1,2 since:2023,2024 asof:2022 asof:2023
                      ^
            `killed>=` takes one value, 2 found; write `killed>=3`

            killed>=1,2 since:2023,2024 asof:2022 asof:2023
                                   ^^^^
            `since:` takes one value, 2 found; write `since:2023-09`

            killed>=1,2 since:2023,2024 asof:2022 asof:2023
                                                  ^^^^^^^^^
            things are asked for as of two times: `asof:2022` and `asof:2023`; leave one out
            -asof:2023 -since:30d
            ^
            `-` has no meaning before `asof`; leave it out

            -asof:2023 -since:30d
                       ^
            `-` has no meaning before `since`; write `until` for what came before"#]],
    );
}

#[test]
fn faults_of_names() {
    check(
        &[
            "actor:Serbiaa dyad:SRBB>XKX dyad:SRB>HAMSA party:gov",
            "dyad:South Sudan>SDN",
            "dyad:SRB dyad:SRB> dyad:A>B>C dyad:*>*",
            "party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO",
        ],
        &expect![[r#"
            actor:Serbiaa dyad:SRBB>XKX dyad:SRB>HAMSA party:gov
                  ^^^^^^^
            unknown party `Serbiaa`; did you mean `Serbia`, `SEBIN` or `SENBRA`? To look for the words themselves, write `"Serbiaa"`

            actor:Serbiaa dyad:SRBB>XKX dyad:SRB>HAMSA party:gov
                               ^^^^
            unknown party `SRBB`; did you mean `SRB`? To look for the words themselves, write `"SRBB"`

            actor:Serbiaa dyad:SRBB>XKX dyad:SRB>HAMSA party:gov
                                                 ^^^^^
            unknown party `HAMSA`; did you mean `HAMAS`, `Hamas` or `Hausa`? To look for the words themselves, write `"HAMSA"`

            actor:Serbiaa dyad:SRBB>XKX dyad:SRB>HAMSA party:gov
                                                             ^^^
            unknown party `gov`; did you mean `GOV` or `gor`? To look for the words themselves, write `"gov"`
            dyad:South Sudan>SDN
                 ^^^^^
            `South` is no pair of parties; write `A>B` for A acting on B, `A<>B` for either way, `*` for anyone, and names of several words in quotes: `dyad:"South Sudan">SDN`

            dyad:South Sudan>SDN
                       ^^^^^
            unknown field `Sudan`; names of several words are put in quotes: `dyad:"South Sudan">SDN`
            dyad:SRB dyad:SRB> dyad:A>B>C dyad:*>*
                 ^^^
            `SRB` is no pair of parties; write `A>B` for A acting on B, `A<>B` for either way, `*` for anyone, and names of several words in quotes: `dyad:"South Sudan">SDN`

            dyad:SRB dyad:SRB> dyad:A>B>C dyad:*>*
                              ^
            the dyad's recipient is missing; `*` stands for anyone: `dyad:SRB>*`

            dyad:SRB dyad:SRB> dyad:A>B>C dyad:*>*
                                    ^^^^^
            `A>B>C` is no pair of parties; a dyad has two sides

            dyad:SRB dyad:SRB> dyad:A>B>C dyad:*>*
                                               ^^^
            anyone on anyone is every event; leave the term out, or name a side
            party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO
                      ^^^
            `SRB.XKX` asks one party for two values of one kind; join country, sector, ethnic or group code: `XKX.COP`; for either of two write a comma

            party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO
                                    ^
            `SRB.` has a dot with nothing before or behind it; write `XKX.COP` for country and sector

            party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO
                                           ^
            `*` stands for anyone only in a dyad; name a party: `SRB`, `COP`, `XKX.COP`, `srb`, `NATO`

            party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO
                                                     ^^^^^
            unknown country `Kosvo`; did you mean `Kosovo`?

            party:SRB.XKX party:SRB. actor:* country:Kosvo country:NATO
                                                                   ^^^^
            unknown country `NATO`; write its ISO 3166-1 alpha-3 code, `SRB`, or its name"#]],
    );
}

#[test]
fn faults_of_time_and_space() {
    check(
        &[
            "since:2023-10 until:2023-09",
            "published>=2023-10 published<2023-10-01",
            "since:24.9.2023 until:2023-13 date:2023..2022 date>=2022..2023",
            "near:42,20 near:97,20,5km near:42,20,0km near:42,20,x",
            "bbox:20,43,21,42 bbox:1,2,3 bbox:x,0,1,1",
        ],
        &expect![[r#"
            since:2023-10 until:2023-09
                          ^^^^^^^^^^^^^
            no day is left: `since:2023-10` begins on 2023-10-01, after `until:2023-09` ends on 2023-09-30; change it or `since:2023-10`
            published>=2023-10 published<2023-10-01
                               ^^^^^^^^^^^^^^^^^^^^
            no day is left: `published>=2023-10` begins on 2023-10-01, after `published<2023-10-01` ends on 2023-09-30; change it or `published>=2023-10`
            since:24.9.2023 until:2023-13 date:2023..2022 date>=2022..2023
                  ^^^^^^^^^
            `24.9.2023` is no time; write year, month, day: `2023-MM-DD`

            since:24.9.2023 until:2023-13 date:2023..2022 date>=2022..2023
                                  ^^^^^^^
            there is no month 13: months are 01 to 12

            since:24.9.2023 until:2023-13 date:2023..2022 date>=2022..2023
                                               ^^^^^^^^^^
            `2023` comes after `2022`; write `2022..2023`

            since:24.9.2023 until:2023-13 date:2023..2022 date>=2022..2023
                                                                ^^^^^^^^^^
            `date>=` takes one time, not a range; write `date:2023-09..2023-10` for a time with two ends
            near:42,20 near:97,20,5km near:42,20,0km near:42,20,x
                 ^^^^^
            a circle has three parts, 2 found; write degrees north, degrees east, distance: `near:42.97,20.78,25km`

            near:42,20 near:97,20,5km near:42,20,0km near:42,20,x
                            ^^
            `97` is not between -90 and 90 degrees north

            near:42,20 near:97,20,5km near:42,20,0km near:42,20,x
                                                 ^^^
            `0km` is not between 0 and 20037.6 km

            near:42,20 near:97,20,5km near:42,20,0km near:42,20,x
                                                                ^
            `x` is no distance in km; write degrees north, degrees east, distance: `near:42.97,20.78,25km`
            bbox:20,43,21,42 bbox:1,2,3 bbox:x,0,1,1
                    ^^
            its south, 43, lies north of its north, 42; write west,south,east,north in degrees: `bbox:20.0,42.2,21.8,43.3`

            bbox:20,43,21,42 bbox:1,2,3 bbox:x,0,1,1
                                  ^^^^^
            a box has four numbers, 3 found; write west,south,east,north in degrees: `bbox:20.0,42.2,21.8,43.3`

            bbox:20,43,21,42 bbox:1,2,3 bbox:x,0,1,1
                                             ^
            `x` is no number of degrees east; write a decimal number, south and west with `-`: `-33.9`"#]],
    );
}

#[test]
fn what_cannot_both_hold() {
    check(
        &[
            "type:ASSAULT type:COERCE",
            "type:ASSAULT,AID type:AID -type:COERCE",
            "mode:withdraw mode:RETREAT/withdraw",
            "mode:SANCTION/withdraw mode:RETREAT/withdraw",
            "type:AID,COERCE type:AID type:COERCE",
            "disputed:yes disputed:no",
            "country:SRB country:XKX factuality:asserted factuality:denied",
        ],
        &expect![[r#"
            type:ASSAULT type:COERCE
                         ^^^^^^^^^^^
            `type:ASSAULT` and `type:COERCE` cannot both hold; for any of them write `type:ASSAULT,COERCE`
            -type:COERCE type:AID type:AID,ASSAULT
            mode:RETREAT/withdraw mode:withdraw
            mode:SANCTION/withdraw mode:RETREAT/withdraw
                                   ^^^^^^^^^^^^^^^^^^^^^
            `mode:SANCTION/withdraw` and `mode:RETREAT/withdraw` cannot both hold; for any of them write `mode:SANCTION/withdraw,RETREAT/withdraw`
            type:AID,COERCE type:AID type:COERCE
                                     ^^^^^^^^^^^
            `type:AID` and `type:COERCE` cannot both hold; for any of them write `type:AID,COERCE`
            disputed:yes disputed:no
                         ^^^^^^^^^^^
            `disputed:yes` and `disputed:no` cannot both hold; leave one out
            factuality:asserted factuality:denied country:SRB country:XKX"#]],
    );
}

#[test]
fn relative_days_need_today() {
    let faults = Filter::parse("since:30d", &Options::default()).expect_err("no day is known");
    expect![[r#"
        since:30d
              ^^^
        `30d` counts from today, which is not known here; write a date: `2023-09-24`, `2023-09` or `2023`"#]]
    .assert_eq(&render("since:30d", &faults));
}

#[test]
fn days_that_terms_allow() {
    let text = "since:2023-09 until:2023-09 asof:2023-09 date:2023-09 published>2023-09 published<=2024 date<2023-09";
    let filter = Filter::parse(text, &Options::default()).expect("a good filter");
    let shown: Vec<String> = filter.terms.iter().map(|t| format!("{t} {:?}", t.allowed_days())).collect();
    expect![[r#"
        since:2023-09 [(Some(2023-09-01), None)]
        until:2023-09 [(None, Some(2023-09-30))]
        date:2023-09 [(Some(2023-09-01), Some(2023-09-30))]
        date<2023-09 [(None, Some(2023-08-31))]
        published<=2024 [(None, Some(2024-12-31))]
        published>2023-09 [(Some(2023-10-01), None)]
        asof:2023-09 [(None, Some(2023-09-30))]"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn too_long_a_text_is_one_fault() {
    let text = "č ".repeat(4000);
    let faults = Filter::parse(&text, &Options::default()).expect_err("too long");
    assert_eq!(faults.len(), 1);
    assert!(text.is_char_boundary(faults[0].span.start));
}

#[test]
fn terms_keep_their_place_and_filters_join() {
    let text = "since:2023  type:AID";
    let one = Filter::parse(text, &Options::default()).expect("a good filter");
    assert_eq!(&text[one.terms[0].span.clone()], "type:AID");
    let other = Filter::parse("type:AID killed>=1", &Options::default()).expect("a good filter");
    let both = one.and(other);
    assert_eq!(both.to_string(), "type:AID since:2023 killed>=1");
    assert_eq!(both.about(Field::Killed).next().map(|t| t.values.clone()), Some(vec![Value::Count(1)]));
}
