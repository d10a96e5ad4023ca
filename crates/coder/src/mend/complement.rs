//! What a verb says of its object, where the parser hung it on the object: "accused the president [of treason]",
//! "denied [firing on protesters]".

use forewarn_codebook::{Codebook, Pos};
use forewarn_language::{Feats, Rel, Sentence, Sub, Upos};

/// Verbs that take somebody and an `of`.
const OF: [&str; 18] = [
    "accuse",
    "acquit",
    "convict",
    "suspect",
    "absolve",
    "exonerate",
    "clear",
    "inform",
    "notify",
    "remind",
    "warn",
    "assure",
    "deprive",
    "rob",
    "strip",
    "relieve",
    "rid",
    "cleanse",
];

/// Classes of what people are charged with.
const CHARGES: [&str; 9] =
    ["offence", "graft", "abuse", "warcrime", "aggression", "treason", "harm", "misfortune", "unrest"];

/// "accused the former president of Peru [of corruption]": the phrase that names a deed is the verb's own; of two phrases
/// the last one is, whatever it names.
pub(super) fn of_its_verb(text: &str, codebook: &Codebook, s: &mut Sentence) {
    for verb in 0..s.tokens.len() {
        if s.tokens[verb].upos != Upos::Verb || !OF.contains(&s.tokens[verb].lemma.as_str()) {
            continue;
        }
        let kid = |k: usize, of: usize| s.tokens[k].head == Some(of as u16);
        let Some(object) = (verb + 1..s.tokens.len()).find(|&k| kid(k, verb) && s.tokens[k].rel == Rel::Obj) else {
            continue;
        };
        let marked = |k: usize| {
            (object..k).any(|c| {
                kid(c, k)
                    && matches!(s.tokens[c].rel, Rel::Case | Rel::Mark)
                    && s.form(text, c).eq_ignore_ascii_case("of")
            })
        };
        if (object + 1..s.tokens.len()).any(|k| kid(k, verb) && marked(k)) {
            continue;
        }
        let phrases: Vec<usize> = (object + 1..s.tokens.len())
            .filter(|&k| s.tokens[k].rel == Rel::Nmod && marked(k) && is_below(s, k, object))
            .collect();
        let deed = |k: usize| {
            let lemma = s.tokens[k].lemma.as_str();
            s.tokens[k].upos == Upos::Noun
                && (codebook.patterns.types(lemma, Pos::Noun) != 0
                    || CHARGES.iter().any(|class| codebook.classes.has(class, lemma))
                    || is_offence(lemma))
        };
        let named = |k: usize| s.tokens[k].upos == Upos::Propn;
        let found = phrases.iter().copied().find(|&k| deed(k)).or_else(|| match phrases[..] {
            [_, .., last] if !named(last) => Some(last),
            _ => None,
        });
        if let Some(k) = found {
            (s.tokens[k].head, s.tokens[k].rel, s.tokens[k].sub) = (Some(verb as u16), Rel::Obl, Sub::None);
        }
    }
}

/// Words for offences that no event of the codebook goes by.
fn is_offence(lemma: &str) -> bool {
    matches!(
        lemma,
        "piracy"
            | "complicity"
            | "collusion"
            | "hypocrisy"
            | "negligence"
            | "incompetence"
            | "perjury"
            | "blackmail"
            | "provocation"
            | "cowardice"
            | "interference"
            | "racism"
            | "blasphemy"
            | "heresy"
            | "apartheid"
            | "sabotage"
            | "favouritism"
            | "bias"
            | "disloyalty"
            | "mutiny"
            | "desertion"
            | "wrongdoing"
            | "double-standard"
    )
}

fn is_below(s: &Sentence, low: usize, high: usize) -> bool {
    let mut at = low;
    for _ in 0..8 {
        match s.tokens[at].head.map(usize::from) {
            Some(h) if h == high => return true,
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// "denied [firing] on protesters": what one denies, admits or stops doing is a verb, whatever the tagger took it for.
pub(super) fn gerund_as_noun(text: &str, codebook: &Codebook, s: &mut Sentence) {
    for i in 1..s.tokens.len() {
        let t = &s.tokens[i];
        let form = s.form(text, i).to_lowercase();
        if t.upos != Upos::Noun || !matches!(t.rel, Rel::Xcomp | Rel::Ccomp) || !form.ends_with("ing") {
            continue;
        }
        let Some(verb) = t.head.map(usize::from).filter(|&h| h < i && s.tokens[h].upos == Upos::Verb) else { continue };
        let takes = matches!(
            s.tokens[verb].lemma.as_str(),
            "deny" | "admit" | "stop" | "start" | "begin" | "continue" | "keep" | "avoid" | "consider" | "suggest"
        );
        let own = (0..s.tokens.len()).any(|k| s.tokens[k].head == Some(i as u16) && s.tokens[k].rel == Rel::Det);
        let lemma = codebook.lemmas.of(&form, &t.lemma.to_lowercase());
        let stem = form.trim_end_matches("ing");
        let Some(lemma) = [lemma.to_string(), stem.to_owned(), format!("{stem}e")]
            .into_iter()
            .find(|l| codebook.patterns.of(l, Pos::Verb).next().is_some())
        else {
            continue;
        };
        if takes && !own {
            let t = &mut s.tokens[i];
            (t.upos, t.lemma, t.rel) = (Upos::Verb, lemma.into(), Rel::Xcomp);
            t.feats = Feats::from_ud("Tense=Pres|VerbForm=Part");
        }
    }
}
