// The first thing that must hold: the program answers, and its front page is right for everybody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();

test("the program says that it is ready", async () => {
  const answer = await fetch(`${keyline.address}/healthz`);
  assert.equal(answer.status, 200);
});

test("it printed a sign-in link for people of the story", () => {
  assert.ok(keyline.links.size >= 5, `only ${[...keyline.links.keys()].join(", ") || "nobody"}`);
});

for (const [name, options] of [
  ["desk", {}],
  ["phone", keyline.phone],
  ["dark", keyline.dark],
]) {
  test(`the front page is accessible and whole: ${name}`, async () => {
    const page = await keyline.anonymous(options);
    await keyline.visit(page, "/");
    assert.equal(await page.locator("h1").count(), 1, "one main heading");
    assert.match(await page.title(), /Keyline/);
    await keyline.axe(page);
    await keyline.expectNoSidewaysScroll(page);
    await keyline.shot(page, `front-${name}`);
    keyline.expectNoConsoleErrors(page);
  });
}

test("the front page needs no script", async () => {
  const page = await keyline.anonymous(keyline.noScript);
  await keyline.visit(page, "/");
  assert.equal(await page.locator("h1").count(), 1);
});

test("an address that is not there says so on a page of ours", async () => {
  const page = await keyline.anonymous();
  await keyline.visit(page, "/there-is-no-such-page", 404);
  assert.equal(await page.locator("h1").count(), 1);
  await keyline.axe(page);
});
