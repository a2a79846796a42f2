// The sample of records, and the readings with the tool.

import assert from "node:assert/strict";
import { readAway } from "./away.mjs";
import { address } from "./setting-up.mjs";
import { choose, day, expectKept, expectSays, expectSilent, fill, inDays, press, says, select } from "./steps.mjs";

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

// The partnership names two people, the lead chooses them, and each reads with an inspector.
async function planned(story) {
  const people = [
    { name: "Eilidh Marr", email: address("new-reader"), designation: "Senior social worker" },
    { name: "Eilidh Gunn", email: address("record-reader-2"), designation: "Senior social worker" },
    { name: "Callum Reid", email: "", designation: "School nurse" },
  ];
  let page = await story.open("coordinator", "records/training");
  await press(page, "Put on the list", { status: 422 });
  for (const person of people) {
    await fill(page, { ...person, organisation: "Strathmarnock Council" });
    await press(page, "Put on the list");
  }
  await expectSays(page, "3 / 15");
  page = await story.open("lead", "records/training");
  for (const { name } of people) await press(page, `Attended ${name}`);
  for (const { name } of people.slice(0, 2)) await press(page, `Choose to read ${name}`);
  await expectSays(page, "2 / 6");
  await story.look(page, "reading-training");
  await story.open("lead", "records/plan/pairs");
  for (const [inspector, local] of [["Shazia Anwar", "Eilidh Marr"], ["Catriona Bell", "Eilidh Gunn"]]) {
    await select(page, { inspector: { label: inspector }, "local-reader": { label: local } });
    await press(page, "Form this pair");
  }
  await expectSays(page, "Pair B");
  await story.look(page, "reading-pairs");
  await timed(story);
  await fill(page, { number: "1" });
  await press(page, "Draw them");
  await press(page, "Give out records");
  await expectSays(page, "All records are given out", "1 of 3 records were drawn", "Checked");
  await story.look(page, "reading-plan");
  await story.open("lead", "records/timetable");
  await expectSays(page, "Pair A: Shazia Anwar, Eilidh Marr", "By record");
  await story.look(page, "reading-timetable");
}

// Days lie ahead, so that they are working days whatever day the story is played on; it is read at once with more time.
async function timed(story) {
  const page = await story.open("lead", "records/plan");
  const open = (title) => page.locator("summary", { hasText: title }).click();
  const monday = (weeks) => {
    const weekday = new Date(`${inDays(0)}T12:00:00Z`).getUTCDay();
    return inDays(((8 - weekday) % 7) + 7 * weeks);
  };
  for (let weeks = 1; ; weeks += 1) {
    await open("Set days and hours");
    await day(page, "first-day", monday(weeks));
    // A Monday may be a holiday, or its Tuesday or Wednesday.
    await press(page, "Set days and hours", { status: /200|422/ });
    if ((await says(page)).includes("Each day")) break;
    assert.ok(weeks < 8, "three working days in a row are found");
  }
  await story.open("record-reader", "records/readings");
  await expectSays(await story.as("record-reader"), "You read as pair A", "Records can be opened from");
  await story.open("lead", "records/plan");
  await open("Give more time");
  await choose(page, "begins", "now");
  await day(page, "until", inDays(2));
  await fill(page, { "until-time": "12:00" });
  await press(page, "Give more time", { status: 422 });
  await expectSays(page, "Say why");
  await open("Give more time");
  await fill(page, { reason: "Records come a week early" });
  await press(page, "Give more time");
  await expectSays(page, "Records come a week early");
}

/** The labels that the page of the own pair shows, in the order of the timetable. */
async function own(story, person) {
  const page = await story.open(person, "records/readings");
  return page.locator("main tbody th").allInnerTexts();
}

async function begin(story, person, label) {
  const page = await story.open(person, "records/readings");
  const open = page.getByRole("link", { name: `Open ${label}` }).first();
  if (await open.count()) await open.click();
  else await press(page, `Read ${label}`);
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
  const [first] = await own(story, "record-reader");
  const list = await story.open("record-reader", "records/readings");
  await expectSays(list, "Records can be opened now", "Your pair does not read health records");
  await story.look(list, "readings-record-reader");
  const page = await begin(story, "record-reader", first);
  await answer(page, {});
  await press(page, "Save and go on");
  await expectSays(page, "Social work record", "Was the child seen or spoken with alone?");
  await story.look(page, "reading-page");
  await choose(page, "social-work-alone", "partly");
  await press(page, "Save and go on later");
  await expectSays(page, "What you have answered is saved");
  await page.getByRole("link", { name: `Open ${first}` }).first().click();
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

async function away(story) {
  const [label] = await own(story, "record-reader-2");
  await begin(story, "record-reader-2", label);
  await readAway(story, "record-reader-2", label);
}

// The rest is read; two pairs have read one record, and where they differ the lead settles what holds.
async function bothPairsRead(story) {
  const [, ...others] = await own(story, "record-reader");
  const second = await own(story, "record-reader-2");
  for (const [person, labels, change] of [
    ["inspector-health", others, {}],
    ["record-reader-2", second, { views: "heard-and-acted-on" }],
  ]) {
    for (const label of labels) {
      const page = await begin(story, person, label);
      await read(page, change, "Reviews were held in part; the view of the child stands in the last of them.");
      await press(page, "Finish this reading");
      await expectSays(page, "The reading is finished");
    }
  }
  const first = await own(story, "record-reader");
  const twice = first.find((label) => second.includes(label));
  const page = await story.open("lead", "records/team");
  await expectSays(page, "1 to settle");
  await story.look(page, "records-team");
  await story.open("lead", `records/team/compare/${twice}`);
  await expectSays(page, "Different", "Same", "On one question the readings differ");
  await story.look(page, "records-compare");
  await page.getByRole("link", { name: /^Settle / }).first().click();
  await press(page, "This holds", { status: 422 });
  await choose(page, "answer", "heard");
  await fill(page, { reason: "What was done about them is not in the record." });
  await story.look(page, "reading-settle");
  await press(page, "This holds");
  await expectSays(page, "It is settled", "Nothing is left to settle", "What was done about them is not in the record.");
  for (const [room, name] of [
    ["records/team/agreement", "reading-agreement"],
    ["records/team/agreement/views", "reading-agreement-question"],
    ["records/team/results", "records-results"],
    ["records/team/outside", "reading-outside"],
    ["records/team/indicators", "reading-indicators"],
    ["records/plan/health", "reading-health"],
  ]) {
    await story.open("lead", room);
    await story.look(page, name);
  }
  await story.hidden("record-reader", "records/team/agreement", `records/team/compare/${twice}`, "records/plan/pairs");
  await story.hidden("coordinator", "records/readings", "records/team");
  await story.hidden("panel-chair", "records/team", "records/sample", "records/plan");
  const overview = await story.open("coordinator", "records");
  await expectSilent(overview, "All readings");
}

export const records = [
  ["the lead draws a small sample", drawn],
  ["local readers are named, pairs formed, records given out", planned],
  ["the record reader reads one, first as a draft", recordReader],
  ["another reads where there is no network", away],
  ["both pairs read; where they differ it is settled what holds", bothPairsRead],
];
