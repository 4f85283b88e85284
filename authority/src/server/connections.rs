//! Connections with an end: each one takes a place, and none keeps it for longer than it is worth.

use super::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{io, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};

/// Largest request line with its headers, in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// How long an answer under way may take once its connection is to end.
const LAST_ANSWER: Duration = Duration::from_secs(10);
/// Pause after the system could not give a connection, for instance because too many files are open.
const PAUSE: Duration = Duration::from_secs(1);

/// Takes connections until `stop`; then the answers under way are given, and no new ones.
pub(super) async fn run(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections as usize));
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        // Without a free place the next one waits in the system's queue.
        let next = async {
            let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((place, listener.accept().await?.0))
        };
        let next = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match next {
            Ok((place, stream)) => drop(tokio::spawn(serve(stream, router.clone(), limits, stopped.clone(), place))),
            Err(error) if is_of_the_other_side(&error) => {}
            Err(error) => {
                eprintln!("no connection taken: {error}");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    drop(stopping);
    let _ = timeout(LAST_ANSWER, places.acquire_many(limits.connections)).await;
}

async fn serve(stream: TcpStream, router: Router, limits: Limits, mut stopped: watch::Receiver<()>, place: OwnedSemaphorePermit) {
    // Answers are whole when they are written: nothing is won by waiting for more.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .max_header_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    // What goes wrong on a connection is the other side's matter, and whose it was is nobody's.
    let ended = tokio::select! {
        _ = connection.as_mut() => true,
        () = sleep(limits.connection) => false,
        _ = stopped.changed() => false,
    };
    if !ended {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(LAST_ANSWER, connection).await;
    }
    drop(place);
}

fn is_of_the_other_side(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
