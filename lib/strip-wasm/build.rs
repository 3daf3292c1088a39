//! Two bounds of the browser's instance, which the linker writes into the file.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        // The file that came, and 256 MB: what wants more ends the worker and nothing else.
        println!("cargo:rustc-link-arg-cdylib=--max-memory=402653184");
        // What nests deeply within the bounds of the reader of PDF needs more than the usual megabyte.
        println!("cargo:rustc-link-arg-cdylib=-zstack-size=8388608");
    }
}
