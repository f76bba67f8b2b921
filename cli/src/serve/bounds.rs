//! How much a caller may ask for. Callers are strangers: everything that a request can make larger has a bound here.

/// Connections at once.
pub const CONNECTIONS_MAX: u32 = 100;
/// Subscriptions of a connection at once. polkadot-js has one for each transaction that it waits for.
pub const SUBSCRIPTIONS_MAX: u32 = 128;
/// A request. The longest transaction that fits a block has 3.75 MiB, which are twice as many digits.
pub const REQUEST_BYTES_MAX: u32 = 8 << 20;
/// An answer. The longest is a full block of 5 MiB, in digits.
pub const RESPONSE_BYTES_MAX: u32 = 16 << 20;
/// Requests in a batch.
pub const BATCH_MAX: u32 = 64;
/// Messages that wait for a connection to take them. A subscriber that is slower misses blocks in between.
pub const MESSAGES_MAX: u32 = 64;
/// Requests that wait for the chain; others wait to wait.
pub const JOBS_MAX: usize = 16;
/// Blocks that a subscriber may be behind.
pub const HEADS_MAX: usize = 256;
/// Keys in a page, in a question for values, and in a subscription to values; what nodes give, too.
pub const KEYS_MAX: usize = 1_000;
/// All values of an answer together: what fits into it, in digits.
pub const VALUES_BYTES_MAX: usize = 7 << 20;
/// Numbers in a question for hashes of blocks.
pub const NUMBERS_MAX: usize = 1_000;
/// Blocks whose states stay readable: what nodes keep, too. Earlier ones of this process are let go, and the
/// store itself has the last one only.
pub const STATES_MAX: usize = 256;
