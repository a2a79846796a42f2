// Evidence, findings, grades alone, agreed grades, and the panel.

import assert from "node:assert/strict";
import { choose, expectKept, expectSays, expectSilent, fill, follow, inDays, press, select, together } from "./steps.mjs";

// For each evaluated indicator, who records which two kinds of evidence, and the finding that rests on both.
const WORK = {
  "2.1": {
    evidence: [
      ["inspector-health", "focus_group", "no_significant_concern", "Young people value a worker who stays", "Young people in the group spoke of lasting relationships with one worker."],
      ["inspector-education", "record", "uncertain", "Records show safety, less often wellbeing", "In the records read the risk at home had gone down; the effect on learning could not be followed."],
    ],
    kind: "strength",
    finding: "Children and young people were safer at home because workers stayed with them over time.",
  },
  "5.3": {
    evidence: [
      ["inspector-police", "record", "concern", "Plans do not always say what has to change", "Plans were in place in the records read. Few named what has to change, and by when."],
      ["depute", "document", "uncertain", "Quality assurance looks at timing", "The reports count reviews held on time. They say little about the quality of plans."],
    ],
    kind: "area_for_improvement",
    finding: "Plans did not always say what had to change, by when, and how people would know.",
  },
  "5.4": {
    evidence: [
      ["inspector-health", "focus_group", "concern", "Meetings are hard for young people", "Young people said that meetings are large and full of words they would not use."],
      ["inspector-education", "record", "uncertain", "Views are written down, less often answered", "The view of the child stood in the records read. What became of it did not."],
    ],
    kind: "area_for_improvement",
    finding: "Views were sought and written down, but what became of them was not always explained.",
  },
  "9.2": {
    evidence: [
      ["lead", "discussion", "no_significant_concern", "Leaders share one vision", "Chief officers of council, health board and police gave the same account of what they want."],
      ["depute", "document", "uncertain", "Figures stop at activity", "The plan reports what was done. It does not yet report what became better."],
    ],
    kind: "strength",
    finding: "Leaders worked closely together and shared one vision for families.",
  },
};
const INDICATORS = Object.keys(WORK);
const GRADERS = ["inspector-health", "inspector-education", "inspector-police", "depute", "lead"];

async function record(story, person) {
  const all = Object.entries(WORK).flatMap(([indicator, { evidence }]) => evidence.map((one) => [indicator, ...one]));
  for (const [indicator, , kind, strength, title, body] of all.filter(([, by]) => by === person)) {
    const page = await story.open(person, "evidence/new");
    await choose(page, "kind", kind);
    await choose(page, "strength", strength);
    await choose(page, "indicator", indicator);
    await fill(page, { title, body, describes_on: inDays(0) });
    if (kind === "focus_group") {
      const session = page.locator('select[name="source"] option', { hasText: "Group of young people" }).first();
      await select(page, { source: await session.getAttribute("value") });
    }
    if (kind === "record") await select(page, { source: { label: "The sample of records" } });
    await press(page, "Record evidence");
    await expectSays(page, "The evidence is recorded", title);
  }
}

async function evidence(story) {
  await together(GRADERS, (person) => record(story, person));
  const page = await story.open("lead", "evidence");
  await story.look(page, "evidence");
  await follow(page, "Meetings are hard for young people");
  await story.look(page, "evidence-piece");
}

async function identifying(story) {
  const page = await story.open("inspector-police", "evidence/new");
  const body = "The child born on 04/05/2013 moved within the area.";
  await fill(page, { title: "A move within the area", body, describes_on: inDays(0) });
  await choose(page, "kind", "discussion");
  await choose(page, "strength", "uncertain");
  await choose(page, "indicator", "2.1");
  await press(page, "Record evidence", { status: 422 });
  await expectSays(page, "This looks like a date of birth");
  await expectKept(page, { body });
  await story.look(page, "evidence-refused");
  await story.hidden("coordinator", "evidence", "evidence/new", "judgement");
  await story.hidden("volunteer", "evidence/new");
}

async function findings(story) {
  for (const [indicator, { kind, finding }] of Object.entries(WORK)) {
    const page = await story.open("inspector-health", `judgement/findings/new?indicator=${indicator}`);
    const pieces = await page.locator('input[name="evidence"]').evaluateAll((all) => all.map((i) => i.value));
    await choose(page, "kind", kind);
    await fill(page, { body: finding });
    if (indicator === "5.3") {
      await choose(page, "evidence", pieces[0]);
      await press(page, "Save the finding", { status: 422 });
      await expectSays(page, "The evidence is of one kind");
      await expectKept(page, { body: finding });
      await story.look(page, "finding-one-kind");
      await choose(page, "evidence", pieces[1]);
    } else {
      await choose(page, "evidence", ...pieces);
    }
    await press(page, "Save the finding");
    await expectSays(page, "The finding is written");
    if (indicator === "5.4") story.notes.finding = `${new URL(page.url()).pathname}/change`;
  }
}

async function twoWindows(story) {
  const [first, second] = [await story.as("inspector-health"), await story.as("depute")];
  const text = WORK["5.4"].finding;
  const [mine, theirs] = [`${text} Two had been asked before a hearing.`, `${text} Meetings were large.`];
  for (const page of [first, second]) await story.keyline.visit(page, story.notes.finding);
  await fill(first, { body: theirs });
  await press(first, "Save the finding");
  await fill(second, { body: mine });
  await press(second, "Save the finding", { status: 409 });
  await expectSays(second, "Nothing is lost", "Two had been asked before a hearing", "Meetings were large", "Saved by Shazia Anwar");
  await expectKept(second, { body: mine });
  await story.look(second, "finding-both-texts");
  await fill(second, { body: `${theirs} Two had been asked before a hearing.` });
  await press(second, "Save the finding");
  await expectSays(second, "The finding is saved");
  await story.look(second, "finding");
}

async function gradesAll(story, grader) {
  const nth = GRADERS.indexOf(grader) + 1;
  for (const indicator of INDICATORS) {
    const page = await story.open(grader, `judgement/grade/${indicator}`);
    await choose(page, "level", nth === 2 ? "adequate" : "good");
    if (nth === 1 && indicator === "2.1") {
      await press(page, "Give this grade", { status: 422 });
      await expectSays(page, "Fill this in");
      assert.ok(await page.locator('input[name="level"][value="good"]').isChecked(), "the level is kept");
    }
    await fill(page, { reason: `View ${nth}: strengths outweigh what could be better.` });
    await press(page, "Give this grade");
    await expectSays(page, "Your grade is given");
    if (nth === 2) {
      // The one before has graded; nothing of it shows.
      await expectSays(page, "2 of 5 inspectors have graded");
      await expectSilent(page, "View 1", "Shazia Anwar");
    }
  }
}

async function gradesAlone(story) {
  const [first, second, ...others] = GRADERS;
  await gradesAll(story, first);
  await gradesAll(story, second);
  await story.look(await story.as(second), "grade-alone");
  await together(others, (grader) => gradesAll(story, grader));
  const page = await story.open(first, "judgement/grade/5.4");
  await expectSays(page, "4 Good 4 3 Adequate 1");
  await story.look(page, "grade-opened");
  await story.hidden(first, "judgement/agree/5.4");
  await story.hidden("volunteer", "judgement/grade/5.4");
}

async function agreed(story) {
  const early = await story.open("panel-chair", "judgement/panel");
  await expectSays(early, "Indicator 5.4 has no agreed grade yet");
  for (const indicator of INDICATORS) {
    const page = await story.open("lead", `judgement/agree/${indicator}`);
    await expectSays(page, "View 1", "5 of 5");
    await choose(page, "level", "good");
    await fill(page, { reason: "Strengths outweigh; the team weighed the records most.", dissent: "One inspector would have graded lower." });
    if (indicator === "5.4") await story.look(page, "grade-agree");
    await press(page, "Record the agreed grade");
    await expectSays(page, "The agreed grade is recorded");
  }
  await story.open("lead", "judgement");
  await story.look(await story.as("lead"), "judgement");
}

async function panel(story) {
  const member = await story.open("panel-member", "judgement/panel");
  await expectSilent(member, "Record the panel's decision");
  await story.look(member, "panel-pack");
  const page = await story.open("panel-chair", "judgement/panel");
  const decide = (indicator) => page.locator(`form[action$="/panel/${indicator}"]`);
  for (const indicator of INDICATORS) {
    if (indicator === "5.4") {
      await choose(page, "level-5.4", "adequate");
      await press(page, "Record the panel's decision", { status: 422, within: decide(indicator) });
      await expectSays(page, "Say why the grade changes");
      await story.look(page, "panel-refused");
      await fill(page, { "reason-5.4": "Few children learned what became of their view, which weighs more than the pack says." });
    }
    await press(page, "Record the panel's decision", { within: decide(indicator) });
    await expectSays(page, "The panel's decision is recorded");
  }
  await expectSays(page, "Changed from 4 Good to 3 Adequate", "Confirmed: 4 Good");
  await story.look(page, "panel-decided");
}

export const judgement = [
  ["evidence of two kinds for each indicator, tagged", evidence],
  ["what could identify a child is refused", identifying],
  ["findings rest on two kinds of evidence", findings],
  ["two windows save one finding: both texts stand", twoWindows],
  ["each inspector grades alone and sees no other grade", gradesAlone],
  ["the lead records what the team agreed", agreed],
  ["the panel changes one grade with its reason, and confirms the others", panel],
];
