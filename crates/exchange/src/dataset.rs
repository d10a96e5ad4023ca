//! The foreign data sets: their names, terms of use and citations.

use serde::Serialize;

/// A foreign data set, or a format in which several come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dataset {
    /// ICEWS coded event data: tab-separated, 20 columns with a header.
    Icews,
    /// GDELT 1.0 events: tab-separated, 57 or 58 columns without a header.
    Gdelt1,
    /// GDELT 2.0 events: tab-separated, 61 columns without a header.
    Gdelt2,
    /// POLECAT: tab-separated, 40 columns with a header.
    Polecat,
    /// Phoenix: tab-separated, 26 columns, mostly without a header.
    Phoenix,
    /// Event lines of PETRARCH and PETRARCH2: tab-separated, 7 to 13 columns without a header.
    Petrarch,
    /// ACLED: CSV, 31 columns with a header.
    Acled,
    /// UCDP Georeferenced Event Dataset: CSV, 49 columns with a header.
    UcdpGed,
    /// UCDP Candidate Events: the same columns; some files lack the header.
    UcdpCandidate,
    /// PLOVER records: JSON Lines or one JSON array.
    Plover,
    /// A plain table of day, actor, recipient and code or type, with a header.
    Dyads,
}

impl Dataset {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::Icews,
        Self::Gdelt1,
        Self::Gdelt2,
        Self::Polecat,
        Self::Phoenix,
        Self::Petrarch,
        Self::Acled,
        Self::UcdpGed,
        Self::UcdpCandidate,
        Self::Plover,
        Self::Dyads,
    ];

    /// Its name in every output and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Icews => "icews",
            Self::Gdelt1 => "gdelt1",
            Self::Gdelt2 => "gdelt2",
            Self::Polecat => "polecat",
            Self::Phoenix => "phoenix",
            Self::Petrarch => "petrarch",
            Self::Acled => "acled",
            Self::UcdpGed => "ucdp-ged",
            Self::UcdpCandidate => "ucdp-candidate",
            Self::Plover => "plover",
            Self::Dyads => "dyads",
        }
    }

    /// The data set called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }

    /// What its makers ask of those who use or pass it on, as we understand it; their own terms decide.
    pub fn licence(self) -> &'static str {
        match self {
            Self::Icews => "ICEWS: public on the Harvard Dataverse under its terms of use; cite the Dataverse entry.",
            Self::Gdelt1 | Self::Gdelt2 => {
                "GDELT: free for any use; asks for citation of the GDELT Project and a link to https://www.gdeltproject.org/."
            }
            Self::Polecat => {
                "POLECAT: public on the Harvard Dataverse under its terms of use; cite the Dataverse entry."
            }
            Self::Phoenix => "Phoenix: see the release it came from; the Open Event Data Alliance asks for citation.",
            Self::Petrarch => "PETRARCH lines: the terms of the corpus and dictionaries they were made from.",
            Self::Acled => {
                "ACLED: registration, attribution with the day of access, no passing on of the raw data; see acleddata.com for the terms."
            }
            Self::UcdpGed | Self::UcdpCandidate => "UCDP: CC BY 4.0; cite the papers and the version.",
            Self::Plover => "PLOVER records: the terms of whoever made them; the codebook itself is CC BY-SA 4.0.",
            Self::Dyads => "Terms unknown: a plain table says nothing of them.",
        }
    }

    /// How it asks to be cited.
    pub fn citation(self) -> &'static str {
        match self {
            Self::Icews => "Boschee et al., ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075.",
            Self::Gdelt1 | Self::Gdelt2 => {
                "Leetaru and Schrodt (2013), GDELT: Global Data on Events, Location and Tone."
            }
            Self::Polecat => {
                "Halterman et al. (2023), PLOVER and POLECAT: A New Political Event Ontology and Dataset, doi:10.7910/DVN/AJGVIT."
            }
            Self::Phoenix => "Open Event Data Alliance, Phoenix event data.",
            Self::Petrarch => "Coded with PETRARCH or PETRARCH2 (Open Event Data Alliance).",
            Self::Acled => {
                "Raleigh, Linke, Hegre and Karlsen (2010), Introducing ACLED, Journal of Peace Research 47(5); acleddata.com."
            }
            Self::UcdpGed => {
                "Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4)."
            }
            Self::UcdpCandidate => {
                "Hegre et al. (2020), Introducing the UCDP Candidate Events Dataset, Research & Politics 7(3)."
            }
            Self::Plover => "PLOVER: Political Language Ontology for Verifiable Event Records.",
            Self::Dyads => "A table given by the user.",
        }
    }

    /// Whether [`ForeignEvent::key`](crate::event::ForeignEvent::key) tells events apart inside one file only.
    pub fn key_is_of_file(self) -> bool {
        self == Self::Dyads
    }
}
