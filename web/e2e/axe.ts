// Accessibility as a machine can judge it: WCAG 2.2 AA by axe-core, injected where the page's policy would refuse it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const axe = (window as any).axe;
    const result = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return result.violations.map((one: any) => `${one.id}: ${one.help} (${one.nodes.map((node: any) => `${node.target} ${node.any.concat(node.all, node.none).map((check: any) => check.message).join("; ")}`).join(" | ")})`);
  });
  expect(found, page.url()).toEqual([]);
}
