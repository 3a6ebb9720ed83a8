//! The `pkgsource` command. Everything is in the library; this file only ends the process.

use std::process::ExitCode;

fn main() -> ExitCode {
    pkgsource::command::main().into()
}
