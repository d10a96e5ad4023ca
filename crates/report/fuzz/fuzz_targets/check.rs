//! What holds for every report, whatever it was read from.

/// Fails where a report breaks its invariants.
pub fn check(found: Result<forewarn_report::Report, forewarn_report::Diagnostic>) {
    let Ok(report) = found else { return };
    let mut end = 0;
    for (at, block) in report.blocks.iter().enumerate() {
        assert_eq!(block.span.start as usize, if at == 0 { 0 } else { end + 2 });
        let text = block.span.get(&report.text).expect("a span slices the stored text");
        assert!(!text.is_empty() && !text.chars().any(char::is_control));
        end = block.span.end as usize;
    }
    assert_eq!(end, report.text.len());
}
