//! Picture credits by their shape: `Jane Doe/AFP`, `[Jane Doe/Reuters]`, a caption ending in
//! `(AP Photo/Jane Doe)`, or the bare name of a picture agency.

use crate::clean::count_words;

/// Names that stand in picture credits.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "AFP", "AP", "AP Photo", "APA", "Reuters", "REUTERS", "EPA", "EPA-EFE", "EFE", "EPA/EFE", "dpa", "DPA",
    "Getty Images", "Getty", "GETTY IMAGES", "GETTY", "AFP via Getty Images", "TASS", "Sputnik", "Xinhua", "Anadolu",
    "Anadolu Agency", "AA",
    "ANSA", "LaPresse", "Shutterstock", "iStock", "Alamy", "Alamy Stock Photo", "Tanjug", "TANJUG", "FoNet", "FONET",
    "Beta", "PAP", "NurPhoto", "ZUMA", "ZUMA Press", "picture alliance", "Picture Alliance", "picture-alliance",
    "IMAGO", "imago", "imago images",
    "Wikimedia Commons", "Wikimedia", "Wikipedia", "Flickr", "Unsplash", "Pixabay", "Pexels", "Bloomberg", "UPI",
    "Kyodo", "Yonhap", "Hina", "HINA", "Pixsell", "PIXSELL", "Pool", "Pool Photo", "Handout", "File", "File Photo",
    "Keystone", "KEYSTONE", "MTI",
    "Ukrinform", "UNIAN", "RIA Novosti", "Maxar", "Maxar Technologies", "Planet Labs", "Adobe Stock",
    "stock.adobe.com", "SIPA", "Belga", "ANP", "NTB", "TT", "Lehtikuva", "AAP", "PA", "PA Wire", "PA Media", "IRNA",
    "SANA", "KCNA",
];

/// Agencies whose bare name, as a piece of its own, can only be a credit.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "AFP", "AP", "AP Photo", "Reuters", "REUTERS", "EPA", "EPA-EFE", "dpa", "DPA", "Getty Images", "GETTY IMAGES",
    "Getty", "AFP via Getty Images", "Shutterstock", "iStock", "Alamy", "Alamy Stock Photo", "Wikimedia Commons",
    "Unsplash", "Pixabay", "File Photo",
    "File photo", "Handout", "picture alliance", "IMAGO", "Anadolu Agency", "Xinhua", "Adobe Stock",
];

/// Why a piece is a picture credit or a caption with one.
pub(super) fn judge(text: &str, first: bool) -> Option<&'static str> {
    let bare = text.trim_matches(['[', ']', '(', ')', ' ', '.', '|', '/']);
    if BARE.contains(&bare) {
        return Some("agency credit");
    }
    if let Some(inside) = last_brackets(text).filter(|inside| is_credit(inside) || is_labelled(inside)) {
        return Some(if inside.len() + 2 >= text.len() { "image credit" } else { "image caption" });
    }
    // A credit is short: what stands further from the end is the caption.
    let end = &text[text.floor_char_boundary(text.len().saturating_sub(90))..];
    if let Some(at) = [". ", "; ", " | "].iter().filter_map(|mark| end.rfind(mark)).max() {
        let tail = end[at + 1..].trim_start_matches([' ', '|']);
        if is_labelled(tail) && text.len() <= 500 {
            return Some("image caption");
        }
    }
    (!first && !text.ends_with(['.', '?', '!']) && is_credit(bare)).then_some("image credit")
}

/// `Photo: Jane Doe/AFP`, `Photo / AP`, `AFP photo`, `File photo`, `File`: a credit that says so.
fn is_labelled(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ' ']);
    if count_words(text) > 9 {
        return false;
    }
    let labels = [
        "Photo",
        "PHOTO",
        "Photograph",
        "Picture",
        "Image",
        "Credit",
        "File photo",
        "File Photo",
        "FILE PHOTO",
        "Foto",
        "Courtesy",
    ];
    let labelled = labels.iter().any(|label| {
        text.strip_prefix(label).is_some_and(|rest| {
            rest.is_empty()
                || rest.trim_start().starts_with([':', '/', '|'])
                || rest.starts_with(" by ")
                || rest.starts_with(" courtesy")
        })
    });
    let ending = ["photo", "Photo", "PHOTO", "photos", "picture"].iter().any(|label| {
        text.strip_suffix(label).is_some_and(|rest| AGENCIES.contains(&rest.trim_end_matches([' ', '/', '-'])))
    });
    labelled || ending || matches!(text, "File" | "FILE" | "file photo" | "Archive")
}

/// What stands in the brackets a piece ends with.
fn last_brackets(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ' ']);
    let open = match text.chars().last()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let start = text.rfind(open)?;
    Some(text[start + 1..text.len() - 1].trim())
}

/// `Jane Doe/AFP`, `AP Photo/Jane Doe`, `REUTERS/Jane Doe`, `Jane Doe, Reuters file`, `via Getty Images`.
fn is_credit(text: &str) -> bool {
    if text.is_empty() || count_words(text) > 12 {
        return false;
    }
    let parts: Vec<&str> = text
        .split(['/', '|', '©'])
        .flat_map(|part| part.split(" via "))
        .flat_map(|part| part.split(", "))
        .map(|part| part.trim().trim_end_matches([',', '.']))
        .collect();
    let strip = |part: &str| -> String {
        ["File: ", "FILE: ", "Photo: ", "Photo by ", "Photograph by ", "Image: ", "FILE PHOTO: "]
            .iter()
            .fold(part.to_owned(), |part, label| part.replace(label, ""))
    };
    let agency = parts.iter().any(|part| AGENCIES.contains(&strip(part).as_str()));
    let signs = text.contains(['/', '|', '©'])
        || text.contains("via ")
        || text.starts_with("Photo")
        || text.starts_with("File:")
        || text.starts_with("FILE");
    // The other parts are names, not words of a sentence.
    agency
        && signs
        && parts.iter().all(|part| {
            let part = strip(part);
            let lower = part.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
            AGENCIES.contains(&part.as_str()) || (lower <= 1 && (2..=5).contains(&part.split_whitespace().count()))
        })
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn credits() {
        for (text, why) in [
            ("REUTERS/Jane Doe", "image credit"),
            ("Jane Doe/AFP via Getty Images", "image credit"),
            ("[Jane Doe/Reuters]", "image credit"),
            ("AP Photo/Jane Doe", "image credit"),
            ("Getty Images", "agency credit"),
            ("Armed police stand guard in the village of Zubin. [Jane Doe/Reuters]", "image caption"),
            ("Armed police stand guard in the village, Sept. 24, 2023. (AP Photo/Jane Doe)", "image caption"),
            ("Armed police (File: Jane Doe/AFP)", "image caption"),
            ("picture alliance/dpa | J. Doe", "image credit"),
            ("Soldiers near the front. Photo / AP", "image caption"),
            ("Smoke rises over the city, 1 May 2023; Credit: Reuters/Jane Doe", "image caption"),
            ("Smoke rises over the city (Picture: EPA)", "image caption"),
            ("Smoke rises over the city on Friday (AFP photo)", "image caption"),
            ("Members of the council. (File)", "image caption"),
        ] {
            assert_eq!(judge(text, false), Some(why), "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "The army has left the village, according to Reuters",
            "Three people died, the agency said (Reuters)",
            "Most voters want talks, a poll found (Reuters/Ipsos).",
            "Reuters/Ipsos poll finds support for talks",
            "The minister told Reuters",
            "The men wore uniforms of the army (and of the police)",
            "The road to A/B was closed",
            "PRISTINA (Reuters)",
            "He sent it via Telegram",
            "He showed us the card. Photo and name had been scratched out.",
            "The men were told to wait. Image is everything, he said.",
            "The case is closed (the file is not)",
        ] {
            assert_eq!(judge(text, false), None, "{text}");
        }
    }
}
