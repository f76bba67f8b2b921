//! `vellum demo`: the whole story on contracts that are part of this program.

use super::{call, instantiate, upload};
use crate::{
    account::Signer,
    args::{Call, Global, Instantiate, Running, Signing},
    bundle::Bundle,
    chain::{Chain, placement::Runtime},
    exit::Outcome,
    report::{Report, weight},
};

const FLIPPER: &[u8] = include_bytes!("../../../contracts/flipper/flipper.contract");
const ERC20: &[u8] = include_bytes!("../../../contracts/erc20/erc20.contract");
const CALLER: &[u8] = include_bytes!("../../../contracts/caller/caller.contract");

/// Rows of each weight table: enough to see where the weight goes.
const ROWS: usize = 5;

/// Tells the story on a chain in memory, or on the state that was named.
pub fn run(global: &Global) -> Outcome<Report> {
    weight::set_rows(global.rows.unwrap_or(ROWS));
    let runtime = Runtime::chosen(global)?;
    let mut chain = match &global.state {
        Some(folder) => Chain::open(folder, runtime)?,
        None => Chain::in_memory(runtime)?,
    };
    let mut report = Report::default();
    let mut teller = Teller { chain: &mut chain, report: &mut report, steps: Vec::new() };
    teller.flipper()?;
    teller.erc20()?;
    teller.caller()?;
    let steps = std::mem::take(&mut teller.steps);
    report.field("steps", steps);
    Ok(report)
}

struct Teller<'a> {
    chain: &'a mut Chain,
    report: &'a mut Report,
    steps: Vec<serde_json::Value>,
}

impl Teller<'_> {
    fn flipper(&mut self) -> Outcome<()> {
        self.say("1. A flipper holds one boolean. Uploading checks and compiles all of its code, and stores it once.");
        let bundle = Bundle::embedded("flipper.contract", FLIPPER)?;
        let step = upload::upload(self.chain, &bundle, &Signer::named("alice")?, None, false)?;
        self.step("upload", step);
        self.say("2. A contract is made from that code. Its constructor sets the boolean.");
        self.instantiate("flipper.contract", FLIPPER, "new", &["false"])?;
        self.say("3. Reading costs weight too, but needs no block.");
        self.call("flipper", "get", &[])?;
        self.say("4. Flipping is a transaction: a block, an event, a fee.");
        self.call("flipper", "flip", &[])?;
        self.look("flipper", "get", &[])
    }

    fn erc20(&mut self) -> Outcome<()> {
        self.say("5. A token. Its code and the contract come in one transaction.");
        self.instantiate("erc20.contract", ERC20, "new", &["1_000_000"])?;
        self.say("6. Alice sends some of it to Bob.");
        self.call("erc20", "transfer", &["bob", "2_500"])?;
        self.look("erc20", "balance_of", &["bob"])
    }

    fn caller(&mut self) -> Outcome<()> {
        self.say("7. A contract that calls the flipper, which it knows by its address.");
        self.instantiate("caller.contract", CALLER, "new", &["flipper"])?;
        self.say("8. One transaction, two contracts: the tables hold what both of them cost.");
        self.call("caller", "flip", &[])?;
        self.look("flipper", "get", &[])?;
        self.say("9. It asks for what the flipper refuses. The callee reverts, the caller goes on.");
        self.call("caller", "try_flip_to", &["false"])
    }

    fn say(&mut self, text: &str) {
        self.report.line("").line(text);
    }

    fn step(&mut self, name: &str, step: Report) {
        self.steps.push(serde_json::json!({ "command": name }));
        if let Some(last) = self.steps.last_mut() {
            last["report"] = step.json();
        }
        self.report.append(step);
    }

    fn instantiate(&mut self, name: &str, bytes: &[u8], constructor: &str, args: &[&str]) -> Outcome<()> {
        let bundle = Bundle::embedded(name, bytes)?;
        let args = Instantiate {
            code: name.into(),
            constructor: Some(constructor.into()),
            running: running(args),
            salt: crate::hex::encode(self.chain.head().number.to_le_bytes()),
            name: None,
            signing: signing("alice"),
        };
        let step = instantiate::run_bundle(self.chain, &args, bundle)?;
        self.step("instantiate", step);
        Ok(())
    }

    /// A call that only shows what became of the one before: no tables again.
    fn look(&mut self, contract: &str, message: &str, args: &[&str]) -> Outcome<()> {
        weight::show_tables(false);
        let looked = self.call(contract, message, args);
        weight::show_tables(true);
        looked
    }

    fn call(&mut self, contract: &str, message: &str, args: &[&str]) -> Outcome<()> {
        let args = Call {
            contract: contract.into(),
            message: Some(message.into()),
            running: running(args),
            metadata: None,
            execute: false,
            signing: signing("alice"),
        };
        let step = call::run(self.chain, &args)?;
        self.step("call", step);
        Ok(())
    }
}

fn running(args: &[&str]) -> Running {
    Running {
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        named: Vec::new(),
        data: None,
        value: "0".into(),
        gas: None,
        proof_size: None,
        force: false,
    }
}

fn signing(signer: &str) -> Signing {
    Signing { signer: signer.into(), deposit_limit: None, dry_run: false }
}
