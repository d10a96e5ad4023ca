//! Lists, evidence, incidents, reports and actors: every figure leads to its sentence, and what a report says is text.

mod sample;

use std::collections::BTreeSet;
use std::path::Path;

use forewarn_codebook::{KnowledgeFile, files};
use forewarn_coder::Pipeline;
use forewarn_exchange::read::{self, Options};
use forewarn_ledger::{Entry, Ledger, Means, Writer};
use forewarn_report::Report;
use sample::Sample;
use serde_json::Value;

const NOW: &str = "2023-10-02T00:00:00Z";
const ENDINGS: [&str; 5] = [".json", ".csv", ".geojson", ".parquet", ".atom"];

/// A page that browsers and readers of screens can work with, and that the policy lets run.
fn sound(uri: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{uri}: headings");
    assert!(!html.contains(" style=") && !html.contains("<script>"), "{uri}: what the policy forbids");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{uri}: an id twice in {ids:?}");
    for label in html.split(" for=\"").skip(1).filter_map(|s| s.split('"').next()) {
        assert!(ids.contains(&label), "{uri}: a label for `{label}`, which is not there");
    }
    for anchor in html.split(" href=\"#").skip(1).filter_map(|s| s.split('"').next()) {
        assert!(ids.contains(&anchor), "{uri}: a link to #{anchor}, which is not there");
    }
}

/// The addresses of the desk that a page links to.
fn links(html: &str, under: &str) -> Vec<String> {
    html.split(" href=\"")
        .skip(1)
        .filter_map(|s| s.split('"').next())
        .filter(|h| {
            h.starts_with(under) && !ENDINGS.iter().any(|e| h.split('?').next().is_some_and(|p| p.ends_with(e)))
        })
        .map(|h| h.replace("&amp;", "&"))
        .collect()
}

async fn rows(desk: &Sample, uri: &str) -> Vec<Value> {
    let answer = desk.get(uri).await;
    assert!(answer.status.is_success(), "{uri}: {}", answer.text());
    answer.json()["rows"].as_array().cloned().unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[tokio::test]
async fn every_page_is_there_in_every_form_with_reports_and_without() {
    let desk = Sample::new();
    let claim = &rows(&desk, "/events.json?limit=1").await[0];
    let incident = &rows(&desk, "/incidents.json?limit=1&sort=most-told").await[0];
    let pages = [
        "/incidents".to_owned(),
        "/events".to_owned(),
        format!("/incidents/{}", text(incident, "incident_id")),
        format!("/events/{}", text(claim, "claim_id")),
        format!("/reports/{}", text(claim, "report_id")),
        "/actors/SRB".to_owned(),
        "/actors/Kosovo".to_owned(),
        "/actors/srb".to_owned(),
    ];
    for uri in &pages {
        let answer = desk.get(uri).await;
        assert_eq!(answer.status.as_u16(), 200, "{uri}: {}", answer.text());
        sound(uri, &answer.text());
        for ending in ENDINGS {
            let data = desk.get(&format!("{uri}{ending}")).await;
            assert_eq!(data.status.as_u16(), 200, "{uri}{ending}: {}", data.text());
            assert!(!data.body.is_empty(), "{uri}{ending}");
        }
        // The day asked about goes along.
        let then = desk.get(&format!("{uri}?as_of=2023-09-25")).await.text();
        let inner = links(&then, "/").into_iter().filter(|h| !h.starts_with("/assets/") && !h.starts_with("/help"));
        let lost: Vec<String> = inner
            .filter(|h| h.starts_with("/incidents/") || h.starts_with("/events/") || h.starts_with("/actors/"))
            .filter(|h| !h.contains("as_of=2023-09-25") && !h.split('?').next().is_some_and(|p| p.contains('.')))
            .collect();
        assert!(lost.is_empty(), "{uri}: these lose the day: {lost:?}");
    }
    let empty = Sample::empty();
    for uri in ["/incidents", "/events", "/actors/SRB", "/incidents?q=type:ASSAULT+country:XKX"] {
        let answer = empty.get(uri).await;
        assert_eq!(answer.status.as_u16(), 200, "{uri}");
        sound(uri, &answer.text());
        assert!(answer.text().contains("class=\"empty\""), "{uri}");
    }
    for uri in ["/incidents/0123456789abcdef", "/events/nothing", "/reports/no/such", "/actors/Nobodyatall"] {
        assert_eq!(empty.get(uri).await.status.as_u16(), 404, "{uri}");
    }
}

#[tokio::test]
async fn a_list_leads_to_its_sentences_and_from_there_back() {
    let desk = Sample::new();
    let list = desk.get("/incidents?q=country:XKX").await.text();
    let incident = links(&list, "/incidents/").into_iter().next().expect("an incident");
    let page = desk.get(&incident).await.text();
    let claim = links(&page, "/events/").into_iter().next().expect("a claim");
    let evidence = desk.get(&claim).await.text();
    sound(&claim, &evidence);
    assert!(evidence.contains("class=\"evidence\"") && evidence.contains("class=\"m-verb\""), "{evidence}");
    assert!(links(&evidence, "/incidents/").contains(&incident), "it leads back to {incident}");
    let report = links(&evidence, "/reports/").into_iter().next().expect("a report");
    let report = desk.get(&report).await.text();
    assert!(report.contains("class=\"m-sentence\"") && links(&report, "/events/").contains(&claim));
}

/// What a report says, without the labels and marks that were put to it.
fn spoken(html: &str) -> String {
    let mut rest = html
        .replace("<span class=\"visually-hidden\"> (</span>", "")
        .replace("<span class=\"visually-hidden\">)</span>", "");
    while let Some(at) = rest.find("<span class=\"m-label\">") {
        let end = rest[at..].find("</span>").expect("a label ends") + "</span>".len();
        rest.replace_range(at..at + end, "");
    }
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').expect("a tag ends") + 1;
        rest.replace_range(at..at + end, "");
    }
    rest.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[tokio::test]
async fn the_marked_sentence_is_the_sentence() {
    let desk = Sample::new();
    for row in rows(&desk, "/events.json?limit=200").await {
        let uri = format!("/events/{}", text(&row, "claim_id"));
        let html = desk.get(&uri).await.text();
        sound(&uri, &html);
        let marked =
            html.split("<p class=\"evidence\">").nth(1).and_then(|s| s.split("</p>").next()).expect("a sentence");
        let words = spoken(marked);
        assert_eq!(words, text(&row, "evidence"), "{uri}");
    }
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_drawn_and_kept() {
    let desk = Sample::new();
    for list in ["/incidents", "/events"] {
        let answer = desk.get(&format!("{list}?q=typ:ASSAULT%20%22%3E%3Cb%3E")).await;
        assert_eq!(answer.status.as_u16(), 400);
        let html = answer.text();
        sound(list, &html);
        assert!(html.contains("value=\"typ:ASSAULT &quot;&gt;&lt;b&gt;\""), "what was typed is kept: {html}");
        assert!(html.contains("role=\"alert\"") && html.contains("unknown field"), "{html}");
        let data = desk.get(&format!("{list}.csv?q=typ:ASSAULT")).await;
        assert_eq!((data.status.as_u16(), data.media_type().as_str()), (400, "application/problem+json"));
        assert_eq!(data.json()["code"], "bad-filter");
        let token = desk.get(&format!("{list}.json?after=nonsense")).await;
        assert_eq!((token.status.as_u16(), token.json()["code"].as_str()), (400, Some("bad-token")));
    }
    // Nothing found: which term to drop.
    let html = desk.get("/incidents?q=type:ASSAULT+killed%3E%3D900").await.text();
    assert!(html.contains("without <code>killed&gt;=900</code>"), "{html}");
}

#[tokio::test]
async fn facets_narrow_and_pages_go_on_to_the_end() {
    let desk = Sample::new();
    let all = desk.get("/events.json").await.json();
    let total = all["total"].as_u64().expect("a number");
    let types = all["facets"].as_array().and_then(|f| f.iter().find(|f| f["field"] == "type")).expect("types").clone();
    let first = &types["values"][0];
    let narrowed = desk.get(&format!("/events.json?q=type:{}", text(first, "value"))).await.json();
    assert_eq!(narrowed["total"], first["count"], "a facet says how many there are behind it");
    let (mut uri, mut seen) = ("/events?limit=7".to_owned(), BTreeSet::new());
    for _ in 0..100 {
        let html = desk.get(&uri).await.text();
        seen.extend(links(&html, "/events/").into_iter().filter(|h| !h.contains('?') && !h.contains(".json")));
        match html.split("<a href=\"").find(|s| s.contains("rel=\"next nofollow\"") && s.find('"') < s.find('>')) {
            Some(next) => uri = next.split('"').next().unwrap_or("").replace("&amp;", "&"),
            None => break,
        }
    }
    assert_eq!(seen.len() as u64, total, "each claim once over all pages");
    let csv = desk.get("/events.csv?limit=7").await.text();
    assert!(csv.lines().count() as u64 > total, "an export gives the whole list, not its page");
}

#[tokio::test]
async fn what_came_later_is_not_told() {
    let desk = Sample::new();
    let incident = &rows(&desk, "/incidents.json?limit=1&sort=most-told&q=type:ASSAULT").await[0];
    let uri = format!("/incidents/{}", text(incident, "incident_id"));
    let now = desk.get(&format!("{uri}.json")).await.json();
    let then = desk.get(&format!("{uri}.json?as_of=2023-09-24")).await.json();
    let claims = |v: &Value| v["claims"].as_array().cloned().unwrap_or_default();
    assert!(claims(&then).len() < claims(&now).len());
    assert!(claims(&then).iter().all(|c| text(c, "published") <= "2023-09-24"));
    let late = claims(&now).into_iter().find(|c| text(c, "published") > "2023-09-24").expect("a later account");
    let page = desk.get(&format!("/events/{}?as_of=2023-09-24", text(&late, "claim_id"))).await.text();
    assert!(page.contains("Not known on the day asked about"), "{page}");
}

#[tokio::test]
async fn a_parse_is_made_when_asked_for_and_a_correction_prepared() {
    let desk = Sample::new();
    let incident = &rows(&desk, "/incidents.json?limit=1&sort=most-told").await[0];
    let id = text(incident, "incident_id");
    let record = desk.get(&format!("/incidents/{id}.json")).await.json();
    let claim = text(&record["claims"][0], "claim_id").to_owned();
    let uri = format!("/events/{claim}");
    let plain = desk.get(&uri).await.text();
    assert!(plain.contains("parse=1") && !plain.contains("class=\"arcs\""));
    let parsed = desk.get(&format!("{uri}.json?parse=1")).await.json();
    let words = parsed["parse"]["words"].as_array().expect("words").clone();
    assert!(words.iter().filter(|w| w["head"].is_null()).count() >= 1 && words.len() > 3, "{words:?}");
    let drawn = desk.get(&format!("{uri}?parse=1")).await.text();
    sound(&uri, &drawn);
    assert!(drawn.contains("class=\"arcs\""));
    let split = desk.get(&format!("{uri}?wrong=merged&right=it%27s%20another%3B%20rm%20-rf%20~")).await.text();
    assert!(
        split.contains(&format!("forewarn incidents split {id} {claim} --note 'it'\\''s another; rm -rf ~'")),
        "{split}"
    );
    let other = desk.get(&format!("{uri}?wrong=actor&right=%3Cscript%3E")).await;
    assert!(other.status.is_success() && other.text().contains("&lt;script&gt;"));
    assert_eq!(desk.get(&format!("{uri}?wrong=everything")).await.status.as_u16(), 400);
}

/// Reads texts into a desk's ledger while the desk is open.
fn add(desk: &Sample, reports: Vec<Report>) {
    let pipeline = Pipeline::from_files(&KnowledgeFile::base(files::all()), true).expect("built in");
    let entries: Vec<Entry> = reports
        .into_iter()
        .map(|report| {
            let (sentences, coding) = pipeline.code(&report);
            Entry::new(report, &sentences, coding.claims)
        })
        .collect();
    assert!(entries.iter().all(|e| e.claims() > 0), "nothing was coded");
    let mut ledger = Ledger::create(&desk.path()).expect("opened");
    let run = ledger.begin("ingest", &Means::default(), "{}", NOW).expect("begun");
    let mut writer = Writer::new();
    writer.store(&mut ledger, run, &entries).expect("stored");
    ledger.end(run, NOW).expect("ended");
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merged");
}

#[tokio::test]
async fn a_hostile_report_is_text() {
    let desk = Sample::new();
    let mut report = Report::from_text(
        "Army <script>alert(1)</script> shelled a town\n\nThe <img src=x onerror=alert(1)> army shelled the town of Goma on Monday, killing 3 people, \"police\" & others said.",
    )
    .expect("it has words");
    report.report_id = "a/b?c=<d>\"'#x.json".to_owned();
    report.url = Some("javascript:alert(1)".to_owned());
    report.publisher = Some("\"><svg onload=alert(1)>".to_owned());
    report.published = "2023-09-27".parse().ok();
    report.language = Some("en".to_owned());
    add(&desk, vec![report]);
    let row = rows(&desk, "/events.json?q=published:2023-09-27&limit=1").await.remove(0);
    let claim = format!("/events/{}", text(&row, "claim_id"));
    let incident = format!("/incidents/{}", text(&row, "incident_id"));
    let evidence = desk.get(&claim).await.text();
    let report = links(&evidence, "/reports/").into_iter().next().expect("its report");
    for uri in [
        &claim,
        &format!("{claim}?parse=1"),
        &incident,
        &report,
        "/incidents?q=published:2023-09-27",
        "/events?q=published:2023-09-27",
    ] {
        let answer = desk.get(uri).await;
        assert_eq!(answer.status.as_u16(), 200, "{uri}");
        let html = answer.text();
        sound(uri, &html);
        for bad in ["<img", "<svg onload", "javascript:", "<script>alert"] {
            assert!(!html.contains(bad), "{uri}: {bad}");
        }
    }
    let atom = desk.get("/events.atom?q=published:2023-09-27").await.text();
    assert!(!atom.contains("<script>") && !atom.contains("<img"), "{atom}");
    let json = desk.get(&format!("{report}.json")).await.json();
    assert_eq!(json["report_id"], "a/b?c=<d>\"'#x.json");
}

#[tokio::test]
async fn a_withdrawn_incident_leads_to_what_it_became() {
    let desk = Sample::new();
    let list = rows(&desk, "/incidents.json?limit=2&q=type:ASSAULT").await;
    let (a, b) = (text(&list[0], "incident_id"), text(&list[1], "incident_id"));
    assert!(desk.get(&format!("/incidents/{b}")).await.status.is_success());
    {
        let mut ledger = Ledger::create(&desk.path()).expect("opened");
        ledger.correct_merge(a, b, "one and the same", NOW).expect("corrected");
        ledger.merge_all(&mut Writer::new(), 1000, &mut |_| {}).expect("merged");
    }
    let mut gone = 0;
    for id in [a, b] {
        let uri = format!("/incidents/{id}");
        let answer = desk.get(&uri).await;
        sound(&uri, &answer.text());
        if answer.status.as_u16() == 410 {
            gone += 1;
            let to = links(&answer.text(), "/incidents/").into_iter().next().expect("what it became");
            assert!(desk.get(&to).await.status.is_success(), "{to}");
            assert!(!desk.get(&format!("{uri}.json")).await.json()["now"].is_null());
        } else {
            assert!(answer.text().contains("By hand, with"), "the merge by hand is told: {}", answer.text());
        }
    }
    assert_eq!(gone, 1);
}

#[tokio::test]
async fn a_claim_that_was_read_anew_leads_to_what_stands_in_its_place() {
    let desk = Sample::new();
    let row = rows(&desk, "/events.json?limit=1&q=type:ASSAULT+report:banjska-01").await.remove(0);
    let old = text(&row, "claim_id").to_owned();
    let new = "fedcba9876543210";
    {
        let pipeline = Pipeline::from_files(&KnowledgeFile::base(files::all()), true).expect("built in");
        let mut ledger = Ledger::create(&desk.path()).expect("opened");
        let stored = ledger.stored_reports(0, 100).expect("read");
        let it = stored.into_iter().find(|s| s.report.report_id == text(&row, "report_id")).expect("the report");
        let (sentences, mut coding) = pipeline.code(&it.report);
        let claim = coding.claims.iter_mut().find(|c| c.claim_id == old).expect("coded again");
        claim.claim_id = new.to_owned();
        let run = ledger.begin("recode", &Means::default(), "{}", NOW).expect("begun");
        let mut writer = Writer::new();
        let entry = Entry::new(it.report, &sentences, coding.claims);
        ledger.replace(&mut writer, run, &[(it.row, entry)]).expect("replaced");
        ledger.end(run, NOW).expect("ended");
        ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merged");
    }
    let uri = format!("/events/{old}");
    let html = desk.get(&uri).await.text();
    sound(&uri, &html);
    assert!(html.contains("This claim stands no more"), "{html}");
    assert_eq!(links(&html, "/events/").first().map(String::as_str), Some(format!("/events/{new}").as_str()));
    assert!(desk.get(&format!("/events/{new}")).await.status.is_success());
}

#[tokio::test]
async fn an_event_of_another_set_is_shown_as_theirs() {
    let desk = Sample::new();
    {
        let names = forewarn_answer::Names::from_files(&KnowledgeFile::base(files::all())).expect("no fault");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/data/icews.tsv");
        let mut file = std::io::BufReader::new(std::fs::File::open(path).expect("the file is there"));
        let mut events = Vec::new();
        let options = Options::new("icews.tsv", &names.codebook.cameo, &names.actors);
        read::read(&mut file, None, &options, &mut |row| events.extend(row.ok())).expect("read");
        let mut ledger = Ledger::create(&desk.path()).expect("opened");
        let run = ledger.begin("import", &Means::default(), "{}", NOW).expect("begun");
        Writer::new().import(&mut ledger, run, "icews.tsv", &events).expect("imported");
        ledger.end(run, NOW).expect("ended");
    }
    for row in rows(&desk, "/events.json?q=set:icews").await {
        let uri = format!("/events/{}", sample_segment(text(&row, "claim_id")));
        let answer = desk.get(&uri).await;
        assert_eq!(answer.status.as_u16(), 200, "{uri}");
        let html = answer.text();
        sound(&uri, &html);
        assert!(html.contains("An event of the imported set <strong>icews</strong>"), "{html}");
        assert!(html.contains("own columns") && !html.contains("Report a miscoding"), "{html}");
    }
}

fn sample_segment(id: &str) -> String {
    forewarn_server::asked::segment(id)
}

#[tokio::test]
async fn actors_are_states_bodies_groups_peoples_and_holders_of_office() {
    let desk = Sample::new();
    let kosovo = desk.get("/actors/XKX").await.text();
    assert!(kosovo.contains("<h1>Kosovo") && kosovo.contains("KSV") && kosovo.contains("/dyads/XKX/SRB"), "{kosovo}");
    let json = desk.get("/actors/XKX.json").await.json();
    let acted = desk.get("/incidents.json?q=actor:XKX+status:asserted").await.json();
    assert_eq!(json["as_actor"]["incidents"], acted["total"], "the figure is that of the list it leads to");
    let person = desk.get("/actors/Aleksandar%20Vu%C4%8Di%C4%87").await;
    assert!(person.status.is_success() && person.text().contains("holder of public office"), "{}", person.text());
    assert!(!person.text().contains("/dyads/"), "no list of what a person did");
    let near = desk.get("/actors/Serbea").await;
    assert_eq!(near.status.as_u16(), 404);
}
