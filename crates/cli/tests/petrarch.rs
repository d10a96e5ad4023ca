//! Old dictionaries on the command line: event lines, other formats, checks and errors.

mod command;

use command::{check, folder};
use expect_test::{Expect, expect};

const REPORT: &str = r#"{"id":"lurvia","published":"2007-03-04","publisher":"Straits Gazette","text":"Lurvian police detained two Ostian fishermen near a trawler on Saturday. Lurvia and Ostia Mar held talks in Port Estel. Ostian foreign minister Paal Orm said Lurvian troops had shelled the Marches. Ida Brann promised to send food aid to the Marches. Lurvian police detained Ostian fishermen again. Lurvia beat Ostia Mar at chess."}"#;

#[test]
fn event_lines() {
    check(
        &["code", "--dictionaries", "examples/dictionaries", "--format", "petrarch", "-"],
        REPORT,
        "",
        &expect![[r"
            exit 0
            -- stdout
            20070304	LURCOP	OSTLAB	173	FISHING,1	lurvia_1;lurvia_5	Straits Gazette	Lurvian police	Ostian fishermen	detained
            20070304	LUR	OST	046		lurvia_2	Straits Gazette	Lurvia	Ostia Mar	held
            20070304	OST	LUR	046		lurvia_2	Straits Gazette	Ostia Mar	Lurvia	held
            20070304	OSTGOV	LURMIL	112		lurvia_3	Straits Gazette	Ostian foreign minister Paal Orm	Lurvian troops	shelled
            20070304	LURGOV	MAR	033		lurvia_4	Straits Gazette	Ida Brann	the Marches	send
            -- stderr
            dictionaries: 8 actors, 7 agents, 12 verbs with 5 patterns (edition 2.0), 2 discards, 3 issue phrases
            6 events in 6 sentences of 1 report
        "]],
    );
}

#[test]
fn events_as_json_and_csv_can_be_traced() {
    let one = r#"{"id":"a","published":"2007-03-04","text":"Lurvian police detained two Ostian fishermen."}"#;
    let base = ["code", "--dictionaries", "examples/dictionaries", "--format"];
    check(
        &[&base[..], &["jsonl", "-"]].concat(),
        one,
        "",
        &expect![[r#"
        exit 0
        -- stdout
        {"code":"173","date":"2007-03-04","event_text":{"span":[15,23],"text":"detained"},"issues":{},"report_id":"a","rule":"DETAIN/DETAIN","sentence":0,"source":"LURCOP","source_text":{"span":[0,14],"text":"Lurvian police"},"span":[0,45],"target":"OSTLAB","target_text":{"span":[28,44],"text":"Ostian fishermen"}}
        -- stderr
        dictionaries: 8 actors, 7 agents, 12 verbs with 5 patterns (edition 2.0), 2 discards, 3 issue phrases
        1 event in 1 sentence of 1 report
    "#]],
    );
    check(
        &[&base[..], &["csv", "-"]].concat(),
        one,
        "",
        &expect![[r"
        exit 0
        -- stdout
        report_id,sentence,date,source,target,code,issues,source_text,target_text,event_text,sentence_text,rule
        a,0,2007-03-04,LURCOP,OSTLAB,173,,Lurvian police,Ostian fishermen,detained,Lurvian police detained two Ostian fishermen.,DETAIN/DETAIN
        -- stderr
        dictionaries: 8 actors, 7 agents, 12 verbs with 5 patterns (edition 2.0), 2 discards, 3 issue phrases
        1 event in 1 sentence of 1 report
    "]],
    );
    check(
        &[&base[..], &["table", "-"]].concat(),
        one,
        "",
        &expect![[r#"
        exit 0
        -- stdout
        a

        [0] Lurvian police detained two Ostian fishermen.
          173  LURCOP -> OSTLAB
            words    "Lurvian police" / "detained" / "Ostian fishermen"
            rule     DETAIN/DETAIN

        -- stderr
        dictionaries: 8 actors, 7 agents, 12 verbs with 5 patterns (edition 2.0), 2 discards, 3 issue phrases
        1 event in 1 sentence of 1 report
    "#]],
    );
    check(
        &[&base[..], &["marked", "-"]].concat(),
        one,
        "",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: --dictionaries codes without the codebook: --explain and --format marked do not go with it
    "]],
    );
}

#[test]
fn claims_as_event_lines() {
    let one = r#"{"id":"a","published":"2023-09-25","publisher":"Example Wire","text":"Serbian troops attacked Kosovo police on Sunday. Albania did not attack Serbia."}"#;
    check(
        &["code", "--format", "petrarch", "-"],
        one,
        "",
        &expect![[r"
        exit 0
        -- stdout
        20230924	SRBMIL	KSVCOP	190		a_1	Example Wire	Serbian troops	Kosovo police	attacked
        -- stderr
        2 claims in 2 sentences of 1 report
    "]],
    );
}

#[test]
fn checks_list_every_slip() {
    let dir = folder(
        "petrarch-check",
        &[
            ("actors.txt", "LURVIA [lur]\nX [A >soon]\n\t[B 9002300-920101]\n"),
            ("verbs.1.txt", "--- MEET [031] ---\nMEET\n- NOT * [112]\n- NOT [113]\n"),
            ("verbs.2.txt", "--- MEET [040] ---\nMEET\n- * (WITH [041]\n- * (WITH) [042]\n"),
            ("notes.md", "These were written down in a hurry, at sea.\n"),
        ],
    );
    check(
        &["check", &dir],
        "",
        &dir,
        &expect![[r"
        exit 0
        -- stdout
        DIR/actors.txt:1: found the code `lur` in lower case; read as LUR
        DIR/actors.txt:2: found the date `soon`, expected YYMMDD or YYYYMMDD; the code is not used
        DIR/actors.txt:3: found the date `9002300` of 7 digits, expected 6 or 8; read as 19900230
        DIR/actors.txt:3: found the date `9002300`, which no calendar has; it is compared as a number
        DIR/verbs.1.txt:4: found no `*`, expected one for the verb; the pattern is not used
        DIR/verbs.2.txt:3: found `(` without `)`; the pattern is not used
        -- stderr
        DIR/actors.txt: actors, 2 entries, 4 slips
        DIR/notes.md: not a dictionary; left out
        DIR/verbs.1.txt: verbs 1.0, 2 entries, 1 slip; left out unless --verbs asks for it
        DIR/verbs.2.txt: verbs 2.0, 2 entries, 1 slip
        4 files, 6 slips
    "]],
    );
    check(
        &["check", "--dictionaries", &dir, "--verbs", "1"],
        "",
        &dir,
        &expect![[r"
        exit 0
        -- stdout
        DIR/actors.txt:1: found the code `lur` in lower case; read as LUR
        DIR/actors.txt:2: found the date `soon`, expected YYMMDD or YYYYMMDD; the code is not used
        DIR/actors.txt:3: found the date `9002300` of 7 digits, expected 6 or 8; read as 19900230
        DIR/actors.txt:3: found the date `9002300`, which no calendar has; it is compared as a number
        DIR/verbs.1.txt:4: found no `*`, expected one for the verb; the pattern is not used
        DIR/verbs.2.txt:3: found `(` without `)`; the pattern is not used
        -- stderr
        DIR/actors.txt: actors, 2 entries, 4 slips
        DIR/notes.md: not a dictionary; left out
        DIR/verbs.1.txt: verbs 1.0, 2 entries, 1 slip
        DIR/verbs.2.txt: verbs 2.0, 2 entries, 1 slip; left out unless --verbs asks for it
        4 files, 6 slips
    "]],
    );
}

#[test]
fn what_is_missing_is_said() {
    let none = folder("petrarch-none", &[("agents.txt", "AIDE [~GOV]\n")]);
    let dictionaries =
        |dir: &str, expected: &Expect| check(&["code", "--dictionaries", dir, "-"], REPORT, &none, expected);
    dictionaries(
        "no-such-folder",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: no-such-folder: no such folder or file
    "]],
    );
    dictionaries(
        &none,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: DIR: no actors file there (found: agents); lines such as `FRANCE [FRA]` make one
    "]],
    );
    dictionaries(
        "examples/dictionaries/lurvia.actors.txt",
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: examples/dictionaries/lurvia.actors.txt: no verbs file there (found: actors); blocks `--- MEET [040] ---` make one
    "]],
    );
    check(
        &["code", "--dictionaries", &none, "--dictionary-set", "Lurvia", "-"],
        REPORT,
        &none,
        &expect![[r"
        exit 2
        -- stdout
        -- stderr
        error: DIR: no file whose name begins with `Lurvia` there
    "]],
    );
}
