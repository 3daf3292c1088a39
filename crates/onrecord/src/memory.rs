//! How memory is taken, and what is left in it when it is given back.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    io,
};
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::{thread, time::Duration};

/// The system's allocator, with zeros written over all that is given back.
///
/// Whoever takes a running server's memory (a core file, a swapped page, a snapshot of a virtual machine) finds what it works
/// on at that moment. Without this they would find what it worked on for hours too: a source's words go through the buffers
/// of the connection, the form and the page, none of which knows that it holds a secret.
///
/// It costs the writing of zeros, a few nanoseconds for what a request takes. What stands on a stack is not reached by it:
/// see `onrecord_tips::stack`.
pub struct Wiping;

// SAFETY: every request goes to the system's allocator with the layout that came; memory is written to only while it is the
// caller's, within its size, before it is given back.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe {
            wipe(pointer, layout.size());
            System.dealloc(pointer, layout);
        }
    }

    // The default one allocates anew, copies, and calls `dealloc`. The system's own would leave a copy behind where it moves.
}

/// Writes zeros that the compiler does not take for useless because nobody reads them.
///
/// # Safety
/// So many bytes from there on are the caller's to write.
#[allow(unsafe_code)]
unsafe fn wipe(pointer: *mut u8, size: usize) {
    // SAFETY: as the caller promises.
    unsafe { std::ptr::write_bytes(pointer, 0, size) };
    // The pointer leaves for where the compiler cannot follow: what stands behind it may be read there.
    std::hint::black_box(pointer);
}

/// No file of this process's memory is written should it crash.
///
/// # Errors
/// If the system does not allow even that.
pub fn no_core_files() -> io::Result<()> {
    let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    Ok(rustix::process::setrlimit(rustix::process::Resource::Core, none)?)
}

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
