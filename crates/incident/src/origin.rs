//! Independent origins: wire copies, near-identical texts and "as reported by Reuters" are one.

use forewarn_report::{BlockKind, Report};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::link::Piece;
use crate::sketch::{self, Sketch};

/// Share of common shingles from which two texts are copies of one.
pub(crate) const COPY: f32 = 0.4;

/// Agencies under the several names that texts give them.
const ALIASES: [(&str, &str); 12] = [
    ("ap", "associated press"),
    ("afp", "agence france presse"),
    ("agence france-presse", "agence france presse"),
    ("pa media", "press association"),
    ("anadolu", "anadolu agency"),
    ("aa", "anadolu agency"),
    ("itar-tass", "tass"),
    ("thomson reuters", "reuters"),
    ("reuters news agency", "reuters"),
    ("ft", "financial times"),
    ("rfe/rl", "radio free europe"),
    ("deutsche presse-agentur", "dpa"),
];

/// A publisher's name folded: lower case, without an article, "news agency" or "agency", abbreviations spelt out.
pub(crate) fn folded(name: &str) -> SmolStr {
    let lower = name.trim().to_lowercase();
    let mut bare = lower.strip_prefix("the ").unwrap_or(&lower);
    for tail in [" news agency", " newspaper", " news", ".com"] {
        bare = bare.strip_suffix(tail).unwrap_or(bare);
    }
    SmolStr::from(ALIASES.iter().find(|(short, _)| *short == bare).map_or(bare, |(_, long)| long))
}

/// The agency in the dateline that the first paragraph begins with ("PRISTINA (Reuters) - …").
pub(crate) fn agency(report: &Report) -> Option<SmolStr> {
    let paragraph = report.parts(BlockKind::Paragraph).next()?;
    let head = &paragraph[..paragraph.floor_char_boundary(110)];
    let open = head.find(['(', '['])?;
    let close = open + head[open..].find([')', ']'])?;
    let inside = head[open + 1..close].trim();
    let dashed = head[close + 1..].trim_start().starts_with(['-', '–', '—', '―', '_', ':']);
    let before = &head[..open];
    let place = before.split_whitespace().all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || matches!(w, "of" | "the" | "and" | "near")
    });
    let named = inside.starts_with(char::is_uppercase) && inside.len() <= 40 && before.len() <= 60;
    (dashed && place && named).then(|| folded(inside.split(['/', ',']).next().unwrap_or(inside)))
}

/// Whether two reports stand on one text or one agency.
pub(crate) fn shared(a: &Sketch, b: &Sketch) -> bool {
    a.report_id == b.report_id || a.agency.is_some() && a.agency == b.agency || a.overlap(b) >= COPY
}

/// How many of the reports speak from a source of their own.
///
/// A report stands on whom it credits for these tellings, else on the agency of its dateline, else on itself; its
/// publisher is an origin where another report credits it. Copies of one text stand on what any of them stands on. A
/// report that credits several adds nothing to one that stands on one of them alone.
pub(crate) fn independent(pieces: &[Piece<'_>]) -> usize {
    // Who carries news here: a voice of that name is credited as one, whatever the coder took it for.
    let mut carriers: Vec<SmolStr> = pieces
        .iter()
        .flat_map(|p| p.sketch.agency.clone().into_iter().chain(p.sketch.publisher.as_deref().map(folded)))
        .collect();
    carriers.sort_unstable();
    carriers.dedup();
    let mut reports: Vec<(&str, &Sketch, Vec<SmolStr>)> = Vec::new();
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    for piece in pieces {
        let id = piece.telling.report_id.as_str();
        let at = *at.entry(id).or_insert_with(|| {
            reports.push((id, piece.sketch, Vec::new()));
            reports.len() - 1
        });
        let own = piece.sketch.publisher.as_deref().map(folded);
        reports[at].2.extend(sketch::credited(piece.telling, &carriers).filter(|o| Some(o) != own.as_ref()));
    }
    reports.sort_unstable_by_key(|(id, ..)| *id);
    let mut credited: Vec<SmolStr> =
        reports.iter().flat_map(|(_, s, o)| o.iter().cloned().chain(s.agency.clone())).collect();
    credited.sort_unstable();
    credited.dedup();
    for (id, sketch, origins) in &mut reports {
        if origins.is_empty() {
            let publisher = sketch.publisher.as_deref().map(folded).filter(|p| credited.binary_search(p).is_ok());
            origins.push(match (&sketch.agency, publisher) {
                (Some(agency), _) => agency.clone(),
                (None, Some(publisher)) => publisher,
                (None, None) => SmolStr::from(format!("report {id}")),
            });
        }
        origins.sort_unstable();
        origins.dedup();
    }
    // Copies share what they stand on.
    let mut root: Vec<usize> = (0..reports.len()).collect();
    for i in 0..reports.len() {
        for j in 0..i {
            if reports[i].1.overlap(reports[j].1) >= COPY {
                let (a, b) = (find(&root, i), find(&root, j));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut sets: Vec<Vec<SmolStr>> = Vec::new();
    for i in 0..reports.len() {
        if find(&root, i) == i {
            let mut all: Vec<SmolStr> = (0..reports.len())
                .filter(|&j| find(&root, j) == i)
                .flat_map(|j| reports[j].2.iter().cloned())
                .collect();
            all.sort_unstable();
            all.dedup();
            sets.push(all);
        }
    }
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut known: Vec<SmolStr> = Vec::new();
    let mut count = 0;
    for set in sets {
        if !set.iter().any(|o| known.contains(o)) {
            count += 1;
        }
        known.extend(set);
    }
    count
}

fn find(root: &[usize], mut i: usize) -> usize {
    while root[i] != i {
        i = root[i];
    }
    i
}
