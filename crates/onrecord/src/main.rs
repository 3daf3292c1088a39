//! Onrecord: a newsroom in one binary.
//!
//! This crate wires the areas together and gives them a command line. It holds no rules of its own: what a story, a
//! picture or an account may do stands in its area.
//!
//! Invariants:
//! - every command ends with a clear sentence and an exit status: 0 done, 1 not done, 2 not understood;
//! - nothing here reads or writes an area's tables.

mod assets;
mod cli;
mod config;
mod demo;
mod failure;
mod memory;
mod newsroom;
mod serve;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static MEMORY: memory::Wiping = memory::Wiping;

fn main() -> ExitCode {
    // A source is read by a process of its own, which is this program too.
    if let Some(code) = onrecord_record::extract::contained::begin() {
        return code;
    }
    end_quietly_when_nobody_reads();
    match cli::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("onrecord: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// `onrecord staff list | head -1`: whoever took the output has enough. `println!` panics then; that is no fault of ours
/// worth a trace.
fn end_quietly_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let text = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if text.starts_with("failed printing to stdout") {
            std::process::exit(1);
        }
        usual(panic);
    }));
}
