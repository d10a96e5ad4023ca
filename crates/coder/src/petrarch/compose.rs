//! Codes made of codes: what is promised, asked, refused, threatened, and what did not happen.

use smol_str::SmolStr;

/// The code of an outer act upon an inner one: "promised (030) to help (070)" is 033.
///
/// CAMEO gives the classes 02 (appeals), 03 (intents), 10 (demands), 12 (rejections) and 13 (threats) one code for
/// each kind of act; a plain statement passes the inner code through; any other outer code stays as it is.
pub fn nested(outer: &str, inner: &str) -> SmolStr {
    let class = root(inner);
    let made = match (root(outer), class) {
        ("01", _) => return SmolStr::new(inner),
        ("02", "06") => "021",
        ("02", "05") => "022",
        ("02", "07") => "023",
        ("02", "08") => "025",
        ("02", "04") => "026",
        ("03" | "05", "06") => "031",
        ("03" | "05", "05") => "032",
        ("03" | "05", "07") => "033",
        ("03" | "05", "08") => "035",
        ("03" | "05", "04") => "036",
        ("10", "06") => "101",
        ("10", "05") => "102",
        ("10", "07") => "103",
        ("10", "08") => "105",
        ("10", "04") => "106",
        ("12", "06") => "121",
        ("12", "07") => "122",
        ("12", "08") => "124",
        ("12", "04") => "125",
        ("13", "16") => "131",
        ("13", "14") => "133",
        ("13", "17") => "137",
        ("13", "18" | "19" | "20") => "138",
        _ => return SmolStr::new(outer),
    };
    SmolStr::new(made)
}

/// The code of an act that did not take place: cooperation withheld is a rejection (12), conflict withheld is what
/// the old program's scheme makes of it (050). Statements and appeals keep their code.
pub fn negated(code: &str) -> SmolStr {
    SmolStr::new(match root(code) {
        "03" | "05" => "120",
        "04" => "125",
        "06" => "121",
        "07" => "122",
        "08" => "124",
        "09" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" | "20" => "050",
        _ => code,
    })
}

fn root(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::{negated, nested};

    #[test]
    fn outer_and_inner() {
        assert_eq!(nested("010", "190"), "190");
        assert_eq!(nested("030", "070"), "033");
        assert_eq!(nested("130", "190"), "138");
        assert_eq!(nested("110", "190"), "110");
        assert_eq!(nested("1", ""), "1");
    }

    #[test]
    fn what_did_not_happen() {
        assert_eq!(negated("040"), "125");
        assert_eq!(negated("190"), "050");
        assert_eq!(negated("010"), "010");
    }
}
