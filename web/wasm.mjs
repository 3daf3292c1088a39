// Builds lib/quotation for the browser into dist/quotation.wasm. Apart from the other build, because it needs cargo and the
// wasm32-unknown-unknown target; the committed file is used where they are missing.
// The bytes are a function of the sources, Cargo.lock and the compiler's version: no path of this machine goes in.
import { execFileSync } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const house = resolve(import.meta.dirname, "..");
const target = "wasm32-unknown-unknown";
export const committed = `${import.meta.dirname}/dist/quotation.wasm`;

/** Builds it and answers where it lies. */
export function build() {
  const cargo = process.env.CARGO_HOME ?? `${homedir()}/.cargo`;
  const flags = [`--remap-path-prefix=${house}=.`, `--remap-path-prefix=${cargo}=cargo`];
  // A directory of its own, so that its flags never rebuild what others have built.
  const out = `${house}/target/wasm`;
  execFileSync("cargo", ["build", "--locked", "--quiet", "--package", "onrecord-quotation-wasm", "--profile", "wasm", "--target", target], {
    cwd: house,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CARGO_TARGET_DIR: out, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") },
  });
  return `${out}/${target}/wasm/onrecord_quotation_wasm.wasm`;
}

/** Why this machine cannot build the committed bytes, or null: the target must be there, and the compiler that made them. */
export async function whyNot() {
  const rustc = (...question) => execFileSync("rustc", question, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const libraries = await readdir(rustc("--print", "target-libdir", "--target", target).trim());
    if (!libraries.some((name) => name.startsWith("libstd-"))) return `${target} is not installed`;
    const compiler = /commit-hash: (\w+)/.exec(rustc("-vV"))?.[1] ?? "?";
    // The standard library's places in the file name the compiler's commit.
    if (!(await readFile(committed)).includes(`/rustc/${compiler}/`)) return "another compiler made the committed file";
    return null;
  } catch {
    return `no compiler, or no ${target}`;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(committed, await readFile(build()));
}
