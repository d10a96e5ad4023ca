//! Prints the incidents of a file of reports, with why each claim is in them: `… --example merge -- REPORTS.jsonl [ID…]`.
//! With report ids, only incidents that hold one of them are shown.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool of the project, run by hand")]

#[path = "../tests/reading/mod.rs"]
mod reading;

use std::collections::HashMap;

use forewarn_report::{Options, read_path};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a file of reports comes first");
    let wanted: Vec<String> = arguments.collect();
    let mut reports = Vec::new();
    read_path(std::path::Path::new(&path), &Options::default(), &mut |r| match r {
        Ok(report) => reports.push(report),
        Err(e) => eprintln!("{e:?}"),
    });
    let read = reading::code(reports);
    let resolver = reading::resolved(&read);
    let claims: HashMap<&str, (&forewarn_coder::Claim, &str)> = read
        .iter()
        .flat_map(|r| r.claims.iter().map(|c| (c.claim_id.as_str(), (c, c.span.slice(&r.report.text)))))
        .collect();
    // Two reports: every comparison between them.
    if let [a, b] = &wanted[..] {
        let of = |id: &str| read.iter().find(|r| r.report.report_id == id).expect("the report is in the file");
        let (a, b) = (of(a), of(b));
        for (x, y) in a.tellings.iter().flat_map(|x| b.tellings.iter().map(move |y| (x, y))) {
            let piece = |telling, sketch| forewarn_incident::Piece { telling, sketch };
            let weights = forewarn_incident::weigh(piece(x, &a.sketch), piece(y, &b.sketch));
            let shown: Vec<String> = weights
                .iter()
                .flat_map(|(sum, parts)| {
                    std::iter::once(format!("{sum:+.2} ="))
                        .chain(parts.iter().map(|(what, w)| format!("{what} {w:+.1}")))
                })
                .collect();
            println!("{} {:?} {} {:?} {}", &x.claim_id[..6], x.reach, &y.claim_id[..6], y.reach, shown.join(" "));
        }
    }
    for i in resolver.incidents() {
        if !wanted.is_empty() && !i.members.iter().any(|m| wanted.iter().any(|w| *w == m.report_id)) {
            continue;
        }
        let names = |s: &[forewarn_incident::Side]| s.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" & ");
        println!(
            "== {} {} {} [{}] -> [{}] {} {} reports {} publishers {} origins {}{}",
            i.incident_id,
            i.event_type.as_str(),
            i.status.as_str(),
            names(&i.actor),
            names(&i.recipient),
            i.date.map_or_else(String::new, |d| format!("{} {}", d.start, d.precision.as_str())),
            i.place.as_ref().map_or("", |p| p.name.as_str()),
            i.reports,
            i.publishers,
            i.independent_origins,
            if i.disputed_actor { " DISPUTED" } else { "" },
        );
        for a in i.accounts.iter().filter(|_| i.accounts.len() > 1) {
            let of: Vec<&str> = a.claims.iter().map(|c| &c[..6]).collect();
            println!("   by {} ({}), claims {}", a.party.text, a.said_by.join(", "), of.join(" "));
        }
        for c in &i.counts {
            println!("   {} {:?} {:?} {:?}", c.what, c.low, c.best, c.high);
        }
        for m in &i.members {
            let (claim, sentence) = claims[m.claim_id.as_str()];
            let why: Vec<String> =
                m.reasons.iter().map(|r| format!("{} {:+.1} ({})", r.what, r.weight, r.words)).collect();
            println!(
                "   {} {} {} {} {:?} {}: {sentence}\n        {} {:.2} {}",
                m.report_id,
                &m.claim_id[..6],
                m.role.as_str(),
                claim.event_type,
                claim.predicate.text,
                claim.date.as_ref().and_then(|d| d.start).map_or_else(String::new, |d| d.to_string()),
                m.merged_to.as_ref().map_or("", |c| &c[..6]),
                m.score,
                why.join(", ")
            );
        }
    }
    eprintln!("{:?}", resolver.work());
}
