import { defineConfig } from "@playwright/test";

// Debian's Chromium; the flags keep it from asking the network for anything.
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // How fast something is, is measured elsewhere: here two cores may have other work.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // One chance more where nobody can run it again; the list of results names what needed it.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  use: {
    headless: true,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
