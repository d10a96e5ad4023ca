//! `forewarn serve`: the desk on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use anstream::eprintln;
use anyhow::{Context as _, Result, bail};
use forewarn_server::{Desk, Guard, Options, serve};

use crate::Outcome;
use crate::knowledge::Knowledge;

/// What `forewarn serve` takes.
#[derive(clap::Args)]
pub struct ServeArgs {
    /// The ledger's file.
    #[arg(value_name = "LEDGER", default_value = "forewarn.sqlite")]
    ledger: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// A file with the token that every request must bear; needed beyond this machine. FOREWARN_TOKEN holds it as well.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A table of deaths by country and month, as UCDP counts them, to forecast the deaths of countries from.
    #[arg(long, value_name = "FILE")]
    deaths: Option<PathBuf>,
    /// Answer SQL that reads, at /v1/sql.
    #[arg(long)]
    sql: bool,
    /// Requests worked on at once.
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    readers: u8,
}

/// Fewer bytes than this are no secret.
const SHORTEST_TOKEN: usize = 16;

/// `forewarn serve`.
pub fn run(args: &ServeArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let token = match &args.token_file {
        Some(path) => Some(std::fs::read_to_string(path).with_context(|| path.display().to_string())?),
        None => std::env::var("FOREWARN_TOKEN").ok(),
    };
    let token = token.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    if let Some(token) = &token
        && token.len() < SHORTEST_TOKEN
    {
        bail!("the token has {} bytes, expected at least {SHORTEST_TOKEN}", token.len());
    }
    let read = knowledge.read()?;
    let mut options = Options::new(&args.ledger);
    options.guard = Guard { token, loopback: args.addr.ip().is_loopback() };
    options.sql = args.sql;
    options.deaths.clone_from(&args.deaths);
    options.readers = usize::from(args.readers);
    let desk = Desk::open(options, &read.files(), knowledge.is_built_in())?;
    let ready = |address: SocketAddr| {
        eprintln!("the desk is at http://{address}/ (end it with Ctrl-C)");
        if !address.ip().is_loopback() {
            eprintln!("note: without TLS; put a proxy before it that has it");
        }
    };
    serve(desk, args.addr, ready)?;
    Ok(Outcome::Done)
}
