//! Wire datelines: `PRISTINA, Sept 30 (Reuters) - …` names the agency that sent the report.

/// Agencies whose names stand in datelines, as they are written there.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "Reuters", "REUTERS", "AP", "AFP", "dpa", "DPA", "dpa-AFX", "Xinhua", "TASS", "ITAR-TASS", "Itar-Tass", "Interfax",
    "Tanjug", "TANJUG", "FoNet", "FONET", "Beta", "BETA", "Hina", "HINA", "ANSA", "EFE", "UPI", "IANS", "ANI", "PTI",
    "APP", "Kyodo", "Kyodo News",
    "Jiji", "Yonhap", "Anadolu", "Anadolu Agency", "AA", "BIRN", "Balkan Insight", "RFE/RL", "VOA", "CNN", "BBC",
    "Bloomberg", "ABC", "CBS", "NBC", "CP", "The Canadian Press", "AAP", "PA", "PA Media", "APA", "STA", "MIA", "MTI",
    "PAP", "CTK", "TASR", "Agerpres", "BTA",
    "ANA", "ANA-MPA", "ATA", "Kosovapress", "KosovaPress", "Ukrinform", "UNIAN", "RIA Novosti", "RIA", "Sputnik",
    "BelTA", "SANA", "IRNA", "ISNA", "Fars", "Mehr", "Tasnim", "MENA", "KUNA", "WAM", "SPA", "NNA", "Petra", "QNA",
    "KCNA", "VNA", "Antara", "Bernama", "ISIS",
    "Associated Press", "Agence France-Presse", "Thomson Reuters Foundation", "IRIN", "The New Humanitarian", "JTA",
    "Catholic News Agency", "Inter Press Service", "IPS", "GlobeNewswire", "Combined Reports", "Compass Direct News",
    "Global Times", "People's Daily",
];

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 110;

/// The agency named by the dateline that a paragraph begins with.
pub(crate) fn agency(paragraph: &str) -> Option<&str> {
    let head = &paragraph[..paragraph.floor_char_boundary(REACH)];
    let open = head.find(['(', '['])?;
    let close = open + head[open..].find([')', ']'])?;
    let inside = head[open + 1..close].trim();
    let named =
        AGENCIES.contains(&inside) || inside.split([',', '/']).map(str::trim).any(|part| AGENCIES.contains(&part));
    let after = head[close + 1..].trim_start();
    let dashed = after.starts_with(['-', '–', '—', '―', '_', ':']);
    if !named || !dashed || !is_place(&head[..open]) {
        return None;
    }
    // "(AP/Example News)": the first named is the sender.
    if AGENCIES.contains(&inside) {
        return Some(inside);
    }
    inside.split([',', '/']).map(str::trim).find(|part| AGENCIES.contains(part))
}

/// What may stand before the agency: nothing, or a place and perhaps a date, in few words.
fn is_place(before: &str) -> bool {
    let before = before.trim().trim_end_matches([',', '-', '–', '—', '.']);
    if before.is_empty() {
        return true;
    }
    let words: Vec<&str> = before.split_whitespace().collect();
    words.len() <= 9
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(|word| {
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric() || !letter.is_alphanumeric())
                || matches!(*word, "of" | "the" | "and" | "de" | "al" | "el" | "am" | "near")
        })
}

#[cfg(test)]
mod tests {
    use super::agency;

    #[test]
    fn datelines() {
        for (text, expected) in [
            ("PRISTINA (Reuters) - Three people died on Monday.", Some("Reuters")),
            ("PRISTINA, Sept 30 (Reuters) – Three people died.", Some("Reuters")),
            ("BELGRADE, Serbia (AP) — Three people died.", Some("AP")),
            ("(AP) — Three people died.", Some("AP")),
            ("BEIJING, Sept. 30 (Xinhua) -- Three people died.", Some("Xinhua")),
            ("Mitrovica, Kosovo [AFP] - Three people died.", Some("AFP")),
            ("UNITED NATIONS (AP/Example) — Three died.", Some("AP")),
            ("The army (AP) - that is, its staff - left.", None),
            ("Three people died, the agency (Reuters) said.", None),
            ("PRISTINA (KFOR) - Three people died.", None),
            ("He said so (AP).", None),
            ("", None),
        ] {
            assert_eq!(agency(text), expected, "{text}");
        }
    }
}
