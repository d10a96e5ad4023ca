//! The answer on one printable page, as Markdown or as HTML without scripts.

use std::fmt::Write as _;

use crate::answer::Answer;
use crate::evidence::Told;
use crate::{country, text};

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// One HTML file without scripts.
    Html,
}

/// A page in the making: the same content, written one way or the other.
struct Page {
    html: bool,
    body: String,
}

impl Page {
    fn heading(&mut self, level: usize, words: &str) {
        if self.html {
            let _ = writeln!(self.body, "<h{level}>{}</h{level}>", escape(words));
        } else {
            let _ = writeln!(self.body, "\n{} {}\n", "#".repeat(level), plain(words));
        }
    }

    fn paragraph(&mut self, words: &str, strong: bool) {
        let _ = match (self.html, strong) {
            (true, true) => writeln!(self.body, "<p><strong>{}</strong></p>", escape(words)),
            (true, false) => writeln!(self.body, "<p>{}</p>", escape(words)),
            (false, true) => writeln!(self.body, "**{}**\n", plain(words)),
            (false, false) => writeln!(self.body, "{}\n", plain(words)),
        };
    }

    fn open(&mut self) {
        self.body.push_str(if self.html { "<ul>\n" } else { "" });
    }

    fn close(&mut self) {
        self.body.push_str(if self.html { "</ul>\n" } else { "\n" });
    }

    fn item(&mut self, words: &str, told: Option<&Told>) {
        if self.html {
            let _ = write!(self.body, "<li>{}", escape(words));
        } else {
            let _ = write!(self.body, "- {}", plain(words));
        }
        if let Some(told) = told {
            self.told(told);
        }
        self.body.push_str(if self.html { "</li>\n" } else { "\n" });
    }

    fn told(&mut self, told: &Told) {
        let sentence = told.sentence.as_deref().unwrap_or("");
        let day = told.published.map(|d| format!(", {d}")).unwrap_or_default();
        let publisher = told.publisher.as_deref().or(told.report_id.as_deref()).unwrap_or("report");
        // Only what is a web address becomes a link.
        let url = told.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
        if self.html {
            let source = match url {
                Some(url) => format!("<a href=\"{}\">{}</a>", escape(url), escape(publisher)),
                None => escape(publisher),
            };
            let _ = write!(self.body, "<br><q>{}</q> {source}{day} <code>{}</code>", escape(sentence), told.claim_id);
        } else {
            let source = match url {
                Some(url) => format!("[{}](<{}>)", plain(publisher), url.replace(['<', '>', ' '], "")),
                None => plain(publisher),
            };
            let _ = write!(self.body, "\n  \"{}\" {source}{day} `{}`", plain(sentence), told.claim_id);
        }
    }

    fn finish(self, title: &str) -> String {
        if !self.html {
            return self.body.trim_start().to_owned();
        }
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{}</title>\n<style>\n@page {{ size: A4; margin: 14mm }}\nbody {{ font: \
             10pt/1.35 serif; max-width: 46em; margin: 1em auto; padding: 0 1em; color-scheme: light dark }}\nh1 {{ font-size: \
             1.4em }} h2 {{ font-size: 1.05em; margin: .8em 0 .2em }}\nul {{ margin: .2em 0; padding-left: 1.2em }} p {{ margin: \
             .3em 0 }}\ncode {{ font-size: .8em }}\n</style>\n</head>\n<body>\n{}</body>\n</html>\n",
            escape(title),
            self.body
        )
    }
}

/// How much of each list fits one page.
const SHOWN: usize = 4;

/// The page of an answer about two parties.
pub fn pair(answer: &Answer, form: Form) -> String {
    let mut page = Page { html: form == Form::Html, body: String::new() };
    let [a, b] = &answer.parties;
    let title = format!("{} and {}: the outlook as of {}", a.name, b.name, answer.as_of);
    page.heading(1, &title);
    for caution in &answer.cautions {
        page.paragraph(caution, false);
    }
    for (i, line) in text::headline(answer).iter().enumerate() {
        page.paragraph(line, i == 0);
    }
    page.heading(2, "How it has moved");
    page.open();
    for line in text::moves(answer) {
        page.item(&line.split_whitespace().collect::<Vec<_>>().join(" "), None);
    }
    page.close();
    for (title, list) in [
        ("What moved it (share of the present rate of force; association, not cause)", &answer.moved),
        ("Around the two (not counted between them)", &answer.around),
        ("What speaks against", &answer.against),
    ] {
        if !list.is_empty() {
            page.heading(2, title);
            page.open();
            list.iter().take(SHOWN).for_each(|e| page.item(&text::happened(e), e.told.as_ref()));
            page.close();
        }
    }
    if !answer.disputed.is_empty() {
        page.heading(2, "Denied, disavowed, disputed (counts as nothing that happened)");
        page.open();
        answer.disputed.iter().take(SHOWN).for_each(|s| page.item(&text::said_of(s), Some(&s.told)));
        page.close();
    }
    if !answer.raises.is_empty() || !answer.lowers.is_empty() {
        page.heading(2, "What drives it");
        page.open();
        for mover in answer.raises.iter().take(SHOWN).chain(answer.lowers.iter().take(SHOWN)) {
            page.item(&text::driver(mover).split_whitespace().collect::<Vec<_>>().join(" "), None);
        }
        page.close();
    }
    page.heading(2, "What it rests on");
    for line in text::rests(answer) {
        page.paragraph(&line, false);
    }
    page.finish(&title)
}

/// The page of an answer about one party.
pub fn country(answer: &country::Answer, form: Form) -> String {
    let mut page = Page { html: form == Form::Html, body: String::new() };
    let title = format!("{}: the outlook as of {}", answer.party.name, answer.as_of);
    page.heading(1, &title);
    for caution in &answer.cautions {
        page.paragraph(caution, false);
    }
    for sentence in country::sentences(answer) {
        page.paragraph(&sentence, false);
    }
    if !answer.pairs.is_empty() {
        page.heading(2, &format!("Probability of {}, with 90 % interval", answer.outcome));
        page.open();
        for pair in answer.pairs.iter().take(15) {
            page.item(&country::line(pair).split_whitespace().collect::<Vec<_>>().join(" "), None);
        }
        page.close();
    }
    if !answer.force.is_empty() {
        page.heading(2, "Late force");
        page.open();
        answer.force.iter().for_each(|e| page.item(&text::happened(e), e.told.as_ref()));
        page.close();
    }
    page.paragraph(&format!("Reports of the last year: {}. Model: {}.", answer.reports_365, answer.model), false);
    page.finish(&title)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Words of a report are words, not Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_reports_are_never_markup() {
        let told = Told {
            claim_id: "c".into(),
            sentence: Some("<script>alert(1)</script> *so* [it](javascript:x)".into()),
            publisher: Some("A & B".into()),
            published: None,
            url: Some("javascript:alert(1)".into()),
            report_id: None,
            voices: Vec::new(),
        };
        for (html, lacks) in [(true, "<script>"), (false, "[it](")] {
            let mut page = Page { html, body: String::new() };
            page.item("x", Some(&told));
            assert!(!page.body.contains(lacks) && !page.body.contains("href"), "{}", page.body);
        }
    }
}
