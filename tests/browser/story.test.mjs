// One inspection from its set-up to its reviewed action plan, played by each person through the pages alone.
//
// The phases stand in story/, each a list of titles and scenes. Every scene builds on those before it: when one fails,
// the others are skipped, and tests/browser/output/story-failed.png shows the browser that was used last.

import { test } from "node:test";
import { withKeyline } from "./harness.mjs";
import { improvement } from "./story/improvement.mjs";
import { judgement } from "./story/judgement.mjs";
import { records } from "./story/records.mjs";
import { report } from "./story/report.mjs";
import { returns } from "./story/returns.mjs";
import { settingUp } from "./story/setting-up.mjs";
import { Story } from "./story/steps.mjs";
import { voices } from "./story/voices.mjs";

const PHASES = [
  ["Setting up", settingUp],
  ["What the partnership sends", returns],
  ["What people say", voices],
  ["Records", records],
  ["Judgement", judgement],
  ["Report", report],
  ["Improvement", improvement],
];

const keyline = withKeyline();

test("an inspection, from its set-up to its reviewed action plan", async (t) => {
  const story = new Story(keyline);
  let failed = false;
  for (const [phase, scenes] of PHASES) {
    await t.test(phase, async (t) => {
      for (const [title, scene] of scenes) {
        await t.test(title, { skip: failed && "an earlier scene failed" }, async () => {
          try {
            await scene(story);
          } catch (error) {
            failed = true;
            await story.keepLast("story-failed");
            throw error;
          }
        });
      }
    });
  }
  await t.test("every page that was looked at is accessible and fits a phone", { skip: story.looked === 0 }, () => {
    story.expectNothingWrong();
  });
});
