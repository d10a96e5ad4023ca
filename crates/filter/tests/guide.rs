//! Holds `docs/filter.md` and the crate's lists to the code: its table, its examples, its faults, its words.

#![allow(clippy::needless_raw_string_hashes)] // expect-test writes them.

use std::fmt::Write as _;

use forewarn_codebook::Codebook;
use forewarn_codebook::actors::{Actors, EntryKind};
use forewarn_codebook::ontology::SECTORS;
use forewarn_filter::{FACTUALITIES, FIELDS, Field, Filter, Known, Lexicon, Names, Options, render};
use jiff::civil::date;

const GUIDE: &str = include_str!("../../../docs/filter.md");

fn with_options<T>(run: impl FnOnce(&Options<'_>) -> T) -> T {
    let actors = Actors::embedded().expect("the embedded actors have no faults");
    let codebook = Codebook::embedded().expect("the embedded codebook has no faults");
    let names = Lexicon::new(&actors, Some(&codebook.cameo));
    run(&Options { today: Some(date(2024, 3, 31)), names: &names })
}

/// The contents of the guide's fenced blocks of one kind.
fn blocks(kind: &str) -> Vec<&'static str> {
    let fence = format!("```{kind}\n");
    GUIDE.split(fence.as_str()).skip(1).filter_map(|b| b.split("\n```").next()).collect()
}

#[test]
fn the_table_of_fields_is_the_code_s() {
    let mut table = "<!-- fields -->\n| field | also | operators | values | meaning | example |\n".to_owned();
    table.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for f in FIELDS {
        let also: Vec<String> = f.aliases.iter().map(|a| format!("`{a}`")).collect();
        let row = format!(
            "| `{}` | {} | `{}` | {} | {} | `{}` |",
            f.name,
            also.join(", "),
            f.operators(),
            f.values,
            f.meaning,
            f.example
        );
        writeln!(table, "{row}").expect("a string takes all");
    }
    table.push_str("<!-- end of fields -->");
    assert!(GUIDE.contains(&table), "docs/filter.md should have this table:\n{table}");
}

#[test]
fn every_field_stands_in_its_place_and_under_one_name() {
    let mut names: Vec<&str> = FIELDS.iter().flat_map(|f| std::iter::once(f.name).chain(f.aliases.to_vec())).collect();
    for (i, f) in FIELDS.iter().enumerate() {
        assert_eq!(f.field as usize, i, "{}", f.name);
        assert_eq!(Field::parse(f.name), Some(f.field));
    }
    assert_eq!(Field::Text as usize + 1, FIELDS.len());
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a name stands for two fields");
}

#[test]
fn examples_of_fields_and_of_the_guide_are_read() {
    with_options(|options| {
        for f in FIELDS {
            let filter = Filter::parse(f.example, options).unwrap_or_else(|e| panic!("{}", render(f.example, &e)));
            assert_eq!(filter.terms[0].field, f.field, "{}", f.example);
        }
        let filters = blocks("filter");
        assert_eq!(filters.len(), 11);
        for text in filters {
            assert!(Filter::parse(text, options).is_ok_and(|f| !f.is_empty()), "{text}");
        }
    });
}

#[test]
fn faults_of_the_guide_are_those_that_come() {
    with_options(|options| {
        let shown = blocks("fault");
        assert_eq!(shown.len(), 4);
        for block in shown {
            let text = block.lines().next().unwrap_or_default();
            let faults = Filter::parse(text, options).expect_err(text);
            assert_eq!(render(text, &faults), block);
        }
    });
}

#[test]
fn factualities_are_the_coder_s() {
    for word in FACTUALITIES {
        assert_eq!(forewarn_coder::Factuality::parse(word).map(forewarn_coder::Factuality::as_str), Some(word));
    }
    let field = forewarn_coder::schema::CLAIM_FIELDS.iter().find(|f| f.name == "factuality");
    assert_eq!(field.map(|f| f.unit.to_owned()), Some(FACTUALITIES.join(", ")));
}

#[test]
fn every_code_stands_for_itself() {
    let actors = Actors::embedded().expect("the embedded actors have no faults");
    let names = Lexicon::new(&actors, None);
    let options = Options { today: None, names: &names };
    let mut hidden = Vec::new();
    for entry in actors.entries.iter().filter(|e| !e.code.is_empty() && e.kind != EntryKind::Place) {
        let known = names.party(&entry.code);
        match entry.kind {
            EntryKind::Country => assert_eq!(known, Some(Known::Country(entry.code.clone()))),
            EntryKind::Ethnic => assert_eq!(known, Some(Known::Ethnicity(entry.code.clone()))),
            _ => assert_eq!(known, Some(Known::Group(entry.code.clone()))),
        }
        if SECTORS.contains(&entry.code.as_str()) {
            hidden.push(entry.code.as_str());
        }
        let text = format!("party:{}", entry.code);
        assert_eq!(Filter::parse(&text, &options).map(|f| f.to_string()), Ok(text));
    }
    assert_eq!(hidden, Vec::<&str>::new(), "a sector's code hides a group's");
}

#[test]
fn every_person_keeps_the_name() {
    with_options(|options| {
        let actors = Actors::embedded().expect("the embedded actors have no faults");
        for person in actors.entries.iter().filter(|e| e.kind == EntryKind::Person) {
            let text = format!("actor:\"{}\"", person.name);
            let filter = Filter::parse(&text, options).unwrap_or_else(|e| panic!("{}", render(&text, &e)));
            assert_eq!(Filter::parse(&filter.to_string(), options), Ok(filter), "{text}");
        }
    });
}

#[test]
fn a_filter_is_json_too() {
    with_options(|options| {
        let text =
            "mode:ASSAULT/aerial dyad:SRB>XKX.COP -killed>=3 since:2023-09 near:42.97,20.78,25km \"peace talks\"";
        let filter = Filter::parse(text, options).expect("a good filter");
        let json = serde_json::to_string_pretty(&filter).expect("filters have no keys but strings");
        expect_test::expect![[r#"
            {
              "terms": [
                {
                  "field": "mode",
                  "not": false,
                  "op": ":",
                  "values": [
                    {
                      "mode": {
                        "type": "ASSAULT",
                        "mode": "aerial"
                      }
                    }
                  ]
                },
                {
                  "field": "dyad",
                  "not": false,
                  "op": ":",
                  "values": [
                    {
                      "dyad": {
                        "actor": {
                          "country": "SRB"
                        },
                        "recipient": {
                          "country": "XKX",
                          "sector": "COP"
                        },
                        "either_way": false
                      }
                    }
                  ]
                },
                {
                  "field": "since",
                  "not": false,
                  "op": ":",
                  "values": [
                    {
                      "days": {
                        "first": "2023-09-01",
                        "last": "2023-09-30"
                      }
                    }
                  ]
                },
                {
                  "field": "near",
                  "not": false,
                  "op": ":",
                  "values": [
                    {
                      "circle": {
                        "lat": 42.97,
                        "lon": 20.78,
                        "distance_km": 25.0
                      }
                    }
                  ]
                },
                {
                  "field": "killed",
                  "not": true,
                  "op": ">=",
                  "values": [
                    {
                      "count": 3
                    }
                  ]
                },
                {
                  "field": "text",
                  "not": false,
                  "op": ":",
                  "values": [
                    {
                      "text": "peace talks"
                    }
                  ]
                }
              ]
            }"#]]
        .assert_eq(&json);
    });
}
