//! The browser's door to the sealing: the source's page, the desk's inbox and the ceremony of the keys seal and open with the same
//! code as the server and the terminal.
//!
//! The built file is committed as `web/dist/sealed.wasm` and embedded in the binary; `npm run wasm` in `web/` makes it anew.
//!
//! # How the worker calls it
//!
//! Three exports over plain numbers, and no imports: `input(bytes)` answers where the arguments are to be written, `call(what)` does it and
//! answers the length of the result, or a negative length of an error's name; `output()` says where that stands. Arguments and results are
//! lists of fields, each behind its length in four bytes (little-endian); numbers are fields of four bytes, or eight where files are
//! counted. Which call takes what stands in [`calls`], and once more in `web/src/sealed/engine.ts`. What lasts (keys, a message being
//! sealed) stays in here under a handle; [`calls::DROP`] and [`calls::FORGET`] overwrite it.
//!
//! Memory once grown is never given back, so the derivations (64 and 256 MiB) are done in an instance of their own that is thrown away: what
//! they make can be handed over as bytes.
//!
//! # Invariants
//!
//! - No pointer from outside is ever followed: the page writes into a buffer that stays ours. No input is trusted; nothing panics.
//! - Arguments are overwritten when a call returns, results when the next begins.
//! - Randomness comes from outside, by [`calls::SEED`], from `crypto.getRandomValues`; before that nothing is made.
//! - Absent on purpose: a binding generator, and everything that would ask the browser for anything.
// An exported name must not be mangled; the lint counts that as unsafe. There is no unsafe block in here.
#![allow(unsafe_code)]

mod calls;
mod fields;
mod state;

use std::cell::RefCell;

use zeroize::Zeroize;

use state::State;

/// No call takes more: chunks are passed a few at a time.
const MAX_INPUT: usize = 8 << 20;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static STATE: RefCell<State> = RefCell::new(State::default());
}

/// Makes room for arguments of so many bytes and says where they are to be written.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(bytes.min(MAX_INPUT), 0);
        input.as_mut_ptr()
    })
}

/// Does what is asked; answers the length of the result, or, negative, of the name of what went wrong.
#[unsafe(no_mangle)]
pub extern "C" fn call(what: u32) -> i32 {
    let outcome = STATE.with_borrow_mut(|state| INPUT.with_borrow(|input| calls::answer(state, what, input)));
    INPUT.with_borrow_mut(Zeroize::zeroize);
    let (sign, bytes) = match outcome {
        Ok(fields) => (1, fields.into_bytes()),
        Err(problem) => (-1, problem.name().into_bytes()),
    };
    OUTPUT.with_borrow_mut(|output| {
        output.zeroize();
        *output = bytes;
        i32::try_from(output.len()).map_or(0, |length| sign * length)
    })
}

/// Where the result stands, until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

#[cfg(test)]
mod tests;
