//! A bounded load on a desk of this machine, from a second process: how long pages take, and how much memory the server has.
//!
//! `load 127.0.0.1:8080 PID [CLIENTS [REQUESTS [PAUSE_MS]]]`: so many clients (32), each of so many requests (100), one after the
//! other on one connection, with a pause between them (none). Pages are of all kinds, filters are drawn by a seed from types, countries and months, so that most
//! pages are made and few come out of the cache. Prints one JSON object: median, 95th and 99th percentile in milliseconds by
//! kind, statuses, and the server's resident memory at most.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it measured")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [address, pid, rest @ ..] = args.as_slice() else { bail!("load ADDRESS PID [CLIENTS [REQUESTS [PAUSE_MS]]]") };
    let address: SocketAddr = address.parse().context("an address such as 127.0.0.1:8080")?;
    if !address.ip().is_loopback() {
        bail!("{address} is not of this machine: loads are for loopback only");
    }
    let number = |i: usize, otherwise: usize| -> Result<usize> {
        rest.get(i).map_or(Ok(otherwise), |s| s.parse().with_context(|| format!("{s}: expected a number")))
    };
    let (clients, requests, pause) = (number(0, 32)?, number(1, 100)?, number(2, 0)?);
    let ids = ids(address)?;
    let over = AtomicBool::new(false);
    let start = Instant::now();
    let (times, most) = std::thread::scope(|s| {
        let watcher = s.spawn(|| watch(pid, &over));
        let all: Vec<_> = (0..clients)
            .map(|c| {
                let ids = &ids;
                s.spawn(move || client(address, c, (requests, pause), ids))
            })
            .collect();
        let mut times: Vec<(&'static str, u16, Duration)> = Vec::new();
        for one in all {
            match one.join() {
                Ok(Ok(list)) => times.extend(list),
                Ok(Err(error)) => eprintln!("a client ended: {error:#}"),
                Err(_) => eprintln!("a client panicked"),
            }
        }
        over.store(true, Ordering::Relaxed);
        (times, watcher.join().unwrap_or([0; 2]))
    });
    let seconds = start.elapsed().as_secs_f64();
    let mut kinds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, status, time) in &times {
        kinds.entry(kind).or_default().push(time.as_secs_f64() * 1000.0);
        kinds.entry("all").or_default().push(time.as_secs_f64() * 1000.0);
        *statuses.entry(status.to_string()).or_default() += 1;
    }
    let told: BTreeMap<&str, Value> = kinds
        .into_iter()
        .map(|(kind, mut list)| {
            list.sort_by(f64::total_cmp);
            let at = |q: f64| (list[((list.len() - 1) as f64 * q) as usize] * 10.0).round() / 10.0;
            (
                kind,
                json!({"n": list.len(), "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": at(1.0)}),
            )
        })
        .collect();
    println!(
        "{}",
        json!({
            "clients": clients, "pause_ms": pause, "requests": times.len(), "seconds": (seconds * 10.0).round() / 10.0,
            "per_second": (times.len() as f64 / seconds).round(), "pages": told, "statuses": statuses,
            "server_anonymous_max_mib": most[0] / 1024, "server_resident_max_mib": most[1] / 1024,
        })
    );
    Ok(())
}

/// Ids of incidents and claims to ask for, spread over the ledger's days.
fn ids(address: SocketAddr) -> Result<Vec<(String, String)>> {
    let mut connection = Connection::open(address)?;
    let mut out = Vec::new();
    for (kind, field) in [("incidents", "incident_id"), ("events", "claim_id")] {
        for sort in ["latest", "earliest"] {
            let (status, body) = connection.get(&format!("/{kind}.json?limit=200&sort={sort}"))?;
            let value: Value =
                serde_json::from_slice(&body).with_context(|| format!("/{kind}.json answered {status}"))?;
            for row in value["rows"].as_array().into_iter().flatten() {
                out.push((kind.to_owned(), row[field].as_str().unwrap_or("").to_owned()));
            }
        }
    }
    Ok(out)
}

fn client(
    address: SocketAddr,
    seed: usize,
    (requests, pause): (usize, usize),
    ids: &[(String, String)],
) -> Result<Vec<(&'static str, u16, Duration)>> {
    const TYPES: [&str; 8] = ["ASSAULT", "THREATEN", "CONSULT", "REQUEST", "PROTEST", "COERCE", "MOBILIZE", "AID"];
    const COUNTRIES: [&str; 10] = ["XKX", "SRB", "IRQ", "AFG", "ISR", "SYR", "UKR", "SDN", "ETH", "PAK"];
    let mut random = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed as u64 + 1);
    let mut draw = |n: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % n as u64) as usize
    };
    let mut connection = Connection::open(address)?;
    let mut out = Vec::with_capacity(requests);
    for _ in 0..requests {
        let (kind, country, year, month) = (TYPES[draw(8)], COUNTRIES[draw(10)], 2002 + draw(20), 1 + draw(12));
        let days = format!("since%3A{year}-{month:02}-01");
        let (name, path) = match draw(10) {
            0 | 1 => ("incidents", format!("/incidents?q=type%3A{kind}+country%3A{country}")),
            2 => ("incidents", format!("/incidents?q=country%3A{country}+{days}&sort=earliest")),
            3 => ("events", format!("/events?q=type%3A{kind}+{days}")),
            4 => ("map", format!("/map?q=type%3A{kind}+country%3A{country}+{days}")),
            5 => ("dyad", format!("/dyads/{}/{}", COUNTRIES[draw(10)], COUNTRIES[draw(10)])),
            6 => ("watchlist", "/watchlist".to_owned()),
            7 => ("data", format!("/incidents.json?q=type%3A{kind}+{days}")),
            _ => match ids.get(draw(ids.len().max(1))) {
                Some((kind, id)) if kind == "events" => ("evidence", format!("/events/{id}")),
                Some((_, id)) => ("incident", format!("/incidents/{id}")),
                None => ("about", "/about".to_owned()),
            },
        };
        let start = Instant::now();
        let (status, _) = connection.get(&path)?;
        out.push((name, status, start.elapsed()));
        if pause > 0 {
            // Readers do not all turn the page at once.
            std::thread::sleep(Duration::from_millis((pause / 2 + draw(pause)) as u64));
        }
    }
    Ok(out)
}

/// The server's memory at most, in KiB, while the load runs: its own, and with what it maps of the ledger's file, which the
/// system takes back when it needs the room.
fn watch(pid: &str, over: &AtomicBool) -> [u64; 2] {
    let mut most = [0; 2];
    while !over.load(Ordering::Relaxed) {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        for (most, name) in most.iter_mut().zip(["RssAnon:", "VmRSS:"]) {
            let now = status.lines().find_map(|l| l.strip_prefix(name)?.trim().split(' ').next()?.parse().ok());
            *most = (*most).max(now.unwrap_or(0));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    most
}

struct Connection {
    reader: BufReader<TcpStream>,
    host: SocketAddr,
}

impl Connection {
    fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).context("cannot reach the desk")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self { reader: BufReader::new(stream), host: address })
    }

    fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        write!(self.reader.get_mut(), "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host)?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status =
            line.split(' ').nth(1).and_then(|s| s.parse().ok()).with_context(|| format!("{line:?} is no HTTP"))?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let mut header = String::new();
            self.reader.read_line(&mut header)?;
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(n) = header.strip_prefix("content-length:") {
                length = n.trim().parse()?;
            }
            chunked |= header.starts_with("transfer-encoding:") && header.contains("chunked");
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                let mut size = String::new();
                self.reader.read_line(&mut size)?;
                let size = usize::from_str_radix(size.trim(), 16)?;
                let mut chunk = vec![0; size + 2];
                self.reader.read_exact(&mut chunk)?;
                if size == 0 {
                    break;
                }
                body.extend_from_slice(&chunk[..size]);
            }
        } else {
            body.resize(length, 0);
            self.reader.read_exact(&mut body)?;
        }
        Ok((status, body))
    }
}
