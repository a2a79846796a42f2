// The sample of records, and the readings with the tool.

import assert from "node:assert/strict";
import { choose, expectKept, expectSays, expectSilent, fill, press } from "./steps.mjs";

const READING = {
  chronology: "up-to-date",
  assessment: "yes",
  "assessment-quality": "good",
  plan: "yes",
  "plan-quality": "adequate",
  reviewed: "partly",
  views: "heard",
  "parents-involved": "yes",
  difference: "some-improvement",
};

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

async function read(story, person, label, change = {}) {
  const page = await story.open(person, "records/readings");
  await fill(page, { label });
  await press(page, "Read this record");
  for (const [question, value] of Object.entries({ ...READING, ...change })) await choose(page, question, value);
  return page;
}

async function recordReader(story) {
  const [first] = story.notes.labels;
  const page = await story.open("record-reader", "records/readings");
  await fill(page, { label: "F999" });
  await press(page, "Read this record", { status: 422 });
  await expectSays(page, "This label is not in the sample");
  await story.look(page, "readings-record-reader");
  await read(story, "record-reader", first);
  await press(page, "Save as a draft");
  await expectSays(page, "The draft is saved");
  await press(page, "Finish this reading", { status: 422 });
  await expectSays(page, "Answer this question");
  assert.ok(await page.locator('input[name="plan-quality"][value="adequate"]').isChecked(), "the draft is kept");
  await story.look(page, "reading-gap");
  await fill(page, { why: "The plan names steps and dates, and the reviews speak of them." });
  await press(page, "Finish this reading");
  await expectSays(page, "The reading is finished");
  await story.look(page, "readings-finished");
  await story.hidden("record-reader", "records/team", "records/team/results", `records/team/compare/${first}`);
}

async function inspectorReads(story) {
  const [first, ...others] = story.notes.labels.slice(0, 3);
  for (const label of [first, ...others]) {
    const page = await read(story, "inspector-health", label, { views: "heard-and-acted-on" });
    await fill(page, { why: "Reviews were held in part; the view of the child stands in the last of them." });
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
