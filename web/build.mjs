// Builds the bundles that the binary embeds (dist/) and, with --units, the unit tests.
// The output is a function of the sources and the lockfile alone: no hashes of time, no absolute paths, no source maps.
import { build } from "esbuild";
import { readdir, rm } from "node:fs/promises";

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
  await build({
    ...common,
    entryPoints: ["src/editor.ts", "src/desk.ts", "css/desk.css"],
    outdir: "dist",
    entryNames: "[name]",
    format: "iife",
    minify: true,
    legalComments: "none",
  });
}
