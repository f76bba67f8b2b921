//! Entry points of contracts: those of this repository, and those of a folder of real contracts that is
//! read where it exists. Such a folder has `contracts/accept/*.wasm`, contracts from public chains and
//! projects, and `wasm/*.wasm`; nothing of it is part of this repository.

use super::{Entry, Task, Workload};
use anyhow::{Context, Result};
use std::path::Path;

/// Flipper as the contract's build script makes it.
pub(super) const FLIPPER: &[u8] = include_bytes!("../../../contracts/flipper/flipper.wasm");
/// ERC-20 alike.
pub(super) const ERC20: &[u8] = include_bytes!("../../../contracts/erc20/erc20.wasm");

/// The host's caller, who owns what there is to own.
const OWNER: [u8; 32] = [1; 32];
/// Somebody else.
const OTHER: [u8; 32] = [2; 32];

/// The selector that most contracts give their constructor.
const NEW: [u8; 4] = [0x9b, 0xae, 0x9d, 0x5e];
/// Selectors of ERC-20 in ink! since version 3.
const TRANSFER: [u8; 4] = [0x84, 0xa1, 0x5d, 0xa1];
const APPROVE: [u8; 4] = [0x68, 0x12, 0x66, 0xa0];
const TRANSFER_FROM: [u8; 4] = [0x0b, 0x39, 0x6f, 0x18];

/// A message with its contract and what goes before it.
struct Message {
    name: &'static str,
    /// Below the folder of real contracts.
    file: &'static str,
    constructor: Vec<u8>,
    /// Messages that run before the one that is timed.
    before: Vec<Vec<u8>>,
    message: Vec<u8>,
}

/// Selector and arguments, encoded.
fn input(selector: [u8; 4], arguments: &[&[u8]]) -> Vec<u8> {
    [&selector[..], &arguments.concat()].concat()
}

/// Messages of the contracts in this repository, and a constructor.
pub(super) fn own() -> Vec<Workload> {
    let supply = input(NEW, &[&1_000_000_u128.to_le_bytes()]);
    let five = 5_u128.to_le_bytes();
    let workload = |name: &str, blob: &[u8], task| Workload { name: name.into(), blob: blob.to_vec(), task };
    let call = |constructor: &[u8], before: Vec<Vec<u8>>, message: Vec<u8>| {
        let before = std::iter::once(constructor.to_vec()).chain(before).collect();
        Task::Message { before, entry: Entry::Call, message }
    };
    vec![
        workload("flipper flip", FLIPPER, call(&input(NEW, &[&[0]]), vec![], input([0x63, 0x3a, 0xa5, 0x51], &[]))),
        workload("erc20 new", ERC20, Task::Message { before: vec![], entry: Entry::Deploy, message: supply.clone() }),
        workload("erc20 balance_of", ERC20, call(&supply, vec![], input([0x0f, 0x75, 0x5a, 0x56], &[&OWNER]))),
        workload("erc20 transfer", ERC20, call(&supply, vec![], input(TRANSFER, &[&OTHER, &five]))),
        workload("erc20 approve", ERC20, call(&supply, vec![], input(APPROVE, &[&OTHER, &five]))),
        workload(
            "erc20 transfer_from",
            ERC20,
            call(&supply, vec![input(APPROVE, &[&OWNER, &[9; 16]])], input(TRANSFER_FROM, &[&OWNER, &OTHER, &five])),
        ),
    ]
}

/// Messages of the real contracts under this folder, and the names of those that are not there.
pub(super) fn real(folder: &Path) -> Result<(Vec<Workload>, Vec<String>)> {
    let (mut found, mut absent) = (Vec::new(), Vec::new());
    for Message { name, file, constructor, before, message } in tokens().into_iter().chain(others()) {
        let path = folder.join(file);
        if !path.is_file() {
            absent.push(name.into());
            continue;
        }
        let blob = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let before = std::iter::once(constructor).chain(before).collect();
        found.push(Workload { name: name.into(), blob, task: Task::Message { before, entry: Entry::Call, message } });
    }
    let coremark = folder.join("wasm/coremark-minimal.wasm");
    if coremark.is_file() {
        let blob = std::fs::read(&coremark).with_context(|| format!("cannot read {}", coremark.display()))?;
        found.push(Workload { name: "coremark".into(), blob, task: Task::Kernel { args: vec![] } });
    } else {
        absent.push("coremark".into());
    }
    Ok((found, absent))
}

/// Tokens of several standards, languages and years.
fn tokens() -> Vec<Message> {
    let supply = input(NEW, &[&1_000_000_u128.to_le_bytes()]);
    let five = 5_u128.to_le_bytes();
    let token = 7_u32.to_le_bytes();
    // Solidity's number: 32 bytes, the lowest first, as Solang encodes it.
    let wide = |value: u8| [&[value][..], &[0; 31]].concat();
    let approved = || vec![input(APPROVE, &[&OWNER, &[9; 16]])];
    vec![
        Message {
            name: "ink 3 erc20 transfer_from",
            file: "contracts/accept/ink3.0.0-rc6__erc20__a5c6c281.wasm",
            constructor: supply.clone(),
            before: approved(),
            message: input(TRANSFER_FROM, &[&OWNER, &OTHER, &five]),
        },
        Message {
            name: "ink 4 erc20 transfer",
            file: "contracts/accept/ink4.2.0__erc20__f7f2651b.wasm",
            constructor: supply.clone(),
            before: vec![],
            message: input(TRANSFER, &[&OTHER, &five]),
        },
        Message {
            name: "ink 5 erc20 transfer_from",
            file: "contracts/accept/ink5.0.0-rc.1__erc20__05a88fed.wasm",
            constructor: supply,
            before: approved(),
            message: input(TRANSFER_FROM, &[&OWNER, &OTHER, &five]),
        },
        Message {
            name: "ink 3 psp22 transfer",
            file: "contracts/accept/ink3.0.0-rc6__psp22_minter_pauser__ff5a9692.wasm",
            constructor: input(NEW, &[&[0; 18], &[12]]),
            before: vec![input([0xfc, 0x3c, 0x75, 0xd4], &[&OWNER, &1_000_000_u128.to_le_bytes()])],
            message: input([0xdb, 0x20, 0xf9, 0xf5], &[&OTHER, &five, &[0]]),
        },
        Message {
            name: "ink 4 psp22 transfer",
            file: "contracts/accept/ink4.3.0__psp22__73cd8b47.wasm",
            constructor: input(NEW, &[&1_000_000_u128.to_le_bytes(), &[0, 0, 12]]),
            before: vec![],
            message: input([0xdb, 0x20, 0xf9, 0xf5], &[&OTHER, &five, &[0]]),
        },
        Message {
            name: "solang erc20 transfer",
            file: "contracts/accept/solang0.3.2__BenchERC20__409b8ee5.wasm",
            constructor: input([0x58, 0x16, 0xc4, 0x25], &[&wide(200)]),
            before: vec![],
            message: input([0xa9, 0x05, 0x9c, 0xbb], &[&OTHER, &wide(5)]),
        },
        Message {
            name: "solang erc20 transferFrom",
            file: "contracts/accept/solang0.3.0__BenchERC20__b7d3fb30.wasm",
            constructor: input([0x58, 0x16, 0xc4, 0x25], &[&wide(200)]),
            before: vec![input([0x09, 0x5e, 0xa7, 0xb3], &[&OWNER, &wide(9)])],
            message: input([0x23, 0xb8, 0x72, 0xdd], &[&OWNER, &OTHER, &wide(5)]),
        },
        Message {
            name: "ink 3 erc721 mint",
            file: "contracts/accept/ink3.0.0-rc1__erc721__ddae71a2.wasm",
            constructor: input([0xd1, 0x83, 0x51, 0x2b], &[]),
            before: vec![],
            message: input([0xf8, 0x88, 0x5e, 0xeb], &[&token]),
        },
        Message {
            name: "ink 4 erc721 transfer",
            file: "wasm/erc721.wasm",
            constructor: input(NEW, &[]),
            before: vec![input([0xcf, 0xdd, 0x9a, 0xa2], &[&token])],
            message: input(TRANSFER, &[&OTHER, &token]),
        },
        Message {
            name: "ink 4 erc1155 transfer",
            file: "wasm/erc1155.wasm",
            constructor: input(NEW, &[]),
            before: vec![input([0xab, 0x70, 0x0a, 0x1b], &[&1_000_000_u128.to_le_bytes()])],
            message: input([0x53, 0x24, 0xd5, 0x56], &[&OWNER, &OTHER, &1_u128.to_le_bytes(), &five, &[0]]),
        },
    ]
}

/// What is not a token.
fn others() -> Vec<Message> {
    let rounds = 500_u32.to_le_bytes();
    let transaction = [&OTHER[..], &[0; 4], &[0], &[0; 16], &[0; 8]];
    vec![
        Message {
            name: "ink 2 multisig submit",
            file: "contracts/accept/ink2.1.0__multisig_plain__4c0935ae.wasm",
            constructor: input([0x41, 0xe6, 0x91, 0xfc], &[&2_u32.to_le_bytes(), &[8], &OWNER, &OTHER]),
            before: vec![],
            message: input([0x1c, 0xbe, 0x05, 0x60], &transaction),
        },
        Message {
            name: "ink 4 auction echo",
            file: "contracts/accept/ink4.2.0__mother__9faa1a8a.wasm",
            constructor: input(NEW, &[&[0; 49]]),
            before: vec![],
            message: input([0xbc, 0x7a, 0xc4, 0xcf], &[&[0; 49]]),
        },
        Message {
            name: "ink 4 types prelude",
            file: "contracts/accept/ink4.2.0__storage-types__b3c10dfd.wasm",
            constructor: input(NEW, &[]),
            before: vec![],
            message: input([0x4d, 0x74, 0x23, 0x10], &[]),
        },
        Message {
            name: "ink 4 storage read_write",
            file: "contracts/accept/ink4.2.0__storage__4da1541c.wasm",
            constructor: input(NEW, &[]),
            before: vec![],
            message: input([0x41, 0xc7, 0xe1, 0x81], &[&OTHER, &50_u32.to_le_bytes()]),
        },
        Message {
            name: "solang storage readWrite",
            file: "contracts/accept/solang0.3.2__Storage__9fa897f2.wasm",
            constructor: input([0xcd, 0xbf, 0x60, 0x8d], &[]),
            before: vec![],
            message: input([0xa7, 0x26, 0x9e, 0xfc], &[&OTHER, &50_u32.to_le_bytes()]),
        },
        Message {
            name: "ink 4 odd_product",
            file: "contracts/accept/ink4.3.0__computation__797a0bf3.wasm",
            constructor: input(NEW, &[]),
            before: vec![],
            message: input([0x2a, 0xc6, 0x52, 0x85], &[&rounds]),
        },
        Message {
            name: "solang oddProduct",
            file: "contracts/accept/solang0.3.2__Computation__737172ea.wasm",
            constructor: input([0xcd, 0xbf, 0x60, 0x8d], &[]),
            before: vec![],
            message: input([0x7b, 0x96, 0xf0, 0xe0], &[&rounds]),
        },
    ]
}
