// The report: written, checked by the partnership, under embargo, published at its minute.

import assert from "node:assert/strict";
import { choose, day, expectKept, expectSays, expectSilent, fetchFile, fill, follow, inScotland, press, select } from "./steps.mjs";

const PDF = { type: /^application\/pdf/, begins: "%PDF" };
const POSTCODE = "Families near KA1 9ZZ had help in the evening.";
const GOOD = "Families had help in the evening and at weekends.\n\nThe partnership knew less about what became better for children.";

async function sections(story) {
  const page = await story.open("lead", "report");
  await expectSays(page, "sections of the report are still empty");
  await story.look(page, "report-writing");
  const paths = await page
    .locator('main a[href*="/report/sections/"]')
    .evaluateAll((all) => [...new Set(all.map((a) => new URL(a.href).pathname))]);
  assert.ok(paths.length >= 4, `only ${paths.length} sections`);
  // What could identify somebody is refused where it is written, and kept in the form.
  await story.keyline.visit(page, paths[0]);
  await fill(page, { body: POSTCODE });
  await story.look(page, "report-section");
  await press(page, "Save", { status: 422 });
  await expectSays(page, "postcode");
  await expectKept(page, { body: POSTCODE });
  await story.look(page, "report-section-refused");
  for (const path of paths) {
    await story.keyline.visit(page, path);
    await fill(page, { body: GOOD });
    await press(page, "Save");
    await expectSays(page, "Section saved");
  }
  await story.open("lead", "report/preview");
  await story.look(page, "report-preview");
}

async function recommendation(story) {
  const page = await story.open("lead", "improvement/recommendations/new");
  await choose(page, "indicator", "5.4");
  await press(page, "Save", { status: 422 });
  await fill(page, { body: "Tell children and young people what became of their views, each time and in a way that suits them." });
  await story.look(page, "recommendation");
  await press(page, "Save");
  await expectSays(page, "Recommendation saved");
}

async function draft(story) {
  await story.hidden("coordinator", "report/draft", "report/preview", "report/sections/summary");
  const page = await story.open("lead", "report");
  await press(page, "Send the draft to the partnership");
  await expectSays(page, "The draft is with the partnership");
  const reader = await story.open("coordinator", "report/draft");
  await expectSays(reader, "Families had help in the evening");
  await story.look(reader, "report-draft");
  await fetchFile(reader, story.path("report/draft.pdf"), PDF);
  await story.hidden("record-reader", "report", "report/draft");
  await story.hidden("participation-lead", "report/draft");
}

async function points(story) {
  const page = await story.open("coordinator", "report/points");
  await follow(page, "Raise a point");
  const place = page.locator('select[name="section"] option').nth(1);
  await select(page, { section: await place.getAttribute("value") });
  await press(page, "Continue");
  const sentence = page.locator('input[name="place"]').nth(1);
  await choose(page, "place", await sentence.getAttribute("value"));
  await fill(page, { body: "There was no help at weekends in one of the two localities." });
  await press(page, "Raise this point", { status: 422 });
  await expectKept(page, { body: "There was no help at weekends in one of the two localities." });
  await story.look(page, "point-refused");
  await fill(page, { proposal: "Say that there was help at weekends in one locality." });
  await press(page, "Raise this point");
  await expectSays(page, "Point raised");
  await press(page, "We have no more points");
  await expectSays(page, "Round of factual accuracy closed");
  await story.look(page, "points-closed");

  const lead = await story.open("lead", "report/points");
  await follow(lead, /^Answer this point/);
  await choose(lead, "outcome", "accepted");
  await fill(lead, { answer: "The rota that you sent shows it. Thank you." });
  await press(lead, "Save the answer", { status: 422 });
  await expectSays(lead, "Say what was changed");
  await fill(lead, { change_made: "The sentence now says that there was help at weekends in one locality." });
  await story.look(lead, "point-answer");
  await press(lead, "Save the answer");
  await expectSays(lead, "Answer saved");
  await story.open("coordinator", "report/points");
  await expectSays(await story.as("coordinator"), "The rota that you sent shows it");
}

async function embargo(story) {
  const page = await story.open("lead", "report/embargo");
  await press(page, "Send to these readers", { status: 422 });
  await expectSays(page, "Choose at least one reader");
  const boxes = page.locator('input[name="readers"]');
  assert.equal(await boxes.count(), 2, "coordinator and chief officer can be named");
  for (const value of await boxes.evaluateAll((all) => all.map((i) => i.value))) await choose(page, "readers", value);
  await story.look(page, "embargo-readers");
  await press(page, "Send to these readers");
  await expectSays(page, "The embargoed copy is with its readers");
  const reader = await story.open("chief-officer", "report/embargoed");
  await expectSays(reader, "under embargo and made for you");
  await story.look(reader, "report-embargoed");
  await story.hidden("participation-lead", "report/embargoed");
  await story.hidden("record-reader", "report/embargoed");
}

// The next minute that leaves enough seconds to press the button.
function nextMinute() {
  return new Date(Math.ceil((Date.now() + 8_000) / 60_000) * 60_000);
}

async function minuteIsSet(story) {
  const page = await story.open("service-manager", "report/publication");
  await day(page, "day", "2001-02-03");
  await fill(page, { time: "half past nine" });
  await press(page, "Set this minute", { status: 422 });
  await expectSays(page, "Write a time, such as 09:30");
  await story.look(page, "publication-refused");
  const minute = nextMinute();
  const { date, time } = inScotland(minute);
  await day(page, "day", date);
  await fill(page, { time });
  await choose(page, "non_working_day", "yes");
  await press(page, "Set this minute");
  await expectSays(page, "Minute of publication set", time);
  story.notes.minute = minute;
}

async function notBefore(story) {
  const reference = story.inspection.split("/").pop();
  story.notes.report = `/reports/${reference}`;
  const anybody = await story.somebody();
  const left = story.notes.minute - Date.now();
  assert.ok(left > 1_000, `only ${left} ms are left before the minute`);
  for (const rest of ["", "/report.pdf", "/report.json", "/grades.csv"]) {
    await story.keyline.visit(anybody, story.notes.report + rest, 404);
  }
  await story.keyline.visit(anybody, "/reports");
  assert.equal(await anybody.locator(`a[href="${story.notes.report}"]`).count(), 0, "the list names no report before its minute");
  const reader = await story.as("coordinator");
  await fetchFile(reader, story.path("report/embargoed.pdf"), PDF);
}

// The minutes until then are used.
async function meanwhile(story) {
  const page = await story.open("service-manager", "audit");
  await story.look(page, "audit");
  await story.hidden("inspector-health", "audit");
  await story.hidden("coordinator", "audit");
  for (const [person, name] of [
    ["lead", "overview-lead"],
    ["coordinator", "overview-coordinator"],
  ]) {
    await story.look(await story.open(person, ""), name);
  }
  for (const person of ["lead", "inspector-health", "coordinator", "volunteer", "record-reader"]) {
    const own = await story.as(person);
    await story.keyline.visit(own, "/start");
    await story.look(own, `start-${person}`);
  }
}

async function published(story) {
  const page = await story.somebody();
  const until = story.notes.minute.getTime() + 20_000;
  let status;
  while (status !== 200 && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 500));
    status = (await page.request.get(story.keyline.address + story.notes.report)).status();
    const early = status === 200 && Date.now() < story.notes.minute.getTime();
    assert.ok(!early, "published before its minute");
  }
  assert.equal(status, 200, "the report is published at its minute");
  await story.keyline.visit(page, story.notes.report);
  await expectSays(page, "Strathmarnock", "does not exist", "Families had help in the evening", "Adequate (3)");
  await expectSilent(page, "ZZ99", "Gordon Mackay", "One inspector would have graded lower");
  await story.look(page, "report-public");
  await fetchFile(page, `${story.notes.report}/report.json`, { type: /^application\/json/, begins: "{" });
  const grades = await fetchFile(page, `${story.notes.report}/grades.csv`, { type: /^text\/csv/ });
  assert.match(grades.toString(), /5\.4/);
  await pdfComes(page, `${story.notes.report}/report.pdf`);
  await story.keyline.visit(page, "/reports");
  assert.ok(await page.locator(`a[href="${story.notes.report}"]`).count(), "the list names the report");
  await story.look(page, "reports");
}

// The PDF is set by a job of its own, which follows within seconds.
async function pdfComes(page, path) {
  for (let tries = 0; tries < 40; tries += 1) {
    if ((await page.request.get(new URL(path, page.url()).href)).status() === 200) break;
    await new Promise((done) => setTimeout(done, 500));
  }
  await fetchFile(page, path, PDF);
}

export const report = [
  ["the lead writes the sections; a postcode does not leave the team", sections],
  ["the lead makes a recommendation", recommendation],
  ["the draft goes to the partnership", draft],
  ["the coordinator raises a point and the lead answers it", points],
  ["the embargoed copy goes to named readers alone", embargo],
  ["the minute of publication is set", minuteIsSet],
  ["nothing is public before the minute", notBefore],
  ["meanwhile start pages, overviews and the audit trail are read", meanwhile],
  ["at its minute it is public as page, PDF and open data", published],
];
