//! `forewarn codebook`: the types, a type's page, or its patterns.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use forewarn_codebook::fault::nearest;
use forewarn_codebook::{Codebook, EventType, files, page};

use crate::Outcome;

/// Runs the command.
pub fn run(event_type: Option<&str>, patterns: bool) -> Result<Outcome> {
    let pages = page::pages(files::all()).map_err(|f| anyhow!("{}", f[0]))?;
    let mut out = anstream::stdout();
    let Some(name) = event_type else {
        writeln!(out, "{:<10} {:>4} {:>6}  {:<6} modes", "type", "quad", "score", "CAMEO")?;
        for t in EventType::ALL {
            let modes: Vec<_> = t.modes().collect();
            let (quad, score, cameo) = (t.quad_class(), t.score(None), t.default_cameo(None));
            let line = format!("{:<10} {quad:>4} {score:>6}  {cameo:<6} {}", t.as_str(), modes.join(" "));
            writeln!(out, "{}", line.trim_end())?;
        }
        return Ok(Outcome::Done);
    };
    let upper = name.to_uppercase();
    let Some(event) = EventType::parse(&upper) else {
        let hint = nearest(&upper, EventType::ALL.map(EventType::as_str)).map(|n| format!("; did you mean {n}?"));
        bail!("there is no event type {upper}{}", hint.unwrap_or_default());
    };
    if patterns {
        let codebook = Codebook::embedded().map_err(|f| anyhow!("{}", f[0]))?;
        let file = format!("dictionaries/events/{}.txt", name.to_lowercase());
        let text = files::text(&file).ok_or_else(|| anyhow!("{file} is not there"))?;
        let count = codebook.patterns.all().iter().filter(|p| p.event == Some(event)).count();
        write!(out, "{text}")?;
        anstream::eprintln!("{count} patterns code {upper}");
        return Ok(Outcome::Done);
    }
    let page = pages.iter().find(|p| p.event == event).ok_or_else(|| anyhow!("the page of {upper} is not there"))?;
    write!(out, "{}", page.text)?;
    Ok(Outcome::Done)
}
