//! The API: what its document says is what it does.

mod sample;

use axum::body::Body;
use axum::http::{Method, Request};
use sample::Sample;
use serde_json::{Value, json};

/// The example of a parameter, or a value of its kind.
fn example(parameter: &Value) -> String {
    let schema = &parameter["schema"];
    match (&parameter["example"], &schema["enum"]) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(n), _) => n.to_string(),
        (_, Value::Array(words)) => words[0].as_str().expect("a word").to_owned(),
        _ if schema["format"] == "date" => "2023-09-30".to_owned(),
        _ if schema["type"] == "integer" => schema["minimum"].to_string(),
        _ => String::new(),
    }
}

/// The ids that stand in paths: the first of the ledger.
async fn ids(desk: &Sample) -> [String; 3] {
    let events = desk.get("/v1/events?limit=1").await.json();
    let incidents = desk.get("/v1/incidents?limit=1").await.json();
    let id = |v: &Value, name: &str| v["rows"][0][name].as_str().expect("an id").to_owned();
    [id(&events, "claim_id"), id(&incidents, "incident_id"), id(&events, "report_id")]
}

/// Whether a value has the shape of a schema; in words where not.
fn fits(value: &Value, schema: &Value, all: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or("");
        return fits(value, &all[name], all, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let faults: Vec<String> = any.iter().filter_map(|s| fits(value, s, all, at).err()).collect();
        return if faults.len() == any.len() { Err(faults.join("; ")) } else { Ok(()) };
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fitting = kinds.contains(&kind) || (kind == "integer" && kinds.contains(&"number"));
    if !fitting {
        return Err(format!("{at}: {kind}, the document says {kinds:?}"));
    }
    if let (Value::Array(items), Value::Object(_)) = (value, &schema["items"]) {
        for (i, item) in items.iter().enumerate() {
            fits(item, &schema["items"], all, &format!("{at}[{i}]"))?;
        }
    }
    if let Value::Object(map) = value {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(name) {
                return Err(format!("{at}.{name} is missing"));
            }
        }
        if let Value::Object(properties) = &schema["properties"] {
            for (name, value) in map {
                let Some(schema) = properties.get(name) else {
                    if schema["additionalProperties"] == true {
                        continue;
                    }
                    return Err(format!("{at}.{name} is not in the document"));
                };
                fits(value, schema, all, &format!("{at}.{name}"))?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_address_of_the_document_answers_as_it_says() {
    let desk = Sample::new();
    let document = desk.get("/v1/openapi.json").await.json();
    let schemas = &document["components"]["schemas"];
    let [claim, incident, report] = ids(&desk).await;
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let Some(operation) = methods.get("get") else { continue };
        let mut uri = path.clone();
        for (name, value) in [("a", "SRB"), ("b", "XKX"), ("c", "XKX"), ("code", "XKX"), ("type", "ASSAULT")] {
            uri = uri.replace(&format!("{{{name}}}"), value);
        }
        let id = match path {
            p if p.contains("events") => &claim,
            p if p.contains("incidents") => &incident,
            _ => &report,
        };
        let uri = uri.replace("{id}", id);
        assert!(!uri.contains('{'), "{path}: no example of its name");
        // Once bare, once with each parameter's example.
        let parameters = operation["parameters"].as_array().expect("a list").clone();
        let query: Vec<&Value> = parameters.iter().filter(|p| p["in"] == "query").collect();
        let mut needed = String::new();
        for p in query.iter().filter(|p| p["required"] == true) {
            needed.extend([p["name"].as_str().expect("a name"), "=", &encoded(&example(p)), "&"]);
        }
        let mut uris = vec![format!("{uri}?{needed}")];
        for p in query {
            let value = example(p);
            if p["required"] == false && !value.is_empty() && p["name"] != "after" {
                uris.push(format!("{uri}?{needed}{}={}", p["name"].as_str().expect("a name"), encoded(&value)));
            }
        }
        for uri in uris {
            let answer = desk.get(&uri).await;
            asked += 1;
            let status = answer.status.as_str();
            let said = &operation["responses"][status];
            assert!(said.is_object(), "{uri}: {status} is not in the document: {}", answer.text());
            let good = answer.status.is_success() || (path == "/v1/sql" && status == "403");
            assert!(good, "{uri}: {status} {}", answer.text());
            let kind = answer.media_type();
            let content = &said["content"][&kind];
            assert!(content.is_object(), "{uri}: {kind} is not in the document");
            if kind.ends_with("json") {
                fits(&answer.json(), &content["schema"], schemas, &uri).unwrap_or_else(|e| panic!("{uri}: {e}"));
            }
        }
    }
    assert!(asked > 30, "{asked}");
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn what_is_wrong_is_told_with_a_stable_code() {
    let desk = Sample::new();
    for (uri, status, code, words) in [
        ("/v1/events?as-of=2023-09-30", 400, "unknown-parameter", "as_of"),
        ("/v1/events?limit=0", 400, "bad-parameter", "limit"),
        ("/v1/events?q=typ:ASSAULT", 400, "bad-filter", "type"),
        ("/v1/incidents?after=abc", 400, "bad-token", "abc"),
        ("/v1/incidents/none", 404, "not-found", "none"),
        ("/v1/reports/%FF", 400, "bad-request", "path"),
        ("/v1/event", 404, "not-found", "/v1/events"),
        ("/v1/sql?q=SELECT+1", 403, "switched-off", "--sql"),
        ("/v1/series?by=dyads", 400, "bad-parameter", "dyad"),
    ] {
        let answer = desk.get(uri).await;
        assert_eq!(answer.status.as_u16(), status, "{uri}: {}", answer.text());
        assert_eq!(answer.media_type(), "application/problem+json", "{uri}");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{uri}");
        assert_eq!(problem["type"], format!("/v1/problems#{code}"), "{uri}");
        assert!(answer.text().contains(words), "{uri}: {}", answer.text());
    }
    let [claim, ..] = ids(&desk).await;
    let moved = desk.get(&format!("/v1/incidents/{claim}")).await.json();
    assert_eq!(moved["suggestions"][0], format!("/v1/events/{claim}"));
}

#[tokio::test]
async fn methods_and_tags_behave() {
    let desk = Sample::new();
    let ask = |method: Method, uri: &str| {
        Request::builder().method(method).uri(uri).header("host", "localhost").body(Body::empty()).expect("a request")
    };
    let first = desk.get("/v1/incidents?limit=2").await;
    let etag = first.headers.get("etag").expect("a tag").clone();
    let request = Request::get("/v1/incidents?limit=2").header("host", "localhost").header("if-none-match", &etag);
    let again = desk.ask(request.body(Body::empty()).expect("a request")).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let head = desk.ask(ask(Method::HEAD, "/v1/incidents?limit=2")).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(head.headers.get("etag"), Some(&etag));
    let options = desk.ask(ask(Method::OPTIONS, "/v1/sql")).await;
    assert_eq!(options.status.as_u16(), 204);
    assert_eq!(options.headers["allow"], "GET, HEAD, POST, OPTIONS");
    for (method, uri) in [(Method::DELETE, "/v1/incidents"), (Method::GET, "/v1/code"), (Method::PUT, "/v1/sql")] {
        let answer = desk.ask(ask(method, uri)).await;
        assert_eq!(answer.status.as_u16(), 405, "{uri}");
        assert!(answer.headers.contains_key("allow"), "{uri}");
        assert_eq!(answer.json()["code"], "method-not-allowed", "{uri}");
    }
}

#[tokio::test]
async fn tokens_lead_through_the_whole_list_once() {
    let desk = Sample::new();
    let all = desk.get("/v1/incidents?limit=1000").await.json();
    let all: Vec<&Value> = all["rows"].as_array().expect("rows").iter().map(|r| &r["incident_id"]).collect();
    let mut seen = Vec::new();
    let mut uri = "/v1/incidents?limit=3".to_owned();
    loop {
        let page = desk.get(&uri).await.json();
        seen.extend(page["rows"].as_array().expect("rows").iter().map(|r| r["incident_id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        uri = format!("/v1/incidents?limit=3&after={}", encoded(next));
        assert!(seen.len() <= all.len(), "it goes round");
    }
    assert_eq!(seen.iter().collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn changes_are_told_once() {
    let desk = Sample::new();
    let mut added = 0;
    let mut uri = "/v1/changes?limit=7".to_owned();
    loop {
        let page = desk.get(&uri).await.json();
        added += page["added"].as_array().expect("claims").len();
        uri = format!("/v1/changes?limit=7&since={}", encoded(page["next"].as_str().expect("a token")));
        if page["more"] == false {
            break;
        }
    }
    let claims = desk.get("/status.json").await.json()["ledger"]["stamp"]["claims"].as_u64();
    assert_eq!(Some(added as u64), claims);
    let later = desk.get(&uri).await.json();
    assert_eq!((later["added"].clone(), later["withdrawn"].clone()), (json!([]), json!([])));
    assert_eq!(desk.get("/v1/changes?since=x").await.json()["code"], "bad-token");
}

#[tokio::test]
async fn a_pair_is_both_directions_of_its_dyads() {
    let desk = Sample::new();
    let sum =
        |v: Value| v["cells"].as_array().expect("cells").iter().filter_map(|c| c["happenings"].as_u64()).sum::<u64>();
    let pair = desk.get("/v1/series?by=pair&q=dyad:SRB%3C%3EXKX").await.json();
    assert_eq!(pair["by"], "pair");
    let cells = pair["cells"].as_array().expect("cells").clone();
    assert!(!cells.is_empty() && cells.iter().all(|c| c["actor"].as_str() <= c["recipient"].as_str()), "{cells:?}");
    let dyads = sum(desk.get("/v1/series?by=dyad&q=dyad:SRB%3C%3EXKX").await.json());
    let both = sum(pair);
    assert!(both <= dyads && both * 2 >= dyads, "{both} of {dyads}");
}

#[tokio::test]
async fn filters_are_read_or_their_faults_are_placed() {
    let desk = Sample::new();
    let good = desk.get("/v1/filter?q=killed%3E%3D3+type:assault").await.json();
    assert_eq!((good["reads"].clone(), good["filter"].clone()), (json!(true), json!("type:ASSAULT killed>=3")));
    let bad = desk.get("/v1/filter?q=type:ASSAULT+klled%3E3").await.json();
    assert_eq!((bad["reads"].clone(), bad["faults"][0]["start"].clone()), (json!(false), json!(13)));
    let fields = desk.get("/v1/filter/fields").await.json();
    assert_eq!(fields["rows"].as_array().expect("rows").len(), forewarn_filter::FIELDS.len());
}

#[tokio::test]
async fn parties_are_found_and_persons_are_not() {
    let desk = Sample::new();
    let found = desk.get("/v1/parties?q=Koso").await.json();
    assert_eq!(found["rows"][0]["code"], "XKX");
    let found = desk.get("/v1/parties?q=Kurti").await.json();
    assert_eq!(found["rows"], json!([]));
}

#[tokio::test]
async fn sql_reads_within_limits_where_it_is_switched_on() {
    let desk = Sample::with(|o| o.sql = true);
    let rows = desk.get("/v1/sql?q=SELECT+count(*)+AS+n+FROM+report").await.json();
    assert_eq!(rows["columns"], json!(["n"]));
    assert!(rows["rows"][0][0].as_u64().expect("a number") > 2);
    let few = desk.post("/v1/sql?limit=2", "text/plain", "SELECT id FROM claim").await.json();
    assert_eq!((few["rows"].as_array().expect("rows").len(), few["more"].clone()), (2, json!(true)));
    for bad in [
        "DELETE FROM report",
        "PRAGMA query_only = 0",
        "BEGIN",
        "ATTACH '/tmp/x' AS x",
        "SELECT 1; SELECT 2",
        "WITH x AS (SELECT 1) DELETE FROM report",
        "SELECT load_extension('x')",
        "SELECT zeroblob(500000000)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "",
    ] {
        let answer = desk.post("/v1/sql", "text/plain", bad).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].clone()), (400, json!("bad-sql")), "{bad}");
    }
}

#[tokio::test]
async fn bodies_are_checked_before_they_are_read() {
    let desk = Sample::new();
    let cases: [(&str, Vec<u8>, u16, &str); 7] = [
        ("text/plain", b"Gunmen fled. ".repeat(20_000), 413, "too-large"),
        ("application/xml", b"<a/>".to_vec(), 415, "unsupported-body"),
        ("text/plain; charset=utf-16", b"a".to_vec(), 415, "unsupported-body"),
        ("application/json", b"{\"text\": \"a\",\n}".to_vec(), 400, "bad-body"),
        ("application/json", b"{\"text\": \"a\", \"titel\": \"b\"}".to_vec(), 400, "unknown-field"),
        ("text/plain", vec![0xFF, 0xFE, 0x41], 400, "bad-body"),
        ("text/plain", vec![b'a'; (1 << 20) + 1], 413, "too-large"),
    ];
    for (kind, body, status, code) in cases {
        let answer = desk.post("/v1/code", kind, body).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].clone()), (status, json!(code)), "{kind}");
    }
}

#[tokio::test]
async fn who_is_not_let_in_is_told_nothing() {
    let desk = Sample::with(|o| o.guard.token = Some("0123456789abcdef".to_owned()));
    let ask = |method: Method, uri: &str, token: Option<&str>| {
        let mut request = Request::builder().method(method).uri(uri).header("host", "localhost");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.body(Body::empty()).expect("a request")
    };
    for uri in
        ["/", "/v1/", "/v1/openapi.json", "/v1/sql?q=SELECT+1", "/assets/desk.css", "/nothing", "/ask?a=SRB&b=XKX"]
    {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST] {
            let answer = desk.ask(ask(method.clone(), uri, None)).await;
            assert_eq!(answer.status.as_u16(), 401, "{method} {uri}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"forewarn\"");
            assert!(!answer.text().contains("reports"), "{uri}: {}", answer.text());
        }
    }
    assert_eq!(desk.ask(ask(Method::GET, "/v1/", Some("0123456789abcdee"))).await.status.as_u16(), 401);
    assert_eq!(desk.ask(ask(Method::GET, "/v1/", Some("0123456789abcdef"))).await.status.as_u16(), 200);
    let elsewhere = Request::get("/v1/").header("host", "example.org").body(Body::empty()).expect("a request");
    assert_eq!(desk.ask(elsewhere).await.json()["code"], "wrong-host");
}
