//! The process: a listener, and an end that lets answers be finished.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use tokio::net::TcpListener;

use crate::desk::Desk;
use crate::route::app;

/// Serves until the process is told to end (SIGINT, SIGTERM). `ready` is told the address once requests are taken,
/// `told` what goes wrong in the background.
///
/// # Errors
/// When the address is beyond loopback and no token is set, or cannot be listened on.
pub fn serve(
    desk: Desk,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    told: impl Fn(&str) + Send + 'static,
) -> Result<()> {
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
        if desk.options.deaths.is_some() {
            let desk = Arc::clone(&desk);
            tokio::task::spawn_blocking(move || {
                if let Err(error) = desk.read_deaths() {
                    told(&format!("no deaths are forecast: {error:#}"));
                }
            });
        }
        let app = app(desk);
        ready(local);
        axum::serve(listener, app).with_graceful_shutdown(ended()).await.context("the server ended")
    })
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
