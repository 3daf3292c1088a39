//! A throw-away PostgreSQL for tests, started from the installed server binaries.
//!
//! One cluster serves all test processes of a checkout: the first to come makes and starts it under a lock, in memory
//! where the machine has `/dev/shm`, reachable by unix socket only, without fsync. A small watchdog stops it and
//! removes its folder when nobody has used it for [`IDLE_MINUTES`]. Each test gets a database of its own, cloned from
//! a migrated template (0.2 s).

use std::{
    fs::{self, File},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use sha2::{Digest, Sha256};
use tokio_postgres::{Client, NoTls};

use crate::{Db, Target, db};

/// Longer than the pause between two runs of somebody at work, short enough not to be left lying about.
const IDLE_MINUTES: u32 = 5;
/// All test processes at once, each with a pool.
const CONNECTIONS: u32 = 400;
/// Makes names unique within a process.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// One test's database.
pub(super) struct Database {
    socket: PathBuf,
    name: String,
}

impl Database {
    /// A migrated database; `None` if `ONRECORD_TEST_POSTGRES=skip`.
    pub(super) async fn new() -> Option<Database> {
        let socket = cluster().await?;
        let template = template(&socket).await;
        Some(Database::create(socket, &template).await)
    }

    /// An empty database.
    pub(super) async fn empty() -> Option<Database> {
        Some(Database::create(cluster().await?, "template1").await)
    }

    async fn create(socket: PathBuf, template: &str) -> Database {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let client = connect(&socket, "postgres").await.expect("the cluster answers");
        // A process of an earlier run may have had the same number.
        run(&client, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&client, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Database { socket, name }
    }

    /// Its address.
    pub(super) fn url(&self) -> String {
        url(&self.socket, &self.name)
    }

    /// Drops it. A test that fails leaves its database to look at, until the cluster is removed.
    pub(super) async fn remove(self) {
        let client = connect(&self.socket, "postgres").await.expect("the cluster answers");
        run(&client, &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn run(client: &Client, sql: &str) {
    client.batch_execute(sql).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
}

fn url(socket: &Path, name: &str) -> String {
    format!("host='{}' user=onrecord dbname={name}", socket.display())
}

async fn connect(socket: &Path, name: &str) -> Option<Client> {
    let (client, connection) = tokio_postgres::connect(&url(socket, name), NoTls).await.ok()?;
    tokio::spawn(connection);
    Some(client)
}

/// The folder of the running cluster, which is its socket folder too; starts it if need be.
async fn cluster() -> Option<PathBuf> {
    if std::env::var("ONRECORD_TEST_POSTGRES").is_ok_and(|v| v == "skip") {
        return None;
    }
    let folder = folder();
    let _lock = lock(&folder.with_extension("lock"));
    for _ in 0..3 {
        if fs::write(folder.join("used"), "").is_ok() && connect(&folder, "postgres").await.is_some() {
            return Some(folder);
        }
        start(&folder);
        for _ in 0..600 {
            if connect(&folder, "postgres").await.is_some() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    panic!("the PostgreSQL for tests does not start; see {}", folder.join("log").display());
}

/// One folder a checkout and user, so that two checkouts do not share templates while migrations are being written.
fn folder() -> PathBuf {
    let home = ["/dev/shm", "/tmp"].map(PathBuf::from).into_iter().find(|p| p.is_dir()).unwrap_or(std::env::temp_dir());
    let checkout = hex::encode(Sha256::digest(env!("CARGO_MANIFEST_DIR").as_bytes()));
    home.join(format!("onrecord-pg-{}-{}", std::env::var("USER").unwrap_or_default(), &checkout[..8]))
}

fn lock(path: &Path) -> File {
    let file = File::create(path).expect("a lock file can be made");
    file.lock().expect("the lock can be taken");
    file
}

/// The migrated template; its name says which migrations, so that an edited file makes a new one.
async fn template(socket: &Path) -> String {
    let name = format!("template_{}", &db::migrations_hash()[..16]);
    let _lock = lock(&socket.with_extension("template-lock"));
    let client = connect(socket, "postgres").await.expect("the cluster answers");
    let found = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
    if found.expect("the catalogue can be read").is_none() {
        run(&client, "DROP DATABASE IF EXISTS template_making WITH (FORCE)").await;
        run(&client, "CREATE DATABASE template_making TEMPLATE template0").await;
        let db = Db::open(&Target::Postgres(url(socket, "template_making"))).await.expect("the template opens");
        db.migrate().await.expect("the migrations apply");
        drop(db);
        // Renaming needs the database to itself; our own pool closes a moment after it was dropped.
        run(&client, "UPDATE pg_database SET datallowconn = false WHERE datname = 'template_making'").await;
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'template_making'";
        run(&client, end).await;
        for _ in 0..100 {
            if client.batch_execute(&format!("ALTER DATABASE template_making RENAME TO {name}")).await.is_ok() {
                return name;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the template database stays in use");
    }
    name
}

/// Makes the cluster and starts it with its watchdog, away from this process's group and standard streams, so that
/// the test runner neither waits for it nor takes it along.
#[allow(clippy::zombie_processes)] // It outlives this process on purpose, and ends by itself.
fn start(folder: &Path) {
    let bin = binaries().unwrap_or_else(|| {
        panic!(
            "no PostgreSQL server binaries (initdb, postgres) found: install them (Debian: apt install postgresql) or \
             set ONRECORD_TEST_POSTGRES=skip"
        )
    });
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the last cluster's folder can be removed");
    }
    fs::create_dir_all(folder).expect("a folder for the cluster");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).expect("the folder is ours");
    let user = unprivileged();
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(folder, Some(uid), Some(gid)).expect("the folder can be given away");
    }
    fs::write(folder.join("used"), "").expect("the folder can be written");
    let script = format!(
        r#"set -e
cd "$1"
"$2"/initdb -D data -U onrecord -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions
"$2"/postgres -D data -k "$1" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
  -c max_connections={CONNECTIONS} -c shared_buffers=64MB -c autovacuum=off -c unix_socket_permissions=0700 &
server=$!
trap 'kill -INT $server; wait $server; rm -rf "$1"' TERM INT
set +e
while sleep 5 && kill -0 $server; do
  if [ -z "$(find used -mmin -{IDLE_MINUTES})" ]; then
    busy=$("$2"/psql -h "$1" -U onrecord -d postgres -Atc "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
    [ "${{busy:-0}}" = 0 ] && break
  fi
done
kill -INT $server; wait $server; rm -rf "$1"
"#
    );
    let log = File::create(folder.join("log")).expect("a log file");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &script, "watchdog"]).arg(folder).arg(bin);
    command.stdin(Stdio::null()).stdout(log.try_clone().expect("the log file twice")).stderr(log);
    command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").env("LC_ALL", "C.UTF-8").process_group(0);
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.spawn().expect("a shell can be started");
}

/// Newest first: Debian's folders, what `pg_config` says, the path.
fn binaries() -> Option<PathBuf> {
    let mut folders: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().parse().unwrap_or(0), entry.path().join("bin")))
        .collect();
    folders.sort();
    let mut folders: Vec<PathBuf> = folders.into_iter().rev().map(|(_, path)| path).collect();
    if let Ok(answer) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()));
    }
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().find(|p| p.join("initdb").is_file() && p.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root: then the user `postgres`, or `nobody`, runs it.
fn unprivileged() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let root = fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0);
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    root.then(|| find("postgres").or_else(|| find("nobody")).expect("a user postgres or nobody to run PostgreSQL"))
}
