//! What the rules that name a party mean, in words.

/// Every rule of `who` and of the countries that claims take from elsewhere, with what it does.
pub const RULES: [(&str, &str); 24] = [
    ("who/country", "the name of a state, which stands for its government"),
    ("who/seat", "a seat of government, which stands for it"),
    ("who/people", "a word for a people"),
    ("who/armed-people", "armed people of an ethnic group: of that ethnicity and no state's"),
    ("who/role", "a role noun, with the country and body that its modifiers name"),
    ("who/equipment", "arms that act for the owner the text names"),
    ("who/organisation", "the name of a body, group, force, party or company"),
    ("who/medium", "a news medium, no actor while it only reports"),
    ("who/known-person", "a person of the dictionaries, with the office held on the date"),
    ("who/person", "a person whom no dictionary knows: country and office are those that the text gives"),
    ("who/adjective", "an adjective of nationality standing alone"),
    ("who/place", "a place: its country, no sector"),
    (
        "who/unknown-organisation",
        "an organisation by its look, which no dictionary knows: its kind is read off its words",
    ),
    ("who/unknown-name", "a name that no dictionary knows: country and sector come from the words beside it"),
    ("who/unknown-people", "a noun for people by its ending, in no dictionary"),
    ("who/short-name", "a short form of a name that the report gave in full"),
    ("who/description", "a description of somebody the report named before"),
    ("who/pronoun", "a pronoun for somebody the report named before"),
    ("who/possessor", "it belongs to what its possessive pronoun stands for"),
    ("who/report-country", "a body of the state in a report on one country: that country's"),
    ("who/number", "a number"),
    ("who/thing", "a thing, no actor"),
    ("who/time", "a time, no actor"),
    ("parties/country-of-the-event", "no country of its own in the text: that of the event's place"),
];

/// What `rule` means; empty for a rule of another kind.
pub fn meaning(rule: &str) -> &'static str {
    RULES.iter().find(|(name, _)| *name == rule).map_or("", |(_, meaning)| meaning)
}
