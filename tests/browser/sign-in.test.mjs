// Ways to sign in, as a person meets them: link, password, code of an authenticator app, passkey; sessions ended.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const EMAIL = "inspector-health@strathmarnock.test";
const PASSWORD = "a made-up sentence, long enough";
let secret;

/** The address under which browsers allow passkeys: numbers will not do. */
const local = (path) => keyline.address.replace("127.0.0.1", "localhost") + path;

test("a password is set, and signs in", async () => {
  const page = await keyline.signIn("inspector-health");
  await keyline.visit(page, "/account");
  await page.fill("#new", PASSWORD);
  await page.fill("#again", "something else that is long");
  await page.locator("form[action='/account/password'] button").click();
  assert.match(await page.locator(".ds_error-summary").innerText(), /\w/, "a slip is said at the top");
  await page.fill("#new", PASSWORD);
  await page.fill("#again", PASSWORD);
  await page.locator("form[action='/account/password'] button").click();
  await page.waitForURL("**/account?done=password-set");

  const other = await keyline.anonymous(keyline.noScript);
  await keyline.visit(other, "/sign-in?next=%2Faccount");
  await other.fill("#email", EMAIL);
  await other.fill("#password", "not the password at all");
  await other.locator("main form button").click();
  assert.equal(await other.inputValue("#email"), EMAIL, "what was typed is kept");
  await keyline.axe(page);
  await other.fill("#password", PASSWORD);
  await other.locator("main form button").click();
  await other.waitForURL("**/account");
});

test("a code of an authenticator app is asked for once it is switched on", async () => {
  const page = await keyline.signIn("inspector-health");
  await keyline.visit(page, "/account/second-factor");
  await keyline.axe(page);
  await keyline.shot(page, "second-factor");
  secret = (await page.locator(".kl_secret").innerText()).replaceAll(" ", "");
  await page.fill("#code", code(secret));
  await page.locator("main form button").click();
  await page.waitForURL("**/account?done=*");

  const other = await keyline.anonymous();
  await keyline.visit(other, "/sign-in");
  await other.fill("#email", EMAIL);
  await other.fill("#password", PASSWORD);
  await other.locator("main form button").first().click();
  await other.waitForURL("**/sign-in/code*");
  await keyline.visit(other, "/start", 200);
  assert.match(other.url(), /sign-in/, "nothing opens before the code");
  await keyline.visit(other, "/sign-in/code");
  await keyline.axe(other);
  await other.fill("#code", "000000");
  await other.locator("main form button").click();
  assert.equal(await other.locator(".ds_error-summary").count(), 1);
  // A code counts once: the next one is that of the next half minute.
  await other.fill("#code", code(secret, 1));
  await other.locator("main form button").click();
  await other.waitForURL("**/start");
});

test("a passkey is made, signs in and is taken away", async () => {
  const page = await keyline.signIn("inspector-police");
  const token = (await page.context().cookies()).find((cookie) => cookie.httpOnly);
  const other = await keyline.anonymous();
  await other.context().addCookies([{ name: token.name, value: token.value, url: local("/") }]);
  const debug = await other.context().newCDPSession(other);
  await debug.send("WebAuthn.enable");
  await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await other.goto(local("/account"));
  await other.fill("#passkey-name", "Made-up phone");
  await other.locator("[data-passkey-make] [data-passkey-button]").click();
  await other.waitForURL("**/account?done=passkey-made");
  await other.getByText("Made-up phone").first().waitFor();

  await other.context().clearCookies();
  await other.goto(local("/sign-in?next=%2Fcalendar"));
  await other.locator("[data-passkey] [data-passkey-button]").click();
  await other.waitForURL("**/calendar");

  await other.goto(local("/account"));
  await other.locator("form[action='/account/passkeys/remove'] button").click();
  await other.waitForURL("**/account?done=passkey-removed");
  assert.equal(await other.getByText("Made-up phone").count(), 0);
});

test("a session is seen in the list of another and ended there", async () => {
  const here = await keyline.signIn("chief-officer");
  const there = await keyline.signIn("chief-officer");
  await keyline.visit(here, "/account");
  await here.locator("form[action='/account/sessions/end'] button").last().click();
  await here.waitForURL("**/account?done=*");
  await there.goto(`${keyline.address}/start`);
  assert.match(there.url(), /\/sign-in/, "the other window is signed out");
});

/** The code that an authenticator app shows (RFC 6238), `later` half minutes from now. */
function code(secret, later = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of secret.replace(/=+$/, "")) bits += letters.indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac("sha1", key).update(moment).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
