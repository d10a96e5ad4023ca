//! Filters as data: what they mean in canonical words, or their faults as they are shown.

use std::sync::OnceLock;

use expect_test::{Expect, expect};
use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
use forewarn_filter::{Filter, Lexicon, Options, render};
use jiff::civil::date;

fn knowledge() -> &'static (Actors, Codebook) {
    static KNOWLEDGE: OnceLock<(Actors, Codebook)> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let actors = Actors::embedded().expect("the embedded actors have no faults");
        (actors, Codebook::embedded().expect("the embedded codebook has no faults"))
    })
}

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

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&read(text));
}

#[test]
fn probe() {
    for t in ["type:ASSAULT dyad:SRB>XKX since:2023-09 place:Mitrovica factuality:asserted publishers>=2","dyad:Serbia>Kosovo","type:ASAULT", "actor:\"Aleksandar Vučić\"", "party:KLA.REB", "party:srb.UAF", "dyad:KSV<>\"South Sudan\"", "dyad:South Sudan>SDN", "actor:usa","actor:Serbiaa","actor:\"masked men\".UAF","since:2023-10 until:2023-09", "type:ASSAULT type:COERCE", "tpye:ASSAULT", "type>=ASSAULT", "(type:ASSAULT OR type:COERCE)", "killed >= 3 , 4", "near:42.97, 20.78, 25km bbox:20,43,21,42", "quad:conflict goldstein<=-5 confidence>80%", "set:gdelt", "type:firearms","mode:ASSAULT","-since:30d", "published>=2w -\"peace talks\" barric*", "cameo:18* cameo:9", "text:\"", "asof:x asof:2023,2024", "foo:bar", "killed:>=3", "dyad:>XKX","country:Georgia","actor:NATO","actor:GOV.SRB"] {
        println!("{t}\n=> {}\n", read(t));
    }
}
