//! What stands around every page: head, navigation, the ledger's stamp, the foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::asked::Asked;
use crate::assets;
use crate::desk::{Desk, Stamp};
use crate::form::Form;
use crate::page::Page;

/// What a page knows of its surroundings.
pub struct Frame<'a> {
    /// The desk.
    pub desk: &'a Desk,
    /// What was asked.
    pub asked: &'a Asked,
    /// The ledger's stamp.
    pub stamp: &'a Stamp,
}

/// The pages of the navigation: address, name.
const NAVIGATION: [(&str, &str); 8] = [
    ("/", "Ask"),
    ("/watchlist", "Watchlist"),
    ("/incidents", "Incidents"),
    ("/events", "Claims"),
    ("/map", "Map"),
    ("/score", "Score"),
    ("/codebook", "Codebook"),
    ("/about", "About"),
];

impl Frame<'_> {
    /// A link that keeps the day asked about: what was known then stays what is seen.
    pub fn link(&self, path: &str) -> String {
        match self.asked.get("as_of") {
            // Some paths bring a query of their own.
            Some(day) if path.contains('?') => format!("{path}&as_of={day}"),
            Some(day) => crate::asked::address(path, [("as_of", day)]),
            None => path.to_owned(),
        }
    }

    /// The whole document.
    pub fn document(&self, page: &dyn Page) -> Markup {
        let body = page.html(self);
        self.around(&page.title(), &body, true)
    }

    /// A document with this body; `data` says whether the address has its data in other forms.
    pub fn around(&self, title: &str, body: &Markup, data: bool) -> Markup {
        let here = self.asked.path.as_str();
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · Forewarn" }
                    link rel="stylesheet" href=(*assets::STYLE_HREF);
                    link rel="icon" href="data:,";
                    @if data {
                        link rel="alternate" type="application/json" href=(self.asked.link(Form::Json, &[]));
                        link rel="alternate" type="application/atom+xml" title=(title) href=(self.asked.link(Form::Atom, &[]));
                    }
                    @if let Some(script) = &*assets::SCRIPT_HREF {
                        script type="module" src=(script) {}
                    }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header.site-head {
                        a.site-name href="/" { "Forewarn" }
                        nav.site-nav aria-label="Pages" {
                            ul {
                                @for (path, name) in NAVIGATION {
                                    @let current = here == path || (path != "/" && here.starts_with(&format!("{path}/")));
                                    li { a href=(self.link(path)) aria-current=[current.then_some("page")] { (name) } }
                                }
                            }
                        }
                        button.theme-toggle type="button" data-theme-toggle hidden { "Theme" }
                    }
                    main #main tabindex="-1" { (body) }
                    footer.site-foot { (self.foot(data)) }
                }
            }
        }
    }

    fn foot(&self, data: bool) -> Markup {
        let stamp = self.stamp;
        html! {
            p.stamp {
                @if let Some(day) = stamp.through {
                    "Data through " time datetime=(day) { (day) } " · "
                } @else if stamp.reports > 0 { "No report has a day of publication · " }
                @if let Some(day) = self.asked.get("as_of") { strong { "as of " time datetime=(day) { (day) } } " · " }
                (count(stamp.reports, "report", "reports")) " · "
                (count(stamp.claims, "claim", "claims")) " · "
                (count(stamp.incidents, "incident", "incidents"))
                @if stamp.waiting > 0 { " · " (count(stamp.waiting, "claim waits", "claims wait")) " to be merged" }
                " · " a href="/alerts" { "alerts" } " · " a href="/status" { "status" }
            }
            @if data { (self.exports()) }
            p.disclaimer {
                "Coded by machine from news reports: every figure leads to its sentence, and none is a finding of fact. "
                "For early warning, research and reporting; not for targeting or operations. "
                a href="/about" { "Method and limits" } "."
            }
            p.made {
                (self.desk.options.program)
                @if let Some(codebook) = &stamp.codebook { " · codebook " code { (codebook) } }
                @if let Some(run) = stamp.run { " · run " (run) }
                " · page made on " (Desk::today())
                @if !assets::have_scripts() { " · this build has no scripts: everything works without them" }
            }
        }
    }

    /// Links to the same thing as data.
    pub fn exports(&self) -> Markup {
        html! {
            nav.exports aria-label="This page as data" {
                span { "This page as " }
                @for form in Form::DATA {
                    a href=(self.asked.link(form, &[])) download=[(!matches!(form, Form::Json | Form::Atom)).then_some("")] {
                        (form.name())
                    }
                }
            }
        }
    }
}

/// A number with thousands apart, and its noun.
pub fn count(n: u64, one: &str, many: &str) -> Markup {
    html! { (thousands(n)) " " (if n == 1 { one } else { many }) }
}

/// A number with a thin space between thousands.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out
}

/// SVG that this crate drew itself.
pub fn svg(text: String) -> Markup {
    PreEscaped(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_stand_apart() {
        assert_eq!(super::thousands(7), "7");
        assert_eq!(super::thousands(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
