//! Plain text: what becomes of each part.

use forewarn_report::{BlockKind, Diagnostic, Options, Report, Severity, Source, read_text};

fn read(text: impl AsRef<[u8]>) -> (Option<Report>, Vec<Diagnostic>) {
    let (mut report, mut remarks) = (None, Vec::new());
    read_text(text.as_ref(), &Source::memory(), &Options::default(), &mut |found| match found {
        Ok(found) => report = Some(found),
        Err(remark) => remarks.push(remark),
    });
    (report, remarks)
}

#[track_caller]
fn check(text: &str, expected: &[(BlockKind, &str)]) -> Report {
    let (report, _) = read(text);
    let report = report.expect("it holds words");
    let found: Vec<(BlockKind, &str)> = report.blocks.iter().map(|block| (block.kind, report.slice(block))).collect();
    assert_eq!(found, expected);
    report
}

use BlockKind::{Paragraph, Standfirst, Subhead, Title};

#[test]
#[allow(clippy::print_stderr)] // a skipped test says so
fn the_seed_report() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed/000_cdbfe85a523acca5.txt");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: needs ../shared");
        return;
    };
    let (report, remarks) = read(bytes);
    let report = report.expect("the seed is a report");
    assert_eq!(remarks, []);
    let kinds: Vec<BlockKind> = report.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [Title, Standfirst, Subhead, Paragraph, Paragraph, Subhead, Paragraph, Paragraph, Subhead, Paragraph]
    );
    assert!(report.title().is_some_and(|title| title.ends_with('s') && title.contains('?')));
    assert_eq!(
        report.dropped.iter().map(|dropped| dropped.why.as_ref()).collect::<Vec<_>>(),
        ["image credit", "back to top"]
    );
    assert!(report.is_english());
    assert_eq!((report.publisher, report.published), (None, None));
}

#[test]
fn parts_of_a_page_saved_as_text() {
    let report = check(
        "Border talks end without a deal\n\nBy Jane Doe\nPublished: 30 September 2023\n\nFacebook Twitter WhatsApp\n\n\
         The northern delegation walked out of the talks on Saturday, officials on both sides said.\n\nImage: John Roe/Example Pictures\n\n\
         A summer of small fights\n\nThe two countries have accused each other of sixteen attacks since June.\n\n\
         Read more: The brigades that will not go home\n\nThe council meets on Tuesday. (Reporting by Jane Doe and John Roe; Editing by Max Muster)\n\n\
         Most read\n\nWho are the river guards?\n\nA history of the frontier\n\nNach oben scrollen",
        &[
            (Title, "Border talks end without a deal"),
            (Paragraph, "The northern delegation walked out of the talks on Saturday, officials on both sides said."),
            (Subhead, "A summer of small fights"),
            (Paragraph, "The two countries have accused each other of sixteen attacks since June."),
            (Paragraph, "The council meets on Tuesday."),
        ],
    );
    assert_eq!(report.authors, ["Jane Doe", "John Roe"]);
    assert_eq!(report.published, Some(jiff::civil::date(2023, 9, 30)));
}

#[test]
fn a_wire_report_in_columns() {
    let report = check(
        "Three killed in border village\nBy Jane Doe\n\n\
         PRISTINA, Sept 30 (Reuters) - Three people were killed on Saturday in\n\
         a village near the border, the police said, and two more were taken\n\
         to the hospital in the town of Gjilan.\n\n\
         The men had come over the hills in the night, a witness told local\n\
         television.\n",
        &[
            (Title, "Three killed in border village"),
            (
                Paragraph,
                "PRISTINA, Sept 30 (Reuters) - Three people were killed on Saturday in a village near the border, the police said, and two more were taken to the hospital in the town of Gjilan.",
            ),
            (Paragraph, "The men had come over the hills in the night, a witness told local television."),
        ],
    );
    assert_eq!(report.publisher.as_deref(), Some("Reuters"));
    assert_eq!(report.authors, ["Jane Doe"]);
    assert_eq!(report.published, None);
}

#[test]
fn standfirst_or_first_paragraph() {
    check(
        "Is the truce over?\n\nShots were heard on both banks of the river for the third night.\n\nWhat happened\n\nThe patrols met at dawn and fired on each other for an hour.",
        &[
            (Title, "Is the truce over?"),
            (Standfirst, "Shots were heard on both banks of the river for the third night."),
            (Subhead, "What happened"),
            (Paragraph, "The patrols met at dawn and fired on each other for an hour."),
        ],
    );
    check(
        "Three killed in village\n\nThree people were killed on Saturday, the police said.\n\nTwo more were wounded.",
        &[
            (Title, "Three killed in village"),
            (Paragraph, "Three people were killed on Saturday, the police said."),
            (Paragraph, "Two more were wounded."),
        ],
    );
}

#[test]
fn texts_without_structure() {
    check("The army said so.", &[(Paragraph, "The army said so.")]);
    check("Talks fail", &[(Paragraph, "Talks fail")]);
    check(
        "The army said so.\n\nThe rebels denied it.",
        &[(Paragraph, "The army said so."), (Paragraph, "The rebels denied it.")],
    );
    check(
        "Talks fail\n\nTruce holds\n\nTroops leave",
        &[(Paragraph, "Talks fail"), (Paragraph, "Truce holds"), (Paragraph, "Troops leave")],
    );
}

#[test]
fn near_misses_stay_in() {
    for text in [
        "The image: a soldier stands alone on a bridge.",
        "Share prices fell on Monday after the attack.",
        "Sign up for the army, officials told young men.",
        "Read more carefully, the treaty says the opposite.",
        "By Monday the army had left the village.",
    ] {
        check(&format!("{text}\n\n{text}"), &[(Paragraph, text), (Paragraph, text)]);
    }
}

#[test]
fn refusals() {
    for (bytes, code) in [
        (&b""[..], "empty-input"),
        (b" \n\t\n", "empty-input"),
        (b"%PDF-1.7 ...", "binary-input"),
        (b"PK\x03\x04....", "binary-input"),
        (b"ab\0cd\0\0\0efghijklmnopqrst", "binary-input"),
        (b"Advertisement\n\nShare this article\n", "no-text"),
    ] {
        let (report, remarks) = read(bytes);
        assert!(report.is_none());
        assert_eq!((remarks[0].code, remarks[0].severity), (code, Severity::Error));
    }
    let mut found = Vec::new();
    let options = Options { max_bytes: 10, ..Options::default() };
    read_text(b"The army said so.", &Source::file("a.txt"), &options, &mut |one| found.push(one));
    let Err(refusal) = &found[0] else { panic!("a report larger than the limit") };
    assert_eq!(
        refusal.to_string(),
        "a.txt: error[too-large]: it has 17 bytes; a report may have 10 (split it, or raise the limit if it really is one report)"
    );
}

#[test]
fn the_id_is_the_contents() {
    let id = |text: &str| Report::from_text(text).expect("words").report_id;
    assert_eq!(id("The army said so."), id("The army   said\u{a0}so.\n"));
    assert_ne!(id("The army said so."), id("The army did not say so."));
    assert_ne!(id("The army said so.\n\nIt left."), id("Date: 2023-09-30\n\nThe army said so.\n\nIt left."));
    assert_eq!(id("The army said so.").len(), 16);
}

#[test]
fn every_code_is_listed() {
    let listed: Vec<&str> = forewarn_report::CODES.iter().map(|(code, _)| *code).collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    assert_eq!(listed, sorted);
    // Each code in the sources is in the list, and each in the list is somewhere in the sources.
    let mut sources = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("and can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&std::fs::read_to_string(path).expect("and read"));
            }
        }
    }
    for code in &listed {
        assert!(sources.matches(&format!("\"{code}\"")).count() >= 2, "{code} is listed but not used");
    }
    for call in ["error(\"", "warning(\"", "note(\""] {
        for (at, _) in sources.match_indices(&format!("Diagnostic::{call}")) {
            let code = sources[at..].split('"').nth(1).expect("a code in quotation marks");
            assert!(listed.contains(&code), "{code} is used but not listed");
        }
    }
}
