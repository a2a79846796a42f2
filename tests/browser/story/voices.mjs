// What people say: the staff survey on a phone, and a focus group that the volunteer notes.

import assert from "node:assert/strict";
import { choose, day, expectKept, expectSays, expectSilent, fill, follow, inDays, press, select } from "./steps.mjs";

// Answers of three people; the third is alone in a small service.
const ANSWERS = [
  { service: "social-work", role: "practitioner", safer: "agree", plans: "disagree", heard: "agree", supervision: "yes", leadership: "agree" },
  { service: "social-work", role: "practitioner", safer: "strongly-agree", plans: "agree", heard: "disagree", supervision: "no", leadership: "agree" },
  { service: "police", role: "senior-manager", safer: "agree", plans: "agree", heard: "agree", supervision: "no", leadership: "disagree" },
];

async function opens(story) {
  const page = await story.open("lead", "voices/surveys");
  await day(page, "closes_on", "2001-02-03");
  await press(page, "Open the survey", { status: 422 });
  await expectSays(page, "This day has passed");
  await day(page, "closes_on", inDays(14));
  await press(page, "Open the survey");
  await expectSays(page, "The survey is open. Hand out the link", "Nobody has answered yet");
  await story.look(page, "survey-open");
  story.notes.survey = await page.locator('main a[href^="/surveys/"]').getAttribute("href");
  await story.open("participation-lead", "voices/surveys");
  await story.look(await story.as("participation-lead"), "surveys-participation-lead");
  await story.hidden("record-reader", "voices/surveys");
}

async function answer(page, given) {
  for (const [question, value] of Object.entries(given)) await choose(page, question, value);
}

async function answered(story) {
  for (const [n, given] of ANSWERS.entries()) {
    const page = await story.somebody(story.keyline.phone);
    await story.keyline.visit(page, story.notes.survey);
    assert.equal(await page.getByRole("link", { name: "Leave this page now" }).count(), 1, "a way to leave quickly");
    if (n === 0) {
      await story.look(page, "survey-phone-whole");
      const { leadership, ...unfinished } = given;
      await answer(page, unfinished);
      await fill(page, { "works-well": "Family support in the evening." });
      await press(page, "Send my answers", { status: 422 });
      await expectSays(page, "Answer this question");
      await expectKept(page, { "works-well": "Family support in the evening." });
      assert.ok(await page.locator('input[name="safer"][value="agree"]').isChecked(), "what was chosen is kept");
      await story.look(page, "survey-phone-refused");
      await choose(page, "leadership", leadership);
    } else {
      await answer(page, given);
    }
    await press(page, "Send my answers");
    await expectSays(page, "Thank you", "Nobody can tell that they are yours");
    if (n === 0) await story.look(page, "survey-phone-thanks");
    await page.context().close();
  }
}

async function closes(story) {
  const page = await story.open("involvement-adviser", "voices/surveys");
  await expectSays(page, "3 people have answered");
  await page.locator("summary", { hasText: "Close the survey" }).click();
  await press(page, "Close it now");
  await expectSays(page, "The survey is closed");
  await follow(page, "See the results");
  await expectSays(page, "3 people have answered", "are hidden");
  // Three people are too few for any number: nobody is to be known by an answer.
  await expectSilent(page, "Family support in the evening");
  assert.equal(await page.locator("main td").filter({ hasText: /^[123]$/ }).count(), 0, "no small number is shown");
  await story.look(page, "survey-results-small");
  const late = await story.somebody(story.keyline.phone);
  await story.keyline.visit(late, story.notes.survey);
  await expectSays(late, "This survey closed on");
  await story.look(late, "survey-phone-closed");
  await story.hidden("record-reader", "voices/surveys");
}

async function focusGroup(story) {
  const page = await story.open("volunteer", "voices/sessions/new");
  await select(page, { kind: "young-people-group" });
  await day(page, "held_on", inDays(3));
  const note = "They know who their worker is.\nMeetings are hard: too many adults, words they would not use.";
  await fill(page, { audience: "Young people aged 13 to 17", people: "many", designations: "involvement adviser", note });
  await press(page, "Save the note", { status: 422 });
  await expectKept(page, { note, people: "many" });
  await story.look(page, "session-refused");
  await day(page, "held_on", inDays(0));
  await fill(page, { people: 7 });
  await press(page, "Save the note");
  await expectSays(page, "The note is saved");
  await story.look(page, "sessions-volunteer");
  await story.hidden("volunteer", "evidence", "records/team", "judgement", "report");
  await story.hidden("coordinator", "voices/sessions", "voices/all-sessions");
  const lead = await story.open("lead", "voices/all-sessions");
  await expectSays(lead, "They know who their worker is");
  await story.look(lead, "sessions-all");
}

export const voices = [
  ["the lead opens the staff survey", opens],
  ["three people answer on a phone without an account", answered],
  ["the survey closes, and its results hide small numbers", closes],
  ["the volunteer notes a focus group", focusGroup],
];
