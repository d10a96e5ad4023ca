//! The fields of the language: one table for the reader, its suggestions, the help and the guide.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::code::{CONTEXTS, FACTUALITIES, SETS};

/// What a term asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each has its line in `FIELDS`.
pub enum Field {
    Type,
    Mode,
    Context,
    Quad,
    Cameo,
    Factuality,
    Status,
    Actor,
    Recipient,
    Party,
    Dyad,
    Country,
    Since,
    Until,
    Date,
    Published,
    AsOf,
    Place,
    Admin1,
    Bbox,
    Near,
    Publisher,
    Voice,
    Set,
    Report,
    Run,
    Killed,
    Injured,
    Reports,
    Publishers,
    Origins,
    Confidence,
    Goldstein,
    Language,
    Disputed,
    Id,
    Text,
}

/// How a field and a value are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `:` or `=`: is any of the values; of days, lies in.
    Is,
    /// `>=`
    Ge,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `<`
    Lt,
}

/// What a field's values are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A PLOVER type: [`Value::Type`](crate::Value::Type).
    Type,
    /// A PLOVER mode, alone or behind its type: [`Value::Mode`](crate::Value::Mode).
    Mode,
    /// A word of a closed list: [`Value::Word`](crate::Value::Word).
    OneOf(&'static [&'static str]),
    /// A quad class: [`Value::Quad`](crate::Value::Quad).
    Quad,
    /// A CAMEO code and all below it: [`Value::Cameo`](crate::Value::Cameo).
    Cameo,
    /// A party: [`Value::Party`](crate::Value::Party).
    Party,
    /// Two parties: [`Value::Dyad`](crate::Value::Dyad).
    Dyad,
    /// A country's code or name: [`Value::Word`](crate::Value::Word), ISO 3166-1 alpha-3.
    Country,
    /// One day, month or year that bounds a time: [`Value::Days`](crate::Value::Days).
    Bound,
    /// A time to lie in or to compare with: [`Value::Days`](crate::Value::Days).
    Days,
    /// Words to find: [`Value::Text`](crate::Value::Text) or [`Value::Prefix`](crate::Value::Prefix).
    Text,
    /// A name to match exactly: [`Value::Word`](crate::Value::Word).
    Word,
    /// ISO 639-1: [`Value::Word`](crate::Value::Word).
    Language,
    /// A box of coordinates: [`Value::Area`](crate::Value::Area).
    Area,
    /// A circle round a point: [`Value::Circle`](crate::Value::Circle).
    Circle,
    /// A whole number from 0: [`Value::Count`](crate::Value::Count).
    Count,
    /// A number between two bounds, both allowed: [`Value::Number`](crate::Value::Number).
    Number(f64, f64),
    /// Yes or no: [`Value::Flag`](crate::Value::Flag).
    Flag,
}

impl Kind {
    /// The operators that fields of this kind take.
    pub fn ops(self) -> &'static [Op] {
        match self {
            Self::Days | Self::Count | Self::Number(..) => &[Op::Is, Op::Ge, Op::Le, Op::Gt, Op::Lt],
            _ => &[Op::Is],
        }
    }

    /// Whether several values with commas between them may stand behind `op`.
    pub fn several(self, op: Op) -> bool {
        op == Op::Is && !matches!(self, Self::Bound | Self::Area | Self::Circle | Self::Flag)
    }

    /// Whether `-` may stand before the field.
    pub fn turns(self) -> bool {
        self != Self::Bound
    }
}

/// A field of the language.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// Which.
    pub field: Field,
    /// Its name, as canonical filters have it.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What its values are.
    pub kind: Kind,
    /// Whether claim and incident alike have at most one value of it, so that two terms for two values hold for none.
    pub single: bool,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// What its values look like, in words.
    pub values: &'static str,
    /// A term with it.
    pub example: &'static str,
}

impl FieldInfo {
    /// Its operators as they are written: `:` or `: >= <= > <`.
    pub fn operators(&self) -> String {
        self.kind.ops().iter().map(|o| o.as_str()).collect::<Vec<_>>().join(" ")
    }
}

const fn row(
    field: Field,
    name: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
    values: &'static str,
    meaning: &'static str,
    example: &'static str,
) -> FieldInfo {
    let single = matches!(field, Field::Type | Field::Mode | Field::Quad | Field::Status | Field::Disputed | Field::Id);
    FieldInfo { field, name, aliases, kind, single, meaning, values, example }
}

/// Every field, in the order in which a canonical filter has its terms.
#[rustfmt::skip]
pub const FIELDS: &[FieldInfo] = &[
    row(Field::Type, "type", &["event", "event_type"], Kind::Type, "PLOVER 2.0 type, any case",
        "What kind of event.", "type:ASSAULT,COERCE"),
    row(Field::Mode, "mode", &["event_mode"], Kind::Mode, "PLOVER 2.0 mode, alone or behind its type",
        "How it was done.", "mode:SANCTION/withdraw"),
    row(Field::Context, "context", &["contexts"], Kind::OneOf(&CONTEXTS), "PLOVER 2.0 context",
        "A field of public life that it touches.", "context:peacekeeping"),
    row(Field::Quad, "quad", &["quad_class"], Kind::Quad,
        "1 to 4, `verbal-cooperation`, `material-cooperation`, `verbal-conflict`, `material-conflict`, `cooperation`, `conflict`",
        "Quad class; the last two words stand for two classes each.", "quad:material-conflict"),
    row(Field::Cameo, "cameo", &["code"], Kind::Cameo, "two to four digits, `*` behind them or not",
        "CAMEO 1.1b3 code, the one given or any below it.", "cameo:18"),
    row(Field::Factuality, "factuality", &["fact"], Kind::OneOf(&FACTUALITIES),
        "asserted, denied, negated, announced, disavowed, hypothetical, background",
        "Whether it happened, by the text of the claim.", "factuality:asserted"),
    row(Field::Status, "status", &[], Kind::OneOf(&FACTUALITIES), "the words of `factuality`",
        "Whether it happened, by all that is told of the incident.", "status:asserted"),
    row(Field::Actor, "actor", &["by"], Kind::Party, "a party (see there)",
        "The acting side has this party.", "actor:XKX.COP"),
    row(Field::Recipient, "recipient", &["target", "to"], Kind::Party, "a party (see there)",
        "The side acted on has this party.", "recipient:\"South Sudan\""),
    row(Field::Party, "party", &["who", "side"], Kind::Party,
        "country, sector, ethnic or group code, several joined by dots, or a name; unknown words in quotes are looked for in the party's words",
        "Either side has this party.", "party:srb.UAF"),
    row(Field::Dyad, "dyad", &["pair"], Kind::Dyad, "`A>B` A acts on B, `A<>B` either way; `*` is anyone",
        "Who acts on whom.", "dyad:SRB>XKX"),
    row(Field::Country, "country", &["state"], Kind::Country, "ISO 3166-1 alpha-3 (Kosovo `XKX`) or a name",
        "A party on either side belongs to the country, or the place lies in it.", "country:Kosovo"),
    row(Field::Since, "since", &["from"], Kind::Bound, "a day, month or year, or `30d`, `2w`, `6m`, `1y` ago, `today`, `yesterday`",
        "It ended on the first day of this time or later.", "since:2023-09"),
    row(Field::Until, "until", &[], Kind::Bound, "as `since`",
        "It began on the last day of this time or earlier.", "until:2023-12"),
    row(Field::Date, "date", &["on", "when", "during"], Kind::Days, "as `since`, or `A..B`",
        "Its days meet this time; behind `>=` it ended then or later, behind `<=` it began then or earlier.", "date:2023-09-20..2023-09-30"),
    row(Field::Published, "published", &["pub"], Kind::Days, "as `date`",
        "The day of publication lies in this time, or before or after it.", "published>=2023-09-01"),
    row(Field::AsOf, "asof", &["known", "as_of", "as-of"], Kind::Bound, "as `since`",
        "As things were known at the end of this time: reports published later are left out.", "asof:2023-10-01"),
    row(Field::Place, "place", &["location", "where"], Kind::Text, "a name; `*` at its end for a beginning",
        "Where, by name.", "place:\"Kosovska Mitrovica\""),
    row(Field::Admin1, "admin1", &["province", "region"], Kind::Text, "as `place`",
        "First-order division that the place lies in.", "admin1:Mitrovica"),
    row(Field::Bbox, "bbox", &["box"], Kind::Area, "west,south,east,north in degrees",
        "The place lies in a box of coordinates; west of more than east crosses the date line.", "bbox:20.0,42.2,21.8,43.3"),
    row(Field::Near, "near", &["around"], Kind::Circle, "north,east in degrees, then a distance in km",
        "The place lies within a distance of a point.", "near:42.97,20.78,25km"),
    row(Field::Publisher, "publisher", &["outlet"], Kind::Text, "as `place`",
        "Who printed the report.", "publisher:Reuters"),
    row(Field::Voice, "voice", &["says", "attribution"], Kind::Text, "as `place`",
        "On whose word: a link of the chain of voices.", "voice:\"Albin Kurti\""),
    row(Field::Set, "set", &["dataset"], Kind::OneOf(&SETS),
        "forewarn, icews, gdelt1, gdelt2, polecat, phoenix, petrarch, acled, ucdp-ged, ucdp-candidate, plover, dyads; `gdelt` and `ucdp` are both of theirs",
        "The event set: our own claims or an imported one.", "set:forewarn,icews"),
    row(Field::Report, "report", &["report_id"], Kind::Word, "an id",
        "The report it was read in.", "report:banjska-01"),
    row(Field::Run, "run", &[], Kind::Word, "an id",
        "The run that coded it.", "run:7"),
    row(Field::Killed, "killed", &["deaths", "dead"], Kind::Count, "a whole number",
        "Persons killed, best reading.", "killed>=3"),
    row(Field::Injured, "injured", &["wounded"], Kind::Count, "a whole number",
        "Persons injured, best reading.", "injured>0"),
    row(Field::Reports, "reports", &[], Kind::Count, "a whole number",
        "Reports that tell of the incident.", "reports>=5"),
    row(Field::Publishers, "publishers", &["outlets"], Kind::Count, "a whole number",
        "Publishers of the reports that tell of the incident.", "publishers>=2"),
    row(Field::Origins, "origins", &["independent_origins"], Kind::Count, "a whole number",
        "Independent origins of what is told of the incident: wire copies count once.", "origins>=2"),
    row(Field::Confidence, "confidence", &["conf"], Kind::Number(0.0, 1.0), "0 to 1, or per cent",
        "How sure the coder is.", "confidence>=0.8"),
    row(Field::Goldstein, "goldstein", &[], Kind::Number(-10.0, 10.0), "-10 to 10",
        "Goldstein scale.", "goldstein<=-5"),
    row(Field::Language, "language", &["lang"], Kind::Language, "ISO 639-1, two letters",
        "Language of the report.", "language:en"),
    row(Field::Disputed, "disputed", &["disputed_actor"], Kind::Flag, "yes or no",
        "Whether accounts of the incident blame different parties.", "disputed:yes"),
    row(Field::Id, "id", &["claim", "incident"], Kind::Word, "an id",
        "The claim or incident itself.", "id:5f0c2a91d7e34b68"),
    row(Field::Text, "text", &["evidence", "words"], Kind::Text, "a word, a phrase in quotes; `*` at its end for a beginning",
        "The sentence has these words; a bare word or phrase means the same.", "text:barricade*"),
];

impl Field {
    /// What the table says of it.
    pub fn info(self) -> &'static FieldInfo {
        &FIELDS[self as usize]
    }

    /// Its name in canonical filters.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The field called `name`, or that has it among its other names; case does not matter.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        FIELDS.iter().find(|f| f.name == name || f.aliases.contains(&name.as_str())).map(|f| f.field)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Op {
    /// As canonical filters have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Ge => ">=",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Lt => "<",
        }
    }

    /// The operator written so. `killed:>=3` and `killed≥3` are `killed>=3`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = if text.len() > 1 { text.strip_prefix(':').unwrap_or(text) } else { text };
        match text {
            ":" | "=" | "==" => Some(Self::Is),
            ">=" | "≥" => Some(Self::Ge),
            "<=" | "≤" => Some(Self::Le),
            ">" => Some(Self::Gt),
            "<" => Some(Self::Lt),
            _ => None,
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Op {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
