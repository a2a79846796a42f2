// What people say: the staff survey on a phone, and a focus group that the volunteer notes.

import assert from "node:assert/strict";
import { choose, day, expectKept, expectSays, expectSilent, fill, inDays, press, says, select } from "./steps.mjs";

// Answers of three people; the third is alone in a small service. Questions that are not here get their first choice.
const ANSWERS = [
  { service: "social-work", role: "practitioner", safer: "agree", plans: "disagree", heard: "agree" },
  { service: "social-work", role: "practitioner", safer: "strongly-agree", plans: "agree", heard: "disagree" },
  { service: "police", role: "senior-manager", safer: "agree", plans: "agree", heard: "agree" },
];

async function opens(story) {
  const page = await story.open("lead", "voices/surveys");
  await select(page, { instrument: "staff-survey" });
  await choose(page, "distribution", "open-link");
  await day(page, "closes_on", "2001-02-03");
  await press(page, "Open the survey", { status: 422 });
  await expectSays(page, "This day has passed", "Write whom to call");
  await day(page, "closes_on", inDays(14));
  const contacts = { child_protection: "Made-up team, 01632 960 001", adult_protection: "Made-up team, 01632 960 002" };
  await fill(page, contacts);
  await press(page, "Open the survey");
  await expectSays(page, "The survey is open. Hand out the link", "Nobody has answered yet", "fewer than 5 people");
  await story.look(page, "survey-open");
  story.notes.surveyPage = new URL(page.url()).pathname.replace(story.inspection + "/", "");
  story.notes.survey = await page.locator('main a[href^="/surveys/"]').first().getAttribute("href");
  await story.open("participation-lead", story.notes.surveyPage);
  await story.look(await story.as("participation-lead"), "surveys-participation-lead");
  await story.hidden("record-reader", "voices/surveys", story.notes.surveyPage);
}

// Chooses on this page what was given, and the first choice of everything else that is asked.
async function answerPage(page, given) {
  const asked = await page.locator("main input[type=radio]").evaluateAll((all) => [...new Set(all.map((i) => i.name))]);
  for (const name of asked) {
    const offered = await page.locator(`input[name="${name}"]`).evaluateAll((all) => all.map((i) => i.value));
    await choose(page, name, offered.includes(given[name]) ? given[name] : offered[0]);
  }
}

async function answered(story) {
  for (const [n, given] of ANSWERS.entries()) {
    const page = await story.somebody(story.keyline.phone);
    await story.keyline.visit(page, story.notes.survey);
    assert.equal(await page.getByRole("link", { name: "Leave this page now" }).count(), 1, "a way to leave quickly");
    await expectSays(page, "0800 1111", "01632 960 001");
    if (n === 0) await story.look(page, "survey-phone");
    await press(page, "Start");
    if (n === 0) {
      await press(page, "Next", { status: 422 });
      await expectSays(page, "Answer this question");
      await story.look(page, "survey-phone-refused");
    }
    for (let pages = 0; !(await says(page)).startsWith("Anonymous survey Check your answers"); pages++) {
      assert.ok(pages < 30, "the survey does not end");
      await answerPage(page, given);
      const words = page.locator('textarea[name="works-well"]');
      if (n === 0 && (await words.count()) > 0) await words.fill("Family support in the evening.");
      await press(page, "Next");
    }
    await expectSays(page, "Nothing has been sent yet", "Before you send", "0800 1111");
    if (n === 0) {
      await expectSays(page, "Family support in the evening.");
      await story.look(page, "survey-phone-check");
      // Going back to change something loses nothing.
      await press(page, /^Change: What works well/);
      await expectKept(page, { "works-well": "Family support in the evening." });
      while (!(await says(page)).startsWith("Anonymous survey Check your answers")) await press(page, "Next");
    }
    await press(page, "Send my answers");
    await expectSays(page, "Thank you", "Nobody can tell that they are yours");
    if (n === 0) await story.look(page, "survey-phone-thanks");
    await page.context().close();
  }
}

async function closes(story) {
  const page = await story.open("involvement-adviser", story.notes.surveyPage);
  // Three people are too few for any number: nobody is to be known by an answer.
  await expectSays(page, "Fewer than 5 people have answered", "Results are closed to everybody");
  await page.locator("summary", { hasText: "Close the survey" }).click();
  await press(page, "Close it now");
  await expectSays(page, "The survey is closed. Its results open in 30 minutes");
  await story.look(page, "survey-closed");
  await story.open("involvement-adviser", `${story.notes.surveyPage}/results`);
  await expectSays(page, "Not yet");
  await expectSilent(page, "Family support in the evening");
  await story.look(page, "survey-results-not-yet");
  const late = await story.somebody(story.keyline.phone);
  await story.keyline.visit(late, story.notes.survey);
  await expectSays(late, "This survey closed on");
  await story.look(late, "survey-phone-closed");
  await story.hidden("record-reader", story.notes.surveyPage, `${story.notes.surveyPage}/results`, `${story.notes.surveyPage}/texts`);
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
  ["the survey closes, and its results stay closed until nobody can send any more", closes],
  ["the volunteer notes a focus group", focusGroup],
];
