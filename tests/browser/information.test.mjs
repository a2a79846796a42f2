// Information pages: a child reads on a phone, an officer edits and publishes, a calendar file is taken along.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const PROGRAMME = "/programmes/supervision-orders-at-home";

test("a child reads on a phone, without a script", { timeout: 120_000 }, async () => {
  const page = await keyline.anonymous({ ...keyline.phone, ...keyline.noScript });
  await keyline.visit(page, PROGRAMME);
  await keyline.expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "Children and young people" }).click();
  await page.getByRole("link", { name: "What happens when?" }).first().click();
  await page.getByRole("heading", { level: 1, name: "What happens when?" }).waitFor();
  await keyline.expectNoSidewaysScroll(page);
  await keyline.axe(page);
  await keyline.shot(page, "information-children-phone");
  // Pages with tables are the ones that could be too wide.
  for (const path of ["/background/how-we-judge", "/coordinators/what-we-ask"]) {
    await keyline.visit(page, PROGRAMME + path);
    await keyline.expectNoSidewaysScroll(page);
  }
  await page.context().close();
});

test("an officer edits a page and publishes it", { timeout: 120_000 }, async () => {
  const page = await keyline.signIn("methodology-officer");
  await page.getByRole("link", { name: "Pages for the public" }).click();
  await keyline.axe(page);
  await keyline.shot(page, "information-desk");
  await page.getByRole("link", { name: "About the inspection" }).first().click();
  const text = page.locator("#body");
  await text.fill((await text.inputValue()) + "\n\nWritten in a browser.\n");
  await page.getByRole("button", { name: "Look at it first" }).click();
  await page.getByText("not saved yet").waitFor();
  assert.match(await text.inputValue(), /Written in a browser/);
  await keyline.axe(page);
  await keyline.shot(page, "information-edit");
  await page.getByRole("button", { name: "Save without publishing" }).click();
  await page.getByRole("link", { name: "Publish", exact: true }).click();
  await keyline.axe(page);
  await keyline.shot(page, "information-publish");
  await page.locator("#note").fill("A sentence more.");
  await page.getByRole("button", { name: "Publish now" }).click();
  await page.getByText("The text is public").waitFor();
  await page.getByRole("link", { name: "As the public sees it" }).click();
  await page.getByText("Written in a browser.").waitFor();
  keyline.expectNoConsoleErrors(page);
  await page.context().close();
});

test("the calendar file of a webinar is taken along", { timeout: 120_000 }, async () => {
  const page = await keyline.anonymous();
  await keyline.visit(page, "/news");
  await keyline.axe(page);
  await keyline.shot(page, "news");
  await page.getByRole("link", { name: /^Webinar/ }).click();
  await keyline.shot(page, "news-webinar");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Add it to your calendar" }).click(),
  ]);
  assert.match(await readFile(await file.path(), "utf8"), /DTSTART;TZID=Europe\/London:\d{8}T140000/);
  keyline.expectNoConsoleErrors(page);
});
