//! What a place is, and how finely it may be shown.

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "the variants are the words of the file format")]
pub enum Kind {
    Country,
    Admin1,
    District,
    Settlement,
    Quarter,
    Site,
    Region,
    Island,
    Sea,
    Strait,
    Gulf,
    Lake,
    River,
    Canal,
    Mountain,
    Range,
    Desert,
    Forest,
    Plain,
    Peninsula,
    Border,
    Continent,
}

impl Kind {
    /// Every kind with its word in the text files, in the order of the enum.
    pub const ALL: [(Self, &'static str); 22] = [
        (Self::Country, "country"),
        (Self::Admin1, "admin1"),
        (Self::District, "district"),
        (Self::Settlement, "settlement"),
        (Self::Quarter, "quarter"),
        (Self::Site, "site"),
        (Self::Region, "region"),
        (Self::Island, "island"),
        (Self::Sea, "sea"),
        (Self::Strait, "strait"),
        (Self::Gulf, "gulf"),
        (Self::Lake, "lake"),
        (Self::River, "river"),
        (Self::Canal, "canal"),
        (Self::Mountain, "mountain"),
        (Self::Range, "range"),
        (Self::Desert, "desert"),
        (Self::Forest, "forest"),
        (Self::Plain, "plain"),
        (Self::Peninsula, "peninsula"),
        (Self::Border, "border"),
        (Self::Continent, "continent"),
    ];

    /// The kind that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(k, _)| *k)
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(byte as usize).map(|(k, _)| *k)
    }

    /// How finely its coordinates say where something happened.
    pub fn precision(self) -> Precision {
        match self {
            Self::Site | Self::Mountain => Precision::Exact,
            Self::Settlement | Self::Quarter => Precision::Settlement,
            Self::District => Precision::District,
            Self::Admin1 => Precision::Admin1,
            Self::Country => Precision::Country,
            _ => Precision::Region,
        }
    }
}

/// How finely a coordinate says where something happened, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the variants are the words of the record schema")]
pub enum Precision {
    Exact,
    Settlement,
    District,
    Admin1,
    Country,
    Region,
}

impl Precision {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Settlement => "settlement",
            Self::District => "district",
            Self::Admin1 => "admin1",
            Self::Country => "country",
            Self::Region => "region",
        }
    }

    /// A coordinate with no more digits than the precision bears: about a kilometre (0.01°) for a settlement
    /// and for a site, which is shown no finer either; a tenth of a degree for what is larger.
    pub fn round(self, degrees: f64) -> f64 {
        let steps = match self {
            Self::Exact | Self::Settlement => 100.0,
            Self::District | Self::Admin1 | Self::Country | Self::Region => 10.0,
        };
        (degrees * steps).round() / steps
    }
}
