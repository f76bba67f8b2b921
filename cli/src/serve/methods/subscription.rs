//! What all subscriptions do: they begin with what is, and go on with what comes.

use crate::serve::owner::Head;
use jsonrpsee::{SubscriptionMessage, SubscriptionSink};
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Sends something to a subscriber, and says whether there still is one.
pub async fn send(sink: &SubscriptionSink, what: &impl Serialize) -> bool {
    match SubscriptionMessage::from_json(what) {
        Ok(message) => sink.send(message).await.is_ok(),
        Err(_) => false,
    }
}

/// The next block, as long as there is a subscriber. One who is far behind goes on with the oldest that is still known.
pub async fn next(heads: &mut Receiver<Head>, sink: &SubscriptionSink) -> Option<Head> {
    loop {
        tokio::select! {
            () = sink.closed() => return None,
            head = heads.recv() => match head {
                Ok(head) => return Some(head),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
