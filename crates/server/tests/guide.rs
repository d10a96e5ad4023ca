//! Holds `docs/desk.md` to the code: its tables of addresses, endpoints and codes. `UPDATE_EXPECT=1` writes them anew; read
//! the change before you commit it.

use std::path::Path;

use forewarn_server::asked::Parameter;
use forewarn_server::fault::CODES;
use forewarn_server::pages::ADDRESSES;
use forewarn_server::v1::{ENDPOINTS, Method};

fn guide() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/desk.md")
}

fn table(head: &str, rows: impl Iterator<Item = String>) -> String {
    let rule: String = head.split('|').skip(1).map(|_| " --- |").collect();
    let rule = rule.strip_suffix(" --- |").unwrap_or("").to_owned();
    let mut out = format!("{head}\n|{rule}\n");
    rows.for_each(|r| {
        out.push_str(&r);
        out.push('\n');
    });
    out
}

fn takes(parameters: &[Parameter]) -> String {
    parameters.iter().map(|p| format!("`{}`", p.name)).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_tables_of_the_guide_are_the_code_s() {
    let sections = [
        (
            "addresses",
            table(
                "| address | what is there | parameters |",
                ADDRESSES.iter().map(|a| format!("| `{}` | {} | {} |", a.path, a.what, takes(a.takes))),
            ),
        ),
        (
            "endpoints",
            table(
                "| endpoint | what it gives | parameters |",
                ENDPOINTS.iter().map(|e| {
                    let method = if e.method == Method::Get { "" } else { "POST " };
                    format!("| `{method}{}` | {} | {} |", e.path, e.what, takes(e.takes))
                }),
            ),
        ),
        (
            "codes",
            table(
                "| code | status | what it means |",
                CODES.iter().map(|(code, status, title)| format!("| `{code}` | {status} | {title} |")),
            ),
        ),
    ];
    let path = guide();
    let mut text = std::fs::read_to_string(&path).expect("docs/desk.md is there");
    let before = text.clone();
    for (name, table) in sections {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let start = text.find(&open).expect("the section begins") + open.len();
        let end = start + text[start..].find(&close).expect("the section ends");
        text.replace_range(start..end, &table);
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &text).expect("written");
    } else {
        assert!(
            before == text,
            "docs/desk.md is behind the code: run this test with UPDATE_EXPECT=1, and read what it wrote"
        );
    }
}
