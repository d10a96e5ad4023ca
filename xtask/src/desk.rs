//! A desk for a while: `forewarn serve` on a free port, ended when it is dropped.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// A desk that is being served.
pub struct Desk {
    child: Child,
    /// Its address, such as `127.0.0.1:41234`.
    pub address: String,
}

impl Desk {
    /// Serves `ledger` with `binary` at `address`, and waits until it takes requests.
    pub fn open(binary: &Path, ledger: &Path, address: &str) -> Result<Self> {
        let mut child = Command::new(binary)
            .arg("serve")
            .arg(ledger)
            .args(["--addr", address])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| binary.display().to_string())?;
        let stderr = child.stderr.take().context("the server's words")?;
        let mut lines = BufReader::new(stderr).lines();
        let mut heard = String::new();
        for line in lines.by_ref() {
            let line = line.context("the server's words")?;
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap_or("").to_owned();
                // What it says later must not fill the pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, address });
            }
            heard.push_str(&line);
            heard.push('\n');
        }
        let status = child.wait().context("the server")?;
        bail!("forewarn serve ended with {status}: {heard}")
    }

    /// Its address for browsers.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Fetches a path: status and body.
    pub fn fetch(&self, path: &str) -> Result<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address).context("cannot reach the desk")?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text)?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).context("the desk's answer is no HTTP")?;
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned();
        Ok((status, body))
    }

    /// Waits until it ends by itself (or by Ctrl-C).
    pub fn wait(mut self) -> Result<()> {
        self.child.wait().context("the server")?;
        Ok(())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
