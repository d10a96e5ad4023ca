//! `forewarn actors`: what a name or phrase resolves to, and why.

use std::io::Write;

use anyhow::Result;
use forewarn_codebook::actors::{Actors, Entry, EntryKind, Form, Scheme, Source};
use forewarn_codebook::fault::nearest_few;
use forewarn_coder::{Party, Tree, who};
use forewarn_report::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::knowledge::Knowledge;
use crate::pipeline::Pipeline;
use crate::{ActorsArgs, Listing, Outcome};

/// All that is told of a name.
#[derive(Serialize)]
struct Told {
    name: String,
    on: Option<Date>,
    /// What the coder makes of it.
    resolved: Vec<Party>,
    /// Why, in words.
    why: Vec<String>,
    /// Everything that the lexicon says of the words, the reading that won first.
    readings: Vec<Reading>,
    /// Role nouns among the words.
    roles: Vec<RoleRead>,
}

/// One thing that the words can mean.
#[derive(Serialize)]
struct Reading {
    /// Whether the coder takes it.
    wins: bool,
    words: String,
    /// How the words name it: a name, an adjective, a surname …
    form: &'static str,
    name: String,
    kind: &'static str,
    code: Option<String>,
    country: Option<String>,
    country_name: Option<String>,
    sector: Option<String>,
    codes: Vec<(&'static str, String)>,
    offices: Vec<OfficeRead>,
    /// When it existed, where the lexicon says so.
    dates: Option<String>,
    under: Vec<String>,
    allies: Vec<String>,
    /// States that came out of it, and the one it came out of.
    successors: Vec<String>,
    predecessor: Option<String>,
    other_names: Vec<String>,
    /// File and line.
    source: String,
    /// What else in the text would choose this reading or set it aside.
    context: &'static str,
}

/// An office and whether it was held on the day.
#[derive(Serialize)]
struct OfficeRead {
    title: String,
    sector: String,
    dates: String,
    held: bool,
}

/// A role noun.
#[derive(Serialize)]
struct RoleRead {
    words: String,
    sector: Option<String>,
}

/// Runs the command.
pub fn run(args: &ActorsArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let pipeline = crate::pipeline::load(knowledge)?;
    let actors = pipeline.coder.actors();
    let name = args.name.join(" ");
    let told = tell(&pipeline, actors, &name, args.on);
    let mut out = anstream::stdout();
    let says = |p: &Party| p.country.is_some() || p.sector.is_some() || p.group.is_some() || p.ethnicity.is_some();
    let known = !told.readings.is_empty() || told.resolved.iter().any(says);
    if !known {
        let near = nearest_few(&name, actors.terms.iter().map(|t| t.text.as_str()), 5);
        let hint = if near.is_empty() { String::new() } else { format!("; near: {}", near.join(", ")) };
        anstream::eprintln!("no dictionary knows `{name}`, and its words say nothing of it{hint}");
        return Ok(Outcome::Nothing);
    }
    match args.format {
        Listing::Json => {
            serde_json::to_writer_pretty(&mut out, &told)?;
            writeln!(out)?;
        }
        Listing::Table => print(&mut out, &told)?,
    }
    Ok(Outcome::Done)
}

fn tell(pipeline: &Pipeline, actors: &Actors, name: &str, on: Option<Date>) -> Told {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let exact = actors.spelt(bare);
    // Typed in small letters: as the lexicon writes it, since case tells names from words.
    let text = match exact.first() {
        Some(&t) if !name.contains(|c: char| c.is_uppercase()) => actors.terms[t as usize].text.to_string(),
        _ => name.to_owned(),
    };
    let (mut resolved, winner, inside) = resolve(pipeline, actors, &text, on);
    let mut readings: Vec<Reading> = Vec::new();
    let mut seen: Vec<(*const Entry, Form)> = Vec::new();
    let mut add = |entry: &Entry, form: Form, words: &str, source: Source| {
        if seen.contains(&(std::ptr::from_ref(entry), form)) {
            return;
        }
        seen.push((std::ptr::from_ref(entry), form));
        let wins = winner.is_some_and(|w| std::ptr::eq(w, entry));
        readings.push(read(actors, entry, form, words, source, wins, on));
    };
    let (exact_is_empty, inside_is_empty) = (exact.is_empty(), inside.is_empty());
    for t in exact.into_iter().chain(inside) {
        let term = &actors.terms[t as usize];
        add(actors.entry_of(t), term.form, &term.text, term.source);
    }
    for scheme in Scheme::ALL {
        let state = actors.crosswalk.country(scheme, bare, on).and_then(|iso3| actors.by_code(iso3));
        if let Some(entry) = state {
            add(entry, Form::Name, &format!("{bare} ({})", scheme.name()), entry.source);
        }
    }
    if let Some(entry) = actors.by_code(bare) {
        add(entry, Form::Name, &format!("{bare} (code)"), entry.source);
    }
    // A code is no word of a text.
    let code = !readings.is_empty() && exact_is_empty && inside_is_empty;
    if code {
        resolved.clear();
    }
    readings.sort_by_key(|r| !r.wins);
    let folded = actors.fold(text.split_whitespace());
    let words: Vec<&str> = text.split_whitespace().collect();
    let roles = actors
        .roles(&folded)
        .into_iter()
        .map(|r| RoleRead {
            words: words[r.first as usize..r.end as usize].join(" "),
            sector: actors.roles[r.role as usize].sector.as_ref().map(ToString::to_string),
        })
        .collect();
    let why = if code { vec!["a code".to_owned()] } else { why(&resolved, &readings, on) };
    Told { name: name.to_owned(), on, resolved, why, readings, roles }
}

/// What the coder makes of the phrase, the entry that decided it, and the terms found inside it.
fn resolve<'c>(
    pipeline: &Pipeline,
    actors: &'c Actors,
    text: &str,
    on: Option<Date>,
) -> (Vec<Party>, Option<&'c Entry>, Vec<u32>) {
    let sentences = pipeline.engine.analyse(text, &[Span::from_range(0..text.len())]);
    let Some(sentence) = sentences.first() else { return (Vec::new(), None, Vec::new()) };
    let tree = Tree::new(text, sentence);
    let mentions = who::mentions(actors, &tree, on);
    let Some(root) = sentence.root() else { return (Vec::new(), None, Vec::new()) };
    let parties = who::parties(&tree, &mentions, root, on);
    let winner = match parties.first() {
        // A person may stand beside the head ("President Medvedev").
        Some(p) if p.person.is_some() => (0..tree.len())
            .filter_map(|t| who::entry(&mentions, t, on))
            .find(|e| e.kind == EntryKind::Person)
            .or_else(|| who::entry(&mentions, root, on)),
        _ => who::entry(&mentions, root, on),
    };
    let folded = actors.fold((0..tree.len()).map(|t| tree.form(t)));
    let inside = actors.names(&folded).into_iter().flat_map(|m| m.terms).collect();
    (parties, winner, inside)
}

fn read(
    actors: &Actors,
    entry: &Entry,
    form: Form,
    words: &str,
    source: Source,
    wins: bool,
    on: Option<Date>,
) -> Reading {
    let file = actors.files.get(source.file as usize).map_or("", |f| f.as_str());
    let country = entry.country.as_deref();
    let state = (entry.kind == EntryKind::Country).then(|| actors.crosswalk.state(&entry.code)).flatten();
    let codes = country
        .filter(|_| entry.kind != EntryKind::Place)
        .map(|iso3| {
            let iso3 =
                if state.is_some_and(|_| entry.country.as_deref() == Some(&entry.code)) { &entry.code } else { iso3 };
            Scheme::ALL
                .into_iter()
                .filter_map(|s| actors.codes(iso3, s, on).map(|c| (s.name(), c.to_owned())))
                .collect()
        })
        .unwrap_or_default();
    let id = actors.entries.iter().position(|e| std::ptr::eq(e, entry)).unwrap_or(usize::MAX);
    let mut other_names: Vec<String> =
        actors.terms.iter().filter(|t| t.entry as usize == id && t.text != words).map(|t| t.text.to_string()).collect();
    other_names.dedup();
    Reading {
        wins,
        words: words.to_owned(),
        form: form_name(form),
        name: entry.name.to_string(),
        kind: kind_name(entry.kind),
        code: (!entry.code.is_empty() && entry.kind != EntryKind::Place).then(|| entry.code.to_string()),
        country: country.map(ToOwned::to_owned),
        country_name: country.and_then(|c| actors.by_code(c)).map(|e| e.name.to_string()),
        sector: entry.sector.as_ref().map(ToString::to_string),
        codes,
        offices: entry
            .offices
            .iter()
            .map(|o| OfficeRead {
                title: o.title.to_string(),
                sector: o.sector.to_string(),
                dates: o.dates.to_string(),
                held: o.holds(on),
            })
            .collect(),
        dates: (entry.dates.from.is_some() || entry.dates.to.is_some()).then(|| entry.dates.to_string()),
        under: entry.under.iter().map(ToString::to_string).collect(),
        allies: entry.allies.iter().map(ToString::to_string).collect(),
        successors: state
            .map(|_| actors.crosswalk.successors(&entry.code).into_iter().map(ToOwned::to_owned).collect())
            .unwrap_or_default(),
        predecessor: state.and_then(|s| s.from.as_ref()).map(ToString::to_string),
        other_names,
        source: format!("{file}:{}", source.line),
        context: context(entry.kind, form),
    }
}

/// Why the coder reads it so, in words.
fn why(resolved: &[Party], readings: &[Reading], on: Option<Date>) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(p) = resolved.first() {
        let meaning = who::meaning(p.rule);
        out.push(format!("{}: {meaning}", p.rule));
        if p.inferred {
            out.push("inferred: no dictionary knows it".to_owned());
        }
    } else {
        out.push("the coder makes no party of it".to_owned());
    }
    let same: Vec<&Reading> =
        readings.iter().filter(|r| readings.first().is_some_and(|f| f.words == r.words)).collect();
    if same.len() > 1 && same[0].wins {
        let day = on.map_or_else(|| "today".to_owned(), |d| format!("on {d}"));
        let reason = if same[0].offices.iter().any(|o| o.held) && same.iter().skip(1).all(|r| r.kind == "person") {
            format!("of {} people of that name, the one in office {day}, else the latest", same.len())
        } else if same.iter().any(|r| r.dates.is_some()) {
            format!(
                "of {} readings, those that exist {day} first, then the one whose country the text names",
                same.len()
            )
        } else {
            format!("of {} readings, the one that the words around it speak for, else the first", same.len())
        };
        out.push(reason);
    }
    out
}

/// What else in a text would choose a reading or set it aside.
fn context(kind: EntryKind, form: Form) -> &'static str {
    match (kind, form) {
        (_, Form::Capital) => "stands for the government when it acts; a place after `in`, `at`, `near`",
        (_, Form::Seat) => "always the body that sits there",
        (EntryKind::Country, Form::Name) => "the government when it acts; a place after `in`, `at`, `near`",
        (EntryKind::Country, Form::Adjective | Form::People) => {
            "before a noun its country; `ethnic` or armed people of a group of that name are of the group, not the state"
        }
        (EntryKind::Place, _) | (_, Form::Place) => "never an actor; lends its country to what stands beside it",
        (EntryKind::Person, Form::Surname) => "not inside somebody else's name, and not where the tagger sees a place",
        (EntryKind::Person, Form::Titled) => "too common alone: only behind an office that its bearer held on the day",
        (EntryKind::Ethnic, _) => {
            "`ethnic`, arms or another country beside it choose the people, else the state's adjective"
        }
        (EntryKind::Media, _) => "no actor while it only reports",
        _ => "",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Name => "name",
        Form::People => "people",
        Form::Adjective => "adjective",
        Form::Seat => "seat of government",
        Form::Capital => "capital",
        Form::Place => "place",
        Form::Surname => "surname",
        Form::Titled => "common surname",
    }
}

fn kind_name(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Country => "country",
        EntryKind::Body => "body",
        EntryKind::Group => "group",
        EntryKind::Force => "force",
        EntryKind::Party => "party",
        EntryKind::Company => "company",
        EntryKind::Media => "medium",
        EntryKind::Person => "person",
        EntryKind::Ethnic => "ethnic group",
        EntryKind::Place => "place",
    }
}

fn print(out: &mut dyn Write, told: &Told) -> Result<()> {
    let day = told.on.map(|d| format!(" on {d}")).unwrap_or_default();
    writeln!(out, "{}{day}", told.name)?;
    for p in &told.resolved {
        writeln!(out, "  -> {}", crate::table::parties(std::slice::from_ref(p)))?;
    }
    for line in &told.why {
        writeln!(out, "     {line}")?;
    }
    for r in &told.readings {
        let mark = if r.wins { '*' } else { ' ' };
        let code = r.code.as_ref().map(|c| format!(" {c}")).unwrap_or_default();
        let sector = r.sector.as_ref().map(|s| format!(", {s}")).unwrap_or_default();
        writeln!(out, "\n{mark} {}: {}{code}{sector}  ({} `{}`, {})", r.name, r.kind, r.form, r.words, r.source)?;
        let mut line = |name: &str, value: String| -> std::io::Result<()> {
            if value.is_empty() { Ok(()) } else { writeln!(out, "    {name:<9} {value}") }
        };
        let country = match (&r.country, &r.country_name) {
            (Some(c), Some(n)) if r.kind != "country" || Some(c) != r.code.as_ref() => format!("{c} {n}"),
            _ => String::new(),
        };
        line("country", country)?;
        line("codes", r.codes.iter().map(|(s, c)| format!("{s} {c}")).collect::<Vec<_>>().join(", "))?;
        line("dates", r.dates.clone().unwrap_or_default())?;
        line("from", r.predecessor.clone().unwrap_or_default())?;
        line("became", r.successors.join(", "))?;
        line("under", r.under.join(", "))?;
        line("ally of", r.allies.join(", "))?;
        for (i, o) in r.offices.iter().enumerate() {
            let name = if i == 0 { "offices" } else { "" };
            let held = if o.held { "*" } else { " " };
            writeln!(out, "    {name:<9} {held} {} {} ({})", o.title, o.dates, o.sector)?;
        }
        let mut line = |name: &str, value: String| -> std::io::Result<()> {
            if value.is_empty() { Ok(()) } else { writeln!(out, "    {name:<9} {value}") }
        };
        line("also", r.other_names.join(", "))?;
        line("context", r.context.to_owned())?;
    }
    if !told.roles.is_empty() {
        let roles: Vec<String> =
            told.roles.iter().map(|r| format!("{} ({})", r.words, r.sector.as_deref().unwrap_or("-"))).collect();
        writeln!(out, "\n  roles: {}", roles.join(", "))?;
    }
    Ok(())
}
