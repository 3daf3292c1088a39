//! What the system's allocator keeps of what was freed.

use std::io;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::{thread, time::Duration};

/// How often freed memory is given back: seldom enough to cost nothing, often enough that an import or a night of pressing
/// pages is not kept for ever.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const EVERY: Duration = Duration::from_secs(10);

/// Gives freed memory back to the system from time to time, in a thread of its own.
///
/// glibc keeps a heap for every thread that met another one in its own, and every heap holds on to what was freed in it:
/// pages are pressed and improved by turns in all the threads there are, and after an hour each heap is as large as the
/// largest of them ever was. One heap for all threads would hold less too, but they wait for one another at it: posting
/// comments then took a third longer (`./dev bench comments`). Where the allocator is another there is nothing to do.
///
/// # Errors
/// If the thread cannot be started.
pub fn give_back() -> io::Result<()> {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    thread::Builder::new().name("give-back".into()).spawn(|| {
        loop {
            thread::sleep(EVERY);
            // SAFETY: takes a number, touches free memory only, may be called by any thread at any time.
            #[allow(unsafe_code)]
            unsafe {
                libc::malloc_trim(0);
            }
        }
    })?;
    Ok(())
}
