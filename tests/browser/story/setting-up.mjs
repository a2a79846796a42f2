// The first days: administrator, lead and team; the notification; the people of the partnership.

import assert from "node:assert/strict";
import { choose, day, expectKept, expectSays, expectSilent, fetchFile, fill, follow, inDays, press, select, together } from "./steps.mjs";

export const address = (key) => `${key}@strathmarnock.test`;

// Whom the lead adds: key, role, scrutiny body.
const TEAM = [
  ["depute", "depute", "care-inspectorate"],
  ["inspector-health", "inspector", "healthcare"],
  ["inspector-education", "inspector", "education"],
  ["inspector-police", "inspector", "constabulary"],
  ["volunteer", "young-inspection-volunteer", ""],
  ["involvement-adviser", "involvement-adviser", ""],
  ["support-officer", "strategic-support-officer", ""],
  ["service-manager", "service-manager", ""],
  ["panel-chair", "panel-chair", ""],
  ["panel-member", "panel-member", ""],
  ["link-inspector", "link-inspector", ""],
];

async function setUp(story) {
  const { keyline } = story;
  const page = await story.as("administrator");
  await story.look(page, "setting-up-administrator");
  const references = async () => {
    await keyline.visit(page, "/inspections");
    return page.locator("tbody tr td:first-child, tbody tr th:first-child").allInnerTexts();
  };
  const before = await references();
  await follow(page, "Set up an inspection");
  await select(page, { programme: { index: 1 }, area: "strathmarnock" });
  await day(page, "starts_on", inDays(7));
  await fill(page, { lead: address("nobody") });
  await press(page, "Set up", { status: 422 });
  await expectSays(page, "There is no account with this address");
  await expectKept(page, { lead: address("nobody"), area: "strathmarnock" });
  await story.look(page, "setting-up-refused");
  await fill(page, { lead: address("lead") });
  await press(page, "Set up");
  const made = (await references()).filter((one) => !before.includes(one));
  assert.equal(made.length, 1, `not one new inspection: ${made}`);
  story.inspection = `/inspections/${made[0]}`;
  await story.look(page, "setting-up-register");
  // To an administrator no inspection opens.
  await story.hidden("administrator", "", "people", "plan");
}

async function leadDeclares(story) {
  const page = await story.as("lead");
  await story.closedUntilDeclared("lead", "people");
  await story.keyline.visit(page, "/start");
  await story.look(page, "start-declare-first");
  const own = page.locator(`main a[href^="${story.path("interest")}"]`).first();
  await Promise.all([page.waitForNavigation(), own.click()]);
  await press(page, "Declare", { status: 422 });
  await expectSays(page, "Choose one");
  await choose(page, "interest", "no");
  await story.look(page, "interest");
  await press(page, "Declare");
  await expectSays(page, "The inspection is open to you now");
  await story.look(page, "overview-first-day");
}

async function leadAddsTheTeam(story) {
  const page = await story.open("lead", "people");
  await follow(page, "Add a member of the team");
  await fill(page, { email: address("inspector-health") });
  await select(page, { role: "inspector" });
  await press(page, "Add", { status: 422 });
  await expectSays(page, "Choose the body for which the person inspects");
  await expectKept(page, { email: address("inspector-health") });
  await story.look(page, "people-add-refused");
  for (const [key, role, body] of TEAM) {
    await story.open("lead", "people/add");
    await fill(page, { email: address(key) });
    await select(page, { role, body });
    await press(page, "Add");
    await expectSays(page, "The member has been added");
  }
}

async function teamDeclares(story) {
  await together(TEAM.filter(([key]) => key !== "panel-member"), async ([key]) => {
    // A young inspection volunteer never sees the list of people: the inspection itself asks them.
    const page = await story.closedUntilDeclared(key, key === "volunteer" ? "" : "people");
    await choose(page, "interest", "no");
    await press(page, "Declare");
    await expectSays(page, "The inspection is open to you now");
  });
  const page = await story.closedUntilDeclared("panel-member", "people");
  await choose(page, "interest", "yes");
  await press(page, "Declare", { status: 422 });
  await expectSays(page, "Say what the interest is");
  await fill(page, { statement: "I worked in a school of the area until nine years ago." });
  await press(page, "Declare");
  await expectSays(page, "when the lead has decided");
  // Declared, and still shut: it opens when the lead has decided.
  await story.closedUntilDeclared("panel-member", "");
  await story.look(page, "interest-waits");
}

async function leadClears(story) {
  const page = await story.as("lead");
  await story.keyline.visit(page, "/start");
  await expectSays(page, "Decide on one declared interest");
  await story.open("lead", "people");
  await story.look(page, "people-interest-waits");
  await follow(page, "Gordon Mackay, Panel member");
  await expectSays(page, "I worked in a school of the area");
  await choose(page, "decision", "yes");
  await fill(page, { reason: "Nine years have passed, and the school is not among the services looked at." });
  await story.look(page, "interest-decision");
  await press(page, "Decide");
  await expectSays(page, "Your decision has been noted");
  await story.open("panel-member", "");
  await story.hidden("inspector-health", "people/add", "notify");
}

async function notification(story) {
  const page = await story.open("support-officer", "notify");
  const offices = await page.locator('main input[name^="name-"]').evaluateAll((all) => all.map((i) => i.name.slice(5)));
  assert.equal(offices.length, 5, "five addressees");
  for (const office of offices) {
    await fill(page, { [`name-${office}`]: `Holder of the office ${office}`, [`email-${office}`]: address(office) });
  }
  await fill(page, { [`email-${offices[2]}`]: "no address" });
  await press(page, "Look at it", { status: 422 });
  await expectSays(page, "Write an e-mail address");
  await expectKept(page, { [`email-${offices[2]}`]: "no address", [`name-${offices[4]}`]: `Holder of the office ${offices[4]}` });
  await story.look(page, "notify-refused");
  await fill(page, { [`email-${offices[2]}`]: address(offices[2]) });
  await press(page, "Look at it");
  await expectSays(page, "Nothing has been sent yet");
  await story.look(page, "notify-preview");
  await press(page, "Send the notification");
  await expectSays(page, "The notification has been sent");
  await story.look(page, "notify-sent");
  const links = await page.locator("main input[readonly]").evaluateAll((all) => all.map((i) => i.value));
  assert.equal(links.length, 5, "a private link for each addressee");
  story.notes.letter = new URL(links[0]).pathname;
}

async function letters(story) {
  const reader = await story.somebody(story.keyline.phone);
  await story.keyline.visit(reader, story.notes.letter);
  await expectSays(reader, "Holder of the office");
  await story.look(reader, "letter-private-phone");
  const link = await reader.getByRole("link", { name: "This letter as PDF" }).getAttribute("href");
  await fetchFile(reader, link, { type: /^application\/pdf/, begins: "%PDF" });

  const page = await story.open("lead", "letters");
  await story.look(page, "letters");
  await follow(page, /^Read/);
  await story.look(page, "letter");
  const inside = await page.getByRole("link", { name: "This letter as PDF" }).getAttribute("href");
  await fetchFile(page, inside, { type: /^application\/pdf/, begins: "%PDF" });
  await story.open("lead", "plan");
  await story.look(page, "plan-first-day");
}

async function invite(story, key, name, role) {
  const page = await story.open("support-officer", "people/invite");
  await select(page, { role });
  await fill(page, { name, email: address(key) });
  await press(page, "Make the invitation");
  await expectSays(page, "This link is shown once");
  if (role === "inspection-coordinator") await story.look(page, "invitation-made");
  return new URL(await page.locator("main input[readonly]").inputValue()).pathname;
}

async function partnershipJoins(story) {
  const known = [
    ["coordinator", "Stuart Wemyss", "inspection-coordinator"],
    ["participation-lead", "Leanne Docherty", "participation-lead"],
    ["chief-officer", "Margaret Rennie", "chief-officer"],
    ["concerns-lead", "Anne McCrindle", "local-lead-for-concerns"],
    ["record-reader-2", "Eilidh Gunn", "record-reader"],
  ];
  for (const [key, name, role] of known) {
    const link = await invite(story, key, name, role);
    await story.hidden(key, "");
    if (key === "coordinator") {
      const anybody = await story.somebody();
      await story.keyline.visit(anybody, link);
      await expectSays(anybody, "Sign in first");
      await story.look(anybody, "invitation-sign-in-first");
    }
    const page = await story.as(key);
    await story.keyline.visit(page, link);
    if (key === "coordinator") await story.look(page, "invitation-signed-in");
    await press(page, "Accept");
    await expectSays(page, "Welcome. You have joined this inspection");
    await story.keyline.visit(page, link, 410);
  }
}

async function newcomerJoins(story) {
  const link = await invite(story, "new-reader", "Eilidh Marr", "record-reader");
  const page = await story.somebody();
  await story.keyline.visit(page, link);
  await press(page, "Accept", { status: 422 });
  await expectKept(page, { name: "Eilidh Marr" });
  await fill(page, { designation: "Senior social worker", organisation: "Strathmarnock Council" });
  await story.look(page, "invitation-new-account");
  await press(page, "Accept");
  await expectSays(page, "Welcome. You have joined this inspection");
  await story.look(page, "overview-record-reader");
  story.seat("record-reader", page);
  // What the team declared is the team's own.
  await story.open("record-reader", "people");
  await expectSilent(page, "Declared, may take part", "Invitations");
  await story.hidden("record-reader", "letters", "returns", "evidence", "judgement", "people/add");
}

export const settingUp = [
  ["the administrator sets it up and sees no content", setUp],
  ["the lead declares that there is no interest", leadDeclares],
  ["the lead adds the team", leadAddsTheTeam],
  ["everybody declares, one of them an interest", teamDeclares],
  ["the lead decides on the declared interest", leadClears],
  ["the support officer sends the notification", notification],
  ["the letters can be read as page and PDF", letters],
  ["five people of the partnership accept", partnershipJoins],
  ["a record reader without an account accepts", newcomerJoins],
];
