//! Taking connections, and ending them in good order.
//!
//! As `axum::serve` does it, which has no place to say how much a connection may read ahead: what twenty large uploads
//! take in memory is for the most part that. A head that does not come within half a minute ends the connection, too.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// Most bytes that a connection reads ahead, the head of a request among them.
const READ_AHEAD: usize = 64 * 1024;

/// Serves until `stop` is ready; then takes no more connections and waits for the requests under way.
pub(crate) async fn serve(mut listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).max_buf_size(READ_AHEAD);
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            connection = Listener::accept(&mut listener) => connection,
            () = &mut stop => break,
        };
        // What is answered is sent when it is there. A connection that has gone says so below.
        let _ = stream.set_nodelay(true);
        let service = service_fn({
            let app = app.clone();
            move |mut request: Request<_>| {
                request.extensions_mut().insert(ConnectInfo::<SocketAddr>(from));
                app.clone().oneshot(request)
            }
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection ended by a fault");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}
