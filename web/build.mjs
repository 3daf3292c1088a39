// Builds the bundles that the binary embeds (dist/) and, with --units, the unit tests. dist/*.wasm is built by wasm.mjs.
// The output is a function of the sources and the lockfile alone: no hashes of time, no absolute paths, no source maps.
import { build } from "esbuild";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";

const root = import.meta.dirname;
const common = {
  absWorkingDir: root,
  bundle: true,
  charset: "utf8",
  logLevel: "warning",
  target: ["es2022", "chrome111", "firefox114", "safari16.4"],
};

if (process.argv.includes("--units")) {
  await rm(`${root}/build/units`, { recursive: true, force: true });
  const tests = (await readdir(`${root}/test`)).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: "build/units",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
  });
} else {
  const { metafile } = await build({
    ...common,
    metafile: true,
    entryPoints: [
      ...["editor", "quotations", "desk", "comments", "next", "passkeys", "search", "tip", "tips"].map((name) => ({ in: `src/${name}.ts`, out: name })),
      { in: "src/sealed-worker.ts", out: "sealed" },
      { in: "src/strip-worker.ts", out: "strip" },
      { in: "css/desk.css", out: "desk" },
    ],
    outdir: "dist",
    entryNames: "[name]",
    format: "iife",
    minify: true,
    legalComments: "none",
  });
  await writeFile(`${root}/dist/THIRD-PARTY.txt`, await notices(Object.keys(metafile.inputs)));
}

/** The licences of the packages that are inside the bundles, which they ask to be handed on. */
async function notices(inputs) {
  const names = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
  const parts = [];
  for (const name of [...names].sort()) {
    const folder = `${root}/node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(`${folder}/${file}`, "utf8") : "";
    parts.push(`${name} ${version} (${license})\n\n${text.replaceAll("\r", "").trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(72)}\n\n`);
}
