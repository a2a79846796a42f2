// Reading where there is no network: taken along, written, kept while the page is opened anew, sent, and settled where the
// other of the pair wrote meanwhile.

import assert from "node:assert/strict";
import { choose, expectSays, follow, press } from "./steps.mjs";

const PASSPHRASE = "harbour violet tractor";

async function told(page, words) {
  const status = page.locator("[role=status]").first();
  try {
    await page.waitForFunction((words) => document.querySelector("[role=status]").textContent.includes(words), words);
  } catch (error) {
    assert.fail(`it does not say “${words}” but “${await status.textContent()}”: ${error.message}`);
  }
}

const button = (page, name) => page.getByRole("button", { name, exact: true });

async function unlocked(page, passphrase, label) {
  await page.locator("#passphrase").fill(passphrase);
  await button(page, "Open").click();
  if (label) await page.getByRole("heading", { name: label }).waitFor();
}

/** All that this browser keeps, as text. */
const stored = (page, home) =>
  page.evaluate(async (home) => {
    const answer = (asked) => new Promise((done, fail) => Object.assign(asked, { onsuccess: () => done(asked.result), onerror: fail }));
    const db = await answer(indexedDB.open(`keyline-${home}`, 1));
    const all = await answer(db.transaction("sealed").objectStore("sealed").getAll());
    return all.map((one) => (one.data ? new TextDecoder("latin1").decode(one.data) : "")).join("");
  }, home);

/** A person reads `label`, which is begun, away from any network. */
export async function readAway(story, person, label) {
  const { keyline } = story;
  const page = await story.open(person, "records/offline");
  const home = story.path("records/offline");
  await page.locator("#passphrase").fill("short");
  await page.locator("#again").fill("short");
  await button(page, "Begin").click();
  await told(page, "12 characters");
  for (const id of ["passphrase", "again"]) await page.locator(`#${id}`).fill(PASSPHRASE);
  await button(page, "Begin").click();
  await button(page, `Take along ${label}`).click();
  await page.getByRole("heading", { name: label }).waitFor();
  await story.look(page, "away-list");
  await page.waitForFunction(() => "ready" in document.querySelector("[data-offline]").dataset);

  // No network any more, and the page is opened anew.
  page.away = true;
  await page.context().setOffline(true);
  await page.reload();
  await unlocked(page, "not the passphrase");
  await told(page, "not the passphrase");
  await unlocked(page, PASSPHRASE, label);
  await button(page, "Open").click();
  const mine = page.locator("section[data-page] textarea").first();
  await mine.fill("Fictional: written on the train.");
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".kl_offline__state")].some((one) => one.textContent.startsWith("Kept")));
  const kept = await stored(page, home);
  assert.ok(kept.length > 1000 && !kept.includes("train") && !kept.includes(label), "nothing lies there in clear");
  await button(page, "All readings").click();
  await page.getByText("One page has not been sent").waitFor();
  await button(page, "Send").click();
  await told(page, "no network");

  // A concern cannot wait for a network: it is kept, and raised by itself once there is one.
  await button(page, "Raise a concern").click();
  await button(page, "Raise it").click();
  await told(page, "Say whether somebody is in danger now");
  await page.locator("[data-screen] label", { hasText: /^No$/ }).click();
  await page.locator("#seen").fill("Fictional: no food in the house on three visits.");
  await page.locator("#by_whom").fill("Social worker");
  await story.look(page, "away-concern");
  await button(page, "Raise it").click();
  await told(page, "nobody has been told yet");
  assert.ok(!(await stored(page, home)).includes("no food"), "nor does the concern");

  // Meanwhile the same page is saved in another window; then the network is back.
  await page.context().setOffline(false);
  await told(page, "The concern has been raised");
  const office = await page.context().newPage();
  await keyline.visit(office, story.path("records/readings"));
  await office.getByRole("link", { name: `Open ${label}` }).first().click();
  await choose(office, "records-seen", "social-work");
  await press(office, "Save and go on");
  await office.locator("main textarea").first().fill("Fictional: written in the office.");
  await press(office, "Save and go on later");
  await office.close();

  await button(page, "Send").click();
  await told(page, "choose");
  await button(page, "Open").click();
  const both = page.locator(".kl_offline__both");
  assert.match(await both.innerText(), /on the train[\s\S]*in the office/);
  await story.look(page, "away-both");
  await button(page, "Keep what I wrote").click();
  await both.waitFor({ state: "detached" });
  await button(page, "Send").first().click();
  await told(page, "Everything has been sent");
  assert.match(await page.locator("details").last().textContent(), /in the office/, "the other text is put aside");
  await keyline.visit(page, story.path("records/readings"));
  await page.getByRole("link", { name: `Open ${label}` }).first().click();
  await follow(page, "Look over the whole reading");
  await expectSays(page, "Fictional: written on the train.");
  // What the office had saved is not only on this laptop.
  await follow(page, "What was answered before");
  await expectSays(page, "Fictional: written in the office.");
  await story.look(page, "away-earlier");
}
