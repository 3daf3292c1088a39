// Continuous reading is as mixed as a list is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { following, type Step } from "../src/lib/following";

const WINDOW = 5;

/** A newsroom that always recommends its own section first, and then, as lists are made, at most two of five from one. */
function listAfter(stories: Step[], from: Step, links: number): Step[] {
  const at = stories.indexOf(from);
  const others = [...stories.slice(at + 1), ...stories.slice(0, at)];
  const own = others.filter((one) => one.section === from.section);
  const rest = others.filter((one) => one.section !== from.section);
  const list: Step[] = [];
  for (const one of [...own, ...rest]) {
    const crowded = list.slice(1 - WINDOW).filter((had) => had.section === one.section).length >= 2;
    if (!crowded && list.length < links) list.push(one);
  }
  return list;
}

test("of five stories that follow one another at most two are of one section, over ten steps", () => {
  const stories = Array.from({ length: 60 }, (_, number) => ({ id: `${number}`, section: `s${number % 6}` }));
  for (const links of [4, 5, 7]) {
    for (const start of stories.slice(0, 6)) {
      const open = [start];
      for (let step = 0; step < 10; step += 1) {
        const list = listAfter(stories, open.at(-1) as Step, links);
        const place = following(list, open);
        assert.ok(place >= 0);
        open.push(list[place] as Step);
      }
      assert.equal(new Set(open.map((one) => one.id)).size, 11);
      for (let at = 0; at + WINDOW <= open.length; at += 1) {
        const sections = open.slice(at, at + WINDOW).map((one) => one.section);
        for (const section of sections) assert.ok(sections.filter((one) => one === section).length <= 2, `${links}: ${sections}`);
      }
    }
  }
});

test("the best stays the next one where it fits, and something follows where nothing does", () => {
  const [a, b, c] = [{ id: "1", section: "town" }, { id: "2", section: "town" }, { id: "3", section: "sea" }];
  assert.equal(following([b, c], [a]), 0);
  assert.equal(following([b], [a, { id: "4", section: "town" }, { id: "5", section: "town" }]), 0);
  assert.equal(following([a], [a]), -1);
  // What an earlier list had stands behind this one's.
  assert.equal(following([a, b, c, b], [a, b]), 2);
  assert.equal(following([], [a]), -1);
});
