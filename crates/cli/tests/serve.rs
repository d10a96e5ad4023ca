//! `forewarn serve`: starts, answers, ends when told; refuses what would open the desk to everybody.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn forewarn() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
    command.env_remove("FOREWARN_TOKEN");
    command
}

fn ledger(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("t.sqlite");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("t.sqlite{suffix}")));
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports/2023-09-24-banjska.jsonl");
    let done = forewarn().arg("ingest").arg(samples).arg("--ledger").arg(&path).output().expect("it runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    path
}

fn get(address: &str, path: &str, more: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n{more}Connection: close\r\n\r\n").expect("sent");
    let mut out = String::new();
    stream.read_to_string(&mut out).expect("an answer");
    out
}

#[test]
fn it_answers_until_it_is_told_to_end() {
    let path = ledger("serve");
    let mut child = forewarn()
        .arg("serve")
        .arg(&path)
        .args(["--addr", "127.0.0.1:0"])
        .env("FOREWARN_TOKEN", "a token of many bytes")
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines();
    let first = lines.next().expect("it says where it is").expect("words");
    let address = first.split("http://").nth(1).and_then(|r| r.split('/').next()).expect("an address").to_owned();
    assert!(get(&address, "/status", "").starts_with("HTTP/1.1 401"), "a token is asked for");
    let bearer = "Authorization: Bearer a token of many bytes\r\n";
    let page = get(&address, "/ask/SRB/XKX", bearer);
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("class=\"question\""), "{page}");
    assert!(get(&address, "/v1/sql?q=SELECT+1", bearer).starts_with("HTTP/1.1 403"), "SQL is off unless asked for");
    #[cfg(unix)]
    {
        let told = Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        assert!(child.wait().expect("it ends").success(), "told to end, it ends well");
    }
    #[cfg(not(unix))]
    child.kill().expect("ended");
}

#[test]
fn it_does_not_open_the_desk_to_everybody() {
    let path = ledger("serve-open");
    let refused = |args: &[&str], words: &str| {
        let done = forewarn().arg("serve").arg(&path).args(args).output().expect("it runs");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    };
    refused(&["--addr", "0.0.0.0:0"], "set a token");
    let short = path.with_extension("token");
    std::fs::write(&short, "short\n").expect("written");
    refused(&["--token-file", &short.display().to_string()], "expected at least 16");
    refused(&["--token-file", "no-such-file"], "no-such-file");
    let done = forewarn().args(["serve", "no-such-ledger.sqlite"]).output().expect("it runs");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("no ledger there"));
}
