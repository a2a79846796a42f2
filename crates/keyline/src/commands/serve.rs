//! `keyline serve`: the pages, and the work of the clock beside them.

use anyhow::Context;
use keyline_operations::Cx;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::{house, listening};

pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    log_as(config)?;
    let house = house::open(config, true).await?;
    serve_on(&house.cx, config).await
}

/// Serves until the process is asked to stop; requests under way are finished.
pub(crate) async fn serve_on(cx: &Cx, config: &Config) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("listening on {}", config.listen))?;
    println!("Keyline answers at {}", config.address());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(keyline_jobs::run(cx.clone(), stopped.clone()));
    let stopping = async move {
        asked_to_stop().await;
        let _ = stop.send(true);
    };
    listening::serve(listener, keyline_web::app(cx), stopping).await;
    worker.await.context("the worker stopped by a fault")?;
    cx.db.close().await;
    Ok(())
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            }
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}

/// Sets up the log. Lines carry no personal content.
pub(crate) fn log_as(config: &Config) -> anyhow::Result<()> {
    let filter: EnvFilter = config.log.parse().context("reading the setting `log`")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json {
        builder.json().init();
    } else {
        builder.with_target(false).init();
    }
    Ok(())
}
