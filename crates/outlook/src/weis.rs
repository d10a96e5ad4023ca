//! Reads the event data of the Kansas Event Data System (WEIS codes), for the back-test on the Balkans 1989-2003.
//!
//! A line is `date,source,target,code,description`. Actors are taken to their three-letter root; Bosnian factions and
//! Kosovo are kept apart, as the protocol of the plain scripts has it. Lines whose code is no WEIS code of the roots
//! 01-22 are left out.

use smol_str::SmolStr;

use crate::{Day, Deaths, Error, Event, History, Mark, unpack};

/// Events out of the bytes of `events.csv` (plain or gzipped). An event counts as known on the day it happened: the set
/// is dated by its wire reports.
pub fn read(bytes: &[u8]) -> Result<History, Error> {
    let text = unpack::text(bytes)?;
    let mut events = Vec::new();
    for (line, row) in (1..).zip(text.lines()).skip(1) {
        let mut fields = row.splitn(5, ',');
        let (Some(date), Some(source), Some(target), Some(code)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(Error::Line { line, what: format!("expected five fields, found {row:?}") });
        };
        let Some(mark) = mark(code) else { continue };
        let day: Day = date.parse().map_err(|e: Error| Error::Line { line, what: e.to_string() })?;
        events.push(Event {
            id: SmolStr::new(format!("keds:{line}")),
            day,
            known: day,
            actor: SmolStr::new(party(source)),
            recipient: SmolStr::new(party(target)),
            mark,
            goldstein: goldstein(code),
            deaths: Deaths::default(),
            reports: 1,
        });
    }
    Ok(History::new(events))
}

/// The mark of a WEIS code; `None` where it is no code of roots 01-22.
pub fn mark(code: &str) -> Option<Mark> {
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match code[..2].parse::<u8>().ok()? {
        1 | 6 | 7 => Some(Mark::MaterialCooperation),
        2..=5 | 8..=10 => Some(Mark::VerbalCooperation),
        11..=17 => Some(Mark::VerbalConflict),
        18..=21 => Some(Mark::MaterialConflict),
        22 => Some(Mark::Force),
        _ => None,
    }
}

/// The party of a KEDS actor code.
fn party(code: &str) -> &str {
    const FACTIONS: [(&str, &str); 6] =
        [("BOSSER", "BSR"), ("BOSCRO", "BCR"), ("BOSMOS", "BOS"), ("MOS", "BOS"), ("CROSER", "CSR"), ("RCR", "CSR")];
    if let Some((_, party)) = FACTIONS.iter().find(|(prefix, _)| code.starts_with(prefix)) {
        return party;
    }
    if code.starts_with("KSVSER") {
        return "SRB";
    }
    if code.starts_with("KSV") || code == "ETHALB" {
        return "KSV";
    }
    match code.get(..3).unwrap_or(code) {
        "SER" | "FRY" | "YUG" => "SRB",
        root => root,
    }
}

/// Conflict and cooperation on Goldstein's scale (1992, Journal of Conflict Resolution 36(2), table 1), by three-digit
/// WEIS code, else the middle of its root.
pub fn goldstein(code: &str) -> f32 {
    let three = code.get(..3).unwrap_or(code);
    match three {
        "223" => -10.0,
        "211" => -9.2,
        "222" => -8.7,
        "221" => -8.3,
        "182" => -7.6,
        "173" | "195" => -7.0,
        "174" => -6.9,
        "172" => -5.8,
        "193" => -5.6,
        "181" => -5.2,
        "201" => -5.0,
        "150" | "151" | "202" => -4.9,
        "171" | "212" => -4.4,
        "192" => -4.1,
        "111" | "112" => -4.0,
        "194" => -3.8,
        "122" => -3.4,
        "160" | "161" | "162" => -3.0,
        "132" => -2.4,
        "121" | "191" => -2.2,
        "131" => -1.9,
        "063" | "142" => -1.1,
        "141" => -0.9,
        "031" => 1.0,
        "061" => 1.8,
        "032" | "066" => 1.9,
        "062" => 2.5,
        "033" | "054" => 2.8,
        "065" => 2.9,
        "082" => 3.0,
        "041" | "092" | "093" => 3.4,
        "042" => 3.6,
        "043" => 3.8,
        "051" | "053" => 4.5,
        "052" => 5.2,
        "064" => 5.4,
        "073" | "081" => 6.5,
        "071" => 7.4,
        "072" => 8.3,
        "101" => 1.5,
        _ => match code.get(..2).unwrap_or("") {
            "01" => 0.6,
            "03" => 1.9,
            "04" => 3.6,
            "05" => 4.5,
            "06" => 2.5,
            "07" => 7.0,
            "08" => 4.5,
            "09" | "10" => 0.5,
            "11" => -4.0,
            "12" => -2.6,
            "13" => -2.1,
            "14" => -1.0,
            "15" => -4.9,
            "16" => -3.0,
            "17" => -6.0,
            "18" => -6.4,
            "19" => -4.4,
            "20" => -5.0,
            "21" => -6.8,
            "22" => -9.0,
            _ => 0.0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_and_marks_follow_the_protocol() {
        let parties = ["YUGMIL", "KSVKLA", "KSVSER", "ETHALB", "BOSSER", "CROSER", "USAGOV", "UN"].map(party);
        assert_eq!(parties, ["SRB", "KSV", "SRB", "KSV", "BSR", "CSR", "USA", "UN"]);
        assert_eq!(mark("223"), Some(Mark::Force));
        assert_eq!(mark("182"), Some(Mark::MaterialConflict));
        assert_eq!(mark("174"), Some(Mark::VerbalConflict));
        assert_eq!(mark("23"), None);
        assert_eq!(mark("---"), None);
    }

    #[test]
    fn a_party_with_itself_is_left_out() {
        let history =
            read(b"date,source,target,code,desc\n1990-01-01,SER,YUG,223,(X)\n1990-01-02,SER,KSV,223,\"(A, B)\"\n")
                .expect("two lines");
        assert_eq!(history.events().len(), 1);
        assert_eq!(history.events()[0].id, "keds:3");
    }
}
