// Enhancement only: every flow works without it.

// Leave this page in a hurry: the link replaces the page, so that "back" does not return; three presses of Escape do the same.
const exit = document.querySelector("[data-exit]");
if (exit) {
  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(exit.href);
  };
  exit.addEventListener("click", leave);
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    presses = presses.filter((t) => now - t < 3000).concat(now);
    if (presses.length >= 3) leave();
  });
}

// A form that was refused: take people to the list of what is wrong.
document.getElementById("error-summary")?.focus();

// A form is sent once; the button says that it is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A button that opens another tab leaves this page as it is.
  if (event.submitter?.hasAttribute("data-again")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

// Typing that was not sent is not lost by a slip.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest?.("form[method=post] textarea")) typed = true;
});
document.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("data-again")) typed = false;
});
window.addEventListener("beforeunload", (event) => {
  if (typed && !exit) event.preventDefault();
});

// A long text is counted as it is typed, as the server counts it: what holds no letter and no digit is no word.
const counted = document.querySelector("[data-words]");
if (counted) {
  const fields = [...counted.closest("form").querySelectorAll("textarea")];
  let later;
  const count = () => {
    const words = fields.flatMap((f) => f.value.split(/\s+/)).filter((word) => /[\p{L}\p{N}]/u.test(word));
    counted.textContent = counted.dataset.words.replace("#", words.length);
  };
  counted.closest("form").addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(count, 600);
  });
}

// It is saved as one goes from field to field, one save after the other. A press of a button waits for what is being
// saved: leaving a field for the button saves first, and the press is then no second writer. When somebody else was quicker,
// the press shows both texts.
const keep = document.querySelector("form[data-keep]");
let saving = null;
const save = async () => {
  const state = keep.querySelector("[data-keep-state]");
  try {
    const answer = await fetch(keep.action, { method: "POST", body: new URLSearchParams(new FormData(keep)) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const version = page.querySelector("form[data-keep] input[name=version]").value;
    document.querySelectorAll("main input[name=version]").forEach((input) => { input.value = version; });
    state.textContent = keep.dataset.kept;
    typed = false;
  } catch {
    state.textContent = keep.dataset.notKept;
  }
};
keep?.addEventListener("change", () => {
  const one = (saving ?? Promise.resolve()).then(save).finally(() => { if (saving === one) saving = null; });
  saving = one;
});
const waitForSaving = (event) => {
  if (!saving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { target: form, submitter } = event;
  saving.then(() => form.requestSubmit(submitter));
};
if (keep) document.addEventListener("submit", waitForSaving, { capture: true });

// Passkeys: the one thing that needs a script, because the browser offers it to scripts only.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const send = async (url, body) => {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
const passkey = (box, ceremony) => {
  if (!box || !window.PublicKeyCredential) return;
  box.hidden = false;
  const problem = box.querySelector("[data-passkey-problem]");
  box.querySelector("[data-passkey-button]").addEventListener("click", async () => {
    problem.textContent = "";
    try {
      const { next } = await ceremony();
      typed = false;
      window.location.assign(next);
    } catch {
      problem.textContent = problem.dataset.passkeyProblem;
    }
  });
};
const signInBox = document.querySelector("[data-passkey]");
passkey(signInBox, async () => {
  const { ceremony, challenge } = await send(signInBox.dataset.passkey);
  const options = challenge.publicKey;
  options.challenge = bytes(options.challenge);
  options.allowCredentials = (options.allowCredentials ?? []).map((c) => ({ ...c, id: bytes(c.id) }));
  const made = await navigator.credentials.get({ publicKey: options });
  const done = await send(`${signInBox.dataset.passkey}/finish`, {
    ceremony,
    answer: {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      extensions: {},
      response: {
        authenticatorData: text(made.response.authenticatorData),
        clientDataJSON: text(made.response.clientDataJSON),
        signature: text(made.response.signature),
        userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
      },
    },
  });
  return { next: signInBox.dataset.next || done.next };
});
const makeBox = document.querySelector("[data-passkey-make]");
passkey(makeBox, async () => {
  const { ceremony, challenge } = await send(makeBox.dataset.passkeyMake);
  const options = challenge.publicKey;
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = (options.excludeCredentials ?? []).map((c) => ({ ...c, id: bytes(c.id) }));
  const made = await navigator.credentials.create({ publicKey: options });
  return send(`${makeBox.dataset.passkeyMake}/finish`, {
    ceremony,
    name: makeBox.querySelector("input").value,
    answer: {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      extensions: {},
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
      },
    },
  });
});
