//! What the engine gives: sentences of tokens with a tree over them and the names in them.

use forewarn_report::Span;
use smol_str::SmolStr;

/// Universal part of speech (UD v2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Upos {
    /// Adjective.
    Adj,
    /// Adposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Numeral.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Other.
    X,
}

impl Upos {
    /// Every tag with its UD spelling, in the order of the enum.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Adj, "ADJ"),
        (Self::Adp, "ADP"),
        (Self::Adv, "ADV"),
        (Self::Aux, "AUX"),
        (Self::Cconj, "CCONJ"),
        (Self::Det, "DET"),
        (Self::Intj, "INTJ"),
        (Self::Noun, "NOUN"),
        (Self::Num, "NUM"),
        (Self::Part, "PART"),
        (Self::Pron, "PRON"),
        (Self::Propn, "PROPN"),
        (Self::Punct, "PUNCT"),
        (Self::Sconj, "SCONJ"),
        (Self::Sym, "SYM"),
        (Self::Verb, "VERB"),
        (Self::X, "X"),
    ];

    /// The tag that UD spells `name`.
    pub fn from_ud(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(t, _)| *t)
    }

    /// UD's spelling.
    pub fn as_ud(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// A universal dependency relation without its subtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)] // The names are UD's own: https://universaldependencies.org/u/dep/
pub enum Rel {
    Acl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    Case,
    Cc,
    Ccomp,
    Clf,
    Compound,
    Conj,
    Cop,
    Csubj,
    Dep,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    Nsubj,
    Nummod,
    Obj,
    Obl,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Root,
    Vocative,
    Xcomp,
}

impl Rel {
    /// Every relation with its UD spelling, in the order of the enum.
    #[rustfmt::skip]
    pub const ALL: [(Self, &'static str); 37] = [
        (Self::Acl, "acl"), (Self::Advcl, "advcl"), (Self::Advmod, "advmod"), (Self::Amod, "amod"),
        (Self::Appos, "appos"), (Self::Aux, "aux"), (Self::Case, "case"), (Self::Cc, "cc"),
        (Self::Ccomp, "ccomp"), (Self::Clf, "clf"), (Self::Compound, "compound"), (Self::Conj, "conj"),
        (Self::Cop, "cop"), (Self::Csubj, "csubj"), (Self::Dep, "dep"), (Self::Det, "det"),
        (Self::Discourse, "discourse"), (Self::Dislocated, "dislocated"), (Self::Expl, "expl"),
        (Self::Fixed, "fixed"), (Self::Flat, "flat"), (Self::Goeswith, "goeswith"), (Self::Iobj, "iobj"),
        (Self::List, "list"), (Self::Mark, "mark"), (Self::Nmod, "nmod"), (Self::Nsubj, "nsubj"),
        (Self::Nummod, "nummod"), (Self::Obj, "obj"), (Self::Obl, "obl"), (Self::Orphan, "orphan"),
        (Self::Parataxis, "parataxis"), (Self::Punct, "punct"), (Self::Reparandum, "reparandum"),
        (Self::Root, "root"), (Self::Vocative, "vocative"), (Self::Xcomp, "xcomp"),
    ];

    /// The relation that UD spells `name`, its subtype ignored; an unknown one is `dep`.
    pub fn from_ud(name: &str) -> Self {
        let base = name.split(':').next().unwrap_or(name);
        Self::ALL.iter().find(|(_, n)| *n == base).map_or(Self::Dep, |(r, _)| *r)
    }

    /// UD's spelling.
    pub fn as_ud(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// The subtype of a relation, those that a reader of news needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sub {
    /// No subtype, or one of no use here.
    None,
    /// `nsubj:pass`, `aux:pass`, `csubj:pass`.
    Pass,
    /// `obl:agent`.
    Agent,
    /// `compound:prt`.
    Prt,
    /// `nmod:poss`.
    Poss,
    /// `acl:relcl`, `advcl:relcl`.
    Relcl,
    /// `obl:unmarked`, `nmod:unmarked` (UD 2.16's name of tmod and npmod).
    Unmarked,
    /// `nmod:desc` (a title before a name).
    Desc,
    /// `nsubj:outer`, `csubj:outer`.
    Outer,
}

impl Sub {
    /// The subtype in a full relation name such as `nsubj:pass`.
    pub fn from_ud(name: &str) -> Self {
        match name.split_once(':').map_or("", |(_, s)| s) {
            "pass" => Self::Pass,
            "agent" => Self::Agent,
            "prt" => Self::Prt,
            "poss" => Self::Poss,
            "relcl" => Self::Relcl,
            "unmarked" | "tmod" | "npmod" => Self::Unmarked,
            "desc" => Self::Desc,
            "outer" => Self::Outer,
            _ => Self::None,
        }
    }
}

/// Morphology that the coder asks for, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats(pub u16);

impl Feats {
    /// `Number=Plur` (or `Ptan`).
    pub const PLURAL: u16 = 1;
    /// `Tense=Past`.
    pub const PAST: u16 = 2;
    /// `Tense=Pres`.
    pub const PRESENT: u16 = 4;
    /// `VerbForm=Part`.
    pub const PARTICIPLE: u16 = 8;
    /// `VerbForm=Ger`.
    pub const GERUND: u16 = 16;
    /// `VerbForm=Inf`.
    pub const INFINITIVE: u16 = 32;
    /// `VerbForm=Fin`.
    pub const FINITE: u16 = 64;
    /// `Voice=Pass`.
    pub const PASSIVE: u16 = 128;
    /// `Mood=Imp`.
    pub const IMPERATIVE: u16 = 256;
    /// `Polarity=Neg`.
    pub const NEGATIVE: u16 = 512;
    /// `PronType=Int` or `Rel`.
    pub const WH: u16 = 1024;
    /// `Poss=Yes`.
    pub const POSSESSIVE: u16 = 2048;

    /// Reads a CoNLL-U FEATS column.
    pub fn from_ud(feats: &str) -> Self {
        let mut bits = 0;
        for part in feats.split('|') {
            bits |= match part {
                "Number=Plur" | "Number=Ptan" => Self::PLURAL,
                "Tense=Past" => Self::PAST,
                "Tense=Pres" => Self::PRESENT,
                "VerbForm=Part" => Self::PARTICIPLE,
                "VerbForm=Ger" => Self::GERUND,
                "VerbForm=Inf" => Self::INFINITIVE,
                "VerbForm=Fin" => Self::FINITE,
                "Voice=Pass" => Self::PASSIVE,
                "Mood=Imp" => Self::IMPERATIVE,
                "Polarity=Neg" => Self::NEGATIVE,
                "PronType=Int" | "PronType=Rel" => Self::WH,
                "Poss=Yes" => Self::POSSESSIVE,
                _ => 0,
            };
        }
        Self(bits)
    }

    /// Whether any of `bits` is set.
    pub fn has(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the report's text.
    pub span: Span,
    /// Dictionary form, as UD gives it (proper nouns keep their case).
    pub lemma: SmolStr,
    /// Part of speech.
    pub upos: Upos,
    /// Penn tag (index into the model's `labels.xpos`).
    pub xpos: u8,
    /// Morphology.
    pub feats: Feats,
    /// Index of the head in this sentence; `None` for the root.
    pub head: Option<u16>,
    /// Relation to the head.
    pub rel: Rel,
    /// Its subtype.
    pub sub: Sub,
}

/// Kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Location,
}

/// A name: consecutive tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: u16,
    /// One past the last token.
    pub end: u16,
    /// What it names.
    pub kind: NameKind,
}

/// A sentence with its analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first token's start to the last one's end, in bytes of the report's text.
    pub span: Span,
    /// The index of the block (title, paragraph …) it stands in.
    pub block: u32,
    /// Words in order.
    pub tokens: Vec<Token>,
    /// Names in order, not overlapping.
    pub names: Vec<Name>,
}

impl Sentence {
    /// The words of token `i` as the text has them. `text` is the report's text.
    pub fn form<'t>(&self, text: &'t str, i: usize) -> &'t str {
        self.tokens[i].span.slice(text)
    }

    /// The index of the root, if the sentence has tokens.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }

    /// The tokens that hang on `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let head = Some(i as u16);
        (0..self.tokens.len()).filter(move |&j| self.tokens[j].head == head)
    }

    /// The first child of `i` with relation `rel`.
    pub fn child(&self, i: usize, rel: Rel) -> Option<usize> {
        self.children(i).find(|&j| self.tokens[j].rel == rel)
    }
}
