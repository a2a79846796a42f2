// What the partnership sends. The coordinator's browser runs no scripts here: everything has to work without.

import assert from "node:assert/strict";
import { expectKept, expectSays, expectSilent, fetchFile, fill, follow, press } from "./steps.mjs";

const RETURN = "returns/pre-inspection-return";
const CSV = "text/csv";
// The coordinator at a browser without scripts.
const SENDER = "coordinator without scripts";

// Titles as the page explains them; the values are made up.
const COLUMNS = [
  ["Local reference", (n) => `F${String(n).padStart(3, "0")}`],
  ["Age band", (n) => ["0-4", "5-11", "12-15", "16-17"][n % 4]],
  ["Order now", (n) => (n % 3 ? "current" : "ended")],
  ["Months at home on the order", (n) => String((n * 7) % 25)],
  ["On the child protection register", (n) => (n % 5 ? "no" : "yes")],
  ["Brother or sister in this list", (n) => (n % 4 ? "no" : "yes")],
  ["Service of the lead professional", (n) => ["social-work", "health", "education"][n % 3]],
  ["Health record held", () => "yes"],
  ["Police record held", (n) => (n % 2 ? "yes" : "no")],
  ["Month in which the order was made or last changed", () => ""],
  ["Your key to the record", (n) => `made-up/${n}`],
];
const CHILDREN = 30;

function csv(columns) {
  const rows = [columns.map(([title]) => title)];
  for (let n = 1; n <= CHILDREN; n += 1) rows.push(columns.map(([, value]) => value(n)));
  return Buffer.from(rows.map((row) => row.join(",")).join("\r\n"));
}

async function send(page, name, mimeType, buffer, status) {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });
  await press(page, "Send the return", { status });
}

async function emptyWorkbook(story) {
  story.seat(SENDER, await story.keyline.signIn("coordinator", story.keyline.noScript));
  const page = await story.open(SENDER, RETURN);
  await story.look(page, "return-awaited");
  const link = (name) => page.getByRole("link", { name }).getAttribute("href");
  await fetchFile(page, await link("Download as XLSX"), { type: /spreadsheetml/, begins: "PK" });
  const empty = await fetchFile(page, await link("Download as CSV"), { type: /^text\/csv/ });
  assert.equal(empty.toString().trim().split(",").length, COLUMNS.length, "one heading for each column");
  await expectSays(page, ...COLUMNS.map(([title]) => title));
}

async function wrongFiles(story) {
  const page = await story.open(SENDER, RETURN);
  await press(page, "Send the return", { status: 422 });
  await expectSays(page, "Choose a file");
  const program = Buffer.concat([Buffer.from("MZ\u0090\0"), Buffer.alloc(4096, 7)]);
  await send(page, "return.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", program, 422);
  await expectSays(page, "This is a program, not a document");
  await story.look(page, "return-program-refused");

  const born = (n) => `${String((n % 28) + 1).padStart(2, "0")}/0${(n % 9) + 1}/2014`;
  await send(page, "return.csv", CSV, csv([...COLUMNS, ["Born on", born]]), 422);
  await expectSays(page, "30 cells of this column look like dates", "99/99/9999", "Remove the dates");
  await expectSilent(page, "/2014");
  await story.look(page, "return-dates-refused");

  const crooked = COLUMNS.map(([title, value], at) => [title, (n) => (at === 1 && n === 4 ? "teenager" : value(n))]);
  await send(page, "return.csv", CSV, csv(crooked), 422);
  await expectSays(page, "B5", "“Age band” is none of the allowed values", "Write one of these: 0-4");
  await expectSilent(page, "teenager");
  await story.look(page, "return-cell-refused");
}

async function goodReturn(story) {
  const page = await story.open(SENDER, RETURN);
  await send(page, "return.csv", CSV, csv(COLUMNS), 200);
  await expectSays(page, "The checks found nothing wrong");
  await story.look(page, "return-sent");
  await story.hidden("record-reader", RETURN);
  await story.hidden("volunteer", "returns");
}

async function leadAccepts(story) {
  await story.open("inspector-education", "returns");
  const page = await story.open("lead", "returns");
  await story.look(page, "returns-lead");
  await follow(page, "Look at the return and decide");
  await expectSays(page, "30 children and young people are listed");
  await story.look(page, "return-to-decide");
  await press(page, "Accept the return");
  await expectSays(page, "The return is accepted");
}

async function documents(story) {
  const page = await story.open(SENDER, "returns");
  await story.look(page, "requests-asked");
  const requests = await page
    .locator('main a[href*="/returns/requests/"]')
    .evaluateAll((all) => [...new Set(all.map((a) => new URL(a.href).pathname))]);
  assert.ok(requests.length >= 6, `only ${requests.length} requests`);
  story.notes.requests = requests;
  for (const [n, request] of requests.entries()) {
    await story.keyline.visit(page, request);
    if (n < 2) {
      await page.locator("summary", { hasText: "We do not hold this" }).click();
      if (n === 0) {
        await press(page, "Say that it is not held", { status: 422 });
        await expectSays(page, "Say why it is not held");
        await story.look(page, "request-not-held-refused");
      }
      await fill(page, { reason: "It does not exist as a document of its own; the services plan holds it." });
      await press(page, "Say that it is not held");
      await expectSays(page, "Your answer is kept: this is not held");
      continue;
    }
    const file = { name: `document-${n}.txt`, mimeType: "text/plain", buffer: Buffer.from("Made up for a test.\n") };
    await page.locator("input[type=file]").setInputFiles(n === 2 ? [file, { ...file, name: "annex.txt" }] : [file]);
    await press(page, "Send the files");
    await expectSays(page, "The documents have been sent");
    if (n === 2) await story.look(page, "request-answered");
  }
}

async function officerAccepts(story) {
  const page = await story.as("support-officer");
  const [, , first, second, ...others] = story.notes.requests;
  await story.keyline.visit(page, first);
  await story.look(page, "request-to-decide");
  await press(page, "Accept the documents");
  await expectSays(page, "The documents are accepted");
  // One is sent back with a reason, read and answered again.
  await story.keyline.visit(page, second);
  await page.locator("summary", { hasText: "Send back" }).click();
  await fill(page, { reason: "Please send the figures of the last two years, not of one." });
  await press(page, "Send back");
  const sender = await story.as(SENDER);
  await story.keyline.visit(sender, second);
  await expectSays(sender, "Please send the figures of the last two years");
  await sender.locator("input[type=file]").setInputFiles({ name: "two-years.txt", mimeType: "text/plain", buffer: Buffer.from("Made up.\n") });
  await press(sender, "Send the files");
  for (const request of [second, ...others]) {
    await story.keyline.visit(page, request);
    await press(page, "Accept the documents");
  }
  await story.open("support-officer", "returns");
  await story.look(page, "requests-all-answered");
}

async function askedOnceMore(story) {
  const page = await story.open("support-officer", "returns/requests/new");
  await fill(page, { title: "Minutes of the participation group", purpose: "Shows what became of what young people said." });
  await press(page, "Ask for it", { status: 422 });
  await expectSays(page, "Choose at least one of the indicators");
  await expectKept(page, { title: "Minutes of the participation group" });
  await story.look(page, "request-new-refused");
  await story.hidden("coordinator", "returns/requests/new");
}

export const returns = [
  ["the coordinator finds the empty workbook", emptyWorkbook],
  ["wrong files are refused with what to do", wrongFiles],
  ["a good return passes the checks", goodReturn],
  ["the lead accepts the return", leadAccepts],
  ["the coordinator answers the requests for documents", documents],
  ["the support officer accepts what came, and sends one back", officerAccepts],
  ["a further request says what it serves", askedOnceMore],
];
