//! `vellum serve`: the chain as clients know it, over JSON-RPC 2.0 by WebSocket and HTTP.
//!
//! One thread owns the chain ([`owner`]) and does what it is asked, one thing after the other; the server's threads read
//! requests, hand them over and write answers ([`methods`]). Every transaction becomes a block when it comes, and
//! every block is final.
//!
//! Relies on jsonrpsee for the protocol, and on the bounds below and in [`bounds`] for staying small whoever calls.
//! Promises: no request ends the program or makes it keep more than the bounds allow; what is refused says why.

mod apis;
mod blocks;
mod bounds;
mod error;
mod methods;
mod owner;

use crate::{
    chain::{Chain, noted_fault},
    exit::{Code, Failure, Outcome},
};
use blocks::Blocks;
use jsonrpsee::server::{BatchRequestConfig, Server, ServerHandle};
use owner::{Job, Jobs, Owner};
use std::{net::SocketAddr, time::Duration};

/// Threads of the server. They only read and write; the work is the owner's.
const THREADS: usize = 2;
/// How long connections may take to end when the program is to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// Serves the chain at a port of this machine until the program is told to end, and gives the chain back. `listening`
/// is told the address once clients can connect.
pub fn run(chain: Chain, port: u16, listening: impl FnOnce(&Chain, SocketAddr)) -> Outcome<Chain> {
    let (owner, jobs) = owner::pair();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Code::Other, format!("the server has no threads: {error}")))?;
    let mut blocks = Blocks::over(chain, owner.heads())?;
    // A runtime that does not start is found out before anybody connects, and one that is compiled is compiled now.
    blocks.chain().ask(&blocks.chain().view()?, "Core_version", &[])?;
    let (address, server) = runtime.block_on(listen(port, owner.clone()))?;
    let told = runtime.block_on(async { told_to_end() });
    let told = told.map_err(|error| Failure::new(Code::Other, format!("the end cannot be listened for: {error}")))?;
    runtime.spawn(end(told, server, owner));
    survive_panics();
    listening(blocks.chain(), address);
    work(&mut blocks, jobs);
    runtime.shutdown_timeout(FAREWELL);
    Ok(blocks.into_chain())
}

async fn listen(port: u16, owner: Owner) -> Outcome<(SocketAddr, ServerHandle)> {
    let server = Server::builder()
        .max_connections(bounds::CONNECTIONS_MAX)
        .max_subscriptions_per_connection(bounds::SUBSCRIPTIONS_MAX)
        .max_request_body_size(bounds::REQUEST_BYTES_MAX)
        .max_response_body_size(bounds::RESPONSE_BYTES_MAX)
        .set_batch_request_config(BatchRequestConfig::Limit(bounds::BATCH_MAX))
        .set_message_buffer_capacity(bounds::MESSAGES_MAX)
        // This machine only: whoever can connect may do what the well-known development keys may.
        .build(SocketAddr::from(([127, 0, 0, 1], port)))
        .await
        .map_err(|error| {
            Failure::new(Code::Other, format!("cannot listen at 127.0.0.1:{port}: {error}"))
                .help("choose another port with --port; --port 0 takes one that is free")
        })?;
    let address = server
        .local_addr()
        .map_err(|error| Failure::new(Code::Other, format!("the server does not know its address: {error}")))?;
    let methods = methods::all(owner)
        .map_err(|error| Failure::new(Code::Other, format!("a method has two definitions: {error}")))?;
    Ok((address, server.start(methods)))
}

/// Does what comes, until the end is what comes.
fn work(blocks: &mut Blocks, mut jobs: Jobs) {
    while let Some(job) = jobs.blocking_recv() {
        match job {
            // What panics was asked by somebody who is told that no answer comes; a block in the making is dropped.
            Job::Do(act) => drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| act(blocks)))),
            Job::End => return,
        }
    }
}

/// Waits for the signal to end, and ends the server first: what is being answered still is.
async fn end(told: impl Future<Output = ()>, server: ServerHandle, owner: Owner) {
    told.await;
    // A server that has stopped already is what is wanted.
    let _ = server.stop();
    let _ = tokio::time::timeout(FAREWELL, server.stopped()).await;
    owner.end().await;
}

/// Listens for Ctrl-C and for the signal to terminate, from now on; completes when one of them comes.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}

#[cfg(not(unix))]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

/// A panic of the runtime costs its block and its caller's answer, nothing else, where panics unwind: the state is as it was.
/// One that comes from the state itself still ends the program, as in every command.
fn survive_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let in_database = panic.location().is_some_and(|location| location.file().contains("redb"));
        if cfg!(panic = "abort") || in_database || noted_fault().is_some() {
            usual(panic);
        } else {
            eprintln!("a request made the runtime panic: {panic}");
        }
    }));
}
