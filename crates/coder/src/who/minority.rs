//! People whom the text calls by their people, not by a state: "Serb police officers in Kosovo", "ethnic Russian protesters".

use forewarn_codebook::actors::Entry;
use smol_str::SmolStr;

/// What is known of a role that a people's name modifies.
pub(super) struct Role<'r> {
    pub sector: Option<&'r str>,
    /// A word for people ("officers", "mayor"), not for a body ("police").
    pub person: bool,
    pub lemma: &'r str,
    /// The country that the phrase names beside the people.
    pub explicit: Option<SmolStr>,
    /// The country where the phrase says they are.
    pub around: Option<SmolStr>,
}

/// The country and the ethnicity of such people.
///
/// A name that is no state's adjective ("Serb", "Croat", "Azeri") says of teachers, judges, protesters and mayors who they
/// are, not whose; of presidents, ministers and armies it says the state that bears the name. With no country beside
/// them such people stay without one, and take that of the event's place.
pub(super) fn country_of(role: Role, people: &Entry) -> (Option<SmolStr>, Option<SmolStr>) {
    let apart = || Some(people.code.clone());
    let state = people.bond.clone();
    match (role.explicit, role.around) {
        (Some(explicit), _) => {
            let ethnicity = if state.as_ref() == Some(&explicit) { None } else { apart() };
            (Some(explicit), ethnicity)
        }
        (None, Some(around)) if state.is_some() && is_local(role.sector, role.person, role.lemma) => {
            (Some(around), apart())
        }
        (None, None) if state.is_some() && role.person && is_local(role.sector, true, role.lemma) => (None, apart()),
        (None, around) => {
            let country = state.or_else(|| people.country.clone()).or(around);
            (country, apart())
        }
    }
}

/// Whether such a role is held where one lives.
fn is_local(sector: Option<&str>, person: bool, lemma: &str) -> bool {
    match sector {
        Some("CVL" | "OPP" | "JUD" | "EDU" | "MED" | "REL" | "LAB" | "AGR" | "BUS" | "SOC" | "JRN" | "REF" | "COP") => {
            person
        }
        Some("LEG" | "PTY" | "ELI") => matches!(lemma, "deputy" | "politician" | "representative" | "lawmaker" | "mp"),
        Some("GOV") => matches!(lemma, "mayor" | "councillor"),
        Some("MIL") => lemma == "officer",
        _ => false,
    }
}
