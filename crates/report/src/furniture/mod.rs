//! Page furniture: what stands on a page of news without being news.
//!
//! A short piece of text is compared with a table of rules ([`rules`]), with the shapes of picture
//! credits ([`credit`]) and of share bars. Long pieces are never furniture: a paragraph of news that
//! happens to hold a rule's words is worth more than a clean page.

mod credit;
mod rules;

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use self::rules::{Ends, RULES, Rule, SHARE_WORDS, Shape};
pub(crate) use rules::LINK;

/// The longest piece, in bytes, that can be furniture.
const LONGEST: usize = 700;

/// The same in words; no rule allows more.
const LONGEST_WORDS: usize = 80;

/// Why a piece is furniture; `None` for news.
///
/// `first` says that nothing has stood before it: a headline may begin with "Watch:" or "Video:".
pub(crate) fn judge(text: &str, first: bool) -> Option<&'static str> {
    let words = crate::clean::count_words(text);
    if text.len() > LONGEST || words > LONGEST_WORDS {
        return None;
    }
    let key = key(text);
    if key.is_empty() {
        return Some("nothing but signs");
    }
    let sentence = words > 5 && text.trim_end_matches(['"', '\'', '”', '’', ')', ']']).ends_with(['.', '?', '!']);
    if key.starts_with('©') && words <= 40 {
        return Some("copyright line");
    }
    let index = index();
    let asks = text.ends_with('?');
    let holds = |rule: &Rule| {
        words <= rule.max_words
            && !(asks && rule.shape == Shape::Whole)
            && !(sentence && rule.ends == Ends::Open)
            && !(first && rule.why == LINK)
            && (rule.with.is_empty() || rule.with.iter().any(|with| key.contains(with)))
    };
    for &(rule, phrase) in index.by_first_letters.get(&first_letters(&key)).into_iter().flatten() {
        let rule = &RULES[rule];
        if matches(rule.shape, phrase, &key) && holds(rule) {
            return Some(rule.why);
        }
    }
    for found in index.contained.find_overlapping_iter(key.as_str()) {
        let rule = &RULES[index.contained_rule[found.pattern().as_usize()]];
        if holds(rule) {
            return Some(rule.why);
        }
    }
    if words <= 30 {
        if is_share_bar(&key) {
            return Some("share bar");
        }
        if is_comment_count(&key) {
            return Some("comment line");
        }
        if is_links_or_tags(text) {
            return Some("bare link or tags");
        }
    }
    credit::judge(text, first)
}

/// Whether a line is furniture whole and so never goes on from, or into, the lines beside it.
pub(crate) fn stands_alone(raw: &str) -> bool {
    let raw = raw.trim();
    if raw.len() > 60 || raw.is_empty() || raw.ends_with(',') {
        return false;
    }
    if crate::byline::parse(raw).is_some() || crate::header::is_line(raw) {
        return true;
    }
    if raw.len() > 40 || raw.starts_with(char::is_lowercase) {
        return false;
    }
    let key = key(raw);
    index().by_first_letters.get(&first_letters(&key)).into_iter().flatten().any(|&(rule, phrase)| {
        matches!(RULES[rule].shape, Shape::Whole | Shape::Label) && matches(RULES[rule].shape, phrase, &key)
    })
}

/// Whether a piece opens a list of links to other reports, which then goes on over several pieces.
pub(crate) fn opens_link_list(text: &str, why: &str) -> bool {
    #[rustfmt::skip]
    const OPENERS: &[&str] = &[
        "related", "most ", "recommended", "you m", "more stories", "more news", "more coverage", "more on this",
        "top stories", "trending", "latest news", "editor", "further reading", "what to read", "up next", "don't miss",
        "mehr zum thema", "auch interessant",
        "das könnte", "weitere artikel", "ähnliche", "meistgelesen", "sur le même", "les plus", "noticias rel",
        "lo más", "te puede", "le puede", "articoli corr", "potrebbe", "povezane", "najčitanije", "повезане",
        "најчитаније", "по теме", "ilgili",
    ];
    let key = key(text);
    why == LINK && !key.contains(':') && OPENERS.iter().any(|opener| key.starts_with(opener))
}

fn matches(shape: Shape, phrase: &str, key: &str) -> bool {
    let Some(rest) = key.strip_prefix(phrase) else { return false };
    match shape {
        Shape::Whole => rest.is_empty(),
        Shape::Label => rest.is_empty() || rest.trim_start().starts_with(':'),
        Shape::Start => !rest.starts_with(char::is_alphanumeric) || phrase.ends_with(' '),
        Shape::Prefix => true,
        Shape::Contains => false,
    }
}

/// A piece as the rules see it: lower case, straight quotation marks, no signs at its ends.
fn key(text: &str) -> String {
    let signs = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '©' | '@');
    let bare = text.trim_start_matches(signs).trim_end_matches(signs);
    if bare.is_ascii() {
        return bare.to_ascii_lowercase().replace('`', "'");
    }
    bare.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '’' | '‘' | '`' => '\'',
            '–' | '—' | '‑' => '-',
            _ => letter,
        })
        .collect()
}

/// The first two letters, by which phrases are looked up.
fn first_letters(key: &str) -> (char, char) {
    let mut letters = key.chars();
    (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '))
}

struct Index {
    by_first_letters: HashMap<(char, char), Vec<(usize, &'static str)>>,
    contained: AhoCorasick,
    contained_rule: Vec<usize>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut by_first_letters: HashMap<_, Vec<_>> = HashMap::new();
        let (mut contained, mut contained_rule) = (Vec::new(), Vec::new());
        for (at, rule) in RULES.iter().enumerate() {
            for &phrase in rule.phrases {
                if rule.shape == Shape::Contains {
                    contained.push(phrase);
                    contained_rule.push(at);
                } else {
                    by_first_letters.entry(first_letters(phrase)).or_default().push((at, phrase));
                }
            }
        }
        let contained = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(contained)
            .expect("a few hundred short phrases make a small automaton");
        Index { by_first_letters, contained, contained_rule }
    })
}

/// Two or more words, all of them from share bars, at least one of them the name of a network or a verb.
fn is_share_bar(key: &str) -> bool {
    let mut words = 0;
    let mut telling = 0;
    for word in key.split([' ', '|', '·', '•', '/', ',', '(', ')', ':']).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && words > 0 {
            continue;
        }
        if !SHARE_WORDS.contains(&word) {
            return false;
        }
        words += 1;
        telling += usize::from(word.len() > 4 && !matches!(word, "comments" | "comment" | "follow"));
    }
    words >= 2 && telling >= 1
}

/// `12 comments`, `Comments (12)`, `0 Kommentare`.
fn is_comment_count(key: &str) -> bool {
    let mut words = key.split([' ', '(', ')']).filter(|word| !word.is_empty());
    let (Some(one), Some(two), None) = (words.next(), words.next(), words.next()) else { return false };
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.');
    let is_word = |word: &str| {
        matches!(
            word,
            "comment"
                | "comments"
                | "shares"
                | "kommentare"
                | "commentaires"
                | "comentarios"
                | "commenti"
                | "komentara"
                | "komentari"
        )
    };
    (is_number(one) && is_word(two)) || (is_word(one) && is_number(two))
}

/// Nothing but addresses, hash tags and handles.
fn is_links_or_tags(text: &str) -> bool {
    let mut tags = 0;
    for word in text.split(' ') {
        let tag = word.len() > 1 && word.starts_with(['#', '@']);
        if !(tag || word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")) {
            return false;
        }
        tags += 1;
    }
    tags > 0
}

#[cfg(test)]
mod tests {
    use super::{judge, stands_alone};

    #[test]
    fn furniture() {
        for (text, why) in [
            ("Image:, A parade in 2020, CC BY 4.0, via Wikimedia Commons, (no changes made)", "image credit"),
            ("Photo: Jane Doe/AFP", "image credit"),
            ("Foto: Petar Petrović", "image credit"),
            ("Фото: архив", "image credit"),
            ("Photo by Jane Doe", "image credit"),
            ("(Photo by Jane Doe / Some Agency)", "image credit"),
            ("Crédit photo : Jeanne Dupont", "image credit"),
            ("Image caption, Soldiers stand guard at the bridge.", "image caption"),
            ("A tank at the border, CC BY-SA 3.0", "licence line"),
            ("Advertisement", "advertisement"),
            ("- ADVERTISEMENT -", "advertisement"),
            ("Werbung", "advertisement"),
            ("Story continues below advertisement", "advertisement"),
            ("Share", "share bar"),
            ("Share this article", "share bar"),
            ("Facebook Twitter WhatsApp Email Print", "share bar"),
            ("Share 12 Tweet 3 Email", "share bar"),
            ("Share on Facebook", "share bar"),
            ("Auf Facebook teilen", "share bar"),
            ("Podeli na Facebook", "share bar"),
            ("12 comments", "comment line"),
            ("Comments (1,204)", "comment line"),
            ("Leave a comment", "comment line"),
            ("Read more: Talks fail again in Brussels", "link to other reports"),
            ("READ MORE", "link to other reports"),
            ("Read more »", "link to other reports"),
            ("Related: Who are the men of the north?", "link to other reports"),
            ("Lesen Sie auch: Gespräche gescheitert", "link to other reports"),
            ("Lire aussi : Les pourparlers échouent", "link to other reports"),
            ("Pročitajte još", "link to other reports"),
            ("Read more about the border dispute", "link to other reports"),
            ("Click here for our live coverage", "link to other reports"),
            ("Follow us on Twitter and Facebook", "follow line"),
            ("Follow @example on Telegram", "follow line"),
            ("Pratite nas na Facebook stranici", "follow line"),
            ("Sign up for our daily newsletter and get the news first.", "newsletter line"),
            ("Get the best of our reporting delivered to your inbox.", "newsletter line"),
            ("Subscribe", "newsletter line"),
            ("We use cookies to give you a better experience. By continuing you agree.", "cookie line"),
            ("Diese Website verwendet Cookies.", "cookie line"),
            ("Koristimo kolačiće kako bismo vam omogućili bolje iskustvo.", "cookie line"),
            ("Nach oben scrollen", "back to top"),
            ("Back to top ↑", "back to top"),
            ("© 2023 Example News Ltd", "copyright line"),
            ("(c) 2023 Example", "copyright line"),
            ("Copyright 2023 Example News. All rights reserved.", "copyright line"),
            ("Alle Rechte vorbehalten", "copyright line"),
            ("This article was originally published on Example.", "republication line"),
            ("Our Standards: The Example Principles.", "notice"),
            ("4 min read", "reading time"),
            ("Tags: Kosovo, Serbia", "tag line"),
            ("#Kosovo #Serbia", "bare link or tags"),
            ("https://example.org/a", "bare link or tags"),
            ("Support our journalism. Become a member today.", "appeal to readers"),
            ("***", "nothing but signs"),
            ("Skip to main content", "page control"),
        ] {
            assert_eq!(judge(text, false), Some(why), "{text}");
        }
    }

    /// Sentences and headings of news that hold a rule's words.
    #[test]
    fn near_misses_are_news() {
        for text in [
            "The image: a soldier stands alone on a bridge.",
            "Image of the army suffers after the defeat",
            "Images from satellites show new trenches near the border.",
            "Photos by satellite show new trenches along the whole border.",
            "Pictures of the dead were shown on television.",
            "Share prices fell on Monday after the attack.",
            "Share of the vote",
            "Share this burden, the alliance's chief tells its members.",
            "Sign up for the army, officials told young men.",
            "Read more carefully, the treaty says the opposite.",
            "Reading the treaty",
            "Related attacks killed four more people in the south.",
            "Follow us, the commander told the villagers.",
            "Follow the money, investigators were told",
            "The group published the statement in its newsletter.",
            "Get out, soldiers told the villagers, and take nothing.",
            "Get the hostages back, families tell the government",
            "Join the army or leave, the men were told.",
            "Copyright law was tightened by parliament on Monday.",
            "Cookies and biscuits were handed out to the refugees at the border.",
            "Advertising by the two parties was banned before the vote.",
            "Support our troops, the president told the crowd.",
            "Donate blood, hospitals asked after the attack.",
            "Comments by the minister angered the neighbours.",
            "More than 40 people were killed.",
            "More attacks feared",
            "More from the north is expected, the general said on Monday.",
            "Watch towers along the border were burnt down",
            "Video of the attack was shown on state television.",
            "Related to the president by marriage, he had fled in 1999.",
            "Print works were raided by the police.",
            "Correction of the border began in May.",
            "Tagged bodies were laid out in the school.",
            "Updated weapons reached the front.",
            "On Telegram, the governor said that two people had died.",
            "Writing on Twitter, the minister denied the report.",
            "Follow-up talks are planned on Tuesday in Brussels.",
            "Credit agencies cut the country's rating.",
            "Live fire was used against the protesters.",
            "Home Guard called up",
            "Close the border, mayors demand",
            "Audio recordings prove the order, prosecutors say.",
            "Maps of the minefields were handed over.",
            "Thousands of people follow the president on Facebook, where he announced it.",
            "Subscribe to peace or face war, the envoy warned both sides.",
            "Accept all conditions, rebels told",
            "Contact the enemy directly, the envoy advised.",
            "Become a nuclear power and face sanctions, the state was told.",
            "Do you have information on the missing? the police asked villagers.",
        ] {
            assert_eq!(judge(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_headline_may_begin_like_a_link() {
        assert_eq!(judge("Watch: Tanks roll into the city", true), None);
        assert_eq!(judge("Watch: Tanks roll into the city", false), Some("link to other reports"));
    }

    #[test]
    fn lines_that_stand_alone() {
        for line in
            ["Advertisement", "By Jane Doe", "Source: Example News", "Published: 2023-09-30", "Read more: Talks fail"]
        {
            assert!(stands_alone(line), "{line}");
        }
        for line in
            ["the army said", "The army said on Monday that it would", "share", "By Monday the army had left", ""]
        {
            assert!(!stands_alone(line), "{line}");
        }
    }
}
