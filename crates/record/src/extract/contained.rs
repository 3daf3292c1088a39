//! Reading in a process of its own.
//!
//! What is uploaded or captured was made by strangers, and the libraries that read PDF can panic, overflow the stack,
//! fill memory or never end on what was made to hurt them. A thread can be neither stopped nor bounded, so the reader is
//! a child: this same program with one argument, an empty environment, limits on processor, memory and files, and a low
//! priority. If it dies, the desk gets a sentence, and nothing else happens.

use std::{
    env,
    ffi::OsString,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use bytes::Bytes;
use onrecord_base::{Error, Result};
use rustix::process::{Resource, Rlimit, setpriority_process, setrlimit};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

use super::{Extracted, MAX_BYTES, MAX_TEXT, Unreadable, extract};

/// The argument that makes this program a reader; no command of the command line is named so.
pub const ARGUMENT: &str = "read-source";
/// How long a person at the desk waits for one file; a court filing of a thousand pages needs a few seconds.
const LONGEST: Duration = Duration::from_secs(60);
/// Seconds of processor, for a reader whose parent has died.
const PROCESSOR: u64 = 60;
/// Bytes of address space: a file of 50 MB as a tree of objects takes about a third.
const MEMORY: u64 = 1 << 30;
/// Stack of the reading thread: documents nest deeper than the usual two megabytes bear.
const STACK: usize = 128 << 20;
/// Room around file and text for names and marks.
const FRAME: usize = 64 << 10;

/// How this program is begun as a reader; none if nobody has said so, as in the tests of other areas.
static PROGRAM: OnceLock<Program> = OnceLock::new();

struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
    longest: Duration,
}

/// To be called first by the program's `main`: reads a source and returns the exit code if that is what this process is
/// for, else remembers how to begin such a process.
pub fn begin() -> Option<ExitCode> {
    if env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        return Some(answer());
    }
    // The link leads to the running program even when an upgrade has replaced its file.
    let link = Path::new("/proc/self/exe");
    let path = if link.exists() { Some(link.to_owned()) } else { env::current_exe().ok() };
    if let Some(path) = path {
        let _ = PROGRAM.set(Program { path, arguments: vec![ARGUMENT.into()], longest: LONGEST });
    }
    None
}

/// Reads the text of a file, as [`extract`] does, in a process of its own where the program provides for it.
///
/// # Errors
/// `Error::Unavailable` if no process can be begun; what is wrong with the file is the inner error.
pub async fn read(bytes: Bytes, file_name: &str, declared: &str) -> Result<Result<Extracted, Unreadable>> {
    if bytes.is_empty() {
        return Ok(Err(Unreadable::Empty));
    }
    if bytes.len() > MAX_BYTES {
        return Ok(Err(Unreadable::TooLarge));
    }
    if let Some(program) = PROGRAM.get() {
        return program.read(&bytes, file_name, declared).await;
    }
    let (file_name, declared) = (file_name.to_owned(), declared.to_owned());
    let read = tokio::task::spawn_blocking(move || extract(&bytes, &file_name, &declared));
    Ok(read.await.unwrap_or(Err(Unreadable::Broken)))
}

impl Program {
    async fn read(&self, bytes: &[u8], file_name: &str, declared: &str) -> Result<Result<Extracted, Unreadable>> {
        let mut child = Command::new(&self.path)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| Error::unavailable(format!("no process can be begun to read a source: {e}")))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::internal("a reader without pipes"));
        };
        let head = format!("{}\0{}\0", file_name.replace('\0', ""), declared.replace('\0', ""));
        let ask = async move {
            // A reader that has died does not read on; its silence is the answer.
            let _ = input.write_all(head.as_bytes()).await;
            let _ = input.write_all(bytes).await;
        };
        let hear = async {
            let mut heard = Vec::new();
            let _ = output.take((MAX_TEXT + FRAME) as u64).read_to_end(&mut heard).await;
            heard
        };
        match tokio::time::timeout(self.longest, async { tokio::join!(ask, hear).1 }).await {
            Ok(heard) => Ok(understood(heard)),
            Err(_) => Ok(Err(Unreadable::TooHard)),
        }
    }
}

/// `… NUL how NUL media type NUL title NUL text`. The last four count, since libraries may have chattered before.
fn understood(heard: Vec<u8>) -> Result<Extracted, Unreadable> {
    let parts: Vec<&[u8]> = heard.rsplitn(5, |b| *b == 0).collect();
    let [text, title, media_type, how, _chatter] = parts.as_slice() else { return Err(Unreadable::TooHard) };
    let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::Broken);
    match *how {
        b"read" => Ok(Extracted { media_type: string(media_type)?, title: string(title)?, text: string(text)? }),
        how => {
            let why = Unreadable::ALL.into_iter().find(|why| why.message().as_bytes() == how);
            Err(why.unwrap_or(Unreadable::Broken))
        }
    }
}

/// What the child does.
fn answer() -> ExitCode {
    limit();
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = Vec::new();
    if io::stdin().take((MAX_BYTES + FRAME) as u64).read_to_end(&mut input).is_err() {
        return ExitCode::FAILURE;
    }
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut parts = input.splitn(3, |b| *b == 0);
        let mut name = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        let (file_name, declared) = (name(), name());
        extract(parts.next().unwrap_or_default(), &file_name, &declared)
    });
    let outcome = reading.map(|thread| thread.join().unwrap_or(Err(Unreadable::Broken)));
    let said = match outcome {
        Ok(Ok(Extracted { media_type, title, text })) => format!("\0read\0{media_type}\0{title}\0{text}"),
        Ok(Err(why)) => format!("\0{}\0\0\0", why.message()),
        Err(_) => return ExitCode::FAILURE,
    };
    match io::stdout().write_all(said.as_bytes()).and_then(|()| io::stdout().flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Bounds this process. A limit that cannot be set is no reason not to read: the parent's clock still runs.
fn limit() {
    let most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    let _ = setrlimit(Resource::As, most(MEMORY));
    let _ = setrlimit(Resource::Cpu, most(PROCESSOR));
    let _ = setrlimit(Resource::Fsize, most(0));
    let _ = setrlimit(Resource::Core, most(0));
    let _ = setpriority_process(None, 10);
    // If the machine runs out of memory, the reader goes first.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
}

#[cfg(test)]
mod tests;
