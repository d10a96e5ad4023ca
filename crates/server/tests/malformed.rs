//! Ten thousand malformed requests on a real socket: no crash, no server error, no leak; and the desk answers afterwards.

mod sample;

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use forewarn_codebook::{KnowledgeFile, files};
use forewarn_server::{Desk, Options, serve};

const REQUESTS: u64 = 10_000;

/// Serves a desk on a free port until the process ends.
fn served(path: &std::path::Path) -> SocketAddr {
    let desk = Desk::open(Options::new(path), &KnowledgeFile::base(files::all()), true).expect("opened");
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        serve(desk, "127.0.0.1:0".parse().expect("an address"), |a| send.send(a).expect("heard"))
    });
    receive.recv_timeout(Duration::from_secs(20)).expect("it listens")
}

/// Sends bytes on a connection of their own and reads what comes, at most a little.
fn send(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let Ok(mut stream) = TcpStream::connect(address) else { return Vec::new() };
    stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a time");
    // The server may have closed already: that is an answer.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut out = Vec::new();
    let _ = stream.take(1 << 16).read_to_end(&mut out);
    out
}

/// Resident memory in KiB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse().ok())
}

struct Draws(u64);

impl Draws {
    fn next(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let count = self.next(most);
        (0..count).map(|_| self.next(256) as u8).collect()
    }
}

/// A request that is wrong in one of many ways.
fn malformed(draws: &mut Draws, host: &str) -> Vec<u8> {
    const PATHS: [&str; 14] = [
        "/",
        "/incidents",
        "/events",
        "/map",
        "/ask/SRB/XKX",
        "/countries/XKX",
        "/dyads/SRB/XKX",
        "/watchlist",
        "/score",
        "/codebook/ASSAULT",
        "/v1/events",
        "/v1/code",
        "/v1/changes",
        "/assets/desk.css",
    ];
    let path = PATHS[draws.next(PATHS.len())];
    let junk = |d: &mut Draws| {
        d.bytes(60).iter().fold(String::new(), |mut out, b| {
            let _ = write!(out, "%{b:02X}");
            out
        })
    };
    match draws.next(16) {
        0 => draws.bytes(300),
        1 => format!("GET {path}").into_bytes(),
        2 => format!("GET {path} HTTP/9.9\r\nHost: {host}\r\n\r\n").into_bytes(),
        3 => format!("GET {path}?q={} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", junk(draws)).into_bytes(),
        4 => format!("GET {path}/{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", junk(draws)).into_bytes(),
        5 => format!("GET {path}?{}={} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", junk(draws), junk(draws))
            .into_bytes(),
        6 => format!("GET {path}?q={} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", "(".repeat(9000)).into_bytes(),
        7 => format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "a".repeat(70_000)).into_bytes(),
        8 => format!("POST /v1/code HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{{")
            .into_bytes(),
        9 => {
            let body = draws.bytes(200);
            let mut out = format!(
                "POST /v1/code HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: \
                 close\r\n\r\n",
                body.len()
            )
            .into_bytes();
            out.extend(body);
            out
        }
        10 => format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello").into_bytes(),
        11 => format!("{} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", ["PUT", "DELETE", "TRACE", "BREW"][draws.next(4)])
            .into_bytes(),
        12 => format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").into_bytes(),
        13 => format!("GET /{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", "../".repeat(draws.next(40))).into_bytes(),
        14 => format!("GET {path}?limit={}&after={}&as_of=2023-13-45 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", "9".repeat(40), junk(draws))
            .into_bytes(),
        _ => format!("GET {path} HTTP/1.1\r\n{}\r\n\r\n", "Host: a\r\n".repeat(draws.next(90))).into_bytes(),
    }
}

#[test]
fn malformed_requests_neither_crash_nor_leak() {
    let desk = sample::Sample::new();
    let address = served(&desk.path());
    let host = address.to_string();
    let well = format!("GET /status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes();
    assert!(send(address, &well).starts_with(b"HTTP/1.1 200"), "it answers before");
    let mut draws = Draws(0x5EED_1234_ABCD_EF01);
    let mut early = None;
    let mut answered = 0;
    for n in 0..REQUESTS {
        let request = malformed(&mut draws, &host);
        let answer = send(address, &request);
        let head = String::from_utf8_lossy(&answer[..answer.len().min(80)]).into_owned();
        assert!(
            !head.starts_with("HTTP/1.1 5"),
            "request {n} made the server fail: {head}\n{}",
            String::from_utf8_lossy(&request)
        );
        answered += u64::from(head.starts_with("HTTP/1.1 4"));
        if n == REQUESTS / 5 {
            early = resident();
        }
    }
    assert!(answered > REQUESTS / 2, "only {answered} were answered as faults");
    assert!(send(address, &well).starts_with(b"HTTP/1.1 200"), "it answers after");
    if let (Some(early), Some(late)) = (early, resident()) {
        // The cache of answers may still fill: it is bounded by 32 MiB.
        assert!(late < early + (64 << 10), "memory grew from {early} to {late} KiB");
    }
}
