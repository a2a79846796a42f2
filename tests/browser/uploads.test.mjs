// Documents in parts, as the page sends them and as tus-js-client does, over a connection that breaks off.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DetailedError, Upload } from "tus-js-client";
import { withKeyline } from "./harness.mjs";

const keyline = withKeyline();
const MB = 1024 * 1024;
let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), "keyline-uploads-")); });
after(() => rm(folder, { recursive: true, force: true }));

/** Text of this length that never came before. */
const text = (bytes) => Buffer.alloc(bytes, `Fictional line ${randomBytes(8).toString("hex")}\n`);

/** A request of the story that takes documents: the one of which it was said that nothing is held. */
async function openRequest(page) {
  const start = await page.locator("a[href^='/inspections/']").first().getAttribute("href");
  const inspection = start.split("/").slice(0, 3).join("/");
  await keyline.visit(page, `${inspection}/returns`);
  const requests = await page.locator("a[href*='/returns/requests/req_']").evaluateAll((all) => all.map((a) => a.href));
  for (const href of requests) {
    await keyline.visit(page, new URL(href).pathname);
    if (await page.locator("input[type=file]").count()) return new URL(href).pathname;
  }
  throw new Error("no request takes documents");
}

test("a document goes on where it stood after a pause, a lost connection and a reload", async () => {
  const page = await keyline.signIn("coordinator");
  const request = await openRequest(page);
  const file = join(folder, "plan.txt");
  await writeFile(file, text(20 * MB));
  const offsets = [];
  let broken = 0;
  let closed = false;
  await page.route("**/returns/uploads/**", async (route) => {
    const { method, headers } = { method: route.request().method(), headers: route.request().headers() };
    if (method !== "PATCH") return route.continue();
    offsets.push(Number(headers["upload-offset"]));
    assert.match(headers["upload-checksum"], /^sha256 /);
    // The second part never arrives, the first time.
    if (offsets.at(-1) === 8 * MB && broken++ === 0) return route.abort("connectionreset");
    // The third does not, until the page is closed and opened again: a request that is only held may be let go with the page.
    if (offsets.at(-1) === 16 * MB && !closed) return route.abort("connectionreset");
    return route.continue();
  });
  await page.setInputFiles("#files", file);
  const send = page.locator("form[enctype] > button");
  await send.click();
  await page.locator("progress").waitFor();
  await keyline.axe(page);
  await page.waitForFunction(() => document.querySelector(".kl_upload progress")?.value >= 8 * 1024 * 1024);
  await page.getByRole("button", { name: "Pause: plan.txt" }).click();
  assert.match(await page.locator(".kl_upload").innerText(), /Paused/);
  await page.getByRole("button", { name: "Go on: plan.txt" }).click();
  while (offsets.at(-1) !== 16 * MB) await new Promise((done) => setTimeout(done, 50));
  page.once("dialog", (dialog) => dialog.accept());
  await keyline.visit(page, request);
  closed = true;
  assert.match(await page.locator("[data-uploads-under-way]").innerText(), /plan\.txt: 16\.0 MB of 20\.0 MB/);
  const before = offsets.length;
  await page.setInputFiles("#files", file);
  await page.locator("form[enctype] > button").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**?done=documents-uploaded");
  assert.deepEqual(offsets.slice(before), [16 * MB], "only what was missing is sent");
  assert.match(await page.locator("main").innerText(), /plan\.txt/);
  // The browser itself notes the connections that were broken off on purpose.
  for (let at = page.faults.length - 1; at >= 0; at -= 1) {
    if (page.faults[at].includes("ERR_CONNECTION_RESET")) page.faults.splice(at, 1);
  }
  keyline.expectNoConsoleErrors(page);
});

test("a file that is not taken says why, and the next one is sent all the same", async () => {
  const page = await keyline.signIn("coordinator");
  const request = await openRequest(page);
  const [bad, good] = [join(folder, "plan.docx"), join(folder, "good.txt")];
  await writeFile(bad, Buffer.concat([Buffer.from("MZ\x90\0"), Buffer.alloc(2000)]));
  await writeFile(good, text(3000));
  await page.setInputFiles("#files", [bad, good]);
  await page.locator("form[enctype] > button").click();
  await page.getByText("This is a program").first().waitFor();
  await page.locator(".kl_upload", { hasText: "good.txt" }).getByText("Sent", { exact: true }).waitFor();
  await keyline.axe(page);
  await keyline.visit(page, request);
  const shown = await page.locator("main").innerText();
  assert.ok(shown.includes("good.txt") && !shown.includes("plan.docx"));
});

test("tus-js-client sends in parts, stops, finds its way back, and hears a refusal", async () => {
  const page = await keyline.signIn("coordinator");
  const request = await openRequest(page);
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const begin = (content, name, options) =>
    new Promise((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint: `${keyline.address}${request}/uploads`,
        headers: { Cookie: cookies },
        metadata: { filename: name },
        retryDelays: [100, 200],
        onError: reject,
        onSuccess: () => resolve(upload),
        ...options?.(() => upload, resolve),
      });
      upload.start();
    });
  const content = text(3 * MB);
  const first = await begin(content, "tus.txt", (upload, resolve) => ({
    chunkSize: MB,
    onChunkComplete: (_, accepted) => {
      if (accepted >= MB) upload().abort().then(() => resolve(upload()));
    },
  }));
  assert.ok(first.url.includes("/returns/uploads/upl_"));
  let sent = 0;
  await begin(content, "tus.txt", () => ({
    uploadUrl: first.url,
    onChunkComplete: (size) => { sent += size; },
  }));
  assert.ok(sent > 0 && sent < content.length, "what had come was not sent again");
  await begin(text(5000), "with-its-beginning.txt", () => ({ uploadDataDuringCreation: true }));
  await assert.rejects(begin(text(5000), "plan.pdf"), (error) => {
    assert.ok(error instanceof DetailedError);
    assert.equal(error.originalResponse.getStatus(), 422);
    return /The name ends in \.pdf/.test(error.originalResponse.getBody());
  });
  const given = await begin(text(2 * MB), "given-up.txt", (upload, resolve) => ({
    chunkSize: MB,
    onChunkComplete: () => upload().abort(true).then(() => resolve(upload())),
  }));
  const gone = await fetch(given.url, { method: "HEAD", headers: { Cookie: cookies, "Tus-Resumable": "1.0.0" } });
  assert.equal(gone.status, 404);
  await keyline.visit(page, request);
  const shown = await page.locator("main").innerText();
  assert.ok(shown.includes("tus.txt") && shown.includes("with-its-beginning.txt"));
  assert.ok(!shown.includes("given-up.txt") && !shown.includes("plan.pdf"));
});
