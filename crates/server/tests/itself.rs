//! The pages about the desk itself, and the first page.

mod sample;

use forewarn_codebook::EventType;
use sample::Sample;

const PAGES: [&str; 7] = ["/", "/codebook", "/codebook/ASSAULT", "/about", "/status", "/help/filter", "/help/api"];

#[tokio::test]
async fn they_read_well_with_reports_and_without() {
    for desk in [Sample::new(), Sample::empty()] {
        for uri in PAGES {
            let answer = desk.get(uri).await;
            assert_eq!(answer.status.as_u16(), 200, "{uri}: {}", answer.text());
            let html = answer.text();
            assert_eq!(html.matches("<h1").count(), 1, "{uri}");
            assert!(!html.contains(" style="), "{uri}: a style in a tag, which the policy forbids");
            assert!(!html.contains("<script>"), "{uri}: a script in the page, which the policy forbids");
            for ending in [".json", ".csv", ".geojson", ".parquet", ".atom"] {
                let path = if uri == "/" { "/index" } else { uri };
                let data = desk.get(&format!("{path}{ending}")).await;
                assert_eq!(data.status.as_u16(), 200, "{path}{ending}: {}", data.text());
            }
        }
    }
}

#[tokio::test]
async fn the_first_page_says_what_to_do_with_an_empty_ledger() {
    let empty = Sample::empty().get("/").await.text();
    assert!(empty.contains("forewarn ingest"), "{empty}");
    let full = Sample::new().get("/").await.text();
    assert!(!full.contains("forewarn ingest"));
    assert!(full.contains("action=\"/ask\"") && full.contains("/incidents/"));
}

#[tokio::test]
async fn the_form_leads_to_the_answer_or_says_who_is_unknown() {
    let desk = Sample::new();
    let led = desk.get("/ask?a=Serbia&b=kosovo&as_of=2023-09-30").await;
    assert_eq!(
        (led.status.as_u16(), &led.headers["location"]),
        (303, &"/ask/SRB/XKX?as_of=2023-09-30".parse().expect("text"))
    );
    let unknown = desk.get("/ask?a=Serbea&b=XKX").await;
    assert_eq!(unknown.status.as_u16(), 404);
    assert!(unknown.text().contains("/ask?a=SRB&amp;b=XKX"), "{}", unknown.text());
    let same = desk.get("/ask?a=SRB&b=Serbia").await;
    assert!(same.status.is_success() && same.text().contains("of one party"));
    let nothing = desk.get("/ask").await;
    assert!(nothing.status.is_success());
    // What is typed is text, and only ever leads to this desk.
    let odd = desk.get("/ask?a=%3Cscript%3E&b=%22onload%3D1").await.text();
    assert!(!odd.contains("<script>") && !odd.contains("\"onload"), "{odd}");
    assert_eq!(desk.get("/ask?c=1").await.status.as_u16(), 400);
}

#[tokio::test]
async fn every_type_has_its_page_with_its_examples() {
    let desk = Sample::new();
    for event in EventType::ALL {
        let name = event.as_str();
        let html = desk.get(&format!("/codebook/{name}")).await.text();
        let data = desk.get(&format!("/codebook/{name}.json")).await.json();
        let examples = data["examples"].as_array().expect("examples");
        assert_eq!(html.matches("<li class=\"card\">").count(), examples.len(), "{name}");
        assert!(!html.contains("```") && html.contains("Excludes"), "{name}");
        for mode in event.modes() {
            assert!(html.contains(mode), "{name}: {mode}");
        }
    }
    assert_eq!(desk.get("/codebook/assault").await.status.as_u16(), 200);
    let wrong = desk.get("/codebook/ASAULT.json").await;
    assert_eq!((wrong.status.as_u16(), wrong.json()["suggestions"][0].clone()), (404, "/codebook/ASSAULT".into()));
}

#[tokio::test]
async fn the_status_tells_runs_and_no_folder() {
    let desk = Sample::new();
    let status = desk.get("/status.json").await.json();
    assert_eq!(status["runs"][0]["kind"], "ingest");
    assert_eq!(status["ledger"]["file"], "t.sqlite");
    let folder = desk.path().parent().expect("a folder").to_string_lossy().into_owned();
    for uri in ["/status", "/status.json"] {
        assert!(!desk.get(uri).await.text().contains(&folder), "{uri}");
    }
    assert_eq!(status["desk"]["coder_loaded"], false);
    let coded = desk
        .post("/v1/code", "text/plain", "Gunmen killed three soldiers near Gao on Monday, the army said.")
        .await
        .json();
    assert_eq!(coded["claims"][0]["event_type"], "ASSAULT", "{coded}");
    assert_eq!(desk.get("/status.json").await.json()["desk"]["coder_loaded"], true);
}

#[tokio::test]
async fn the_codebook_is_that_of_the_coder() {
    let mut files: Vec<(&str, &str)> = forewarn_codebook::files::all().to_vec();
    files.retain(|f| f.0 != "codebook/aid.md");
    for f in &mut files {
        if f.0 == "codebook/assault.md" {
            f.1 = "# ASSAULT\n\nForce in words of our own.\n";
        }
    }
    let desk = Sample::knowing(&files);
    assert!(desk.get("/codebook/ASSAULT").await.text().contains("Force in words of our own."));
    assert!(desk.get("/codebook").await.text().contains("Force in words of our own."));
    let none = desk.get("/codebook/AID").await;
    assert!(none.status.is_success() && none.text().contains("has no sheet of this type"), "{}", none.text());
}

#[tokio::test]
async fn what_another_process_writes_is_seen_at_once() {
    let desk = Sample::empty();
    let before = desk.get("/status.json").await.json();
    let mut ledger = forewarn_ledger::Ledger::create(&desk.path()).expect("opened");
    let run = ledger.begin("ingest", &forewarn_ledger::Means::default(), "{}", "2023-10-01T00:00:00Z").expect("begun");
    let after = desk.get("/status.json").await.json();
    assert_eq!((&before["runs_in_all"], &after["runs_in_all"]), (&0.into(), &1.into()), "{after}");
    ledger.end(run, "2023-10-01T00:00:01Z").expect("ended");
    let ended = desk.get("/status.json").await.json();
    assert_eq!((&after["meta"]["run"], &ended["meta"]["run"]), (&serde_json::Value::Null, &1.into()), "{ended}");
}
