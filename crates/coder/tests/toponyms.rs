//! Which words of a report are places, and where they lie: sentences of our own, as data.

use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
use forewarn_coder::Coder;
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model};
use forewarn_report::{Block, BlockKind, Report, Source, Span};

fn report(text: &str) -> Report {
    Report {
        report_id: "r".to_owned(),
        url: None,
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::from_range(0..text.len()) }],
        publisher: None,
        authors: Vec::new(),
        published: None,
        language: Some("en".to_owned()),
        source: Source::default(),
        dropped: Vec::new(),
    }
}

/// A text, and its places in order as `words = country` (`?` where no gazetteer knows them, `-` where they lie in several).
const TEXTS: [(&str, &str); 25] = [
    ("Gunmen attacked a police post in Goma, in eastern Congo.", "Goma = COD; Congo = COD"),
    (
        "Shelling was reported in Azaz, Syria, and in Kilis, Turkey.",
        "Azaz = SYR; Syria = SYR; Kilis = TUR; Turkey = TUR",
    ),
    // The only Bare that is known lies in India: this one is another.
    ("Police searched the village of Bare in Leposavic, Kosovo.", "Bare = ?; Leposavic = XKX; Kosovo = XKX"),
    ("A tornado struck Paris, Texas, on Monday.", "Paris = USA; Texas = USA"),
    ("The talks took place in Paris.", "Paris = FRA"),
    ("Militants stormed the Iraqi city of Mosul.", "Mosul = IRQ"),
    ("Iraqi and American troops met the French minister.", ""),
    ("He signed the Paris agreement with Manchester United.", ""),
    ("Michael Jordan met David Petraeus.", ""),
    ("Two people died in the village of Račak.", "Račak = XKX"),
    ("Troops crossed the Black Sea near Crimea.", "Black Sea = -; Crimea = UKR"),
    ("Fighting went on across the Sahel and in Darfur.", "Sahel = -; Darfur = SDN"),
    ("The army shelled Qwertal and Bukavu.", "Bukavu = COD"),
    ("Israeli jets struck Gaza on Monday.", "Gaza = PSE"),
    ("Clashes broke out in Tripoli, Lebanon.", "Tripoli = LBN; Lebanon = LBN"),
    ("Militias fought in Tripoli and Misrata.", "Tripoli = LBY; Misrata = LBY"),
    ("Refugees fled to Moscow, Idaho.", "Moscow = USA; Idaho = USA"),
    ("Police in Georgia clashed with protesters in Tbilisi and Batumi.", "Georgia = GEO; Tbilisi = GEO; Batumi = GEO"),
    (
        "Georgia's governor spoke in Atlanta, Savannah and Macon.",
        "Georgia = USA; Atlanta = USA; Savannah = USA; Macon = USA",
    ),
    ("Ukraine's Donetsk region was shelled.", "Ukraine = UKR; Donetsk = UKR"),
    ("Boats sank in the Strait of Hormuz.", "Strait of Hormuz = -"),
    ("Rebels seized N'Djamena and Abéché.", "N'Djamena = TCD; Abéché = TCD"),
    ("Soldiers patrolled Côte d'Ivoire and Niger.", "Côte d'Ivoire = CIV; Niger = NER"),
    ("Landmines were cleared in Aleppo province.", "Aleppo = SYR"),
    (
        "A bomb went off in Kabul, killing three in Hyderabad and Karachi.",
        "Kabul = AFG; Hyderabad = PAK; Karachi = PAK",
    ),
];

#[test]
fn places_are_found_and_put_where_they_lie() {
    let engine = Engine::new(Model::embedded().expect("the model is part of the program"));
    let coder = Coder::new(
        Codebook::embedded().expect("the codebook has no fault"),
        Actors::embedded().expect("the lexicon has no fault"),
    )
    .with_gazetteer(Gazetteer::embedded().expect("the places have no fault"));
    let mut wrong = Vec::new();
    for (text, expected) in TEXTS {
        let report = report(text);
        let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
        let found: Vec<String> = coder
            .toponyms(&report, &sentences)
            .iter()
            .filter(|t| !t.demonym)
            .map(|t| {
                let place = t.choice.as_ref().map(|c| &c.place);
                let country = place.map_or("?", |p| p.country.as_deref().unwrap_or("-"));
                format!("{} = {country}", t.span.slice(text))
            })
            .collect();
        if found.join("; ") != expected {
            wrong.push(format!("{text}\n  expected: {expected}\n  found:    {}", found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
