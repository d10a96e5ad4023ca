//! What holds for any input.

use forewarn_report::{BlockKind, Options, Report, Source, read_html, read_jsonl, read_stream, read_text};
use proptest::prelude::*;

/// The invariants written at [`Report`].
fn check(report: &Report) {
    let mut end = 0;
    for (at, block) in report.blocks.iter().enumerate() {
        let span = block.span;
        if at > 0 {
            assert_eq!(&report.text[end..span.start as usize], "\n\n");
        } else {
            assert_eq!(span.start, 0);
        }
        let text = span.get(&report.text).expect("a span slices the stored text at character boundaries");
        assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{text:?}");
        assert!(!text.chars().any(char::is_control), "{text:?}");
        end = span.end as usize;
    }
    assert_eq!(end, report.text.len());
    assert!(!report.blocks.is_empty());
    assert!(report.blocks.iter().skip(1).all(|block| block.kind != BlockKind::Title));
    assert!(report.blocks.iter().filter(|block| block.kind == BlockKind::Standfirst).count() <= 1);
}

fn read_all(bytes: &[u8]) -> usize {
    let (source, options) = (Source::memory(), Options::default());
    let mut given = 0;
    let mut sink = |found: Result<Report, forewarn_report::Diagnostic>| {
        given += 1;
        match found {
            Ok(report) => check(&report),
            Err(remark) => assert!(forewarn_report::CODES.iter().any(|(code, _)| *code == remark.code)),
        }
    };
    read_text(bytes, &source, &options, &mut sink);
    read_html(bytes, &source, &options, &mut sink);
    read_jsonl(&mut &*bytes, &source, &options, &mut sink);
    read_stream(&mut &*bytes, &source, &options, &mut sink);
    given
}

/// Pieces that texts are made of, good and bad.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("The army said on Monday that it would leave the village.".to_owned()),
        Just("Talks fail".to_owned()),
        Just("Read more: Talks fail".to_owned()),
        Just("By Jane Doe".to_owned()),
        Just("Date: 2023-09-30".to_owned()),
        Just("(Reporting by Jane Doe; Editing by John Roe)".to_owned()),
        Just("PRISTINA (Reuters) - Vučić rekao je “ne”.".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\r\n".to_owned()),
        Just(" \u{a0}\u{200b}\u{feff}\u{0301}\u{93}".to_owned()),
        Just("<p>".to_owned()),
        Just("</div><div class=caption>".to_owned()),
        Just("<h2>".to_owned()),
        Just("<br><br/>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<script>".to_owned()),
        Just("<!--".to_owned()),
        Just("&amp;&#0;&#x1F600;&#xD800;".to_owned()),
        Just("{\"text\":\"The army said so.\",\"title\":\"\\u0000T\\ud83d\"}".to_owned()),
        Just("{\"text\":\"".to_owned()),
        "\\PC{0,40}",
        ".{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read_all(&bytes) > 0);
    }

    #[test]
    fn any_text(pieces in prop::collection::vec(piece(), 0..40)) {
        read_all(pieces.concat().as_bytes());
    }

    #[test]
    fn text_cut_anywhere(pieces in prop::collection::vec(piece(), 1..20), cut in any::<prop::sample::Index>()) {
        let text = pieces.concat();
        read_all(&text.as_bytes()[..cut.index(text.len() + 1)]);
    }

    #[test]
    fn reading_the_stored_text_again_drops_nothing_new(pieces in prop::collection::vec("[A-Z][a-z]{2,8}( [a-z]{2,9}){3,12}\\.", 1..8)) {
        let text = pieces.join("\n\n");
        let report = Report::from_text(&text).expect("sentences are words");
        prop_assert_eq!(&report.text, &text);
        prop_assert!(report.dropped.is_empty());
    }
}
