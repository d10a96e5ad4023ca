//! The process: a listener, and an end that lets answers be finished.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::desk::Desk;
use crate::route::app;

/// Serves until the process is told to end (SIGINT, SIGTERM). `ready` is told the address once requests are taken.
///
/// # Errors
/// When the address is beyond loopback and no token is set, or cannot be listened on.
pub fn serve(desk: Desk, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    if !address.ip().is_loopback() && desk.options.guard.token.is_none() {
        bail!(
            "{address} is beyond this machine: set a token (--token-file FILE or FOREWARN_TOKEN), and put a proxy with TLS \
             before it; without one, listen on 127.0.0.1"
        );
    }
    let readers = desk.options.readers;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // One for each reader, and some for exports that wait for slow askers.
        .max_blocking_threads(readers + 8)
        .enable_all()
        .build()
        .context("cannot start the server's threads")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        let local = listener.local_addr().context("the listener's address")?;
        let desk = Arc::new(desk);
        let warm = Arc::clone(&desk);
        tokio::task::spawn_blocking(move || {
            // Whoever asks first need not wait; of a very large ledger the archive takes memory that may never be wanted.
            let Ok((generation, stamp)) = warm.stamp() else { return };
            // What goes wrong is told to who asks.
            if let (Some(deaths), Some(through)) = (&warm.deaths, stamp.through) {
                deaths.begin(through);
            }
            if stamp.incidents <= MOST_WARMED {
                let _ = warm.archive(&mut warm.lend(), generation);
            }
        });
        let app = app(desk);
        ready(local);
        listen(listener, app).await;
        Ok(())
    })
}

/// Incidents of a ledger whose archive is read before anybody asks.
const MOST_WARMED: u64 = 200_000;
/// Connections that are held at once; the next waits to be taken.
const MOST_CONNECTIONS: usize = 512;
/// A request's head must have come within this; so long an idle connection is kept as well.
const HEAD: Duration = Duration::from_secs(15);
/// A request's head is never larger.
const MOST_HEAD: usize = 64 << 10;
/// Answers may take so long to be finished when the process is told to end.
const FAREWELL: Duration = Duration::from_secs(5);

async fn listen(listener: TcpListener, app: axum::Router) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(MOST_HEAD).max_headers(64);
    // Who has asked all and closes that side still wants the answer.
    http.half_close(true);
    let mut end = std::pin::pin!(ended());
    loop {
        let taken = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            both = taken => both,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            // No more files may be open, or the asker is gone again: what is held ends sometime.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Answers are small; an asker that is not there is no reason to stop.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(app.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is the asker's matter.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}

async fn ended() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
