//! Who may touch the chain: one thread, which does one job after the other. Everybody else sends it jobs.
//!
//! Promises: at most [`JOBS_MAX`](super::bounds::JOBS_MAX) jobs wait; who would send one more waits until there is room.

use super::{
    blocks::Blocks,
    bounds,
    error::{self, Answer},
};
use sp_core::H256;
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc, oneshot};
use vellum_runtime::Header;

/// A new block, as subscribers hear of it.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its hash.
    pub hash: H256,
    /// Its header.
    pub header: Arc<Header>,
}

/// What the owner does next.
pub enum Job {
    /// Something with the chain.
    Do(Box<dyn FnOnce(&mut Blocks) + Send>),
    /// Nothing any more.
    End,
}

/// The jobs, in the order in which they came.
pub type Jobs = mpsc::Receiver<Job>;

/// How everybody else reaches the owner of the chain.
#[derive(Clone)]
pub struct Owner {
    jobs: mpsc::Sender<Job>,
    heads: broadcast::Sender<Head>,
}

/// Both ends.
pub fn pair() -> (Owner, Jobs) {
    let (jobs, received) = mpsc::channel(bounds::JOBS_MAX);
    let (heads, _) = broadcast::channel(bounds::HEADS_MAX);
    (Owner { jobs, heads }, received)
}

impl Owner {
    /// Has the owner do something, and waits for what comes of it.
    pub async fn ask<R: Send + 'static>(
        &self,
        what: impl FnOnce(&mut Blocks) -> Answer<R> + Send + 'static,
    ) -> Answer<R> {
        let (answer, answered) = oneshot::channel();
        // Whoever has gone meanwhile does not want the answer any more.
        let job = Job::Do(Box::new(move |blocks| drop(answer.send(what(blocks)))));
        self.jobs.send(job).await.map_err(|_| error::unanswered())?;
        answered.await.map_err(|_| error::unanswered())?
    }

    /// Where new blocks are announced.
    pub fn heads(&self) -> broadcast::Sender<Head> {
        self.heads.clone()
    }

    /// Ends the owner's work. It may have ended by itself.
    pub async fn end(&self) {
        let _ = self.jobs.send(Job::End).await;
    }
}
