// What every browser journey stands on: the built program with a story of its own, and a Chromium.
//
// The program under test is KEYLINE_BIN. When KEYLINE_STORY names the data folder of a story that was played already,
// each test file works on a copy of it; otherwise it plays its own, which takes a little longer. KEYLINE_CHROMIUM is the
// browser, Debian's by default. Pictures go to tests/browser/output/.
//
//     import { test } from "node:test";
//     import { withKeyline } from "./harness.mjs";
//     const keyline = withKeyline();
//     test("a lead sees what is late", async () => {
//       const page = await keyline.signIn("lead");
//       await keyline.visit(page, "/");
//       await keyline.axe(page);
//     });

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, "output");
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A fresh story on a busy machine, with a program that is not optimised.
const READY_WITHIN = 180_000;

// WCAG 2.2 at level AA, which the accessibility statement promises, and axe's own advice.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The narrowest phone that the pages must work on. */
export const PHONE = { width: 360, height: 740 };

/**
 * A Keyline and a browser for one test file: started before its tests, ended after them.
 * Every page made here remembers what went wrong in it, and the file fails when something did.
 */
export function withKeyline() {
  const keyline = new Keyline();
  before(() => keyline.start(), { timeout: READY_WITHIN });
  after(() => keyline.stop());
  return keyline;
}

export class Keyline {
  /** `http://127.0.0.1:PORT`, once started. */
  address;
  /** Sign-in link of each person of the story, by the name that the program prints before it. */
  links = new Map();

  #said = "";

  async start() {
    const program = process.env.KEYLINE_BIN;
    assert.ok(program, "KEYLINE_BIN must name the built program: scripts/test sets it");
    this.folder = await mkdtemp(join(tmpdir(), "keyline-journey-"));
    const story = join(this.folder, "story");
    if (process.env.KEYLINE_STORY) await cp(process.env.KEYLINE_STORY, story, { recursive: true });

    const listen = `127.0.0.1:${await freePort()}`;
    this.address = `http://${listen}`;
    this.program = spawn(program, ["demo", "--data", story, "--listen", listen], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.program.stdout.on("data", (text) => this.#hear(text));
    this.program.stderr.on("data", (text) => this.#hear(text));
    this.ended = new Promise((done) => this.program.once("exit", done));
    await this.#ready();
    this.#readLinks();

    this.browser = await chromium.launch({
      executablePath: process.env.KEYLINE_CHROMIUM || "/usr/bin/chromium",
      headless: true,
      args: BROWSER_FLAGS,
    });
  }

  async stop() {
    await this.browser?.close();
    if (this.program?.exitCode === null) {
      this.program.kill("SIGTERM");
      const late = setTimeout(() => this.program.kill("SIGKILL"), 10_000);
      await this.ended;
      clearTimeout(late);
    }
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  #hear(text) {
    this.#said += text;
  }

  // Ready is what /healthz says; the links are printed about then, before or after.
  async #ready() {
    const until = Date.now() + READY_WITHIN;
    while (Date.now() < until) {
      if (this.program.exitCode !== null) break;
      const answer = await fetch(`${this.address}/healthz`).catch(() => undefined);
      if (answer?.ok && this.#said.includes("/sign-in/link/")) {
        await new Promise((done) => setTimeout(done, 300));
        return;
      }
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error(`the program did not become ready; it said:\n${this.#said}`);
  }

  // Lines like `lead   http://127.0.0.1:8080/sign-in/link/…`, perhaps coloured.
  #readLinks() {
    for (const line of this.#said.replaceAll(/\u001b\[[0-9;]*m/g, "").split("\n")) {
      const found = line.match(/^\s*(\S.*?)\s+(https?:\/\/\S+\/sign-in\/link\/\S+)/);
      if (found) this.links.set(found[1], found[2]);
    }
  }

  /** A page of a person nobody knows. `options` are those of a browser context. */
  async anonymous(options = {}) {
    const context = await this.browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", ...options });
    const page = await context.newPage();
    page.faults = [];
    page.scripts = options.javaScriptEnabled !== false;
    page.on("console", (message) => {
      // The browser reports every answer of 400 and above as an error; journeys check those themselves.
      const answered = message.text().startsWith("Failed to load resource: the server responded");
      // A journey that takes the network away says so.
      const away = page.away && message.text().includes("ERR_INTERNET_DISCONNECTED");
      if (message.type() === "error" && !answered && !away) page.faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
    page.on("request", (request) => {
      const outside = !request.url().startsWith(this.address) && /^https?:/.test(request.url());
      if (outside) page.faults.push(`asked another server: ${request.url()}`);
    });
    return page;
  }

  /** A page of a person of the story, signed in by their link: opening it asks, its button signs in. */
  async signIn(person, options = {}) {
    const link = this.links.get(person);
    assert.ok(link, `no sign-in link for "${person}"; there are: ${[...this.links.keys()].join(", ")}`);
    const page = await this.anonymous(options);
    await this.visit(page, new URL(link).pathname);
    // Opening a link only asks, so that a mail scanner signs nobody in.
    // Somebody who is a volunteer and nothing else begins on their own pages.
    await Promise.all([page.waitForURL(/\/(start|my)$/), page.locator("main button").click()]);
    return page;
  }

  /** Options for a narrow phone: `keyline.anonymous(keyline.phone)`. */
  get phone() {
    return { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  }

  /** Options for a browser without scripts: every journey must work in it too. */
  get noScript() {
    return { javaScriptEnabled: false };
  }

  /** Options for a screen set to dark. */
  get dark() {
    return { colorScheme: "dark" };
  }

  /** Opens a path and expects it to be answered with `status` (200 unless told otherwise). Gives the response. */
  async visit(page, path, status = 200) {
    const response = await page.goto(new URL(path, this.address).href, { waitUntil: "load" });
    assert.equal(response.status(), status, `${path} answered ${response.status()}`);
    return response;
  }

  /**
   * Fails when axe-core finds something in the page as it stands. The content policy of our pages lets no foreign
   * script in, so axe is run through the debugging protocol, which the policy does not bind and the page cannot see.
   */
  async axe(page, { without = [] } = {}) {
    if (!page.scripts) return this.#axeOfCopy(page, without);
    const debug = await page.context().newCDPSession(page);
    try {
      await run(debug, axeSource);
      const options = {
        runOnly: { type: "tag", values: RULES },
        rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
        resultTypes: ["violations"],
      };
      const found = await run(debug, `axe.run(document, ${JSON.stringify(options)}).then((found) => JSON.stringify(found.violations))`);
      const violations = JSON.parse(found).map(
        ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `      ${node.html}`).join("\n")}`,
      );
      assert.deepEqual(violations, [], `${page.url()} is not accessible:\n  ${violations.join("\n  ")}`);
    } finally {
      await debug.detach();
    }
  }

  // Where scripts are switched off axe cannot run either: it looks at a copy of what stands there, with our own scripts
  // kept out.
  async #axeOfCopy(page, without) {
    const copy = await this.anonymous();
    const body = await page.content();
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": "script-src 'none'" };
    await copy.route(page.url(), (route) => route.fulfill({ body, headers }), { times: 1 });
    await copy.goto(page.url(), { waitUntil: "load" });
    try {
      await this.axe(copy, { without });
    } finally {
      await copy.context().close();
    }
  }

  /** Fails when the page is wider than its window: nobody should have to scroll sideways to read. */
  async expectNoSidewaysScroll(page) {
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(over <= 0, `${page.url()} is ${over} pixels too wide for ${page.viewportSize().width}`);
  }

  /** A picture of the page in tests/browser/output/NAME.png: all of it, or what its window shows. */
  async shot(page, name, { fullPage = true } = {}) {
    await mkdir(pictures, { recursive: true });
    const path = join(pictures, `${name}.png`);
    await page.screenshot({ path, fullPage, animations: "disabled" });
    return path;
  }

  /** Fails when a script broke, the content policy blocked something, or the page asked another server. */
  expectNoConsoleErrors(page) {
    assert.deepEqual(page.faults, [], `${page.url()} had faults`);
  }
}

async function run(debug, expression) {
  const { result, exceptionDetails } = await debug.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** A port of this machine that nothing listens on. */
function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
