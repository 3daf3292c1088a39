// Builds the libraries that the browser runs (lib/quotation, lib/sealed, lib/strip) into dist/*.wasm. Apart from the other build, because it needs
// cargo and the wasm32-unknown-unknown target; the committed files are used where they are missing.
// The bytes are a function of the sources, Cargo.lock and the compiler's version: no path of this machine goes in.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const house = resolve(import.meta.dirname, "..");
const target = "wasm32-unknown-unknown";
/** Each is lib/NAME-wasm and becomes dist/NAME.wasm. */
export const libraries = ["quotation", "sealed", "strip"];
export const committed = (name) => `${import.meta.dirname}/dist/${name}.wasm`;

/** Builds one and answers where it lies. */
export function build(name) {
  const cargo = process.env.CARGO_HOME ?? `${homedir()}/.cargo`;
  const flags = [`--remap-path-prefix=${house}=.`, `--remap-path-prefix=${cargo}=cargo`];
  // Where the registry's sources lie is named after the registry; the last prefix that fits is taken.
  const sources = `${cargo}/registry/src`;
  for (const folder of existsSync(sources) ? readdirSync(sources) : []) flags.push(`--remap-path-prefix=${sources}/${folder}=crates`);
  // A directory of its own, so that its flags never rebuild what others have built.
  const out = `${house}/target/wasm`;
  execFileSync("cargo", ["build", "--locked", "--quiet", "--package", `onrecord-${name}-wasm`, "--profile", "wasm", "--target", target], {
    cwd: house,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CARGO_TARGET_DIR: out, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") },
  });
  return `${out}/${target}/wasm/onrecord_${name}_wasm.wasm`;
}

/** Why this machine cannot build the committed bytes, or null: the target must be there, and the compiler that made them. */
export async function whyNot(name) {
  const rustc = (...question) => execFileSync("rustc", question, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const found = await readdir(rustc("--print", "target-libdir", "--target", target).trim());
    if (!found.some((file) => file.startsWith("libstd-"))) return `${target} is not installed`;
    const compiler = /commit-hash: (\w+)/.exec(rustc("-vV"))?.[1] ?? "?";
    // The standard library's places in the file name the compiler's commit.
    if (!(await readFile(committed(name))).includes(`/rustc/${compiler}/`)) return "another compiler made the committed file";
    return null;
  } catch {
    return `no compiler, or no ${target}`;
  }
}

/** The copies that the binary embeds: what goes over the wire. Compressed here, once and well. */
async function pack(name) {
  const bytes = await readFile(committed(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${committed(name)}.br`, brotliCompressSync(bytes, { params }));
  await writeFile(`${committed(name)}.gz`, gzipSync(bytes, { level: 9 }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2).filter((word) => word !== "--pack");
  for (const name of asked.length ? asked : libraries) {
    // --pack: the libraries are there, only their copies are made.
    if (!process.argv.includes("--pack")) await writeFile(committed(name), await readFile(build(name)));
    await pack(name);
  }
}
