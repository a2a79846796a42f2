// What the phases of the story share: who sits at which browser, how a form is filled in, what every page must be.

import assert from "node:assert/strict";
import { PHONE } from "../harness.mjs";

/** How long a page or a control is waited for. */
const PATIENCE = 15_000;

/** One inspection as it is played: the browsers of its people, and what a phase leaves to the next. */
export class Story {
  /** Path of the inspection, such as /inspections/strathmarnock-2026. */
  inspection;
  /** Links and labels that one phase notes for another. */
  notes = {};

  /** How many pages were looked at. */
  looked = 0;

  #pages = new Map();
  #wrong = [];
  #last;

  constructor(keyline) {
    this.keyline = keyline;
  }

  /** The browser of a person, signed in by link at the first call. */
  async as(person) {
    if (!this.#pages.has(person)) this.seat(person, await this.keyline.signIn(person));
    this.#last = this.#pages.get(person);
    return this.#last;
  }

  /** From now on `person` sits at this browser. */
  seat(person, page) {
    page.setDefaultTimeout(PATIENCE);
    this.#pages.set(person, page);
    this.#last = page;
  }

  /** A browser of somebody without an account. */
  async somebody(options) {
    const page = await this.keyline.anonymous(options);
    page.setDefaultTimeout(PATIENCE);
    this.#last = page;
    return page;
  }

  /** Path of a room or page of the inspection. */
  path(room = "") {
    return room ? `${this.inspection}/${room}` : this.inspection;
  }

  /** Opens a room as a person, and expects `status`. */
  async open(person, room, status = 200) {
    const page = await this.as(person);
    await this.keyline.visit(page, this.path(room), status);
    return page;
  }

  /** Expects that none of these rooms is there for a person. */
  async hidden(person, ...rooms) {
    for (const room of rooms) await this.open(person, room, 404);
  }

  /** Expects the inspection to ask a person to declare an interest before it opens. */
  async closedUntilDeclared(person, room) {
    const page = await this.open(person, room);
    assert.equal(new URL(page.url()).pathname, this.path("interest"), "the declaration comes first");
    return page;
  }

  /**
   * What every page must be: accessible, whole, no wider than a phone. What is wrong is noted under the name and
   * said at the end, so that one run tells of every page. Keeps a picture.
   */
  async look(page, name) {
    const checks = [
      () => this.keyline.axe(page),
      () => this.fitsPhone(page),
      () => this.keyline.expectNoConsoleErrors(page),
      async () => assert.doesNotMatch(await page.locator("body").innerText(), /⟦.*?⟧/, "every word is there"),
    ];
    for (const check of checks) {
      try {
        await check();
      } catch (error) {
        this.#wrong.push(`${name}: ${error.message.split("\n+ actual")[0]}`);
      }
    }
    await this.keyline.shot(page, name);
    this.looked += 1;
  }

  /** Fails when a page must be scrolled sideways on a phone. */
  async fitsPhone(page) {
    const before = page.viewportSize();
    await page.setViewportSize(PHONE);
    await this.keyline.expectNoSidewaysScroll(page);
    await page.setViewportSize(before);
  }

  /** A picture of the browser that was used last: what stood there when something failed. */
  async keepLast(name) {
    if (this.#last && !this.#last.isClosed()) await this.keyline.shot(this.#last, name);
  }

  /** Fails with everything that was wrong with a page, or in a browser without anybody looking. */
  expectNothingWrong() {
    for (const page of this.#pages.values()) this.keyline.expectNoConsoleErrors(page);
    assert.ok(this.#wrong.length === 0, this.#wrong.join("\n\n"));
  }
}

/** Types into fields, by their names. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.locator(`input[name="${name}"]:not([type=hidden]), textarea[name="${name}"]`).fill(String(value));
  }
}

/** Chooses radio buttons and ticks boxes, by name and value, the way a hand does: on the label. */
export async function choose(page, name, ...values) {
  for (const value of values) {
    const input = page.locator(`input[name="${name}"][value="${value}"]`);
    await page.locator(`label[for="${await input.getAttribute("id")}"]`).click();
    assert.ok(await input.isChecked(), `${name} = ${value} is not chosen`);
  }
}

/** Chooses from lists, by their names. */
export async function select(page, values) {
  for (const [name, value] of Object.entries(values)) await page.locator(`select[name="${name}"]`).selectOption(value);
}

/** Types a day (`2026-11-23`) into its three boxes. */
export async function day(page, name, date) {
  const [year, month, day] = date.split("-").map(Number);
  await fill(page, { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year });
}

/** Presses a button, by its whole visible name, and expects the page that answers to have `status`. */
export async function press(page, name, { status = 200, within = page.getByRole("main") } = {}) {
  const button = within.getByRole("button", { name, exact: typeof name === "string" });
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), button.click()]);
  const as = status instanceof RegExp ? status.test(String(answer.status())) : answer.status() === status;
  assert.ok(as, `after “${name}”: ${answer.url()} answered ${answer.status()}\n${await says(page)}`);
}

/** Follows a link of the page's main part, by its name. */
export async function follow(page, name, { within = page.getByRole("main") } = {}) {
  const link = within.getByRole("link", { name, exact: typeof name === "string" }).first();
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), link.click()]);
  assert.equal(answer.status(), 200, `the link “${name}” answered ${answer.status()}`);
}

/** All words of the page's main part. */
export async function says(page) {
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}

/** Expects words in the page's main part. */
export async function expectSays(page, ...wanted) {
  const words = await says(page);
  for (const one of wanted) {
    const there = one instanceof RegExp ? one.test(words) : words.includes(one);
    assert.ok(there, `${page.url()} does not say ${one}; it says:\n${words}`);
  }
}

/** Expects words not to be in the page's main part. */
export async function expectSilent(page, ...unwanted) {
  const words = await says(page);
  for (const one of unwanted) assert.ok(!words.includes(one), `${page.url()} says “${one}”:\n${words}`);
}

/** Expects a field to hold what was typed. */
export async function expectKept(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]:not([type=hidden])`);
    assert.equal(await field.inputValue(), value, `“${name}” was not kept`);
  }
}

/** Fetches a file the way the page's own links do, with its person's session. */
export async function fetchFile(page, path, { type, begins }) {
  const answer = await page.request.get(new URL(path, page.url()).href);
  assert.equal(answer.status(), 200, `${path} answered ${answer.status()}`);
  assert.match(answer.headers()["content-type"], type, path);
  const bytes = await answer.body();
  if (begins) assert.equal(bytes.subarray(0, begins.length).toString("latin1"), begins, `${path} begins otherwise`);
  return bytes;
}

/** Lets several people work at the same time, four at most. */
export async function together(all, work) {
  const waiting = [...all];
  const one = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all([one(), one(), one(), one()]);
}

/** A day in Scotland, so many days from now, as `2026-11-23`. */
export function inDays(days) {
  return inScotland(new Date(Date.now() + days * 86_400_000)).date;
}

/** Day and time of an instant in Scotland. */
export function inScotland(instant) {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "short" });
  const [date, time] = shown.format(instant).split(" ");
  return { date, time };
}
