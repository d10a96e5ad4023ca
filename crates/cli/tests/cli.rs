//! The command line as people and programs meet it: exit codes, standard output, standard error.
//!
//! Words of the command are held exactly; what the coder reads out of the samples is held by its shape, since it may
//! get better.

mod command;

use std::fs;
use std::process::{Command, Stdio};

use command::{Ended, folder, forewarn, root};
use expect_test::{Expect, expect};
use serde_json::Value;

const SAMPLES: &str = "examples/reports";
const KOSOVO: &str = "examples/reports/2023-09-25-north-kosovo.txt";
const WIRE: &str = "examples/reports/wire.jsonl";

/// Holds a command without input to what it says, with `hidden` shown as `DIR`.
fn check(args: &[&str], hidden: &str, expected: &Expect) {
    command::check(args, "", hidden, expected);
}

fn claims(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect()
}

#[test]
fn json_lines_hold_every_field_of_the_schema() {
    let Ended { code, out, err } = forewarn(&["code", "--format", "jsonl", SAMPLES], "");
    assert_eq!(code, Some(0), "{err}");
    let claims = claims(&out);
    assert!(claims.len() >= 10, "only {} claims in the samples", claims.len());
    let schema = forewarn(&["schema"], "").out;
    let section = schema.split("## ").find(|s| s.starts_with("Claim\n")).expect("the schema has Claim");
    let fields: Vec<&str> = section.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
    for claim in &claims {
        let object = claim.as_object().expect("an object");
        let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut known = fields.clone();
        keys.sort_unstable();
        known.sort_unstable();
        assert_eq!(keys, known);
    }
    // The plainest sentence of the samples must always be read.
    let arrested = |c: &&Value| c["predicate"]["text"] == "arrested" && c["counts"][0]["best"] == 14;
    let arrest = claims.iter().find(arrested).expect("police arrested 14 people");
    assert_eq!(arrest["event_type"], "COERCE");
    assert_eq!(arrest["factuality"], "asserted");
    assert_eq!(arrest["actor"][0]["sector"], "COP");
    let voices = arrest["attribution"].as_array().expect("a list");
    let voices: Vec<&str> = voices.iter().filter_map(|v| v["text"].as_str()).collect();
    assert_eq!(voices, ["Example Wire", "witnesses"]);
}

#[test]
fn csv_has_a_row_for_each_claim_under_one_header() {
    let table = forewarn(&["code", "--format", "csv", SAMPLES], "");
    assert_eq!(table.code, Some(0), "{}", table.err);
    let mut reader = csv::Reader::from_reader(table.out.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(&header[0], "claim_id");
    assert_eq!(header.len(), 39);
    let ids: Vec<String> = reader.records().map(|r| r.expect("as wide as the header")[0].to_owned()).collect();
    let lines = claims(&forewarn(&["code", "--format", "jsonl", SAMPLES], "").out);
    let expected: Vec<String> = lines.iter().filter_map(|c| c["claim_id"].as_str().map(str::to_owned)).collect();
    assert_eq!(ids, expected);
}

#[test]
fn a_table_is_for_people() {
    let Ended { code, out, err } = forewarn(&["code", KOSOVO], "");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.starts_with("Kosovo police officer killed in ambush near Banjska\n"), "{out}");
    for line in ["    words    ", "    voice    ", "    rule     ", "CAMEO 190"] {
        assert!(out.contains(line), "no `{line}` in\n{out}");
    }
    assert!(!out.contains('\x1b'), "colours where nobody sees them");
    assert!(err.ends_with(" claims in 11 sentences of 1 report\n"), "{err}");
}

#[test]
fn marks_leave_the_words_as_they_stand() {
    let Ended { code, out, err } = forewarn(&["code", "--format", "marked", KOSOVO], "");
    assert_eq!(code, Some(0), "{err}");
    for mark in ["[ACTOR ", "[EVENT ", "[RECIPIENT ", "[VOICE "] {
        assert!(out.contains(mark), "no {mark}…] in\n{out}");
    }
    // Without the marks and the claims below the sentences, the report is there word by word.
    let roles = ["EVENT", "ACTOR", "RECIPIENT", "VOICE", "PLACE", "DATE", "NUMBER"];
    let mut bare: String = out.lines().filter(|l| !l.starts_with("    ")).collect::<Vec<_>>().join(" ");
    for role in roles {
        bare = bare.replace(&format!("[{role} "), "");
    }
    let bare = bare.replace([']', '#'], "");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let file = fs::read_to_string(root().join(KOSOVO)).expect("the sample is there");
    let (report, _furniture) = file.split_once("Photo:").expect("the sample ends with page furniture");
    assert_eq!(words(&bare), words(report));
}

#[test]
fn explain_says_why_a_sentence_gave_nothing() {
    let Ended { code, out, err } =
        forewarn(&["code", "--explain", "-"], "The lake is deep.\n\nRebels attacked a village.\n");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("attacked") && out.contains("assault/attack"), "{out}");
    assert!(out.contains("The lake is deep."), "{out}");
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    for format in ["table", "jsonl", "csv", "marked"] {
        let one = forewarn(&["code", "--format", format, "--threads", "1", SAMPLES], "");
        let four = forewarn(&["code", "--format", format, "--threads", "4", SAMPLES], "");
        assert_eq!(one.code, Some(0), "{}", one.err);
        assert_eq!(one.out, four.out, "{format}");
        assert_eq!(one.err, four.err, "{format}");
    }
}

#[test]
fn standard_input_is_a_report() {
    let text = fs::read_to_string(root().join(KOSOVO)).expect("the sample is there");
    let piped = forewarn(&["code", "--format", "jsonl", "-"], &text);
    assert_eq!(piped.code, Some(0), "{}", piped.err);
    assert_eq!(piped.out, forewarn(&["code", "--format", "jsonl", KOSOVO], "").out);
}

#[test]
fn what_the_command_line_says_of_a_report_is_taken() {
    let args = ["code", "--format", "jsonl", "--published", "2023-05-10", "--publisher", "Example Post", "-"];
    let Ended { code, out, err } = forewarn(&args, "Rebels attacked an army post on Monday.\n");
    assert_eq!(code, Some(0), "{err}");
    let claims = claims(&out);
    assert_eq!(claims[0]["date"]["start"], "2023-05-08");
    assert_eq!(claims[0]["attribution"][0]["text"], "Example Post");
}

#[test]
fn other_languages_are_named_and_kept_uncoded() {
    let Ended { code, out, err } = forewarn(&["code", "--format", "jsonl", WIRE], "");
    assert_eq!(code, Some(0), "{err}");
    assert!(claims(&out).iter().all(|c| c["report_id"] != "wire-3"), "the German report was coded");
    assert!(err.contains("examples/reports/wire.jsonl:3: note[not-english]: the report is in German"), "{err}");
    assert!(err.contains("; 1 report not in English, kept uncoded\n"), "{err}");
}

#[test]
fn no_claims_is_exit_code_1() {
    let Ended { code, out, err } = forewarn(&["code", "-"], "The lake is deep and the hills are green.\n");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(err, "0 claims in 1 sentence of 1 report\n");
}

#[test]
fn a_missing_file_is_misuse() {
    check(
        &["code", "no-such-file.txt"],
        "",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: no-such-file.txt: no such file or folder
    "]],
    );
}

#[test]
fn code_wants_an_input() {
    check(
        &["code"],
        "",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: the following required arguments were not provided:
          <INPUTS>...

        Usage: forewarn code <INPUTS>...

        For more information, try '--help'.
    "]],
    );
}

#[test]
fn good_reports_are_coded_beside_bad_ones() {
    let wire = "{\"text\": \"Rebels attacked a village near Goma.\"}\n{\"text\": 3\n";
    let dir = folder("some-fail", &[("a.txt", "Police arrested 14 protesters in Minsk.\n"), ("b.jsonl", wire)]);
    let Ended { code, out, err } = forewarn(&["code", "--format", "jsonl", &dir], "");
    assert_eq!(code, Some(3), "{err}");
    assert_eq!(claims(&out).len(), 2);
    assert!(err.contains("b.jsonl:2: error[line-unreadable]: found \"{\\\"text\\\": 3\""), "{err}");
    assert!(err.ends_with("2 claims in 2 sentences of 2 reports; 1 failed\n"), "{err}");
}

#[test]
fn nothing_readable_is_an_error() {
    let dir = folder("all-fail", &[("b.jsonl", "{\"text\": 3\n")]);
    let Ended { code, out, err } = forewarn(&["code", &dir], "");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.ends_with("error: no report could be read\n"), "{err}");
}

#[test]
fn a_closed_pipe_ends_the_command() {
    let many = "{\"text\": \"Rebels attacked a village near Goma.\"}\n".repeat(2000);
    let dir = folder("pipe", &[("many.jsonl", &many)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(["code", "--format", "jsonl", &dir])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("forewarn starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("forewarn ends").code(), Some(0));
}

#[test]
fn the_codebook_lists_its_types() {
    check(
        &["codebook"],
        "",
        &expect![[r"
        exit 0
        -- stdout
        type       quad  score  CAMEO  modes
        AGREE         1    2.5  030
        CONSULT       1    2.5  040    visit third-party multilateral phone
        SUPPORT       1      5  051
        COOPERATE     2    9.5  060
        AID           2     10  070
        CONCEDE       1    4.5  080
        RETREAT       2    6.5  087    withdraw release disarm ceasefire access resign
        REQUEST       3      0  020    assist change yield meet
        ACCUSE        3     -3  112    disapprove investigate allege
        REJECT        3     -2  120    assist change yield meet
        THREATEN      3   -3.5  130    restrict arrest relations expel territory violence
        PROTEST       4     -5  140    demo riot strike hunger boycott obstruct vandalize
        SANCTION      4     -6  160    convict expel withdraw discontinue
        MOBILIZE      4   -5.5  150    troops weapons police militia
        COERCE        4     -7  170    seize restrict arrest deport withhold cyber censor curfew misinformation martial-law
        ASSAULT       4     -9  190    abduct torture sexual destroy beat crowd-control primitive firearms explosives targeted suicide-attack aerial drone heavy-weapons unconventional
        -- stderr
    "]],
    );
}

#[test]
fn a_page_and_its_patterns_are_shown() {
    let page = forewarn(&["codebook", "assault"], "");
    assert_eq!(page.code, Some(0), "{}", page.err);
    assert_eq!(page.out, fs::read_to_string(root().join("codebook/assault.md")).expect("the page is there"));
    let patterns = forewarn(&["codebook", "ASSAULT", "--patterns"], "");
    assert_eq!(patterns.code, Some(0), "{}", patterns.err);
    assert!(patterns.out.contains("=> ASSAULT"), "{}", patterns.out);
}

#[test]
fn a_slip_in_a_type_is_answered_with_the_nearest() {
    check(
        &["codebook", "ASSULT"],
        "",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: there is no event type ASSULT; did you mean ASSAULT?
    "]],
    );
}

#[test]
fn the_knowledge_has_no_faults() {
    let Ended { code, out, err } = forewarn(&["check"], "");
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    assert!(err.ends_with(" files, 0 faults\n"), "{err}");
    assert_eq!(forewarn(&["check", "."], "").err, err);
}

#[test]
fn all_faults_come_at_once() {
    let dir = folder(
        "faults",
        &[
            ("dictionaries/classes.txt", "@gun = gun rifle\n"),
            ("dictionaries/events/assault.txt", "hit v => ASAULT\nhit v subj:@wepon => ASSAULT\n"),
            ("dictionaries/actors/groups.txt", "kind groups\nABC XYZ REB: Example Front\n"),
        ],
    );
    check(
        &["check", &dir],
        &dir,
        &expect![[r"
            exit 2
            -- stdout
            DIR/dictionaries/actors/groups.txt:2: `XYZ` is no country of countries.txt
            DIR/dictionaries/events/assault.txt:1: unknown event type `ASAULT`; did you mean ASSAULT?
            DIR/dictionaries/events/assault.txt:2: unknown class @wepon
            -- stderr
            3 overlay files, 3 faults
            error: the files above need mending
        "]],
    );
}

#[test]
fn a_folder_without_knowledge_is_misuse() {
    let dir = folder("empty", &[("readme.txt", "Nothing here.\n")]);
    check(
        &["check", &dir],
        &dir,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: DIR: found neither codebook/ nor dictionaries/ with .md or .txt files
    "]],
    );
}

#[test]
fn an_unknown_gold_set_is_misuse() {
    check(
        &["eval", "nosuch"],
        "",
        &expect![[r"
            exit 2
            -- stdout
            -- stderr
            error: there is no set `nosuch` (known: all, plover_gsr, plv, plv:quad, cameo_class, osorio_cameo200, polnear, uds_factuality, wikiwars, geovirus, lgl, tr_news, gwn, ngec_actor_tests, petrarch_unit, petrarch_unit:v20, ecb_plus_docs, ewt)
        "]],
    );
}

#[test]
fn a_gold_set_that_is_not_there_is_misuse() {
    check(
        &["eval", "plv", "--gold", "no-such-folder"],
        "",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: no-such-folder: no plv.jsonl there
    "]],
    );
}

#[test]
fn the_schema_is_the_reference_page() {
    let Ended { code, out, err } = forewarn(&["schema"], "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let page = fs::read_to_string(root().join("docs/claims.md")).expect("the page is there");
    assert!(page.ends_with(&out), "the tables of docs/claims.md differ from `forewarn schema`");
}

/// What `forewarn actors` gives as JSON.
fn told(args: &[&str]) -> Value {
    let mut all = vec!["actors", "--format", "json"];
    all.extend(args);
    let Ended { code, out, err } = forewarn(&all, "");
    assert_eq!(code, Some(0), "{args:?}: {err}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn actors_tells_who_held_what_on_the_day() {
    for (day, title) in [("2010-05-01", "president"), ("2014-05-01", "prime minister")] {
        let told = told(&["Medvedev", "--on", day]);
        assert_eq!(told["resolved"][0]["office"], title);
        assert_eq!(told["resolved"][0]["rule"], "who/known-person");
        let first = &told["readings"][0];
        assert_eq!((first["wins"].as_bool(), first["name"].as_str()), (Some(true), Some("Dmitry Medvedev")));
        let held: Vec<&Value> =
            first["offices"].as_array().expect("a list").iter().filter(|o| o["held"] == true).collect();
        assert!(held.iter().any(|o| o["title"] == title), "{held:?}");
        assert!(first["source"].as_str().expect("text").starts_with("dictionaries/actors/people/"));
    }
    let later = told(&["Medvedev", "--on", "2024-05-01"]);
    assert!(later["resolved"][0]["office"].as_str().expect("an office").contains("security council"));
}

#[test]
fn actors_knows_codes_and_reads_phrases_that_no_dictionary_knows() {
    let kosovo = told(&["KSV"]);
    assert_eq!(kosovo["readings"][0]["code"], "XKX");
    assert_eq!(kosovo["resolved"], serde_json::json!([]));
    let former = told(&["a former Malian foreign minister"]);
    assert_eq!((&former["resolved"][0]["country"], &former["resolved"][0]["sector"]), (&"MLI".into(), &"ELI".into()));
    let ended = forewarn(&["actors", "Lavrovv"], "");
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.err.contains("Lavrov"), "{}", ended.err);
}

#[test]
fn an_overlay_corrects_names_and_words() {
    let dir = folder(
        "overlay",
        &[
            ("groups.txt", "kind groups\nZZTOP KEN REB 2030..: Zed Front\n"),
            ("dictionaries/actors/people.txt", "kind people\nof RUS\nIvan Overlay: president 2030..\n"),
            ("dictionaries/voice.txt", "- say v\n"),
            ("notes.txt", "no knowledge\n"),
        ],
    );
    let Ended { code, out, err } = forewarn(&["check", &dir], "");
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    assert_eq!(err, "3 overlay files, 0 faults\n");
    let told = told(&["--overlay", &dir, "Zed Front"]);
    assert_eq!((&told["resolved"][0]["group"], &told["resolved"][0]["country"]), (&"ZZTOP".into(), &"KEN".into()));
    assert!(told["readings"][0]["source"].as_str().expect("text").ends_with("groups.txt:2"));
    let text = "Ivan Overlay said that soldiers attacked the village.\n";
    let voices = |args: &[&str]| {
        let claim: Value =
            serde_json::from_str(forewarn(args, text).out.lines().next().expect("a claim")).expect("JSON");
        claim["attribution"].as_array().expect("a list").len()
    };
    assert_eq!(voices(&["code", "--format", "jsonl", "-"]), 1);
    assert_eq!(voices(&["code", "--format", "jsonl", "--overlay", &dir, "-"]), 0);
}

#[test]
fn faults_of_an_overlay_are_told_with_its_path() {
    let dir = folder(
        "faulty-overlay",
        &[
            ("dictionaries/actors/groups.txt", "kind groups\n- NOSUCH\nZZTOP QQQ REB: Zed Front\n"),
            ("dictionaries/factuality.txt", "- nosuchword v\n"),
            ("dictionaries/classes-own.txt", "@nosuchclass += gun\n"),
        ],
    );
    let Ended { code, out, err } = forewarn(&["check", &dir], "");
    assert_eq!(code, Some(2), "{err}");
    expect![[r#"
        DIR/dictionaries/actors/groups.txt:2: `NOSUCH` is nobody's code: nothing to take away
        DIR/dictionaries/actors/groups.txt:3: `QQQ` is no country of countries.txt
        DIR/dictionaries/classes-own.txt:1: class @nosuchclass is nowhere yet: `+=` adds to one that is
        DIR/dictionaries/factuality.txt:1: "nosuchword" is not there: nothing to take away
    "#]]
    .assert_eq(&out.replace(&dir, "DIR"));
}
