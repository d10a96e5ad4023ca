//! JSON Lines, JSON files, files and folders.

use std::fs;
use std::path::{Path, PathBuf};

use forewarn_report::{
    BlockKind, Diagnostic, Options, REPORT_FIELDS, Report, Source, read_jsonl, read_path, read_stream,
};

fn lines(text: &str) -> (Vec<Report>, Vec<Diagnostic>) {
    split(|sink| read_jsonl(&mut text.as_bytes(), &Source::file("a.jsonl"), &Options::default(), sink))
}

fn path(path: &Path) -> (Vec<Report>, Vec<Diagnostic>) {
    split(|sink| read_path(path, &Options::default(), sink))
}

fn split(read: impl FnOnce(&mut forewarn_report::Sink<'_>)) -> (Vec<Report>, Vec<Diagnostic>) {
    let (mut reports, mut remarks) = (Vec::new(), Vec::new());
    read(&mut |found| match found {
        Ok(report) => reports.push(report),
        Err(remark) => remarks.push(remark),
    });
    (reports, remarks)
}

#[test]
fn a_full_line_and_its_schema() {
    let (reports, remarks) = lines(
        r#"{"id":"r-1","url":"https://example.org/1","title":"Talks fail","text":"Talks fail\n\nThe talks failed on Monday.\n\nShare","published":"2023-09-30T10:00:00Z","publisher":"Example News","language":"en-GB","authors":["Jane Doe"],"mood":{"bad":true}}"#,
    );
    assert_eq!(remarks, []);
    let report = &reports[0];
    assert_eq!(report.report_id, "r-1");
    assert_eq!(report.text, "Talks fail\n\nThe talks failed on Monday.");
    assert_eq!(report.blocks[0].kind, BlockKind::Title);
    assert_eq!(report.published, Some(jiff::civil::date(2023, 9, 30)));
    assert_eq!(
        (report.publisher.as_deref(), report.language.as_deref(), report.authors[0].as_str()),
        (Some("Example News"), Some("en"), "Jane Doe")
    );
    assert_eq!(report.source.line, Some(1));
    assert_eq!(report.dropped.len(), 2);

    let value = serde_json::to_value(report).expect("a report serialises");
    let object = value.as_object().expect("to an object");
    let mut fields: Vec<&str> = REPORT_FIELDS.iter().map(|field| field.name).collect();
    fields.sort_unstable();
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, fields);
    for field in REPORT_FIELDS {
        let fits = match (field.kind.trim_end_matches('?'), &object[field.name]) {
            (_, serde_json::Value::Null) => field.kind.ends_with('?'),
            ("string" | "date", value) => value.is_string(),
            ("object", value) => value.is_object(),
            (kind, value) => kind.starts_with("list of") && value.is_array(),
        };
        assert!(fits && !field.meaning.is_empty(), "{}", field.name);
    }
    let back: Report = serde_json::from_value(value).expect("and comes back");
    assert_eq!(&back, report);
}

#[test]
fn what_a_report_is_written_as_is_read_again() {
    let (reports, _) = lines(r#"{"text":"The talks failed on Monday.","date":20230930,"topic":"x"}"#);
    let written = serde_json::to_string(&reports[0]).expect("it serialises");
    let (again, remarks) = lines(&written);
    assert_eq!(remarks, []);
    assert_eq!(
        (&again[0].report_id, &again[0].text, again[0].published),
        (&reports[0].report_id, &reports[0].text, Some(jiff::civil::date(2023, 9, 30)))
    );
}

#[test]
fn bad_lines_cost_only_themselves() {
    let (reports, remarks) = lines(
        "\u{feff}{\"text\":\"The first said so.\"}\n\n{\"title\":\"no text\"}\n{\"text\":3}\n[1]\nnot json at all, but a long line of words\n{\"text\":\"The last said so.\",\"published\":\"soon\",\"title\":[]}\n{\"text\":\"",
    );
    assert_eq!(
        reports.iter().map(|report| report.text.as_str()).collect::<Vec<_>>(),
        ["The first said so.", "The last said so."]
    );
    let shown: Vec<String> = remarks
        .iter()
        .map(|remark| format!("{} {} {}", remark.line.unwrap_or(0), remark.code, remark.message))
        .collect();
    assert_eq!(
        shown,
        [
            "3 line-unreadable found no \"text\"",
            "4 line-unreadable found the number 3 as \"text\"",
            "5 line-unreadable found a list",
            "6 line-unreadable found \"not json at all, but a long line of word\"…, which is not valid JSON: expected ident at column 2",
            "7 line-unreadable found a list as \"title\"; it was passed over",
            "7 date-unreadable \"published\" is \"soon\", which is not surely one day; the date stays unknown",
            "8 line-unreadable found \"{\\\"text\\\":\\\"\", which is not valid JSON: EOF while parsing a string at column 9",
        ]
    );
    assert!(remarks.iter().all(|remark| remark.path.as_deref() == Some(Path::new("a.jsonl")) && remark.hint.is_some()));
}

#[test]
fn long_lines_and_empty_files() {
    let options = Options { max_bytes: 60, ..Options::default() };
    let text = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"The last said so.\"}}", "a ".repeat(100_000));
    let (reports, remarks) = split(|sink| read_jsonl(&mut text.as_bytes(), &Source::memory(), &options, sink));
    assert_eq!((reports.len(), remarks[0].code, remarks[0].line), (1, "line-too-long", Some(1)));
    assert_eq!(reports[0].source.line, Some(2));
    assert_eq!(lines("").1[0].code, "empty-input");
    assert_eq!(lines("\n\n").1, []);
    assert!(lines("\u{0}\n").0.is_empty());
}

#[test]
fn options_fill_what_is_missing() {
    let options = Options {
        published: Some(jiff::civil::date(2024, 1, 2)),
        publisher: Some("Desk".into()),
        language: Some("English".into()),
        ..Options::default()
    };
    let text = "{\"text\":\"Banjska\"}\n{\"text\":\"Banjska\",\"published\":\"2023-09-30\",\"publisher\":\"Example\",\"language\":\"sr\"}";
    let (reports, remarks) = split(|sink| read_jsonl(&mut text.as_bytes(), &Source::memory(), &options, sink));
    assert_eq!(remarks, []);
    assert_eq!((reports[0].published, reports[0].publisher.as_deref()), (options.published, Some("Desk")));
    assert_eq!(
        (reports[1].published, reports[1].publisher.as_deref()),
        (Some(jiff::civil::date(2023, 9, 30)), Some("Example"))
    );
    assert!(reports.iter().all(Report::is_english));
}

#[test]
fn streams_are_sniffed() {
    for (bytes, title) in [
        ("{\"title\":\"T T\",\"text\":\"The army said so.\"}", Some("T T")),
        ("<html><h1>T T</h1><p>The army said so.", Some("T T")),
        ("T T\n\nThe army said so.", Some("T T")),
        ("[{\"text\":\"The army said so.\"}]", None),
    ] {
        let (reports, remarks) =
            split(|sink| read_stream(&mut bytes.as_bytes(), &Source::memory(), &Options::default(), sink));
        assert_eq!(remarks, [], "{bytes}");
        assert_eq!((reports.len(), reports[0].title()), (1, title), "{bytes}");
    }
}

/// A folder under the system's temporary one, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("forewarn-report-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("and a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn folders_in_the_order_of_names() {
    let folder = Folder::new("order");
    folder.write("b.txt", "The second said so.");
    folder.write("a/z.html", "<p>The first said so.</p>");
    folder.write("c.jsonl", "{\"text\":\"The third said so.\"}\n{\"text\":\"The fourth said so.\"}\n");
    folder.write("d.json", "[{\"text\":\"The fifth said so.\"},\n 7]");
    folder.write("e.json", "{\n \"text\": \"The sixth said so.\"\n}");
    folder.write("f.txt", "");
    folder.write("g.png", b"\x89PNG\r\n\x1a\n\0\0");
    folder.write("h", "The seventh said so.");
    folder.write(".hidden.txt", "Hidden.");
    folder.write("i.txt", "<!doctype html><p>The eighth said so.</p>");
    let (reports, remarks) = path(&folder.0);
    let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
    let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
    assert_eq!(texts, ordinals.map(|ordinal| format!("The {ordinal} said so.")));
    let found: Vec<(&str, String)> = remarks
        .iter()
        .map(|remark| {
            (
                remark.code,
                remark
                    .path
                    .as_deref()
                    .and_then(Path::file_name)
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("json-unreadable", "d.json".to_owned()),
            ("empty-input", "f.txt".to_owned()),
            ("binary-input", "g.png".to_owned())
        ]
    );
}

#[test]
fn what_is_not_there() {
    let folder = Folder::new("empty");
    assert_eq!(path(&folder.0).1[0].code, "folder-empty");
    let (reports, remarks) = path(&folder.0.join("none.txt"));
    assert!(reports.is_empty());
    assert_eq!(remarks[0].code, "file-unopenable");
    assert!(remarks[0].to_string().contains("none.txt"), "{}", remarks[0]);
}
