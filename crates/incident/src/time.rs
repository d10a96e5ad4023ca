//! Days: what two tellings' times say about each other.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Factuality, When};
use jiff::civil::Date;

use crate::link::Piece;
use crate::record::{Interval, Reach};
use crate::sketch::Dated;

/// Days of an interval beyond which a time says too little to merge reports by.
pub(crate) const LONGEST: i32 = 62;

/// Days of an interval up to which it dates what its report leaves undated.
pub(crate) const NEAR: i32 = 9;

/// How many days before its publication a report's undated news may have happened.
pub(crate) const NEWS: i32 = 6;

/// How many days before its report a day lies that undated news of the report is not of.
const AGO: i32 = 31;

/// How many days after a happening its aftermath may point to it.
pub(crate) const AFTERMATH: i32 = 45;

/// Days from 1970-01-01.
pub(crate) fn day(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (date - epoch).get_days()
}

/// The date of a day counted from 1970-01-01.
pub(crate) fn date(day: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The interval that a claim's words give; none where the report's own date stands in or an end is open.
pub(crate) fn interval(when: &When) -> Option<Interval> {
    if when.text.is_empty() {
        return None;
    }
    let (start, end) = (day(when.start?), day(when.end?));
    (start <= end).then_some(Interval { start, end })
}

impl Interval {
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Days between the two; 0 where they touch or overlap.
    pub(crate) fn gap(self, other: Self) -> i32 {
        (self.start - other.end).max(other.start - self.end).max(0)
    }

    pub(crate) fn days(self) -> i32 {
        self.end - self.start + 1
    }
}

/// The days on which an undated claim of a report may lie.
pub(crate) fn news(published: i32) -> Interval {
    Interval { start: published - NEWS, end: published }
}

/// Everything a telling's time may be: the days in its own words; without them the days before publication, and those
/// that its report gives for other claims of the type.
pub(crate) fn spans(piece: Piece<'_>) -> Vec<Interval> {
    if let Some(when) = piece.telling.when {
        return vec![when];
    }
    let mut out: Vec<Interval> = piece.sketch.published.map(news).into_iter().collect();
    out.extend(lent(piece, piece.telling.event_type));
    out
}

/// The days that the report gives for claims of the type.
pub(crate) fn lent(piece: Piece<'_>, event: EventType) -> impl Iterator<Item = Interval> + '_ {
    let wanted = Dated::of(event);
    piece.sketch.days.iter().filter(move |(d, _)| *d == wanted).map(|(_, i)| *i)
}

/// What two times say: a weight for being one happening, or none where they cannot be.
pub(crate) fn agreement(a: Piece<'_>, b: Piece<'_>) -> Option<f32> {
    let same_report = a.telling.report_id == b.telling.report_id;
    match (a.telling.when, b.telling.when) {
        (Some(x), Some(y)) => explicit(x, y),
        (Some(x), None) => half(x, b, same_report),
        (None, Some(y)) => half(y, a, same_report),
        (None, None) if same_report => Some(0.3),
        (None, None) => undated(a, b),
    }
}

/// Neither time is in words: the days of publication bound both.
fn undated(a: Piece<'_>, b: Piece<'_>) -> Option<f32> {
    let event = (a.telling.event_type, b.telling.event_type);
    match (a.sketch.published, b.sketch.published) {
        (Some(first), Some(second)) => match (first - second).abs() {
            apart if apart <= NEWS && otherwise(a, b) => Some(-1.5),
            0 | 1 => Some(0.7),
            2 => Some(-0.2),
            3 => Some(-1.0),
            apart if apart <= NEWS => Some(-2.0),
            _ if lent(a, event.0).any(|x| lent(b, event.1).any(|y| x.overlaps(y))) => Some(0.2),
            _ => None,
        },
        (None, None) => Some(-0.3),
        _ => None,
    }
}

/// Whether both reports date their claims of the type, and on other days.
fn otherwise(a: Piece<'_>, b: Piece<'_>) -> bool {
    let (x, y) = (lent(a, a.telling.event_type), || lent(b, b.telling.event_type));
    let (mut any, mut meet) = (false, false);
    for x in x {
        for y in y() {
            any = true;
            meet |= x.overlaps(y);
        }
    }
    any && !meet
}

fn explicit(x: Interval, y: Interval) -> Option<f32> {
    match x.gap(y) {
        0 => {}
        // "Overnight", time zones, a report's slip of one day.
        1 if x.days().max(y.days()) <= 2 => return Some(-1.5),
        1 if x.days().max(y.days()) <= 9 => return Some(-0.8),
        _ => return None,
    }
    if !x.overlaps(y) {
        return Some(-1.5);
    }
    Some(match x.days().max(y.days()) {
        1 | 2 => 2.2,
        3..=8 => 1.0,
        9..=31 => 0.5,
        _ => 0.1,
    })
}

/// One time is in words, the other only bounded by its report.
fn half(x: Interval, undated: Piece<'_>, same_report: bool) -> Option<f32> {
    if same_report {
        return in_report(x, undated);
    }
    if x.days() > LONGEST {
        return None;
    }
    let lent: Vec<Interval> = lent(undated, undated.telling.event_type).collect();
    if lent.iter().any(|y| x.overlaps(*y)) {
        return Some(1.0);
    }
    let published = undated.sketch.published?;
    if x.start > published || !x.overlaps(news(published)) {
        return None;
    }
    // News is of the last two days; what is older is mostly named by its day.
    let fresh = Interval { start: published - 2, end: published };
    let other = if lent.is_empty() { 0.0 } else { -0.6 };
    Some(other + if x.overlaps(fresh) { 0.7 } else { 0.0 })
}

/// One report's days in words and its undated claim: news that gives no day is neither of days to come nor of long ago.
fn in_report(x: Interval, undated: Piece<'_>) -> Option<f32> {
    let done = undated.telling.factuality == Factuality::Asserted;
    let news = done && undated.telling.reach == Reach::News;
    match undated.sketch.published {
        Some(published) if done && x.start > published => None,
        Some(published) if news && x.end < published - AGO => Some(-1.5),
        _ => Some(0.2),
    }
}

/// The days that an aftermath or a memory may point back to: those in its own words and its report's, and the weeks
/// before publication.
pub(crate) fn reached(piece: Piece<'_>) -> Vec<Interval> {
    let mut out: Vec<Interval> = piece.telling.when.into_iter().collect();
    out.extend(lent(piece, EventType::Assault));
    out.extend(piece.sketch.published.map(|p| Interval { start: p - AFTERMATH, end: p }));
    out.retain(|i| i.days() <= LONGEST);
    out
}

/// What an aftermath's time says of the happening that it would point to; none where it cannot.
pub(crate) fn pointing(after: Piece<'_>, to: Piece<'_>) -> Option<f32> {
    let same_report = after.telling.report_id == to.telling.report_id;
    let targets = spans(to);
    if same_report {
        return Some(0.4);
    }
    // A stretch of months or years is when the happening was, not its aftermath.
    if let Some(own) = after.telling.when
        && own.days() > LONGEST
        && !targets.iter().any(|t| t.overlaps(own))
    {
        return None;
    }
    if lent(after, EventType::Assault).any(|x| to.telling.when.is_some_and(|t| x.overlaps(t))) {
        return Some(1.6);
    }
    let published = after.sketch.published?;
    let back = Interval { start: published - AFTERMATH, end: published };
    let nearest =
        targets.iter().filter(|t| t.days() <= LONGEST && back.overlaps(**t)).map(|t| published - t.end).min()?;
    Some(match nearest {
        ..=3 => 0.8,
        4..=14 => 0.4,
        _ => 0.0,
    })
}
