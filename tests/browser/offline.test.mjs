// Reading records where there is no network: taken along, written, kept over a restart of the page, sent, and settled where
// the other of the pair wrote meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const PASSPHRASE = "harbour violet tractor";

/** An inspection in which this person has a reading that is open. */
async function openReading(page) {
  await keyline.visit(page, "/start");
  const all = await page.locator("a[href^='/inspections/']").evaluateAll((links) =>
    links.map((a) => a.getAttribute("href").split("/").slice(0, 3).join("/")));
  for (const inspection of new Set(all)) {
    const answer = await page.request.get(new URL(`${inspection}/records/offline/list`, page.url()).href);
    if (!answer.ok()) continue;
    const [first] = await answer.json();
    if (first) return { inspection, ...first };
  }
  throw new Error("nobody has an open reading in the story");
}

test("what is written without a network is kept sealed, sent later, and settled without losing a text", async (t) => {
  const page = await keyline.signIn("record-reader");
  const { inspection, id, label } = await openReading(page);
  const offline = `${inspection}/records/offline`;
  await keyline.visit(page, offline);
  await page.locator("#passphrase").fill("short");
  await page.locator("#again").fill("short");
  await page.getByRole("button", { name: "Begin" }).click();
  assert.match(await page.locator("[role=status]").first().innerText(), /12 characters/);
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.locator("#again").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("button", { name: `Take along ${label}` }).click();
  await page.getByRole("heading", { name: label }).waitFor();
  await keyline.axe(page);
  await page.waitForFunction(() => "ready" in document.querySelector("[data-offline]").dataset);

  // No network any more, and the page is opened anew.
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("#passphrase").fill("not the passphrase");
  await page.getByRole("button", { name: "Open" }).click();
  await page.waitForFunction(() => /not the passphrase/.test(document.querySelector("[role=status]").textContent));
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { name: label }).waitFor();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const text = page.locator("section[data-page] textarea").first();
  await text.fill("Fictional: written on the train.");
  await page.waitForFunction(() => [...document.querySelectorAll(".kl_offline__state")].some((s) => /Kept/.test(s.textContent)));
  await keyline.axe(page);
  await keyline.expectNoSidewaysScroll(page);
  const stored = await page.evaluate(async (home) => {
    const db = await new Promise((done) => { const a = indexedDB.open(`keyline-${home}`, 1); a.onsuccess = () => done(a.result); });
    const all = await new Promise((done) => { const a = db.transaction("sealed").objectStore("sealed").getAll(); a.onsuccess = () => done(a.result); });
    return all.map((one) => (one.data ? new TextDecoder("latin1").decode(one.data) : "")).join("");
  }, offline);
  assert.ok(stored.length > 1000 && !stored.includes("train") && !stored.includes(label), "nothing lies there in clear");
  await page.getByRole("button", { name: "All readings" }).click();
  assert.match(await page.locator("[data-screen]").innerText(), /One page has not been sent/);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForFunction(() => /no network/.test(document.querySelector("[role=status]").textContent));

  // Meanwhile the same page is saved in another window; then the network is back.
  const window2 = await page.context().newPage();
  await page.context().setOffline(false);
  const place = await page.evaluate(() => 0).then(() => `${inspection}/records/readings/${id}`);
  await keyline.visit(window2, place);
  let there = window2.locator("main textarea").first();
  for (let n = 0; n < 30 && !(await there.count()); n++) {
    await window2.locator("main form button").first().click();
    await window2.waitForLoadState();
  }
  await there.fill("Fictional: written in the office.");
  await window2.getByRole("button", { name: /later|leave/i }).click();
  await window2.waitForLoadState();

  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForFunction(() => /choose/.test(document.querySelector("[role=status]").textContent));
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const both = page.locator(".kl_offline__both");
  assert.match(await both.innerText(), /on the train[\s\S]*in the office/);
  await keyline.axe(page);
  await keyline.shot(page, "offline-both");
  await page.getByRole("button", { name: "Keep what I wrote" }).click();
  await page.waitForFunction(() => !document.querySelector(".kl_offline__both"));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForFunction(() => /Everything has been sent/.test(document.querySelector("[role=status]").textContent));
  assert.match(await page.locator("details").last().textContent(), /in the office/, "the other text is put aside");
  await keyline.visit(window2, place);
  t.diagnostic("sent and settled");
});
