//! Pages of our own writing: whole ones, bare ones, broken ones.

use forewarn_report::{BlockKind, Diagnostic, Options, Report, Source, read_html};

const PAGE: &str = include_str!("pages/article.html");

fn read(page: impl AsRef<[u8]>) -> (Option<Report>, Vec<Diagnostic>) {
    let (mut report, mut remarks) = (None, Vec::new());
    read_html(page.as_ref(), &Source::memory(), &Options::default(), &mut |found| match found {
        Ok(found) => report = Some(found),
        Err(remark) => remarks.push(remark),
    });
    (report, remarks)
}

fn parts(report: &Report) -> Vec<(BlockKind, &str)> {
    report.blocks.iter().map(|block| (block.kind, report.slice(block))).collect()
}

#[test]
fn a_page_of_news() {
    let (report, remarks) = read(PAGE);
    let report = report.expect("the page holds a report");
    assert_eq!(remarks, []);
    let found = parts(&report);
    let expected_kinds = [
        BlockKind::Title,
        BlockKind::Standfirst,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Subhead,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
    ];
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), expected_kinds, "{found:#?}");
    assert_eq!(report.title(), Some("Border talks end without a deal"));
    assert_eq!(found[1].1, "Both delegations left the lake resort a day early, and each blamed the other.");
    assert_eq!(
        found[3].1,
        "Soldiers on the southern bank had fired on a patrol boat the night before, according to the coast guard, which said that one sailor was killed and two were wounded."
    );
    assert_eq!(found[4].1, "A summer of small fights");
    assert!(found[6].1.starts_with("“We came to sign,” the northern"));
    assert_eq!(report.publisher.as_deref(), Some("The Example Herald"));
    assert_eq!(report.authors, ["Jane Doe", "John Roe"]);
    assert_eq!(report.published, Some(jiff::civil::date(2023, 9, 30)));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.url.as_deref(), Some("https://herald.example.org/world/border-talks"));
    for furniture in [
        "cookies",
        "Advertisement",
        "Read more",
        "Follow us",
        "Photo:",
        "Home",
        "rights",
        "Editing",
        "maps",
        "WhatsApp",
        "By Jane",
        "September",
    ] {
        assert!(!report.text.contains(furniture), "{furniture} stayed in: {}", report.text);
    }
}

#[test]
fn a_bare_page() {
    let (report, _) = read(
        "<title>Talks fail</title><h1>Talks fail</h1><p>The army said that three soldiers were killed.<p>It left the village.",
    );
    let report = report.expect("a report");
    assert_eq!(
        parts(&report),
        [
            (BlockKind::Title, "Talks fail"),
            (BlockKind::Paragraph, "The army said that three soldiers were killed."),
            (BlockKind::Paragraph, "It left the village.")
        ]
    );
    assert_eq!((report.publisher, report.published), (None, None));
}

#[test]
fn a_fragment_and_plain_words() {
    let (report, _) = read("The army said that three soldiers were killed.");
    assert_eq!(report.expect("a report").text, "The army said that three soldiers were killed.");
    let (report, _) = read("<p>Three were killed &amp; four wounded.<br><br>The army denies it.");
    assert_eq!(report.expect("a report").text, "Three were killed & four wounded.\n\nThe army denies it.");
}

#[test]
fn broken_pages() {
    for cut in (0..PAGE.len()).step_by(97) {
        let (report, remarks) = read(&PAGE.as_bytes()[..cut]);
        assert!(report.is_some() || !remarks.is_empty(), "silence at {cut}");
    }
    let mixed = PAGE.replace("</p>", "").replace("</h2>", "").replace("</div>", "");
    let (report, _) = read(mixed);
    assert!(report.expect("a report").text.contains("A new date was not set."));
    let (report, remarks) = read("<html><body></body></html>");
    assert!(report.is_none());
    assert_eq!(remarks[0].code, "no-text");
}

#[test]
fn deep_and_large_pages_are_read_tag_by_tag() {
    let deep = format!(
        "<html><head><title>Talks fail</title></head><body>{}<p>The army said that three soldiers were killed.</p>",
        "<div>".repeat(20_000)
    );
    let (report, remarks) = read(deep);
    assert_eq!(remarks[0].code, "html-plain");
    let report = report.expect("a report");
    assert_eq!(report.title(), Some("Talks fail"));
    assert!(report.text.ends_with("three soldiers were killed."));
    let large = format!("<html><body>{}", "<p>The army said that three soldiers were killed.</p>".repeat(300_000));
    let (report, remarks) = read(large);
    assert_eq!(remarks[0].code, "html-plain");
    assert_eq!(report.expect("a report").blocks.len(), 300_000);
}

#[test]
fn dates_charsets_and_languages() {
    let (report, remarks) = read(
        "<meta property=article:published_time content='the other day'><title>T</title><p>The army said that three soldiers were killed in the north.",
    );
    assert_eq!(report.expect("a report").published, None);
    assert_eq!(remarks.iter().map(|remark| remark.code).collect::<Vec<_>>(), ["date-unreadable"]);

    let page = b"<html lang=de><meta charset=iso-8859-1><title>Truppen</title><p>Die Truppen ziehen sich aus den D\xf6rfern zur\xfcck, sagte der Minister am Montag, und die Verhandlungen werden in der n\xe4chsten Woche fortgesetzt.";
    let (report, remarks) = read(page);
    let report = report.expect("a report is kept in any language");
    assert!(report.text.contains("Dörfern zurück"), "{}", report.text);
    assert_eq!(report.language.as_deref(), Some("de"));
    assert!(!report.is_english());
    assert_eq!(remarks.iter().map(|remark| remark.code).collect::<Vec<_>>(), ["not-english"]);
}
