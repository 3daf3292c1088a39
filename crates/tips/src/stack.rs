//! What a calculation leaves of a message on the stack, below the place from which it was called: blocks of a hash, what was
//! moved from one frame to another. What is on the heap is written over when it is given back (the binary's allocator); here
//! somebody must see to it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{extract::Request, middleware::Next, response::Response};

/// Bytes below the caller: more than reading a form, sealing and opening go down, which is further where nothing is optimised.
const DEEP: usize = if cfg!(debug_assertions) { 512 } else { 128 } * 1024;

/// Writes zeros over what calls made before this one, from the same place, have left on the stack.
#[inline(never)]
pub(crate) fn wipe() {
    let mut below = [0u8; DEEP];
    std::hint::black_box(&mut below);
}

/// A layer around routes that words pass through: whenever the work on an answer pauses, and when it is done, nothing of it
/// stays on the stack of the thread that did it.
pub(crate) async fn wiped(request: Request, next: Next) -> Response {
    Wiped(Box::pin(next.run(request))).await
}

/// The same for work that nobody waits for: a folder that is watched, an errand.
pub(crate) async fn wiping<F: Future>(work: F) -> F::Output {
    Wiped(Box::pin(work)).await
}

struct Wiped<F>(Pin<Box<F>>);

impl<F: Future> Future for Wiped<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let polled = self.0.as_mut().poll(context);
        wipe();
        polled
    }
}
