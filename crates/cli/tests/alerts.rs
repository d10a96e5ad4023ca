//! Alerts: set, checked and told: once each, after a cooldown, again where telling failed, and nowhere else.

#[allow(dead_code, reason = "other tests use the rest")]
mod command;

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;

use command::{Ended, folder, forewarn};
use serde_json::Value;

/// Attacks of one week in one country, with the days on which they are reported.
const WEEK: [(&str, &str); 4] = [
    ("2023-08-08", "A bomb killed three people in Kirkuk on Monday."),
    ("2023-08-09", "Gunmen killed two policemen in Mosul on Tuesday."),
    ("2023-08-10", "A bomb killed five soldiers in Basra on Wednesday."),
    ("2023-08-11", "Rebels attacked an army base in Tikrit on Thursday."),
];

/// A ledger with 30 weeks of other news before the week of attacks.
fn ledger(name: &str) -> String {
    let file = format!("{}/l.sqlite", folder(name, &[("note.txt", "A folder of a test.\n")]));
    let mut reports = String::new();
    let mut day = jiff::civil::date(2023, 1, 3);
    for _ in 0..30 {
        let text = "Police arrested 14 protesters in Minsk on Monday.";
        writeln!(reports, "{}", serde_json::json!({"text": text, "published": day.to_string(), "publisher": "Wire"}))
            .expect("a string");
        day = day.saturating_add(jiff::Span::new().days(7));
    }
    for (day, text) in WEEK {
        writeln!(reports, "{}", serde_json::json!({"text": text, "published": day, "publisher": "Wire"}))
            .expect("a string");
    }
    let ended = forewarn(&["ingest", "-", "--ledger", &file], &reports);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    file
}

fn alerts(ledger: &str, args: &[&str], code: i32) -> Ended {
    let mut all = vec!["alerts"];
    all.extend(args);
    all.extend(["--ledger", ledger]);
    let ended = forewarn(&all, "");
    assert_eq!(ended.code, Some(code), "{args:?}: {}{}", ended.out, ended.err);
    ended
}

/// A listener on loopback that answers each request with the next of these and hands on what came.
fn listener(answers: &'static [&'static str]) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let port = listener.local_addr().expect("an address").port();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a connection");
            stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
            let (mut got, mut buffer) = (Vec::new(), [0; 4096]);
            // Head, then as much body as it names.
            loop {
                let text = String::from_utf8_lossy(&got).into_owned();
                if let Some((head, body)) = text.split_once("\r\n\r\n") {
                    let length = head.lines().find_map(|l| {
                        l.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
                    });
                    if length.is_some_and(|l| body.len() >= l) {
                        break;
                    }
                }
                let n = stream.read(&mut buffer).expect("a request");
                assert!(n > 0, "the request ends early: {text}");
                got.extend_from_slice(&buffer[..n]);
            }
            send.send(String::from_utf8_lossy(&got).into_owned()).expect("the test waits");
            stream.write_all(answer.as_bytes()).expect("an answer");
        }
    });
    (port, receive)
}

#[test]
fn a_webhook_is_told_once_and_again_only_where_that_failed() {
    let ledger = ledger("alerts-webhook");
    let (port, requests) = listener(&[
        "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    ]);
    let target = format!("webhook:http://127.0.0.1:{port}/hook?key=1");
    let filter = ["--filter", "type:ASSAULT", "--by", "country", "--above", "z=3"];
    let mut set = vec!["add", "attacks"];
    set.extend(filter);
    set.extend(["--to", &target]);
    alerts(&ledger, &set, 0);
    let twice = alerts(&ledger, &set, 2);
    assert!(twice.err.contains("there is an alert attacks already"), "{}", twice.err);

    // Before the week nothing stands out; and saying what would fire keeps and sends nothing.
    assert_eq!(alerts(&ledger, &["check", "--as-of", "2023-08-07"], 0).out, "");
    let would = alerts(&ledger, &["check", "--dry-run"], 0).out;
    assert!(would.starts_with("would fire  attacks IRQ: 4 happenings in the week from 2023-08-07"), "{would}");
    assert!(would.contains("usual is 0 (median of 30 weeks), z 4.0"), "{would}");
    alerts(&ledger, &["log"], 1);
    assert!(requests.try_recv().is_err(), "something was sent");

    // It fires; a redirect is not followed, and that is a failure.
    let first = alerts(&ledger, &["check", "--desk", "http://desk.example"], 3);
    assert!(first.out.starts_with("fired  attacks IRQ: 4 happenings"), "{}", first.out);
    assert!(first.err.contains("302") && first.err.contains("tries again"), "{}", first.err);
    let request = requests.recv_timeout(Duration::from_secs(5)).expect("a request");
    assert!(request.starts_with("POST /hook?key=1 HTTP/1.1\r\n"), "{request}");
    let waiting = alerts(&ledger, &["log"], 0).out;
    assert!(waiting.contains("not told to webhook:") && waiting.contains("(1 tries)"), "{waiting}");

    // Checked again it does not fire again, and what failed is told.
    let second = alerts(&ledger, &["check", "--desk", "http://desk.example"], 0);
    assert!(second.out.starts_with("told  attacks IRQ") && !second.out.contains("fired"), "{}", second.out);
    let request = requests.recv_timeout(Duration::from_secs(5)).expect("a request");
    let body = request.split_once("\r\n\r\n").expect("a body").1;
    let sent: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(sent["id"], "attacks/IRQ/2023-08-07");
    assert_eq!((&sent["happenings"], sent["evidence"].as_array().map(Vec::len)), (&Value::from(4), Some(4)));
    for incident in sent["evidence"].as_array().expect("a list") {
        let id = incident["incident_id"].as_str().expect("an id");
        assert_eq!(incident["url"], format!("http://desk.example/incidents/{id}"));
        assert!(WEEK.iter().any(|(_, text)| incident["sentence"] == *text), "{incident}");
        assert_eq!(forewarn(&["show", id, "--ledger", &ledger], "").code, Some(0));
    }
    let third = alerts(&ledger, &["check"], 0);
    assert_eq!((third.out.as_str(), third.err.as_str()), ("", "nothing fires anew\n"));
    assert!(requests.try_recv().is_err(), "something was sent twice");

    // Taken away, it fires no more; what it fired can be read, and the name is free.
    alerts(&ledger, &["remove", "attacks"], 0);
    alerts(&ledger, &["list"], 1);
    assert!(alerts(&ledger, &["log", "attacks"], 0).out.contains("[told to webhook:"));
    alerts(&ledger, &set, 0);
    assert!(alerts(&ledger, &["check"], 0).out.starts_with("fired  attacks IRQ"));
    assert_eq!(alerts(&ledger, &["log", "--json"], 0).out.lines().count(), 2);
}

#[test]
fn a_series_stays_silent_for_its_cooldown() {
    let ledger = ledger("alerts-cooldown");
    let file = format!("{ledger}.jsonl");
    let _ = std::fs::remove_file(&file);
    let feed = format!("{ledger}.atom");
    for (name, cooldown, target) in [
        ("each", "0", format!("file:{file}")),
        ("rarely", "2d", "atom".to_owned()),
        ("feed", "0", format!("atom:{feed}")),
    ] {
        let above = ["--above", "count=1", "--step", "day", "--filter", "country:IRQ type:ASSAULT"];
        let mut set = vec!["add", name, "--cooldown", cooldown, "--to", &target];
        set.extend(above);
        alerts(&ledger, &set, 0);
    }
    // Each attack is known a day after it was made: the day before is looked at as well.
    let mut fired = Vec::new();
    for (day, _) in WEEK {
        let out = alerts(&ledger, &["check", "--as-of", day], 0).out;
        let count = |name: &str| out.matches(&format!("fired  {name}:")).count();
        fired.push((count("each"), count("rarely"), count("feed")));
    }
    assert_eq!(fired, [(1, 1, 1), (1, 0, 1), (1, 1, 1), (1, 0, 1)]);
    let lines = std::fs::read_to_string(&file).expect("the file was made");
    let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let days: Vec<&str> = lines.iter().map(|l| l["from"].as_str().expect("a day")).collect();
    assert_eq!(days, ["2023-08-07", "2023-08-08", "2023-08-09", "2023-08-10"]);
    let feed = std::fs::read_to_string(&feed).expect("the feed was made");
    assert_eq!(feed.matches("<entry>").count(), 4);
    assert!(feed.contains("Gunmen killed two policemen in Mosul on Tuesday."), "{feed}");
}

#[test]
fn what_cannot_be_set_says_why() {
    let ledger = ledger("alerts-misuse");
    for (args, told) in [
        (vec!["--above", "z=3", "--filter", "tpye:ASSAULT"], "did you mean `type`?"),
        (vec!["--above", "mean=3"], "write z=3 or count=10"),
        (vec!["--above", "z=3", "--to", "mail:a@b.example"], "none of atom, atom:PATH, file:PATH, webhook:URL"),
        (vec!["--above", "z=3", "--to", "webhook:ftp://example.org"], "begins with http:// or https://"),
        (vec!["--above", "z=3", "--cooldown", "never"], "write 7d or 2w"),
        (vec!["--forecast-change", "2", "--pair", "SRB:XKX"], "between 0 and 1"),
        (vec!["--forecast-change", "0.1", "--pair", "SRB"], "write SRB:XKX"),
        (vec!["--forecast-change", "0.1"], "--pair"),
        (vec![], "required"),
    ] {
        let mut all = vec!["add", "x"];
        all.extend(&args);
        let ended = alerts(&ledger, &all, 2);
        assert!(ended.err.contains(told), "{args:?}: {}", ended.err);
    }
    alerts(&ledger, &["list"], 1);
    assert!(alerts(&ledger, &["remove", "x"], 2).err.contains("there is no alert x"));
    // A forecast of two of whom nothing is known moves by nothing.
    alerts(&ledger, &["add", "war", "--forecast-change", "0.1", "--pair", "Serbia:Kosovo"], 0);
    assert!(alerts(&ledger, &["list"], 0).out.contains("war  forecast of SRB:XKX moves by 0.1"));
    assert_eq!(alerts(&ledger, &["check"], 0).out, "");
    // A record that is too short says so.
    alerts(&ledger, &["add", "early", "--above", "z=3", "--filter", "type:COERCE"], 0);
    let early = alerts(&ledger, &["check", "--as-of", "2023-02-01"], 0);
    assert!(early.err.contains("early: the record before 2023-02-01 has 3 weeks, 12 are wanted"), "{}", early.err);
}
