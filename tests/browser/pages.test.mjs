// Every page that a person of the story can reach by links, as that person: it answers, has one main heading, fits a
// narrow phone, is accessible. Pages alike (one piece of evidence after another) are looked at once per person; axe
// looks at each as the first two people who come there: in light, then in dark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const DESK = { width: 1280, height: 900 };
/** How many people have come to a page of this shape. */
const looked = new Map();

// The support officer and the service manager see pages that the lead sees too.
const PEOPLE = [
  "public",
  "lead",
  "inspector-health",
  "volunteer",
  "panel-chair",
  "link-inspector",
  "coordinator",
  "participation-lead",
  "record-reader",
  "chief-officer",
  "administrator",
];

// Where a link leads that is no page of ours, or ends the visit.
const NO_PAGE = /^\/(assets|language|sign-out)|\.(pdf|csv|tsv|json|xml|xlsx|ics|txt)(\?|$)|\/documents\/|calendar\/feed/;

/** Pages that show the same thing of another subject: ids, references and numbers stand for each other. */
function shape(path) {
  const url = new URL(path, keyline.address);
  // The pages of a programme are texts in one frame; information.test.mjs looks at those with tables and pictures.
  const parts = url.pathname
    .replace(/^(\/programmes|\/information\/pages)\/.+/, "$1/…")
    .split("/")
    .map((part) => (/^[a-z]{3}_[0-9a-f]+$|^[0-9a-f]{16,}$|^strathmarnock-/.test(part) ? "…" : part));
  return parts.join("/") + "?" + [...url.searchParams.keys()].sort().join("&");
}

for (const person of PEOPLE) {
  test(`pages of ${person}`, { timeout: 600_000 }, async () => {
    const page = person === "public" ? await keyline.anonymous() : await keyline.signIn(person);
    const queue = person === "public" ? ["/"] : ["/start", "/account"];
    const seen = new Set(queue.map(shape));
    const faults = [];
    for (let path = queue.shift(); path; path = queue.shift()) {
      await check(page, path).catch((error) => faults.push(`${path}: ${error.message}`));
      const links = await page.$$eval("a[href]", (all) => all.map((a) => a.getAttribute("href")));
      for (const link of links.filter((link) => link.startsWith("/") && !NO_PAGE.test(link))) {
        const known = shape(link);
        if (!seen.has(known)) {
          seen.add(known);
          queue.push(link.replace(/#.*$/, ""));
        }
      }
    }
    assert.deepEqual(faults, [], `${faults.length} of ${seen.size} pages`);
    keyline.expectNoConsoleErrors(page);
  });
}

async function check(page, path) {
  const times = looked.get(shape(path)) ?? 0;
  looked.set(shape(path), times + 1);
  await page.setViewportSize(DESK);
  // Before the page is opened, and without motion: a colour that is still changing has no contrast to measure.
  await page.emulateMedia({ colorScheme: times === 0 ? "light" : "dark", reducedMotion: "reduce" });
  await keyline.visit(page, path);
  assert.equal(await page.locator("h1").count(), 1, "one main heading");
  if (times < 2) await keyline.axe(page);
  await page.setViewportSize(PHONE);
  await keyline.expectNoSidewaysScroll(page);
}
