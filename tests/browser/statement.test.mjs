// The position statement: saved as its writer goes from field to field, and by a press, which is no second writer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const WRITE = "/inspections/strathmarnock-2026-5/returns/statement/write";
const save = (page) => page.locator("form[data-keep] button[type=submit], form[data-keep] button:not([type])").first().click();

test("who writes alone is never told that somebody else has saved", async () => {
  const page = await keyline.signIn("coordinator");
  await keyline.visit(page, WRITE);
  await keyline.axe(page);
  const texts = page.locator("form[data-keep] textarea");
  for (const words of ["Fictional first words.", "Fictional second words."]) {
    await texts.nth(0).fill(words);
    // Straight from the field to the button: leaving the field saves first.
    await save(page);
    await page.waitForURL(/done=statement-saved/);
    assert.equal(await texts.nth(0).inputValue(), words);
    await keyline.visit(page, WRITE);
  }
  await texts.nth(0).fill("Fictional third words.");
  await texts.nth(1).fill("Fictional answer to the second question.");
  await save(page);
  await page.waitForURL(/done=statement-saved/);
  assert.equal(await texts.nth(0).inputValue(), "Fictional third words.");
  assert.equal(await texts.nth(1).inputValue(), "Fictional answer to the second question.");
  keyline.expectNoConsoleErrors(page);
});

test("of two who write, the second sees both texts", async () => {
  const one = await keyline.signIn("coordinator");
  await keyline.visit(one, WRITE);
  const other = await one.context().newPage();
  await other.goto(new URL(WRITE, keyline.address).href);
  await one.locator("form[data-keep] textarea").nth(0).fill("Fictional words of the first.");
  await save(one);
  await one.waitForURL(/done=statement-saved/);
  await other.locator("form[data-keep] textarea").nth(0).fill("Fictional words of the second.");
  await save(other);
  await other.getByText("Fictional words of the first.").waitFor();
  assert.match(await other.locator("main").innerText(), /Fictional words of the second\./);
});
