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
mod newsroom;
mod serve;

use std::process::ExitCode;

use clap::Parser;

/// Many small pages are made and dropped; this allocator gives the memory back where the system's keeps it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("onrecord: {failure}");
            ExitCode::FAILURE
        }
    }
}
