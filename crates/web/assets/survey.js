// Survey pages, enhancement only: reading aloud, and keeping answers on this device when the person says so.

const box = (tag, text, attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// Reading aloud, with the voice that the browser has for the language of the page. Nothing is recorded or sent.
const page = document.querySelector("[data-read-aloud]");
const voices = window.speechSynthesis;
if (page && voices && typeof SpeechSynthesisUtterance === "function") {
  const button = box("button", page.dataset.say, { type: "button", class: "ds_button ds_button--secondary kl_say" });
  const lines = () => {
    const said = [document.querySelector("h1"), ...page.querySelectorAll("legend, label, .ds_hint-text, .kl_note p")];
    return said.map((part) => part?.innerText.trim()).filter(Boolean);
  };
  const still = () => { button.textContent = page.dataset.say; };
  button.addEventListener("click", () => {
    if (voices.speaking) { voices.cancel(); return still(); }
    for (const line of lines()) {
      const words = new SpeechSynthesisUtterance(line);
      words.lang = document.documentElement.lang;
      words.rate = 0.9;
      words.onend = () => { if (!voices.pending) still(); };
      voices.speak(words);
    }
    button.textContent = page.dataset.stop;
  });
  window.addEventListener("pagehide", () => voices.cancel());
  page.before(button);
}

// Keeping: in this browser's own store, under the survey, for seven days at most.
const DAYS = 7 * 24 * 60 * 60 * 1000;
const key = (survey) => `keyline-survey-${survey}`;
const kept = (survey) => {
  try {
    const found = JSON.parse(localStorage.getItem(key(survey)) ?? "null");
    if (found && Date.now() - found.since < DAYS) return found;
    localStorage.removeItem(key(survey));
  } catch { /* a browser that keeps nothing */ }
  return null;
};
const keep = (survey, what) => {
  try { localStorage.setItem(key(survey), JSON.stringify(what)); } catch { /* full, or not allowed */ }
};
const forget = (survey) => {
  try { localStorage.removeItem(key(survey)); } catch { /* there was nothing */ }
};

// The first page: an offer to keep, and what was kept before.
const offer = document.querySelector("[data-keep-offer]");
if (offer) {
  const survey = offer.dataset.keepOffer;
  const found = kept(survey);
  const tick = box("input", "", { type: "checkbox", id: "keep", class: "ds_checkbox__input" });
  tick.checked = Boolean(found);
  tick.setAttribute("aria-describedby", "keep-hint");
  tick.addEventListener("change", () => {
    if (tick.checked) keep(survey, { since: Date.now(), fields: {} });
    else forget(survey);
  });
  const wrapper = box("div", "", { class: "ds_checkbox" });
  wrapper.append(
    tick,
    box("label", offer.dataset.title, { for: "keep", class: "ds_checkbox__label" }),
    box("p", offer.dataset.hint, { id: "keep-hint", class: "ds_hint-text" }),
  );
  offer.append(wrapper);

  if (found?.fields["-page"]) {
    const form = box("form", "", { method: "post", action: offer.closest("form").getAttribute("action"), class: "kl_inset" });
    const fields = { ...found.fields, "-act": `go:${found.fields["-page"]}` };
    for (const [name, value] of Object.entries(fields)) {
      form.append(Object.assign(box("input", "", { type: "hidden", name }), { value }));
    }
    const drop = box("button", offer.dataset.delete, { type: "button", class: "ds_button ds_button--secondary" });
    drop.addEventListener("click", () => {
      forget(survey);
      tick.checked = false;
      form.replaceChildren(box("p", offer.dataset.deleted, { role: "status" }));
    });
    form.prepend(box("p", offer.dataset.found));
    form.append(box("button", offer.dataset.goOn, { type: "submit", class: "ds_button" }), drop);
    offer.closest("form").before(form);
  }
}

// Every page after it: what has been answered so far, when the person said so.
const answered = document.querySelector("[data-keep]");
if (answered) {
  const survey = answered.dataset.keep;
  const form = answered.closest("form");
  const store = () => {
    const found = kept(survey);
    if (!found) return;
    const fields = {};
    for (const name of ["-answer", "-answers", "-language", "code", "contact"]) {
      const value = form.elements[name]?.value;
      if (value) fields[name] = value;
    }
    fields["-page"] = answered.dataset.keepPage;
    keep(survey, { ...found, fields });
  };
  store();
  form.addEventListener("change", store);
}

// Sent: nothing stays behind.
const sent = document.querySelector("[data-kept-sent]");
if (sent) forget(sent.dataset.keptSent);
