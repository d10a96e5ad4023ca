//! Telling what fired: to the end of a file, into a feed, to an address of the web.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// For how long a webhook is waited for, all in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a message at most.
const LARGEST: usize = 256 << 10;

/// Puts a message at the end of a file as one line; when it returns, the line is on disk.
pub fn append(path: &Path, message: &Value) -> Result<()> {
    let mut line = message.to_string();
    line.push('\n');
    let mut file =
        OpenOptions::new().create(true).append(true).open(path).with_context(|| path.display().to_string())?;
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).with_context(|| path.display().to_string())
}

/// Writes a file anew: readers see the old one or the new.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let done = File::create(beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    done.and_then(|()| std::fs::rename(beside, path)).with_context(|| path.display().to_string())
}

/// Posts a message. No redirect is followed and no proxy asked: it goes to the address that was given and nowhere else.
pub fn post(url: &str, message: &Value) -> Result<()> {
    let body = message.to_string();
    if body.len() > LARGEST {
        bail!("the message has {} bytes, more than {LARGEST}", body.len());
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .proxy(None)
        .http_status_as_error(false)
        .user_agent(concat!("forewarn/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let answer = agent.post(url).header("content-type", "application/json").send(body.as_bytes())?;
    let status = answer.status();
    if !status.is_success() {
        bail!("it answered {status}");
    }
    Ok(())
}
