// Reading records without a network. What is taken along is sealed on this device under a passphrase that is kept nowhere.
// What is typed is kept at once, shown as not sent, and sent to the ordinary pages of the reading when the person says so.

const app = document.querySelector("[data-offline]");
const says = new Map([...document.querySelectorAll("[data-says]")].flatMap((one) => [...one.content.querySelectorAll("[data-say]")])
  .map((one) => [one.dataset.say, one.textContent]));
const say = (key, values = {}) => Object.entries(values).reduce(
  (text, [name, value]) => text.replaceAll(`[${name}]`, value), says.get(key));
const home = app.dataset.offline;
// Days and times as they are written here.
const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const bytes = (text) => new TextEncoder().encode(text);
const el = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((part) => part !== null));
  return made;
};
const button = (text, act, kind = "ds_button--secondary") =>
  el("button", { type: "button", class: `ds_button ${kind}`, click: act }, text);
const told = (text) => { app.querySelector("[role=status]").textContent = text; };

// The store of this browser: names of readings, and for each a sealed block. Nothing in it is clear.
const database = () => new Promise((done, fail) => {
  const asked = indexedDB.open(`keyline-${home}`, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("sealed");
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});
const store = async (mode, act) => {
  const db = await database();
  return new Promise((done, fail) => {
    const work = db.transaction("sealed", mode, { durability: "strict" });
    const asked = act(work.objectStore("sealed"));
    work.oncomplete = () => { db.close(); done(asked.result); };
    work.onerror = work.onabort = () => { db.close(); fail(work.error); };
  });
};
const found = (name) => store("readonly", (s) => s.get(name));
const put = (name, value) => store("readwrite", (s) => s.put(value, name));
const forget = (name) => store("readwrite", (s) => s.delete(name));
const names = async (wanted) => (await store("readonly", (s) => s.getAllKeys())).filter(wanted);
const isConcern = (name) => name.startsWith("ccn_");
const readings = () => names((name) => name !== "lock" && !isConcern(name));
const concerns = () => names(isConcern);

let key = null;
const keyOf = async (passphrase, salt) => crypto.subtle.deriveKey(
  { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600_000 },
  await crypto.subtle.importKey("raw", bytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]),
  { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
const seal = async (name, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytes(name) };
  return { iv, data: await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(value))) };
};
const unseal = async (name, { iv, data }) => JSON.parse(new TextDecoder().decode(
  await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(name) }, key, data)));
const load = async (id) => unseal(id, await found(id));
// One after the other: of two changes at once none is lost.
let queue = Promise.resolve();
const change = (id, act) => {
  queue = queue.catch(() => {}).then(async () => {
    const kept = await load(id);
    await act(kept);
    await put(id, await seal(id, kept));
    return kept;
  });
  return queue;
};

// What a form holds, and filling it in.
const pairsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const fill = (form, pairs) => {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    const mine = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
    else field.value = mine[0] ?? "";
  }
};
const inWords = (form, pairs) => {
  const lines = new Map();
  for (const [name, value] of pairs) {
    const field = [...form.elements].find((one) => one.name === name
      && (!["checkbox", "radio"].includes(one.type) || one.value === value));
    if (!field || !value || field.type === "hidden") continue;
    // Not `field.labels`: off the page there are none.
    const label = form.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.trim() || name;
    const choice = ["checkbox", "radio"].includes(field.type);
    const asked = choice ? field.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "" : label;
    const answer = choice ? label : field.selectedOptions ? [...field.options].find((o) => o.value === value)?.text : value;
    lines.set(asked, [...(lines.get(asked) ?? []), answer]);
  }
  return [...lines].map(([asked, answers]) => `${asked}: ${answers.join(", ")}`).join("\n");
};
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const formOf = (html, page) => [...parsed(html).querySelectorAll("section[data-page]")]
  .find((section) => section.dataset.page === page)?.querySelector("form");

/** The reading as the server has it; null without a network or a sign-in. */
const fetched = async (id) => {
  try {
    const answer = await fetch(`${home}/readings/${id}`);
    if (!answer.ok || answer.redirected) return null;
    const html = await answer.text();
    const block = parsed(html).querySelector("[data-reading]");
    return block && { html, label: block.dataset.label, version: Number(block.dataset.version) };
  } catch { return null; }
};

// Sending, page after page in the order of the tool. Where somebody saved the same page meanwhile, both texts are kept.
const send = async (id) => {
  let kept = await load(id);
  const order = [...parsed(kept.html).querySelectorAll("section[data-page]")].map((section) => section.dataset.page);
  for (const page of order.filter((one) => kept.unsent[one] && !kept.unsent[one].theirs)) {
    for (let tries = 0; tries < 2; tries++) {
      const { pairs, base } = kept.unsent[page];
      const body = new URLSearchParams([["-version", kept.version], ["-page", page], ["-act", "next"], ...pairs]);
      let answer;
      try { answer = await fetch(`${home.replace(/\/offline$/, "")}/readings/${id}`, { method: "POST", body }); }
      catch { return say("no-network"); }
      if (new URL(answer.url).pathname.startsWith("/sign-in")) return say("sign-in");
      const seen = parsed(await answer.text());
      if (answer.ok) {
        const version = Number(seen.querySelector('[name="-version"]')?.value) || (await fetched(id))?.version;
        kept = await change(id, (now) => {
          now.version = version ?? now.version + 1;
          // What was typed while it was on its way is still to be sent.
          if (same(now.unsent[page]?.pairs, pairs)) delete now.unsent[page];
          else now.unsent[page].base = pairs;
        });
        break;
      }
      const fresh = answer.status === 409 ? await fetched(id) : null;
      if (!fresh) {
        const why = [...seen.querySelectorAll(".ds_error-summary li, .kl_not-yet li, .kl_reasons li, main h1")]
          .map((one) => one.innerText || one.textContent).join(" ").trim();
        kept = await change(id, (now) => { now.unsent[page].why = why || say("refused"); });
        break;
      }
      const form = formOf(fresh.html, page);
      const theirs = form ? pairsOf(form) : [];
      const untouched = same(theirs, base) || same(theirs, pairs);
      kept = await change(id, (now) => {
        Object.assign(now, fresh);
        if (!untouched) now.unsent[page].theirs = theirs;
      });
      if (!untouched) break;
    }
  }
  const fresh = await fetched(id);
  if (fresh) kept = await change(id, (now) => { Object.assign(now, fresh); });
  const left = Object.values(kept.unsent);
  return left.length === 0 ? say("all-sent") : left.some((one) => one.theirs) ? say("conflict") : say("some-left");
};

// A concern: sent at once where there is a network, and otherwise as soon as there is. Sent twice, it counts once.
const raise = async (id) => {
  const { pairs, at } = await load(id);
  const written = [["act", "raise"], ["once", id], ["kind", "safety"], ["from", say("concern-written", { at })],
    ["from_path", `${home.replace(/offline$/, "readings")}`]];
  let answer;
  try {
    const body = new URLSearchParams([...written, ...pairs]);
    answer = await fetch(home.replace(/records\/offline$/, "concern"), { method: "POST", body });
  } catch { return say("concern-waits"); }
  const to = new URL(answer.url).pathname;
  if (to.startsWith("/sign-in")) return `${say("concern-waits")} ${say("sign-in")}`;
  if (!answer.ok || !to.endsWith("/thanks")) return `${say("concern-waits")} ${say("concern-missing")}`;
  await forget(id);
  return say("concern-sent");
};
const raiseAll = async () => {
  let heard = "";
  for (const id of await concerns()) if ((await load(id)).ready) heard = await raise(id);
  return heard;
};
// Not every browser says that the network is back: it is tried again and again, and said when it is sent.
let trying = false;
const tryAgain = async () => {
  if (!key || trying) return;
  trying = true;
  try {
    const heard = await raiseAll();
    if (heard !== say("concern-sent")) return;
    told(heard);
    if (app.querySelector("[data-list]")) await list();
  } finally { trying = false; }
};
window.addEventListener("online", tryAgain);
setInterval(tryAgain, 10_000);

// The screens.
const screen = (...parts) => { app.querySelector("[data-screen]").replaceChildren(...parts); };
const field = (id, text) => el("div", { class: "ds_question" },
  el("label", { class: "ds_label", for: id }, text),
  el("input", { class: "ds_input", id, type: "password", autocomplete: "off", required: true }));

const locked = async (lock) => {
  const parts = [field("passphrase", say(lock ? "passphrase" : "new-passphrase"))];
  if (!lock) parts.push(field("again", say("again")), el("p", {}, say("forgotten")));
  const form = el("form", { submit: async (event) => {
    event.preventDefault();
    const passphrase = form.querySelector("#passphrase").value;
    if (!lock && passphrase.length < 12) return told(say("short"));
    if (!lock && passphrase !== form.querySelector("#again").value) return told(say("differ"));
    told(say("working"));
    const salt = lock?.salt ?? crypto.getRandomValues(new Uint8Array(16));
    key = await keyOf(passphrase, salt);
    if (lock) {
      try { await unseal("lock", lock.proof); } catch { key = null; return told(say("wrong")); }
    } else {
      await put("lock", { salt, proof: await seal("lock", "keyline") });
      await navigator.storage?.persist?.();
    }
    told(await raiseAll());
    await list();
  } }, ...parts, el("button", { class: "ds_button", type: "submit" }, say(lock ? "unlock" : "begin")));
  const away = lock ? el("details", { class: "ds_details" },
    el("summary", { class: "ds_details__summary" }, say("lost-passphrase")),
    el("div", { class: "ds_details__text" }, el("p", {}, say("lost-text")), button(say("remove-all"), removeAll))) : null;
  screen(form, ...(away ? [away] : []));
};

const removeAll = async () => {
  if (!confirm(say("remove-all-sure"))) return;
  for (const name of await names(() => true)) await forget(name);
  key = null;
  told(say("removed"));
  await begin();
};

const concern = async (id = `ccn_${crypto.randomUUID().replaceAll("-", "")}`) => {
  const kept = await found(id) ? await load(id) : { pairs: [] };
  const form = el("form", { novalidate: true });
  form.append(document.querySelector("[data-concern]").content.cloneNode(true));
  const state = el("p", { class: "kl_offline__state", role: "status" });
  fill(form, kept.pairs);
  const keep = async (ready) => {
    const at = new Date().toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
    const pairs = pairsOf(form);
    queue = queue.catch(() => {}).then(async () => put(id, await seal(id, { pairs, at, ready })));
    await queue;
    state.textContent = say("kept", { at });
  };
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const whole = ["danger", "seen", "by_whom"].every((name) => given.get(name)?.trim());
    await keep(whole);
    if (!whole) return told(say("concern-missing"));
    told(say("sending"));
    told(await raise(id));
    await list();
  });
  form.append(state, el("button", { class: "ds_button", type: "submit" }, say("concern-send")), " ",
    button(say("remove"), async () => { if (confirm(say("remove-sure"))) { await queue; await forget(id); await list(); } }));
  screen(el("p", {}, button(say("back"), list)), el("h2", { tabindex: "-1" }, say("concern")), form);
  app.querySelector("h2").focus();
};
const toConcern = () => el("p", {}, button(say("concern"), () => concern(), "kl_offline__concern"));

const list = async () => {
  const waiting = await concerns();
  const here = [];
  for (const id of await readings()) here.push([id, await load(id)]);
  const rows = here.map(([id, kept]) => {
    const unsent = Object.values(kept.unsent).length;
    return el("li", { class: "kl_offline__reading" },
      el("h3", {}, kept.label),
      el("p", {}, unsent ? say(unsent === 1 ? "unsent-one" : "unsent", { count: unsent }) : say("sent")),
      el("div", { class: "ds_button-group ds_button-group--inline kl_button-group" },
        button(say("open"), () => read(id), ""),
        button(say("send"), async () => { told(say("sending")); told(await send(id)); await list(); }),
        button(say("remove"), async () => {
          if (unsent && !confirm(say("remove-sure"))) return;
          await forget(id);
          await list();
        })));
  });
  const begun = (await Promise.all(waiting.map(async (id) => [id, await load(id)]))).map(([id, kept]) => el("li", {
    class: "kl_offline__reading" }, el("p", {}, el("strong", {}, say(kept.ready ? "concern-waits" : "concern-begun"))),
    button(say("open"), () => concern(id))));
  const parts = [toConcern(), ...(begun.length ? [el("ul", { class: "ds_no-bullets" }, ...begun)] : []),
    el("h2", { "data-list": "" }, say("here")), rows.length
    ? el("ul", { class: "ds_no-bullets" }, ...rows) : el("p", {}, say("nothing-here"))];
  try {
    const answer = await fetch(`${home}/list`);
    const known = answer.ok && !answer.redirected ? await answer.json() : null;
    const more = known?.filter((one) => !here.some(([id]) => id === one.id)) ?? [];
    if (known) {
      parts.push(el("h2", {}, say("there")), more.length ? el("ul", { class: "ds_no-bullets" }, ...more.map((one) =>
        el("li", { class: "kl_offline__reading" }, el("h3", {}, one.label), button(`${say("take")} ${one.label}`, async () => {
          const fresh = await fetched(one.id);
          if (!fresh) return told(say("not-taken"));
          await put(one.id, await seal(one.id, { ...fresh, unsent: {}, aside: [] }));
          await list();
        })))) : el("p", {}, say("nothing-there")));
    } else parts.push(el("p", {}, say("sign-in")));
  } catch (fault) { parts.push(el("p", {}, say(fault instanceof TypeError ? "no-network" : "sign-in"))); }
  parts.push(el("p", {}, button(say("lock"), () => { key = null; begin(); }), " ", button(say("remove-all"), removeAll)));
  screen(...parts);
};

const read = async (id) => {
  const kept = await load(id);
  const whole = el("div", {});
  whole.innerHTML = kept.html;
  for (const section of whole.querySelectorAll("section[data-page]")) {
    const page = section.dataset.page;
    const form = section.querySelector("form");
    const base = pairsOf(form);
    const state = el("p", { class: "kl_offline__state", role: "status" });
    form.append(state);
    const unsent = kept.unsent[page];
    if (unsent) {
      state.textContent = unsent.why ?? say("not-sent");
      if (unsent.theirs) section.prepend(both(id, page, form, unsent));
      fill(form, unsent.pairs);
    }
    let wait;
    const keep = async () => {
      clearTimeout(wait);
      const pairs = pairsOf(form);
      await change(id, (now) => {
        const before = now.unsent[page];
        if (!before && same(pairs, base)) return;
        now.unsent[page] = { base: before?.base ?? base, pairs, theirs: before?.theirs };
      });
      state.textContent = say("kept", { at: new Date().toLocaleTimeString(lang, { timeStyle: "short" }) });
    };
    form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(keep, 300); });
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => { event.preventDefault(); keep(); });
  }
  const aside = kept.aside.length ? el("details", { class: "ds_details" },
    el("summary", { class: "ds_details__summary" }, say("aside")),
    el("div", { class: "ds_details__text" }, ...kept.aside.map((text) => el("p", { class: "kl_pre" }, text)))) : null;
  // A reading is long: a press leads to where somebody has to choose.
  const choices = [...whole.querySelectorAll(".kl_offline__both")].map((one) => el("p", {}, button(
    one.parentElement.querySelector("form h3")?.textContent ?? say("both-texts"), () => one.scrollIntoView())));
  screen(el("p", {}, button(say("back"), async () => { await queue.catch(() => {}); await list(); })), toConcern(), el("h2", { tabindex: "-1" }, kept.label),
    ...choices, ...(aside ? [aside] : []), whole, button(say("send"), async () => {
      await queue.catch(() => {});
      told(say("sending"));
      told(await send(id));
      await read(id);
    }, ""));
  app.querySelector("h2").focus();
};

const both = (id, page, form, unsent) => el("div", { class: "kl_offline__both" },
  el("p", {}, el("strong", {}, say("both-texts"))),
  el("div", { class: "kl_compare" },
    el("section", { class: "kl_compare__side" }, el("h3", { class: "kl_compare__title" }, say("mine")), el("p", { class: "kl_pre" }, inWords(form, unsent.pairs))),
    el("section", { class: "kl_compare__side" }, el("h3", { class: "kl_compare__title" }, say("theirs")), el("p", { class: "kl_pre" }, inWords(form, unsent.theirs)))),
  button(say("keep-mine"), async () => {
    await change(id, (now) => {
      now.aside.push(inWords(form, unsent.theirs));
      now.unsent[page] = { base: unsent.theirs, pairs: unsent.pairs };
    });
    await read(id);
  }), " ",
  button(say("take-theirs"), async () => {
    await change(id, (now) => {
      now.aside.push(inWords(form, unsent.pairs));
      delete now.unsent[page];
    });
    await read(id);
  }));

const begin = async () => locked(await found("lock"));

if (app && crypto.subtle && "indexedDB" in window) {
  await begin();
  if ("serviceWorker" in navigator) {
    await navigator.serviceWorker.register(`${home}/worker.js`, { scope: home });
    const parts = [...document.querySelectorAll("link[href], script[src], img[src]")].map((one) => one.href ?? one.src);
    const fonts = performance.getEntriesByType("resource").map((one) => one.name);
    const assets = new Set([...parts, ...fonts].filter((one) => new URL(one).pathname.startsWith("/assets/")));
    const cache = await caches.open("keyline-reading");
    try { await cache.addAll([home, ...assets]); app.dataset.ready = ""; } catch { /* Without a network it is there already. */ }
  }
} else if (app) {
  screen(el("p", {}, say("not-here")));
}
