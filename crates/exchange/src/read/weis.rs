//! WEIS codes in CAMEO's terms.
//!
//! The World Events Interaction Survey has 22 roots where CAMEO has 20; KEDS added codes such as 224, a riot. Each
//! code is led to the CAMEO code that says the same or, where CAMEO cuts otherwise, to the nearest root. Statements stay
//! statements.

/// WEIS code, CAMEO code. A code that is missing takes its root's.
const CODES: [(&str, &str); 96] = [
    ("01", "080"),
    ("011", "0874"),
    ("012", "087"),
    ("013", "080"),
    ("014", "080"),
    ("015", "083"),
    ("02", "010"),
    ("021", "011"),
    ("022", "012"),
    ("023", "010"),
    ("024", "013"),
    ("025", "010"),
    ("026", "010"),
    ("027", "010"),
    ("03", "040"),
    ("031", "040"),
    ("032", "042"),
    ("033", "043"),
    ("034", "010"),
    ("04", "051"),
    ("041", "051"),
    ("042", "051"),
    ("043", "051"),
    ("05", "030"),
    ("051", "032"),
    ("052", "033"),
    ("053", "030"),
    ("054", "030"),
    ("055", "035"),
    ("06", "080"),
    ("060", "080"),
    ("061", "055"),
    ("062", "036"),
    ("063", "075"),
    ("064", "080"),
    ("065", "0871"),
    ("066", "0841"),
    ("067", "080"),
    ("07", "070"),
    ("071", "071"),
    ("072", "072"),
    ("073", "070"),
    ("08", "030"),
    ("081", "057"),
    ("082", "030"),
    ("083", "057"),
    ("084", "030"),
    ("09", "020"),
    ("091", "020"),
    ("092", "022"),
    ("093", "023"),
    ("094", "020"),
    ("095", "020"),
    ("096", "024"),
    ("10", "020"),
    ("101", "030"),
    ("102", "020"),
    ("11", "120"),
    ("111", "120"),
    ("112", "120"),
    ("113", "128"),
    ("12", "112"),
    ("121", "111"),
    ("122", "111"),
    ("123", "090"),
    ("13", "113"),
    ("131", "111"),
    ("132", "114"),
    ("14", "016"),
    ("15", "100"),
    ("16", "130"),
    ("17", "130"),
    ("171", "130"),
    ("172", "131"),
    ("173", "138"),
    ("174", "1385"),
    ("18", "140"),
    ("181", "141"),
    ("182", "150"),
    ("19", "160"),
    ("193", "162"),
    ("194", "164"),
    ("195", "161"),
    ("196", "143"),
    ("197", "1722"),
    ("198", "164"),
    ("20", "166"),
    ("21", "170"),
    ("211", "171"),
    ("212", "173"),
    ("213", "181"),
    ("22", "190"),
    ("221", "1712"),
    ("222", "180"),
    ("224", "145"),
    ("225", "180"),
];

/// The CAMEO code of a WEIS code, of two or three digits, in any case of a lost leading zero.
pub(super) fn cameo(code: &str) -> Option<&'static str> {
    let find = |code: &str| CODES.iter().find(|(w, _)| *w == code).map(|(_, c)| *c);
    if !code.is_ascii() || code.len() > 3 {
        return None;
    }
    if let Some(found) = find(code) {
        return Some(found);
    }
    let padded = format!("{code:0>3}");
    find(&padded).or_else(|| find(&padded[..2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_to_a_cameo_code() {
        let codebook = forewarn_codebook::Codebook::embedded().expect("the codebook has no fault");
        for (weis, code) in CODES {
            assert!(codebook.cameo.get(code).is_some(), "{weis} -> {code}");
        }
        let roots: Vec<String> = (1..=22).map(|n| format!("{n:02}")).collect();
        assert!(roots.iter().all(|r| CODES.iter().any(|(w, _)| w == r)), "every root is there");
    }

    #[test]
    fn codes_of_the_balkans() {
        for (weis, expected) in [
            ("223", "190"),
            ("031", "040"),
            ("199", "160"),
            ("221", "1712"),
            ("220", "190"),
            ("31", "040"),
            ("224", "145"),
        ] {
            assert_eq!(cameo(weis), Some(expected), "{weis}");
        }
        assert_eq!(cameo("999"), None);
        assert_eq!(cameo("x"), None);
    }
}
