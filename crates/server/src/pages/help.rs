//! `/help/filter` and `/help/api`: the filter language and the API, for people.

use forewarn_filter::FIELDS;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::address;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::Page;
use crate::show::ticked::ticked;
use crate::table::Table;
use crate::v1::{ENDPOINTS, Method, advice};

struct FilterHelp;

/// Makes `/help/filter`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every page may fail.
pub fn filter(_: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    Ok(Box::new(FilterHelp))
}

/// Filters to begin with, and what they ask.
const BEGINNINGS: [(&str, &str); 6] = [
    ("country:XKX since:2023-09", "Everything that touches Kosovo since September 2023"),
    ("type:ASSAULT killed>=3", "Uses of force with three dead or more"),
    ("dyad:SRB<>XKX quad:conflict", "Conflict between Serbia and Kosovo, either way"),
    ("publishers>=2 -disputed:yes", "What two publishers or more tell, and nobody disputes"),
    ("near:42.97,20.78,25km", "What happened within 25 km of Banjska"),
    ("\"licence plate*\"", "Sentences with these words"),
];

impl Page for FilterHelp {
    fn title(&self) -> String {
        "The filter language".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        let table = self.table()?;
        Ok(json!({ "columns": table.columns, "fields": table.rows }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new(["field", "also", "operators", "values", "meaning", "example"]);
        for f in FIELDS {
            out.rows.push(vec![
                f.name.into(),
                f.aliases.join(" ").into(),
                f.operators().into(),
                f.values.into(),
                f.meaning.into(),
                f.example.into(),
            ]);
        }
        Ok(out)
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let list = |q: &str| {
            let mut query = vec![("q", q)];
            query.extend(frame.asked.get("as_of").map(|d| ("as_of", d)));
            address("/incidents", query)
        };
        html! {
            h1 { (self.title()) }
            p { "One line of words says which claims or incidents are meant: in lists, on the map, in feeds, in the API, in exports and on the command line." }
            section {
                h2 { "To begin with" }
                ul { @for (q, what) in BEGINNINGS { li { a href=(list(q)) { code { (q) } } " " (what) "." } } }
            }
            section {
                h2 { "How it reads" }
                ul {
                    li { "Terms have spaces between them, and " strong { "all must hold" } ". There are no brackets and no " code { "OR" } "." }
                    li { "A term is " code { "field:value" } ". With commas between several values, " strong { "any may hold" } ": " code { "type:ASSAULT,COERCE" } "." }
                    li { "Figures and days are compared: " code { "killed>=3" } ", " code { "published<2023-10" } "." }
                    li { code { "-" } " before a term turns it round; it then holds as well where nothing is known." }
                    li { "A bare word or a " code { "\"phrase\"" } " is looked for in the sentence; " code { "*" } " at its end stands for any ending." }
                    li { "Quotes hold a value with spaces together: " code { "place:\"Kosovska Mitrovica\"" } "." }
                    li { "Case matters only in codes of parties: " code { "SRB" } " is Serbia, " code { "srb" } " are Serbs." }
                    li { "A filter that cannot be read is drawn with a mark under the place that is meant, and a word on what was expected." }
                }
            }
            section {
                h2 { "Parties" }
                p {
                    "A party is a country's code or name (" code { "SRB" } ", " code { "Serbia" } "), a group's (" code { "KFOR" }
                    "), a people's (" code { "srb" } "), a sector (" code { "COP" } " police, " code { "MIL" }
                    " forces), or several joined by dots: " code { "XKX.COP" } " is the police of Kosovo. Two of them make a dyad: "
                    code { "dyad:SRB>XKX" } " one way, " code { "dyad:SRB<>XKX" } " both."
                }
            }
            section {
                h2 #fields { "Fields" }
                div.table-box tabindex="0" role="region" aria-labelledby="fields" {
                    table.rows {
                        caption.visually-hidden { "Fields of the filter language" }
                        thead {
                            tr {
                                th scope="col" { "field" } th scope="col" { "what it means, and an example" }
                                th scope="col" { "values" } th scope="col" { "operators" }
                            }
                        }
                        tbody {
                            @for f in FIELDS {
                                tr id={ "field-" (f.name) } {
                                    th scope="row" {
                                        code { (f.name) }
                                        @for alias in f.aliases { " " small { "or " code { (alias) } } }
                                    }
                                    td {
                                        (ticked(f.meaning)) br;
                                        a href=(list(f.example)) { code { (f.example) } }
                                    }
                                    td { (ticked(f.values)) }
                                    td { code { (f.operators()) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

struct ApiHelp {
    sql: bool,
}

/// Makes `/help/api`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every page may fail.
pub fn api(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    Ok(Box::new(ApiHelp { sql: context.desk.options.sql }))
}

impl Page for ApiHelp {
    fn title(&self) -> String {
        "The API".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({ "index": "/v1/", "openapi": "/v1/openapi.json", "sql": self.sql }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new(["method", "path", "what", "parameters"]);
        for e in ENDPOINTS {
            let takes: Vec<&str> = e.takes.iter().map(|p| p.name).collect();
            out.rows.push(vec![method(e.method).into(), e.path.into(), e.what.into(), takes.join(" ").into()]);
        }
        Ok(out)
    }

    fn html(&self, _: &Frame<'_>) -> Markup {
        html! {
            h1 { (self.title()) }
            p { "Whatever a page shows, its address gives as data. For programs that are to last there is " a href="/v1/" { "/v1/" } ", described by " a href="/v1/openapi.json" { "an OpenAPI document" } "." }
            section {
                h2 { "Pages as data" }
                p { "Put an ending behind a page's path, before the query:" }
                pre { code {
                    "curl 'http://localhost:8080/incidents.json?q=country:XKX+since:2023-09'\n"
                    "curl 'http://localhost:8080/incidents.csv?q=type:ASSAULT' > assaults.csv\n"
                    "curl 'http://localhost:8080/map.geojson?q=country:XKX'\n"
                    "curl 'http://localhost:8080/ask/SRB/XKX.json?as_of=2023-09-30'"
                } }
                ul {
                    li { code { ".json" } " everything that the page tells, with " code { "meta" } ": as of when, out of which run, how to cite it." }
                    li { code { ".csv" } ", " code { ".parquet" } " its main table; of lists, all of it." }
                    li { code { ".geojson" } " what of it has a place, no finer than the text says it." }
                    li { code { ".atom" } " what is new: a feed of any filter." }
                }
            }
            section {
                h2 #endpoints { "Endpoints" }
                div.table-box tabindex="0" role="region" aria-labelledby="endpoints" {
                    table.rows {
                        caption.visually-hidden { "Endpoints of the API" }
                        thead { tr { th scope="col" { "endpoint" } th scope="col" { "what it gives" } th scope="col" { "parameters" } } }
                        tbody {
                            @for e in ENDPOINTS {
                                tr {
                                    th scope="row" {
                                        (method(e.method)) " "
                                        @if e.method == Method::Get && !e.path.contains('{') && (self.sql || e.path != "/v1/sql") {
                                            a href=(link(e.path, e.like)) { code { (e.path) } }
                                        } @else { code { (e.path) } }
                                        @if e.path == "/v1/sql" && !self.sql { " " small { "(switched off here)" } }
                                    }
                                    td { (e.what) }
                                    td { @for (i, p) in e.takes.iter().enumerate() { @if i > 0 { ", " } code title=(p.what) { (p.name) } } }
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "Rules" }
                ul {
                    li { "A parameter that an address does not take is an error that names the right one, never passed over." }
                    li { "Lists give " code { "next" } "; put it into " code { "after" } " for the next page. It is not to be made up." }
                    li { "Every answer has an " code { "ETag" } "; sent back as " code { "If-None-Match" } " it costs nothing while the ledger stays the same." }
                    li { code { "as_of" } " leaves out what was published later." }
                    li { "What goes wrong is problem details (RFC 9457) with a stable " code { "code" } ":" }
                }
                div.table-box tabindex="0" role="region" aria-labelledby="problems" {
                    table.rows {
                        caption #problems { "Codes of problems" }
                        thead { tr { th scope="col" { "code" } th scope="col" { "status" } th scope="col" { "what it means" } th scope="col" { "what to do" } } }
                        tbody {
                            @for (code, status, title) in crate::fault::CODES {
                                tr { th scope="row" { code { (code) } } td { (status) } td { (title) } td { (ticked(advice(code))) } }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "A text of your own" }
                pre { code { "curl -H 'content-type: text/plain' --data-binary @report.txt http://localhost:8080/v1/code" } }
                p { "gives the claims that Forewarn reads in it, and for every other sentence why it gave none. Nothing is stored." }
            }
            section {
                h2 { "Beyond this machine" }
                p { "The desk listens on loopback unless told otherwise. Elsewhere every request must bear a token, " code { "Authorization: Bearer TOKEN" } ", and TLS is a proxy's work." }
            }
        }
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
    }
}

fn link(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
