//! Coding by old dictionaries: constructions, dates, discards, issues, nested verbs. All names are invented.

use std::sync::LazyLock;

use forewarn_codebook::petrarch::{Dictionaries, Edition};
use forewarn_coder::petrarch::{Petrarch, Settings};
use forewarn_language::{Engine, Model};
use forewarn_report::{Report, Span};
use proptest::prelude::*;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Model::embedded().expect("the model loads")));

const ACTORS: &str = "LURVIA [LUR]\n+LURVIAN\nOSTIA [OST]\n+OSTIAN\nARVENIA [ARV]\nSELDEN [SEL/NEL]\nIDA_BRANN_ [LURELI]\n\
                      \t[LURGOV 20050101-20091231]\nDORMAND\n\t[--- <950101]\n\t[DOR]\nUS_ [USA]\n";
const AGENTS: &str = "!WHO! = MAN, MEN\nPOLICE {} [~COP]\nPOLICE!WHO! [~COP]\nGOVERNMENT [~GOV]\nOFFICIAL [~GOV]\n\
                      SOLDIER [~MIL]\nSTUDENT [~EDU]\nCITIZEN [~PPL]\nMEDIA {} [~MED]\nRELIEF_GROUP [NGO~]\n";
const TWO: &str = "&PEACE\n+TRUCE\n+CEASE-FIRE\n--- SAY [010] ---\nSAY {SAYS SAID SAYING}\n--- ATTACK [190] ---\nATTACK\n\
                   --- ARREST [173] ---\nARREST\n+ROUND_UP {+ROUNDED_UP}\n--- MEET [040:040] ---\nMEET {MEETS MET MEETING}\n\
                   --- CRITICIZE [110] ---\nCRITICIZE\n- * (FOR {ARMS TRADE}) [111]\n--- PROMISE [030] ---\nPROMISE\n\
                   --- HELP [070] ---\nHELP\n- * TANKS [072]\n--- AGREE [050] ---\nAGREE\n- % * &PEACE [087:087]\n\
                   - * (TO &PEACE) (WITH +) [087]\n--- RECEIVE [---] ---\nRECEIVE\n- + * MONEY $ [071]\n\
                   --- BREAK [120] ---\nBREAK {BROKE BROKEN}\n- * OFF [161]\n--- IGNORE [---] ---\nIGNORE\n\
                   ~ a (b . ATTACK) SAY = a b 112\n~ a (a b HELP) SAY = a b 032\n";
const ONE: &str = "--- CRITICIZE [121] ---\nCRITICIZE\n- HEAVILY * [122]\n- SHARPLY_* [123]\n- * FOR_ARMS TRADE [124]\n\
                   --- MET [031:032] ---\nMET\n--- EXTRADITE [174] ---\nEXTRADITE\n- + WAS_ * ^ TO_ $ [175]\n\
                   --- ACT [100] ---\nACT\n- INDICATED WOULD * [101]\n--- CLASH [223] ---\nCLASH\n- NOT * [081]\n\
                   --- AGREE [081] ---\nAGREE\n- * WITH % [031]\n";

fn coder(edition: Edition, settings: Settings) -> Petrarch {
    let verbs = if edition == Edition::One { ONE } else { TWO };
    let files: Vec<(String, String)> = [
        ("actors.txt", ACTORS),
        ("agents.txt", AGENTS),
        ("verbs.txt", verbs),
        ("discards.txt", "CHESS\n+REGATTA\n"),
        ("issues.txt", "<ISSUE CATEGORY=\"FISH\">\nn:trawler [FISHING]\n~ghost trawler\n</ISSUE>\n"),
    ]
    .map(|(n, t)| (n.to_owned(), t.to_owned()))
    .into();
    let read = Dictionaries::read(&files, None);
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    Petrarch::new(read, settings)
}

fn events(coder: &Petrarch, text: &str, day: &str) -> String {
    let mut report = Report::from_text(text).expect("it has words");
    report.published = day.parse().ok();
    let blocks: Vec<Span> = report.blocks.iter().map(|b| b.span).collect();
    let sentences = ENGINE.analyse(&report.text, &blocks);
    let coding = coder.code(&report, &sentences);
    let mut out = Vec::new();
    for e in &coding.events {
        for phrase in [&e.source_text, &e.target_text].into_iter().flatten() {
            assert!(phrase.span.get(&report.text).is_some(), "spans slice the text");
        }
        let issues: Vec<String> = e.issues.iter().map(|(c, n)| format!(" {c},{n}")).collect();
        out.push(format!("{}>{} {}{}", e.source, e.target, e.code, issues.concat()));
    }
    out.join("; ")
}

fn two(text: &str, expected: &str) {
    let found = events(&coder(Edition::Two, Settings::default()), text, "2007-03-04");
    assert_eq!(found, expected, "{text}");
}

fn one(text: &str, expected: &str) {
    let found = events(&coder(Edition::One, Settings::default()), text, "2007-03-04");
    assert_eq!(found, expected, "{text}");
}

#[test]
fn active_and_passive() {
    two("Lurvian soldiers attacked Ostian police.", "LURMIL>OSTCOP 190");
    two("Ostian police were attacked by Lurvian soldiers.", "LURMIL>OSTCOP 190");
    two("Ostian students attacked by Lurvian policemen fled.", "LURCOP>OSTEDU 190");
}

#[test]
fn joined_actors_give_every_pair() {
    two("Lurvia and Arvenia attacked Ostia.", "LUR>OST 190; ARV>OST 190");
    two("Lurvia and Ostia agreed to a truce.", "LUR>OST 087; OST>LUR 087");
    two(
        "Lurvian media and government criticized Ostia and Arvenia.",
        "LURMED>OST 110; LURMED>ARV 110; LURGOV>OST 110; LURGOV>ARV 110",
    );
    two("Officials in Lurvia met soldiers from Ostia.", "LURGOV>OSTMIL 040; OSTMIL>LURGOV 040");
}

#[test]
fn patterns_of_phrases() {
    two("Lurvia criticized Ostia for its arms trade.", "LUR>OST 111");
    two("Lurvia agreed to a cease-fire with Ostia.", "LUR>OST 087");
    two("Lurvia has received money from Ostia.", "OST>LUR 071");
    two("Lurvian police rounded up Ostian students.", "LURCOP>OSTEDU 173");
    two("Lurvia ignored Ostia.", "");
}

#[test]
fn nested_verbs_and_transformations() {
    two("Lurvia said Ostia attacked Arvenia.", "LUR>OST 112");
    two("Lurvia said it will help Ostia.", "LUR>OST 032");
    two("Lurvia promised to help Ostia.", "LUR>OST 033");
    two("Lurvian soldiers attacked Ostia, officials said.", "LURMIL>OST 190");
}

#[test]
fn what_did_not_happen() {
    two("Lurvia did not attack Ostia.", "LUR>OST 050");
    two("Lurvia did not help Ostia.", "LUR>OST 122");
    one("Lurvia did not clash with Ostia.", "LUR>OST 081");
}

#[test]
fn linear_patterns() {
    one("Ostia was heavily and unjustly criticized by the Lurvian government.", "LURGOV>OST 122");
    one("Lurvia sharply criticized Ostia.", "LUR>OST 123");
    one("Ostia was sharply and rightly criticized by the Lurvian government.", "LURGOV>OST 121");
    one("Lurvia indicated it would act against Ostia.", "LUR>OST 101");
    one("Lurvia met Ostia.", "LUR>OST 031; OST>LUR 032");
    one("Lurvia agreed with Ostia and Arvenia.", "LUR>OST 031; LUR>ARV 031");
    one("Lurvia criticized Selden.", "LUR>SEL 121; LUR>NEL 121");
}

#[test]
fn codes_of_the_day() {
    let c = coder(Edition::Two, Settings::default());
    let text = "Ida Brann criticized Ostia.";
    assert_eq!(events(&c, text, "2007-03-04"), "LURGOV>OST 110");
    assert_eq!(events(&c, text, "2012-03-04"), "LURELI>OST 110");
    assert_eq!(events(&c, text, ""), "LURELI>OST 110", "without a date the code without a period");
    assert_eq!(events(&c, "Dormand criticized Ostia.", "1990-01-01"), "");
    assert_eq!(events(&c, "Dormand criticized Ostia.", "1999-01-01"), "DOR>OST 110");
}

#[test]
fn agents_are_put_on_as_they_say() {
    two("A Lurvian relief group met Ostian citizens.", "NGOLUR>OSTPPL 040; OSTPPL>NGOLUR 040");
    two("Ostia arrested students.", "OST>EDU 173");
    two("Lurvia told us that Ostia met its students.", "OST>EDU 040; EDU>OST 040");
}

#[test]
fn discards_and_issues() {
    two("Lurvia attacked Ostia near a trawler. Lurvia attacked Ostia at chess.", "LUR>OST 190 FISHING,1");
    two("Lurvia attacked Ostia near a ghost trawler.", "LUR>OST 190");
    two("Lurvia attacked Ostia. The regatta went on.", "");
}

#[test]
fn half_events_only_on_demand() {
    let text = "Lurvian police attacked.";
    assert_eq!(events(&coder(Edition::Two, Settings::default()), text, "2007-03-04"), "");
    let half = coder(Edition::Two, Settings { require_dyad: false });
    assert_eq!(events(&half, text, "2007-03-04"), "LURCOP> 190");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Files with pieces cut out, doubled or replaced are read and coded by without panic.
    #[test]
    fn no_file_is_too_broken(at in 0usize..2000, len in 0usize..40, put in "[ -~\\n\\té–”]{0,12}", which in 0usize..5) {
        let mut files: Vec<(String, String)> = [ACTORS, AGENTS, TWO, ONE, "<ISSUE CATEGORY=\"A\">\n~n:a+v:b [C]\n"]
            .into_iter()
            .enumerate()
            .map(|(i, t)| (format!("f{i}"), t.to_owned()))
            .collect();
        let text = &mut files[which].1;
        let start = at % (text.len() + 1);
        let end = (start + len).min(text.len());
        text.replace_range(start..end, &put);
        for edition in [Edition::One, Edition::Two] {
            let coder = Petrarch::new(Dictionaries::read(&files, Some(edition)), Settings { require_dyad: false });
            let text = "Lurvia and Ostia met, officials said. Ida Brann did not criticize Ostian police for arms trade.";
            events(&coder, text, "");
        }
    }
}
