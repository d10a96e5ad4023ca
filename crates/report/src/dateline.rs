//! Wire datelines: `PRISTINA, Sept 30 (Reuters) - …` names the agency that sent the report.

use std::ops::Range;

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

/// Words that end the name of a wire or a paper that the list above lacks ("Great Lakes Press").
#[rustfmt::skip]
const MEDIA: &[&str] = &[
    "Wire", "Agency", "Press", "News", "Newswire", "Service", "Agence", "Agencies", "Radio", "Television", "TV",
    "Times", "Post", "Herald", "Tribune", "Gazette", "Daily", "Observer", "Monitor", "Media", "Online", "Today",
    "Journal", "Telegraph", "Dispatch", "Courier", "Chronicle", "Mail", "Reports", "Network", "Broadcasting",
];

/// Months as datelines write them, by their first three letters.
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 110;

/// The dateline that a paragraph begins with: byte offsets in the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The name of who sent the report, where the dateline gives one.
    pub(crate) wire: Option<Range<usize>>,
    /// Where the place, the day and the wire end, without the dash.
    pub(crate) end: usize,
    /// Where the report's own words begin.
    pub(crate) text: usize,
}

/// The agency named by the dateline that a paragraph begins with.
pub(crate) fn agency(paragraph: &str) -> Option<&str> {
    read(paragraph)?.wire.map(|wire| &paragraph[wire])
}

/// Reads the dateline of a paragraph: a place and perhaps a day before a wire in brackets and a dash. A wire that nobody
/// listed is believed where its name is a medium's or a day stands before it; a day alone makes a dateline too
/// ("GOMA, Congo, May 9 - …").
pub(crate) fn read(paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..paragraph.floor_char_boundary(REACH)];
    let bracketed = head.find(['(', '[']).and_then(|open| {
        let close = open + head[open..].find([')', ']'])?;
        let text = after_dash(paragraph, close + 1)?;
        let (inside, before) = (head[open + 1..close].trim(), &head[..open]);
        let listed = |name: &str| AGENCIES.contains(&name);
        // "(AP/Example News)": the first named is the sender.
        let name = if listed(inside) {
            inside
        } else if let Some(part) = inside.split([',', '/']).map(str::trim).find(|part| listed(part)) {
            part
        } else if (is_shouted(before) || has_day(before) || (1..=2).contains(&before.split_whitespace().count()))
            && is_wire(inside, has_day(before))
        {
            inside.split('/').next().unwrap_or(inside).trim()
        } else {
            return None;
        };
        let at = open + 1 + head[open + 1..close].find(name)?;
        is_place(before).then_some(Dateline { wire: Some(at..at + name.len()), end: close + 1, text })
    });
    bracketed.or_else(|| {
        let end = [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| head.find(dash)).min()?;
        let before = &head[..end];
        let text = after_dash(paragraph, end)?;
        let dated = has_day(before) || (is_bare(before) && paragraph[text..].starts_with(char::is_uppercase));
        (is_shouted(before) && dated && is_place(before)).then_some(Dateline { wire: None, end, text })
    })
}

/// Whether the words are a place and nothing else: all in capitals, at most three of them, perhaps with a country behind a
/// comma ("RASKA, Serbia"). Four letters or fewer are too often an organisation's ("NATO - Russia talks").
fn is_bare(before: &str) -> bool {
    let (place, country) = before.split_once(',').map_or((before, None), |(p, c)| (p, Some(c)));
    let letters = place.chars().filter(|c| c.is_alphabetic());
    let shouted = !place.chars().any(|c| c.is_lowercase() || c.is_numeric());
    let few = |text: &str| (1..=3).contains(&text.split_whitespace().count());
    shouted && letters.count() >= 5 && few(place) && country.is_none_or(few)
}

/// Whether the first word is in capitals, as wires write the place.
fn is_shouted(before: &str) -> bool {
    let first = before.split([' ', ',']).next().unwrap_or_default();
    first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase)
}

/// Where the words begin after white space and a dash (or a colon) at `at`.
fn after_dash(paragraph: &str, at: usize) -> Option<usize> {
    let after = paragraph[at..].trim_start();
    let dash = ['-', '–', '—', '―', '_', ':'];
    let words = after.strip_prefix(dash)?.trim_start_matches(dash).trim_start();
    (!words.is_empty()).then(|| paragraph.len() - words.len())
}

/// Whether a name in brackets is that of a medium, judged by its words; after a day any capitalised name is.
fn is_wire(name: &str, dated: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = words.iter().all(|word| {
        word.starts_with(char::is_uppercase) || matches!(*word, "of" | "the" | "and" | "de" | "du" | "for" | "/" | "&")
    });
    named && (1..=5).contains(&words.len()) && (dated || words.iter().any(|word| MEDIA.contains(word)))
}

/// Whether a month and a number stand among the words.
fn has_day(before: &str) -> bool {
    let words = || before.split([' ', ',', '.']);
    let month = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start.to_lowercase().as_str()));
    words().any(month) && words().any(|word| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
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
    use super::{agency, read};

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
            ("BENI, Congo, July 6 (Example Wire) - Rebels killed seven.", Some("Example Wire")),
            ("GOMA, Democratic Republic of Congo, Sept 11 (Example Wire) - Three died.", Some("Example Wire")),
            ("BENI, Congo (Great Lakes Press) — Three died.", Some("Great Lakes Press")),
            ("DHAKA, 9 May (Bazaar): Three died.", Some("Bazaar")),
            ("Gunmen (from the Example Brigade) - attacked a town.", None),
            ("Gunmen of the Example Brigade (Example Wire) - attacked a town.", None),
            ("The army said (in a statement) - that three died.", None),
            ("", None),
        ] {
            assert_eq!(agency(text), expected, "{text}");
        }
    }

    #[test]
    fn the_words_begin_after_the_dash() {
        for (text, words) in [
            ("BENI, Congo, July 6 (Example Wire) -- Rebels left.", Some("Rebels left.")),
            ("PRISTINA (Reuters) – Rebels left.", Some("Rebels left.")),
            ("GOMA, Congo, May 9 - Rebels left.", Some("Rebels left.")),
            ("BRUSSELS - Rebels left.", Some("Rebels left.")),
            ("RASKA, Serbia — Rebels left.", Some("Rebels left.")),
            ("NEW YORK - Rebels left.", Some("Rebels left.")),
            ("NATO - Russia talks began.", None),
            ("UNESCO - that is, its staff - left.", None),
            ("ROUND 3 - Rebels left.", None),
            ("On May 9 - a Tuesday - rebels left.", None),
            ("BENI, May 9 (Example Wire) -", None),
        ] {
            assert_eq!(read(text).map(|line| &text[line.text..]), words, "{text}");
        }
    }
}
