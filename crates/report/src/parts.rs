//! What part of a report each piece is: headline, standfirst, subhead, paragraph, or no part of it.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::clean::count_words;
use crate::header::Line;
use crate::layout::{Piece, Role};
use crate::{BlockKind, Diagnostic, Dropped, byline, dateline, dates, furniture, header};

/// What is known about a report beside its text. The first to say something is believed.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub report_id: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Date>,
    /// The language the input says it is in, as a code.
    pub language: Option<String>,
    pub dropped: Vec<Dropped>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Facts {
    /// Notes an author who is not yet named, whatever the capitals.
    pub(crate) fn add_author(&mut self, name: String) {
        let known = |given: &String| given.to_lowercase() == name.to_lowercase();
        if !name.is_empty() && !self.authors.iter().any(known) {
            self.authors.push(name);
        }
    }

    /// Notes several authors.
    pub(crate) fn add_authors(&mut self, names: Vec<String>) {
        for name in names {
            self.add_author(name);
        }
    }

    /// Notes a day of publication as it is written; what is no day is remarked upon.
    pub(crate) fn add_date(&mut self, raw: &str, place: &str) {
        if self.published.is_some() || raw.trim().is_empty() {
            return;
        }
        self.published = dates::parse(raw);
        if self.published.is_none() {
            self.bad_date(raw, place);
        }
    }

    pub(crate) fn drop(&mut self, text: String, why: &'static str) {
        self.dropped.push(Dropped { text, why: Cow::Borrowed(why) });
    }

    fn bad_date(&mut self, raw: &str, place: &str) {
        let shown: String = raw.chars().take(60).collect();
        let diagnostic = Diagnostic::warning(
            "date-unreadable",
            format!("{place} is {shown:?}, which is not surely one day; the date stays unknown"),
        )
        .with_hint(dates::expected());
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }
}

struct Kept {
    text: String,
    lines: u32,
    role: Role,
    /// A byline or date line was taken out just before it: what follows is the body.
    after_note: bool,
}

/// Drops furniture, takes the facts out of the lines that hold them, and names the rest.
pub(crate) fn sort(pieces: Vec<Piece>, facts: &mut Facts) -> Vec<(BlockKind, String)> {
    let kept = keep(pieces, facts);
    let kinds = kinds(&kept);
    let mut parts: Vec<(BlockKind, String)> = Vec::with_capacity(kept.len());
    for (piece, kind) in kept.into_iter().zip(kinds) {
        parts.push((kind, piece.text));
    }
    let from_dateline =
        parts.iter().filter(|(kind, _)| *kind != BlockKind::Title).take(4).find_map(|(_, text)| dateline::agency(text));
    if facts.publisher.is_none() {
        facts.publisher = from_dateline.map(str::to_owned);
    }
    parts
}

fn keep(pieces: Vec<Piece>, facts: &mut Facts) -> Vec<Kept> {
    let total = pieces.len();
    let mut kept: Vec<Kept> = Vec::with_capacity(total);
    let (mut body, mut links, mut after_note) = (0, false, false);
    for (at, piece) in pieces.into_iter().enumerate() {
        let Piece { mut text, lines, role } = piece;
        if let Role::Furniture(why) = role {
            links |= furniture::opens_link_list(&text, why);
            facts.drop(text, why);
            continue;
        }
        if role == Role::Title {
            kept.push(Kept { text, lines, role, after_note: false });
            continue;
        }
        if kept.first().is_some_and(|first| first.role == Role::Title && same_words(&first.text, &text)) {
            facts.drop(text, "headline repeated");
            continue;
        }
        // One sentence may be the standfirst: the date often stands under it.
        let near_top = body < 2 && kept.len() <= 4;
        let near_end = total - at <= 4;
        let sentence = ends_sentence(&text);
        let note = if near_top || near_end { take_note(&text, near_top, &mut kept, facts) } else { None };
        let why = note
            .or_else(|| {
                let authors = byline::credit(&text)?;
                facts.add_authors(authors);
                Some("reporting credit")
            })
            .or_else(|| furniture::judge(&text, kept.is_empty()));
        if let Some(why) = why {
            after_note |= note.is_some();
            links = furniture::opens_link_list(&text, why) || (links && why == furniture::LINK);
            if why != TITLE_LINE {
                facts.drop(text, why);
            }
            continue;
        }
        let words = count_words(&text);
        if links && (!sentence || text.ends_with('?')) && words <= 20 {
            facts.drop(text, furniture::LINK);
            continue;
        }
        links = false;
        body += usize::from(role != Role::Standfirst && (words >= 25 || (sentence && words >= 12)));
        if let Some(range) = byline::credit_at_end(&text) {
            let credit = text.split_off(range.start);
            facts.add_authors(byline::credit(&credit).unwrap_or_default());
            facts.drop(credit, "reporting credit");
            text.truncate(text.trim_end().len());
        }
        kept.push(Kept { text, lines, role, after_note: std::mem::take(&mut after_note) });
    }
    // A heading with nothing under it stood over something that was left out.
    while kept.len() > 1 && kept.last().is_some_and(|last| last.role == Role::Heading) {
        if let Some(last) = kept.pop() {
            facts.drop(last.text, "heading without text");
        }
    }
    kept
}

const TITLE_LINE: &str = "headline line";

/// Takes a line about the report for what it says; the reason for leaving it out of the text.
fn take_note(text: &str, near_top: bool, kept: &mut Vec<Kept>, facts: &mut Facts) -> Option<&'static str> {
    if let Some(authors) = byline::parse(text) {
        facts.add_authors(authors);
        return Some("byline");
    }
    match header::parse(text)? {
        Line::Title(title) if near_top && kept.is_empty() => {
            kept.push(Kept { text: title, lines: 1, role: Role::Title, after_note: false });
            return Some(TITLE_LINE);
        }
        Line::Title(_) => return None,
        Line::Publisher(name) => {
            facts.publisher.get_or_insert(name);
        }
        Line::Authors(names) => facts.add_authors(names),
        Line::Url(url) => {
            facts.url.get_or_insert(url);
        }
        Line::Language(language) => {
            if facts.language.is_none() {
                facts.language = crate::language::normalise(&language);
            }
        }
        // Under the text a bare date is as likely the date of something else.
        Line::Published(_) | Line::BadDate(_) if !near_top => return None,
        Line::Published(date) => {
            facts.published.get_or_insert(date);
        }
        Line::BadDate(raw) => {
            if facts.published.is_none() {
                facts.bad_date(&raw, "the date line");
            }
        }
        Line::Aside => {}
    }
    Some("line about the report")
}

fn kinds(kept: &[Kept]) -> Vec<BlockKind> {
    let mut kinds: Vec<BlockKind> = kept
        .iter()
        .map(|piece| match piece.role {
            Role::Title => BlockKind::Title,
            Role::Standfirst => BlockKind::Standfirst,
            Role::Heading if count_words(&piece.text) <= 30 => BlockKind::Subhead,
            _ => BlockKind::Paragraph,
        })
        .collect();
    // A list of headlines is not a report with a headline: some later piece must be a sentence.
    let prose = kept.iter().skip(1).any(|piece| ends_sentence(&piece.text));
    if prose && kinds[0] == BlockKind::Paragraph && kept[0].role == Role::Unknown && is_headline(&kept[0]) {
        kinds[0] = BlockKind::Title;
    }
    if prose {
        mark_subheads(kept, &mut kinds);
    }
    if kinds.len() > 2 && kinds[0] == BlockKind::Title && kept[1].role == Role::Unknown && is_standfirst(kept, &kinds) {
        kinds[1] = BlockKind::Standfirst;
    }
    kinds
}

/// Short, without a full stop, and not the opening of a wire report.
fn is_headline(piece: &Kept) -> bool {
    let text = piece.text.as_str();
    piece.lines <= 3
        && text.len() <= 300
        && count_words(text) <= 30
        && !text.starts_with(char::is_lowercase)
        && (!text.ends_with(['.', ':', ';', ',', '-', '–', '—']) || ends_in_initials(text))
        // One word is the place of a dateline, or a stamp.
        && text.contains(' ')
        && dateline::agency(text).is_none()
}

/// A short sentence of its own between the headline and something that shows where the body begins.
fn is_standfirst(kept: &[Kept], kinds: &[BlockKind]) -> bool {
    let (piece, next) = (&kept[1], &kept[2]);
    let text = piece.text.as_str();
    let words = count_words(text);
    let bare = text.trim_end_matches(['.', '?', '!', '"', '”', '’', ')']);
    let one_sentence =
        ![". ", "? ", "! "].iter().any(|end| bare.match_indices(end).any(|(at, _)| !ends_in_initials(&bare[..=at])));
    let body_begins = kinds[2] == BlockKind::Subhead
        || next.after_note
        || dateline::agency(&next.text).is_some()
        || !ends_sentence(text);
    let has_body = kinds[2..].contains(&BlockKind::Paragraph);
    !piece.after_note
        && !text.ends_with(':')
        && (4..=50).contains(&words)
        && text.len() <= 320
        && one_sentence
        && body_begins
        && has_body
        && dateline::agency(text).is_none()
}

/// Short lines between paragraphs that do not end as sentences do.
fn mark_subheads(kept: &[Kept], kinds: &mut [BlockKind]) {
    let from = usize::from(kinds[0] == BlockKind::Title);
    let is_subhead = |at: usize| kept[at].role == Role::Unknown && at > 0 && is_subhead(&kept[at]);
    // What stands straight under the headline without a full stop is a standfirst if anything.
    let mut at = from;
    let candidates = (from..kept.len()).filter(|at| is_subhead(*at)).count();
    let paragraphs = kept.len() - from - candidates;
    // A text mostly of such lines (a transcript, a list, a poem) has no subheads that could be told.
    if candidates > paragraphs * 2 {
        return;
    }
    while at < kept.len() {
        let run = (at..kept.len()).take_while(|at| is_subhead(*at)).count();
        let followed = at + run < kept.len();
        if (1..=3).contains(&run) && followed {
            // Of several in a row under the headline the first is the standfirst.
            let skip = usize::from(at == 1 && from == 1 && count_words(&kept[1].text) >= 6 && run > 1);
            kinds[at + skip..at + run].fill(BlockKind::Subhead);
        }
        at += run.max(1);
    }
}

fn is_subhead(piece: &Kept) -> bool {
    let text = piece.text.as_str();
    let words = count_words(text);
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    let asks = bare.ends_with('?') && words <= 12;
    piece.lines == 1
        && words <= 14
        && text.chars().count() <= 110
        && text.starts_with(|letter: char| {
            letter.is_uppercase() || letter.is_numeric() || matches!(letter, '"' | '“' | '‘' | '\'' | '«' | '„')
        })
        && (asks || !bare.ends_with(['.', '?', '!', ',', ';', ':', '…', '-', '–', '—']) || ends_in_initials(bare))
        && text.chars().any(char::is_alphabetic)
        && dateline::agency(text).is_none()
}

/// Whether a text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']).ends_with(['.', '?', '!', '…'])
}

/// Whether the full stop a text ends with belongs to initials: `U.S.`, `U.N.`
pub(crate) fn ends_in_initials(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.len() >= 4
        && word.ends_with('.')
        && word.split_terminator('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// Whether two texts have the same letters and digits in the same order.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 40 {
        return false;
    }
    let letters = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(one) == letters(other)
}
