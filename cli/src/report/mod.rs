//! What a command says: text for people and one JSON object for scripts, made side by side.

pub mod events;
pub mod weight;

use crate::exit::{Code, Failure};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};
use serde_json::{Map, Value, json};
use std::{
    fmt::Write as _,
    io::{IsTerminal, Write as _},
};

/// The width of the names in front of values.
const LABEL_WIDTH: usize = 12;

/// A command's answer under construction.
#[derive(Default)]
pub struct Report {
    text: String,
    json: Map<String, Value>,
    failure: Option<Failure>,
}

impl Report {
    /// A line of its own.
    pub fn line(&mut self, line: impl AsRef<str>) -> &mut Self {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
        self
    }

    /// A line that begins a section.
    pub fn heading(&mut self, line: impl AsRef<str>) -> &mut Self {
        let line = line.as_ref();
        self.line(if colors() { format!("\x1b[1m{line}\x1b[0m") } else { line.to_owned() })
    }

    /// A name and its value; further lines of the value stay aligned.
    pub fn row(&mut self, label: &str, value: impl AsRef<str>) -> &mut Self {
        let mut label = label;
        for line in value.as_ref().lines() {
            writeln!(self.text, "  {label:LABEL_WIDTH$}{line}").expect("a string takes any text; qed");
            label = "";
        }
        self
    }

    /// A table below the rows.
    pub fn table(&mut self, table: &Table) -> &mut Self {
        self.text.push('\n');
        for line in table.lines() {
            writeln!(self.text, "  {}", line.trim_end()).expect("a string takes any text; qed");
        }
        self
    }

    /// A field of the JSON form.
    pub fn field(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.json.insert(key.into(), value.into());
        self
    }

    /// Marks the command as failed: what was found out is still reported.
    pub fn fail(&mut self, failure: Failure) -> &mut Self {
        self.failure.get_or_insert(failure);
        self
    }

    /// The JSON form so far.
    pub fn json(&self) -> Value {
        Value::Object(self.json.clone())
    }

    /// Appends the text of another report, and its failure.
    pub fn append(&mut self, other: Report) -> &mut Self {
        self.text.push_str(&other.text);
        if let Some(failure) = other.failure {
            self.fail(failure);
        }
        self
    }

    /// Prints the report and gives back the exit code.
    pub fn print(mut self, json: bool) -> u8 {
        let code = self.failure.as_ref().map_or(0, |failure| failure.code.number());
        if json {
            let mut object = Map::new();
            object.insert("ok".into(), json!(self.failure.is_none()));
            object.append(&mut self.json);
            if let Some(failure) = &self.failure {
                object.insert("error".into(), failure.json());
            }
            return exit_code(print(&format!("{}\n", Value::Object(object))), code);
        }
        let printed = print(&self.text);
        if let Some(failure) = &self.failure {
            print_failure(failure);
        }
        exit_code(printed, code)
    }
}

/// Prints a failure that left nothing else to say.
pub fn print_failed(failure: &Failure, json: bool) -> u8 {
    let code = failure.code.number();
    if json {
        return exit_code(print(&format!("{}\n", json!({ "ok": false, "error": failure.json() }))), code);
    }
    print_failure(failure);
    code
}

fn print_failure(failure: &Failure) {
    let label = if std::io::stderr().is_terminal() && !no_color() { "\x1b[1;31merror:\x1b[0m" } else { "error:" };
    // There is nowhere left to complain if stderr is closed.
    let _ = writeln!(std::io::stderr(), "{label} {failure}");
}

/// Writes to stdout. A reader that went away, as `head` does, is no error; anything else is, or a script
/// would take half an answer for a whole one.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Code::Other, format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// The exit code of what was to be printed.
fn exit_code(printed: Result<(), Failure>, code: u8) -> u8 {
    match printed {
        Ok(()) => code,
        Err(failure) => {
            print_failure(&failure);
            failure.code.number()
        }
    }
}

fn colors() -> bool {
    std::io::stdout().is_terminal() && !no_color()
}

fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// A table whose columns from `right_from` on are numbers.
pub fn table(header: &[&str], right_from: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    for column in table.column_iter_mut().skip(right_from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
