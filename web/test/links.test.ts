import assert from "node:assert/strict";
import { test } from "node:test";
import { completeHref, safeHref, unwrapRedirect } from "../src/lib/links";

test("addresses a reader may follow", () => {
  for (const href of ["https://example.org/a?b#c", "http://x", "mailto:ana@example.org", "tel:+34600", "/section/slug", "#top"]) {
    assert.equal(safeHref(href), href);
  }
  assert.equal(safeHref("  https://example.org \n"), "https://example.org");
});

test("addresses that run or mislead are refused, however they are written", () => {
  const bad = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\u0001javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "/\\evil.example", "https://", "mailto:", "", "relative/page"];
  for (const href of bad) assert.equal(safeHref(href), null, JSON.stringify(href));
});

test("what a person types is completed", () => {
  assert.equal(completeHref("example.org/a"), "https://example.org/a");
  assert.equal(completeHref("ana@example.org"), "mailto:ana@example.org");
  assert.equal(completeHref("two words"), null);
  assert.equal(completeHref("javascript:alert(1)"), null);
});

test("wrapped addresses are unwrapped", () => {
  assert.equal(unwrapRedirect("https://www.google.com/url?q=https://example.org/a&sa=D"), "https://example.org/a");
  assert.equal(unwrapRedirect("https://example.org/url?q=x"), "https://example.org/url?q=x");
});
