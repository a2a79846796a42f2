// The sample of records, and the readings with the tool.

import assert from "node:assert/strict";
import { choose, expectKept, expectSays, expectSilent, fill, press } from "./steps.mjs";

// What is answered where a reading says nothing else; of every other question the first choice.
const READING = { "assessment-quality": "good", "plan-quality": "adequate", views: "heard" };

async function drawn(story) {
  await story.hidden("inspector-health", "records/draw");
  const page = await story.open("lead", "records/draw");
  await choose(page, "by", "number");
  await fill(page, { number: "31", reserves: "1" });
  await press(page, "Draw the sample now", { status: 422 });
  await expectSays(page, "Write a number from 1 to 30");
  await expectKept(page, { number: "31" });
  await fill(page, { number: "3" });
  await press(page, "Show how many that is");
  await expectSays(page, "3 of 30 records are read. Nothing has been drawn yet");
  await story.look(page, "records-draw");
  await press(page, "Draw the sample now");
  await expectSays(page, "The sample is drawn", "Checked");
  await story.look(page, "records-sample");
  const words = await page.locator("main tbody").last().innerText();
  story.notes.labels = [...new Set(words.match(/F0\d\d/g))];
  assert.equal(story.notes.labels.length, 4, "three records and a reserve");
}

async function begin(story, person, label) {
  const page = await story.open(person, "records/readings");
  await fill(page, { label });
  await press(page, "Read this record");
  return page;
}

// Answers what a page asks by choice.
async function answer(page, change) {
  const names = await page.locator("main form input[type=radio], main form input[type=checkbox]").evaluateAll((inputs) => [
    ...new Set(inputs.map((input) => input.name)),
  ]);
  for (const name of names) {
    const first = await page.locator(`input[name="${name}"]`).first().getAttribute("value");
    await choose(page, name, { ...READING, ...change }[name] ?? first);
  }
}

// Goes on page by page to the page on which all is looked over.
async function read(page, change, why) {
  for (;;) {
    await answer(page, change);
    if ((await page.locator("#why").count()) > 0) {
      await fill(page, { why });
      break;
    }
    await press(page, "Save and go on");
  }
  await press(page, "Save and go on");
  await press(page, "Save and go on");
}

async function recordReader(story) {
  const [first] = story.notes.labels;
  const empty = await story.open("record-reader", "records/readings");
  await fill(empty, { label: "F999" });
  await press(empty, "Read this record", { status: 422 });
  await expectSays(empty, "This label is not in the sample");
  await story.look(empty, "readings-record-reader");
  const page = await begin(story, "record-reader", first);
  await answer(page, {});
  await press(page, "Save and go on");
  await expectSays(page, "Social work record", "Was the child seen or spoken with alone?");
  await story.look(page, "reading-page");
  await choose(page, "social-work-alone", "partly");
  await press(page, "Save and go on later");
  await expectSays(page, "What you have answered is saved");
  await page.getByRole("link", { name: first }).first().click();
  assert.ok(await page.locator('input[name="social-work-alone"][value="partly"]').isChecked(), "what was saved is there");
  await page.getByRole("link", { name: "Look over the whole reading" }).click();
  await press(page, "Finish this reading", { status: 422 });
  await expectSays(page, "Answer this question", "Still to be answered");
  await story.look(page, "reading-gap");
  await page.locator("main").getByRole("link", { name: "Change: Was the child seen or spoken with alone?" }).click();
  await read(page, {}, "The plan names steps and dates, and the reviews speak of them.");
  await story.look(page, "reading-check");
  await press(page, "Finish this reading");
  await expectSays(page, "The reading is finished");
  await story.look(page, "readings-finished");
  await story.hidden("record-reader", "records/team", "records/team/results", `records/team/compare/${first}`);
}

async function inspectorReads(story) {
  const [first, ...others] = story.notes.labels.slice(0, 3);
  for (const label of [first, ...others]) {
    const page = await begin(story, "inspector-health", label);
    const why = "Reviews were held in part; the view of the child stands in the last of them.";
    await read(page, { views: "heard-and-acted-on" }, why);
    await press(page, "Finish this reading");
    await expectSays(page, "The reading is finished");
  }
  const page = await story.open("lead", "records/team");
  await story.look(page, "records-team");
  await story.open("lead", `records/team/compare/${first}`);
  await expectSays(page, "Different", "Same");
  await story.look(page, "records-compare");
  await story.open("lead", "records/team/results");
  await story.look(page, "records-results");
  await story.hidden("coordinator", "records/readings", "records/team");
  await story.hidden("panel-chair", "records/team", "records/sample");
  const overview = await story.open("coordinator", "records");
  await expectSilent(overview, "All readings");
}

export const records = [
  ["the lead draws a small sample", drawn],
  ["the record reader reads one, first as a draft", recordReader],
  ["an inspector reads all; two readings stand side by side", inspectorReads],
];
