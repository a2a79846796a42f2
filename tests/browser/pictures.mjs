// Takes the pictures of the README anew, from the people and inspections of the demonstration:
//
//     KEYLINE_BIN=target/debug/keyline node tests/browser/pictures.mjs
//
// With KEYLINE_STORY, from a story that was played already. Look at them before they are committed.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Keyline } from "./harness.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs/pictures");
const DESK = { viewport: { width: 1280, height: 800 } };
// Tall enough for the whole chart of the plan.
const TALL = { width: 1120, height: 1090 };

const keyline = new Keyline();
await mkdir(folder, { recursive: true });
await keyline.start();
try {
  const lead = await keyline.signIn("lead", DESK);
  const inPhase = await phases(lead);
  await keep(lead, "start-lead");

  await lead.setViewportSize(TALL);
  await keyline.visit(lead, `${inPhase("On-site activity")}/plan`);
  await keep(lead, "plan");

  await keyline.visit(lead, `${inPhase("Reporting")}/judgement`);
  await keep(lead, "judgement");

  await keyline.visit(lead, `${inPhase("Gather")}/voices/surveys`);
  await lead.getByRole("link", { name: /aged 8 to 11/ }).click();
  const survey = await lead.locator('main a[href^="/surveys/"]').first().getAttribute("href");
  const phone = await keyline.anonymous(keyline.phone);
  await keyline.visit(phone, survey);
  await keep(phone, "survey-phone");

  const anybody = await keyline.anonymous({ viewport: { ...TALL, height: 1560 } });
  await keyline.visit(anybody, "/reports");
  const report = await anybody.locator('main a[href^="/reports/"]').first().getAttribute("href");
  await keyline.visit(anybody, report);
  await keep(anybody, "report-public");
} finally {
  await keyline.stop();
}

/** Finds the inspection of the start page that stands in a phase, by how the phase begins. */
async function phases(page) {
  const cards = await page.locator(".kl_card").evaluateAll((all) =>
    all.map((card) => ({ words: card.innerText, href: card.querySelector("a")?.getAttribute("href") })),
  );
  return (phase) => {
    const found = cards.find((card) => card.words.includes(phase));
    if (!found) throw new Error(`no inspection of the start page stands in the phase “${phase}”`);
    return found.href;
  };
}

async function keep(page, name) {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}
