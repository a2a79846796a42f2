// The action plan of the partnership and its review.

import { choose, day, expectKept, expectSays, fill, follow, inDays, press } from "./steps.mjs";

async function submitted(story) {
  const page = await story.open("coordinator", "improvement");
  await expectSays(page, "One recommendation has no action yet", "The action plan is due on");
  await story.look(page, "action-plan-awaited");
  await follow(page, /^Add an action/);
  await fill(page, {
    body: "Write a short letter to the child within five days of each review, with what was said and decided.",
    owner: "Principal officer, children's rights and participation",
    measure: "Young people in the champions group say each quarter whether they heard back.",
  });
  await day(page, "due_on", "2027-02-31");
  await press(page, "Save the action", { status: 422 });
  await expectKept(page, { owner: "Principal officer, children's rights and participation" });
  await story.look(page, "action-refused");
  await day(page, "due_on", inDays(180));
  await press(page, "Save the action");
  await expectSays(page, "Action saved");
  await story.hidden("link-inspector", "improvement/recommendations/new");
  await press(page, "Submit the action plan");
  await expectSays(page, "Action plan submitted");
}

async function reviewed(story) {
  await story.hidden("lead", "improvement/review");
  const page = await story.as("link-inspector");
  await story.keyline.visit(page, "/start");
  await story.look(page, "start-link-inspector");
  await story.open("link-inspector", "improvement");
  await story.look(page, "action-plan-submitted");
  await follow(page, "Review the action plan");
  await choose(page, "outcome", "back");
  await press(page, "Save the review", { status: 422 });
  await choose(page, "outcome", "accept");
  await fill(page, { review: "Clear and measurable. We meet in half a year." });
  await story.look(page, "action-plan-review");
  await press(page, "Save the review");
  await expectSays(page, "Review saved");
  await story.open("coordinator", "improvement");
  await expectSays(await story.as("coordinator"), "Accepted", "Clear and measurable");
  await story.look(await story.as("coordinator"), "action-plan-accepted");
}

export const improvement = [
  ["the coordinator submits the action plan", submitted],
  ["the link inspector accepts it", reviewed],
];
