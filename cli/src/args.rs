//! The command line.

use crate::exit;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use vellum_runtime_caller::Placement;

/// The heading of the options that every command takes.
const EVERYWHERE: &str = "Options of every command";

/// Upload, instantiate, call and inspect WebAssembly contracts on a chain inside this program.
///
/// The chain lives in a folder between commands and needs no node. Every command that changes something makes
/// one block.
#[derive(Parser, Debug)]
#[command(name = "vellum", version, after_help = exit::HELP, max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Args, Debug)]
pub struct Global {
    /// The folder that holds the chain [default: ./.vellum]
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub state: Option<PathBuf>,
    /// Print one JSON object instead of text, for errors too
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Rows of each weight table; 0 for all [default: 8, in the demo 5]
    #[arg(long, global = true, value_name = "N", help_heading = EVERYWHERE)]
    pub rows: Option<usize>,
    /// Where the runtime and its engine stand: native, linked (Wasm with the engine inside) or host (Wasm that
    /// uses the engine of this program). Results are the same
    #[arg(long, global = true, value_name = "WHERE", default_value = "native", help_heading = EVERYWHERE)]
    pub placement: Placement,
    /// The Wasm runtime [default: what scripts/build-runtime.sh makes, below the working folder]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub runtime: Option<PathBuf>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Store a contract's code on the chain
    Upload(Upload),
    /// Make a contract from code: a file, or the hash of stored code
    Instantiate(Instantiate),
    /// Call a contract's message
    Call(Call),
    /// Show what upload, instantiate or call would do, without a block
    DryRun {
        /// What to try.
        #[command(subcommand)]
        what: DryRun,
    },
    /// Show what is in a Wasm file, whether the chain accepts it, and what its upload costs
    Inspect {
        /// A `.contract`, `.wasm` or metadata `.json` file
        file: PathBuf,
    },
    /// Judge every code that a chain with pallet-contracts stores, before it changes to this pallet
    CheckChain(CheckChain),
    /// Remove stored code that no contract uses
    Remove(Remove),
    /// List the development accounts and their balances
    Accounts,
    /// Show the chain: head, codes, contracts; or one contract in detail
    Info(Info),
    /// Show the events of a block
    Events(Events),
    /// Serve the chain to clients such as polkadot-js, over JSON-RPC by WebSocket and HTTP
    ///
    /// Every transaction that comes is a block of its own, which is final at once. Only this machine can connect: the
    /// development accounts' keys are known to everybody. The state folder is in use until Ctrl-C ends the server.
    Serve(Serve),
    /// Find out whether prices of instructions tell the truth
    #[command(subcommand)]
    Gas(vellum_benchmarking::gas::Command),
    /// Run the whole story on contracts that are built in
    Demo,
}

/// What can be tried.
#[derive(Subcommand, Debug)]
pub enum DryRun {
    /// Try an upload
    Upload(Upload),
    /// Try an instantiation
    Instantiate(Instantiate),
    /// Try a call
    Call(Call),
}

/// Who signs.
#[derive(Args, Debug)]
pub struct Signing {
    /// Who signs and pays: a development account or a secret URI such as `//Alice//1`
    #[arg(long, short, default_value = "alice", value_name = "NAME")]
    pub signer: String,
    /// The most that may be tied up as storage deposit, e.g. `2 UNIT` [default: the chain's]
    #[arg(long, value_name = "AMOUNT")]
    pub deposit_limit: Option<String>,
    /// Show what would happen, without a block
    #[arg(long)]
    pub dry_run: bool,
}

/// What a constructor or message is run with.
#[derive(Args, Debug)]
pub struct Running {
    /// Arguments in order, e.g. `alice 100 "Some([1, 2])" "{ x: 1 }" 0x1234`
    #[arg(value_name = "ARGS", allow_negative_numbers = true)]
    pub args: Vec<String>,
    /// An argument by name; may be given several times
    #[arg(long = "arg", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub named: Vec<(String, String)>,
    /// The raw input in hex, selector included, instead of a name and arguments
    #[arg(long, value_name = "HEX", conflicts_with_all = ["args", "named"])]
    pub data: Option<String>,
    /// An amount to send along, e.g. `1.5 UNIT`; a plain number counts the smallest unit
    #[arg(long, default_value = "0", value_name = "AMOUNT")]
    pub value: String,
    /// The ref_time limit in picoseconds [default: what a dry run needs]
    #[arg(long, value_name = "PICOSECONDS")]
    pub gas: Option<u64>,
    /// The proof size limit in bytes [default: what a dry run needs]
    #[arg(long, value_name = "BYTES")]
    pub proof_size: Option<u64>,
    /// Send the transaction although the dry run failed
    #[arg(long)]
    pub force: bool,
}

/// `vellum upload`.
#[derive(Args, Debug)]
pub struct Upload {
    /// A `.contract`, `.wasm` or metadata `.json` file
    pub file: PathBuf,
    /// Who signs.
    #[command(flatten)]
    pub signing: Signing,
}

/// `vellum instantiate`.
#[derive(Args, Debug)]
pub struct Instantiate {
    /// A contract file, or the hash of stored code
    #[arg(value_name = "FILE|CODE_HASH")]
    pub code: String,
    /// The constructor [default: the only one, the default one, or `new`]
    pub constructor: Option<String>,
    /// What it is run with.
    #[command(flatten)]
    pub running: Running,
    /// Bytes in hex that make the address differ
    #[arg(long, default_value = "0x", value_name = "HEX")]
    pub salt: String,
    /// What later commands may call the contract [default: the name in its metadata]
    #[arg(long)]
    pub name: Option<String>,
    /// Who signs.
    #[command(flatten)]
    pub signing: Signing,
}

/// `vellum call`.
#[derive(Args, Debug)]
pub struct Call {
    /// The contract: its name or its address
    pub contract: String,
    /// The message; may be left out with --data
    pub message: Option<String>,
    /// What it is run with.
    #[command(flatten)]
    pub running: Running,
    /// Metadata to use instead of what was stored with the code
    #[arg(long, value_name = "FILE")]
    pub metadata: Option<PathBuf>,
    /// Make a block although the message only reads
    #[arg(long)]
    pub execute: bool,
    /// Who signs.
    #[command(flatten)]
    pub signing: Signing,
}

/// `vellum check-chain`.
#[derive(Args, Debug)]
pub struct CheckChain {
    /// A raw chain specification, as a node writes it with `export-state --raw`, or the URL of a node
    #[arg(value_name = "FILE|URL")]
    pub chain: String,
    /// The name of the pallet in the chain's runtime
    #[arg(long, default_value = "Contracts", value_name = "NAME")]
    pub pallet: String,
    /// List codes that there is nothing to say about, too
    #[arg(long)]
    pub all: bool,
}

/// `vellum remove`.
#[derive(Args, Debug)]
pub struct Remove {
    /// The hash of the code, or the file that it came from
    #[arg(value_name = "CODE_HASH|FILE")]
    pub code: String,
    /// Who signs; only the owner may remove code
    #[arg(long, short, default_value = "alice", value_name = "NAME")]
    pub signer: String,
}

/// `vellum info`.
#[derive(Args, Debug)]
pub struct Info {
    /// A contract by name or address
    pub contract: Option<String>,
    /// Read everything that is stored and check it
    #[arg(long)]
    pub verify: bool,
}

/// `vellum events`.
#[derive(Args, Debug)]
pub struct Events {
    /// The block's number [default: the last block]
    #[arg(long, value_name = "NUMBER")]
    pub block: Option<u32>,
    /// Only what contracts emitted
    #[arg(long)]
    pub contracts_only: bool,
}

/// `vellum serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where clients connect, at 127.0.0.1; 0 takes a port that is free, and the first line says which
    #[arg(long, default_value_t = 9944)]
    pub port: u16,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}
