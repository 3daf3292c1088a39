//! Serves the edition alone: `serve DATA LISTEN [BUDGET]`.
use onrecord_base::*;
#[global_allocator]
static A: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut args = std::env::args().skip(1);
    let data = DataDir::new(args.next().unwrap());
    let listen = args.next().unwrap();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let db = Db::open(&Target::Sqlite(data.database())).await.unwrap();
        db.migrate().await.unwrap();
        let app = App::new(db, data, Clock::system(), &[]).await.unwrap();
        let edition = onrecord_site::Edition::open(app, onrecord_site::DEFAULT_BUDGET).await.unwrap();
        let listener = std::net::TcpListener::bind(listen).unwrap();
        onrecord_site::serve(
            onrecord_site::Server { listener, edition, router: axum::Router::new(), threads: None },
            async { tokio::signal::ctrl_c().await.unwrap() },
        )
        .await
        .unwrap();
    });
}
