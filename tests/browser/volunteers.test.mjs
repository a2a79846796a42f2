// The interest form on a phone without a script; the participation lead moves somebody on; a volunteer claims an expense.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();

async function look(page, name) {
  await keyline.axe(page);
  await keyline.expectNoSidewaysScroll(page);
  await keyline.shot(page, name);
}

test("somebody writes on a phone without a script, is moved on, and a volunteer asks for money", { timeout: 120_000 }, async () => {
  const phone = await keyline.anonymous({ ...keyline.phone, ...keyline.noScript });
  await keyline.visit(phone, "/volunteer");
  await look(phone, "volunteer-form-phone");
  await phone.locator("#name").fill("Made-up name");
  await phone.getByText("18 to 26", { exact: true }).click();
  await phone.getByRole("button", { name: "Send", exact: true }).click();
  // What is missing stands at its field, and what was typed is still there.
  assert.equal(await phone.locator("#name").inputValue(), "Made-up name");
  await phone.locator("#reach").fill("01632 960 000, made up");
  await phone.getByRole("button", { name: "Send", exact: true }).click();
  await phone.getByText("Your eight words").first().waitFor();
  assert.equal((await phone.context().cookies()).length, 0);
  await look(phone, "volunteer-sent-phone");
  await phone.context().close();

  const lead = await keyline.signIn("involvement-adviser");
  await keyline.visit(lead, "/volunteers");
  await look(lead, "volunteers");
  // The newest of those who are interested, who stand first.
  await lead.locator("main table").first().getByRole("link").last().click();
  await look(lead, "volunteer");
  await lead.getByText("Spoken to", { exact: true }).click();
  await lead.getByRole("button", { name: "Move", exact: true }).click();
  await lead.getByText("They are moved").waitFor();
  keyline.expectNoConsoleErrors(lead);
  await lead.context().close();

  const own = await keyline.signIn("volunteer", keyline.phone);
  await keyline.visit(own, "/my");
  await look(own, "my-phone");
  await own.getByRole("link", { name: "Your money" }).click();
  await look(own, "my-money-phone");
  await own.getByText("Travel", { exact: true }).first().click();
  await own.locator("#amount").fill("3.80");
  await own.getByRole("button", { name: "Ask for it" }).click();
  await own.getByText("£3.80").first().waitFor();
  keyline.expectNoConsoleErrors(own);
  await own.context().close();
});
