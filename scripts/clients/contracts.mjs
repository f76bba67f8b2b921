// The life of contracts through the client that most front ends use, against a chain that somebody serves.
//
// Every step says what it shows; the first that does not hold ends the program with code 1. What the steps rely on is only
// what the client's documentation promises, so a failure here is one that users would see.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { Abi, CodePromise, ContractPromise } from '@polkadot/api-contract';

const [url, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node contracts.mjs ws://ADDRESS FOLDER_OF_CONTRACTS');
  process.exit(2);
}

const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true, throwOnConnect: true });
const keys = new Keyring({ type: 'sr25519' });
const [alice, bob] = ['//Alice', '//Bob'].map((uri) => keys.addFromUri(uri));
let steps = 0;

async function step(name, run) {
  try {
    const value = await run();
    steps += 1;
    console.log(`ok ${steps} - ${name}`);
    return value;
  } catch (error) {
    console.log(`not ok ${steps + 1} - ${name}`);
    throw error;
  }
}

const bundle = (name) => JSON.parse(readFileSync(`${folder}/${name}/${name}.contract`, 'utf8'));

// The error's name as the metadata has it: `Contracts.CodeInUse`.
function named(dispatchError) {
  if (!dispatchError.isModule) return dispatchError.toString();
  const { section, name } = api.registry.findMetaError(dispatchError.asModule);
  return `${section}.${name}`;
}

// Sends a transaction and waits until its block is final. The answer has the error's name, if there is one.
const send = (transaction, signer = alice) => new Promise((resolve, reject) => {
  const seen = [];
  transaction.signAndSend(signer, (result) => {
    seen.push(result.status.type);
    if (result.isError) reject(new Error(`the transaction is ${result.status.type}`));
    if (result.status.isFinalized) resolve({ ...result, seen, error: result.dispatchError && named(result.dispatchError) });
  }).catch(reject);
});

const event = (result, method) => result.events.find(({ event }) => event.section === 'contracts' && event.method === method)?.event;

// A read, as a front end does it: a dry run whose output is decoded.
async function read(contract, message, ...args) {
  const answer = await contract.query[message](alice.address, { gasLimit: -1, storageDepositLimit: null }, ...args);
  assert(answer.result.isOk, `${message}: ${answer.result.toString()}`);
  return answer.output.toJSON().ok;
}

// What a call needs, from a dry run: the weight that the transaction is sent with.
async function limits(contract, message, ...args) {
  const answer = await contract.query[message](alice.address, { gasLimit: -1, storageDepositLimit: null }, ...args);
  return { gasLimit: answer.gasRequired, storageDepositLimit: null };
}

const heads = [];
const unsubscribe = await api.rpc.chain.subscribeNewHeads((head) => heads.push(head.number.toNumber()));

await step('the metadata is read: calls, events, errors, storage, runtime APIs', async () => {
  assert.deepEqual(Object.keys(api.tx.contracts).sort(), [
    'call', 'callOldWeight', 'instantiate', 'instantiateOldWeight', 'instantiateWithCode', 'instantiateWithCodeOldWeight',
    'migrate', 'removeCode', 'setCode', 'uploadCode',
  ]);
  assert(api.events.contracts.ContractEmitted && api.errors.contracts.CodeInUse && api.query.contracts.contractInfoOf);
  assert(api.call.contractsApi.call && api.call.contractsApi.instantiate && api.call.metadata.metadataAtVersion);
  assert.deepEqual(api.registry.chainTokens, ['UNIT']);
  const versions = await api.call.metadata.metadataVersions();
  assert(versions.length >= 2, versions.toString());
});

await step('methods are listed', async () => {
  const { methods } = await api.rpc.rpc.methods();
  for (const method of ['state_call', 'author_submitAndWatchExtrinsic', 'childstate_getStorage']) {
    assert(methods.map(String).includes(method), method);
  }
});

const flipper = new Abi(bundle('flipper'), api.registry.getChainProperties());
const flipperCode = flipper.info.source.wasm;
const flipperHash = flipper.info.source.wasmHash.toHex();

await step('an upload is tried without a block', async () => {
  const tried = await api.call.contractsApi.uploadCode(alice.address, flipperCode, null, 'Enforced');
  assert.equal(tried.asOk.codeHash.toHex(), flipperHash);
  assert((await api.query.contracts.pristineCode(flipperHash)).isNone);
});

await step('code is uploaded; its event and its bytes are read', async () => {
  const result = await send(api.tx.contracts.uploadCode(flipperCode, null, 'Enforced'));
  assert.equal(result.error, undefined);
  // The client drops what it is still reading a block for when the next news comes, so `InBlock` may be missing.
  assert.deepEqual(result.seen.filter((status) => status !== 'InBlock'), ['Ready', 'Finalized']);
  assert.equal(event(result, 'CodeStored').data.codeHash.toHex(), flipperHash);
  assert.equal((await api.query.contracts.pristineCode(flipperHash)).unwrap().toHex(), api.createType('Bytes', flipperCode).toHex());
  assert.equal((await api.query.contracts.codeInfoOf(flipperHash)).unwrap().owner.toString(), alice.address);
});

await step('broken code is refused, and the error has a name', async () => {
  const result = await send(api.tx.contracts.uploadCode('0x0061736d01000000ff', null, 'Enforced'));
  assert.equal(result.error, 'contracts.CodeRejected');
});

const flip = await step('a contract is made from stored code with the weight of a dry run', async () => {
  const data = flipper.constructors.find(({ method }) => method === 'new').toU8a([true]);
  const tried = await api.call.contractsApi.instantiate(alice.address, 0, null, null, { Existing: flipperHash }, data, '0x01');
  assert(tried.result.isOk, tried.result.toString());
  const result = await send(api.tx.contracts.instantiate(0, tried.gasRequired, null, flipperHash, data, '0x01'));
  assert.equal(result.error, undefined);
  const made = event(result, 'Instantiated').data;
  assert.equal(made.deployer.toString(), alice.address);
  assert.equal(made.contract.toString(), tried.result.asOk.accountId.toString());
  return new ContractPromise(api, flipper, made.contract);
});

await step('a message is called, and its event is decoded by the contract\'s metadata', async () => {
  assert.equal(await read(flip, 'get'), true);
  const result = await send(flip.tx.flip(await limits(flip, 'flip')));
  assert.equal(result.error, undefined);
  const emitted = event(result, 'ContractEmitted');
  const record = result.events.find(({ event }) => event === emitted);
  const decoded = flipper.decodeEvent(record);
  assert.equal(decoded.event.identifier.split('::').pop(), 'Flipped');
  assert.deepEqual(decoded.args.map(String), [alice.address, 'false']);
  assert.equal(await read(flip, 'get'), false);
});

await step('a refusal is read in a dry run, and is a revert in a block', async () => {
  const tried = await flip.query.flipTo(alice.address, { gasLimit: -1, storageDepositLimit: null }, false);
  assert.equal(tried.result.asOk.flags.bits.toNumber(), 1);
  assert.deepEqual(tried.output.toJSON(), { ok: { err: 'NothingToDo' } });
  const result = await send(flip.tx.flipTo({ gasLimit: tried.gasRequired, storageDepositLimit: null }, false));
  assert.equal(result.error, 'contracts.ContractReverted');
});

await step('a trap and the end of the weight limit have names', async () => {
  const tried = await flip.query.flipAndTrap(alice.address, { gasLimit: -1, storageDepositLimit: null });
  assert.equal(named(tried.result.asErr), 'contracts.ContractTrapped');
  const little = api.createType('WeightV2', { refTime: 1_000_000n, proofSize: 100_000n });
  const result = await send(flip.tx.flip({ gasLimit: little, storageDepositLimit: null }));
  assert.equal(result.error, 'contracts.OutOfGas');
  assert.equal(await read(flip, 'get'), false);
});

await step('a contract\'s storage is read by the runtime and as a child trie', async () => {
  const trieId = (await api.query.contracts.contractInfoOf(flip.address)).unwrap().trieId.toHex();
  const trie = '0x' + Buffer.from(':child_storage:default:').toString('hex') + trieId.slice(2);
  const [key] = await api.rpc.childstate.getKeysPaged(trie, '0x', 10);
  const value = (await api.rpc.childstate.getStorage(trie, key)).unwrap();
  assert.equal(value.toHex(), '0x00');
  // The trie's keys are hashed and carry what they are the hash of: ink's root key is four zeros.
  assert(key.toHex().endsWith('00000000'));
  const read = await api.call.contractsApi.getStorage(flip.address, '0x00000000');
  assert.equal(read.asOk.unwrap().toHex(), value.toHex());
});

const erc20 = new Abi(bundle('erc20'), api.registry.getChainProperties());
const token = await step('code and contract come in one transaction', async () => {
  const code = new CodePromise(api, erc20, erc20.info.source.wasm);
  const data = erc20.constructors[0].toU8a([1_000_000]);
  const tried = await api.call.contractsApi.instantiate(alice.address, 0, null, null, { Upload: erc20.info.source.wasm }, data, '0x');
  const result = await send(code.tx.new({ gasLimit: tried.gasRequired, storageDepositLimit: null }, 1_000_000));
  assert.equal(result.error, undefined);
  assert(event(result, 'CodeStored') && event(result, 'StorageDepositTransferredAndHeld'));
  const { contract } = event(result, 'Instantiated').data;
  return new ContractPromise(api, erc20, contract);
});

await step('tokens move; indexed fields are topics; too many do not move', async () => {
  const result = await send(token.tx.transfer(await limits(token, 'transfer', bob.address, 250), bob.address, 250));
  assert.equal(result.error, undefined);
  const record = result.events.find(({ event }) => event.method === 'ContractEmitted');
  const decoded = erc20.decodeEvent(record);
  assert.deepEqual(decoded.args.map(String), [alice.address, bob.address, '250']);
  assert.equal(record.topics.length, 3);
  assert.equal(await read(token, 'balanceOf', bob.address), 250);
  const tried = await token.query.transfer(bob.address, { gasLimit: -1, storageDepositLimit: null }, alice.address, 251);
  assert.equal(Object.keys(tried.output.toJSON().ok)[0], 'err');
});

await step('the past is as it was', async () => {
  const head = await api.rpc.chain.getHeader();
  const before = await api.at(await api.rpc.chain.getBlockHash(head.number.toNumber() - 2));
  assert((await before.query.contracts.contractInfoOf(token.address)).isNone);
  assert((await api.query.contracts.contractInfoOf(token.address)).isSome);
  const block = await api.rpc.chain.getBlock(head.hash);
  assert.equal(block.block.extrinsics.length, 2);
  assert.equal(block.block.extrinsics[1].method.method, 'call');
});

await step('a value is followed', async () => {
  const nonces = [];
  const stop = await api.query.system.account(bob.address, ({ nonce }) => nonces.push(nonce.toNumber()));
  await send(api.tx.balances.transferKeepAlive(alice.address, 1_000_000_000_000n), bob);
  await send(api.tx.balances.transferKeepAlive(alice.address, 1_000_000_000_000n), bob);
  stop();
  assert.deepEqual(nonces, [0, 1, 2]);
});

await step('a fee is told beforehand and is what is paid', async () => {
  const transaction = api.tx.balances.transferKeepAlive(alice.address, 1);
  const { partialFee } = await transaction.paymentInfo(bob);
  const result = await send(transaction, bob);
  const paid = result.events.find(({ event }) => event.method === 'TransactionFeePaid').event.data.actualFee;
  assert.equal(paid.toString(), partialFee.toString());
  const old = await api.rpc.payment.queryInfo(transaction.toHex());
  assert.equal(old.partialFee.toString(), partialFee.toString());
});

await step('a transaction that was there before, or comes too early, is refused', async () => {
  const { nonce } = await api.query.system.account(bob.address);
  const transfer = () => api.tx.balances.transferKeepAlive(alice.address, 1);
  await assert.rejects(transfer().signAndSend(bob, { nonce: nonce.toNumber() - 1 }), /1010.*Invalid Transaction.*outdated/);
  await assert.rejects(transfer().signAndSend(bob, { nonce: nonce.toNumber() + 1 }), /1010.*Invalid Transaction.*future/);
});

await step('code in use stays, unused code is removed and its deposit comes back', async () => {
  const kept = await send(api.tx.contracts.removeCode(flipperHash));
  assert.equal(kept.error, 'contracts.CodeInUse');
  const other = new Abi(bundle('caller'), api.registry.getChainProperties());
  const stored = await send(api.tx.contracts.uploadCode(other.info.source.wasm, null, 'Enforced'));
  const { codeHash, depositHeld } = event(stored, 'CodeStored').data;
  const stranger = await send(api.tx.contracts.removeCode(codeHash), bob);
  assert.equal(stranger.error, 'BadOrigin');
  const removed = await send(api.tx.contracts.removeCode(codeHash));
  assert.equal(removed.error, undefined);
  assert.equal(event(removed, 'CodeRemoved').data.depositReleased.toString(), depositHeld.toString());
  assert((await api.query.contracts.pristineCode(codeHash)).isNone);
});

await step('every block was announced, in order', async () => {
  const head = (await api.rpc.chain.getHeader()).number.toNumber();
  // Announcements come on their own time.
  for (let wait = 0; heads.at(-1) < head && wait < 100; wait += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(heads, Array.from({ length: head + 1 - heads[0] }, (_, index) => heads[0] + index));
  assert.equal((await api.rpc.chain.getFinalizedHead()).toHex(), (await api.rpc.chain.getBlockHash()).toHex());
});

unsubscribe();
await api.disconnect();
console.log(`${steps} passed, 0 failed`);
