use super::*;

const ALL: [Code; 8] =
    [Code::Other, Code::Usage, Code::Rejected, Code::Trap, Code::Revert, Code::OutOfGas, Code::Chain, Code::State];

#[test]
fn help_and_manual_list_every_exit_code() {
    let manual = include_str!("../../../docs/cli.md");
    for code in ALL {
        let (number, name) = (code.number(), code.name());
        assert!(HELP.contains(&format!("\n  {number}  ")), "{name}");
        assert!(manual.contains(&format!("\n| {number} | `{name}` | ")), "{name}");
    }
}

#[test]
fn the_manual_names_every_command() {
    let manual = include_str!("../../../docs/cli.md");
    let command = <crate::args::Cli as clap::CommandFactory>::command();
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = command.get_name();
        assert!(manual.contains(&format!("\n| `{name}")), "{name}");
    }
}
