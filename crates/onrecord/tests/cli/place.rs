//! A scratch folder, and commands that run in it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// After this a command hangs: far more than any needs, also on a machine that is busy with something else.
const HANGS: Duration = Duration::from_secs(180);
/// What the owner of every newsroom here signs in with.
pub const OWNER: &str = "ana@example.org";
pub const PASSWORD: &str = "a long walk along the quay";

/// A folder of its own for each test.
pub struct Place(TempDir);

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    /// The most memory it was seen to hold, in bytes.
    pub memory: u64,
}

impl Place {
    pub fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    /// The program, in this folder, without anything of the tester's environment that it reads.
    pub fn onrecord(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ONRECORD_")) {
            command.env_remove(name);
        }
        fs::create_dir_all(self.path("tmp")).unwrap();
        command.args(args).current_dir(self.0.path()).env("TMPDIR", self.path("tmp")).env("COLUMNS", "100");
        command
    }

    /// Runs it to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        finish(self.onrecord(args), b"")
    }

    /// Makes a newsroom.
    pub fn newsroom(&self, folder: &str) {
        let said = finish(self.onrecord(&["init", folder, "--owner", OWNER, "--password-stdin"]), PASSWORD.as_bytes());
        said.done();
    }
}

/// Runs a command to its end, with some standard input.
pub fn finish(mut command: Command, input: &[u8]) -> Said {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Guard(command.spawn().unwrap());
    // It may not read what it is given.
    let _ = child.0.stdin.take().unwrap().write_all(input);
    let out = collect(child.0.stdout.take().unwrap());
    let err = collect(child.0.stderr.take().unwrap());
    let mut memory = 0;
    let status = child.wait(|pid| memory = peak_memory(pid).max(memory));
    Said { code: status, out: out.join().unwrap(), err: err.join().unwrap(), memory }
}

fn collect(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// A process of ours that does not outlive its test.
pub struct Guard(pub Child);

impl Guard {
    /// Its exit status; none if a signal ended it.
    pub fn wait(&mut self, mut meanwhile: impl FnMut(u32)) -> Option<i32> {
        let until = Instant::now() + HANGS;
        loop {
            meanwhile(self.0.id());
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < until, "it hangs");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.0.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Said {
    /// It was done, and nothing was complained about.
    pub fn done(&self) -> &Said {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self
    }

    /// It was not done, and one sentence with these words says why.
    pub fn refused(&self, words: &str) -> &Said {
        assert_eq!(self.code, Some(1), "{self:?}");
        let sentence = self.err.strip_prefix("onrecord: ").unwrap_or_else(|| panic!("no sentence: {self:?}"));
        assert!(sentence.contains(words), "{words:?} is not in {sentence:?}");
        assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence:?}");
        self.is_plain()
    }

    /// The command line was not understood.
    pub fn misunderstood(&self, words: &str) -> &Said {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert!(self.err.contains(words), "{words:?} is not in {:?}", self.err);
        assert_eq!(self.out, "");
        self.is_plain()
    }

    /// No trace of a programmer's eye.
    fn is_plain(&self) -> &Said {
        let traces =
            ["panicked", "RUST_BACKTRACE", "stack backtrace", "Error {", "Err(", "Some(", "\u{1b}", "unwrap", "src/"];
        for trace in traces {
            assert!(!self.err.contains(trace) && !self.out.contains(trace), "{trace:?} stands in {self:?}");
        }
        self
    }
}

/// A server under test.
pub struct Server {
    guard: Guard,
    /// Everything it printed until it was ready.
    pub said: String,
    /// Where it listens, `127.0.0.1:40000`.
    pub address: String,
    // Kept open, so that the server can go on printing.
    _lines: mpsc::Receiver<String>,
}

impl Server {
    /// Serves a newsroom on a free port.
    pub fn of(place: &Place, folder: &str) -> Server {
        Server::start(place.onrecord(&["--data", folder, "serve", "--listen", "127.0.0.1:0"]), "http://")
    }

    /// Starts a command and waits until it prints `ready`.
    pub fn start(command: Command, ready: &str) -> Server {
        Server::logging(command, ready, Stdio::inherit())
    }

    /// The same, with its log going elsewhere.
    pub fn logging(mut command: Command, ready: &str, log: Stdio) -> Server {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut guard = Guard(command.spawn().unwrap());
        let (sender, lines) = mpsc::channel();
        let out = BufReader::new(guard.0.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut said = String::new();
        while !said.contains(ready) {
            let Ok(line) = lines.recv_timeout(HANGS) else {
                panic!("the server does not get ready, exit status {:?}; it said: {said}", guard.0.try_wait())
            };
            said.push_str(&line);
            said.push('\n');
        }
        let url = said.split_once("http://").map_or("", |(_, rest)| rest);
        let address = url.split(['/', '\n', ' ']).next().unwrap_or_default().to_owned();
        Server { guard, said, address, _lines: lines }
    }

    /// Its number in the system.
    pub fn process(&self) -> u32 {
        self.guard.0.id()
    }

    /// Sends a signal and waits for the end: the exit status.
    pub fn stop(mut self, signal: &str) -> Option<i32> {
        self.guard.signal(signal);
        self.guard.wait(|_| ())
    }
}

/// Names of what is in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into()).collect();
    names.sort();
    names
}
