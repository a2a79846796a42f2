// Documents in parts, enhancement only: the form beside it sends them whole. An upload that is broken off goes on where it
// stood, also after the page was closed: this browser remembers its address under the file's name, size and time.

const PART = 8 * 1024 * 1024;
const LONGEST_PAUSE = 30_000;
const TUS = { "Tus-Resumable": "1.0.0" };

const make = (tag, text, attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const base64 = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

const memory = {
  key: (target, file) => `keyline-upload ${target} ${file.name} ${file.size} ${file.lastModified}`,
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* full, or not allowed */ } },
  remove: (key) => { try { localStorage.removeItem(key); } catch { /* there was nothing */ } },
};

// The answer of the server; status 0 when there was none. `progress` hears how much of the body has gone out.
const ask = (method, address, headers, body, { progress, hold } = {}) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    for (const [name, value] of Object.entries({ ...TUS, ...headers })) request.setRequestHeader(name, value);
    request.onloadend = () => resolve({
      status: request.status,
      text: request.responseText,
      header: (name) => request.getResponseHeader(name),
    });
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    hold?.(request);
    request.send(body ?? null);
  });

// What is worth trying again: no answer, a server in trouble, or a part that came at the wrong place or in the wrong state.
const passing = (status) => status === 0 || status >= 500 || status === 409 || status === 423 || status === 429 || status === 460;

class Refused extends Error {}

class Upload {
  constructor(form, file, words) {
    Object.assign(this, { target: form.dataset.uploads, file, words, paused: false, stopped: false, wake: null });
    this.key = memory.key(this.target, file);
    this.row = make("li", "", { class: "kl_upload" });
    this.bar = make("progress", "", { max: String(file.size), value: "0" });
    this.bar.setAttribute("aria-label", `${file.name}: ${words.progress}`);
    this.state = make("span", words.sending);
    this.button = make("button", words.pause, { type: "button", class: "ds_button ds_button--secondary" });
    this.button.setAttribute("aria-label", `${words.pause}: ${file.name}`);
    this.end = make("button", words.giveUp, { type: "button", class: "ds_button ds_button--secondary" });
    this.end.setAttribute("aria-label", `${words.giveUp}: ${file.name}`);
    this.button.addEventListener("click", () => (this.paused ? this.resume() : this.pause()));
    this.end.addEventListener("click", () => this.giveUp());
    this.row.append(make("p", file.name), this.bar, this.state, this.button, this.end);
  }

  say(text) { this.state.textContent = text; }

  show(bytes) {
    this.bar.value = bytes;
    this.bar.textContent = `${Math.floor((100 * bytes) / this.file.size)} %`;
    if (!this.paused) this.say(`${this.words.sending} ${this.bar.textContent}`);
  }

  pause() {
    this.paused = true;
    this.request?.abort();
    this.name(this.words.resume);
    this.say(this.words.paused);
  }

  resume() {
    this.paused = false;
    this.name(this.words.pause);
    this.say(this.words.sending);
    this.wake?.();
  }

  name(text) {
    this.button.textContent = text;
    this.button.setAttribute("aria-label", `${text}: ${this.file.name}`);
  }

  async giveUp() {
    this.stopped = true;
    this.request?.abort();
    this.wake?.();
    const address = memory.get(this.key);
    memory.remove(this.key);
    if (address) await ask("DELETE", address);
  }

  // Until a time is over, the network is back, or the person goes on.
  rest(milliseconds) {
    return new Promise((resolve) => {
      const done = () => { window.removeEventListener("online", done); this.wake = null; resolve(); };
      this.wake = done;
      if (milliseconds) { window.addEventListener("online", done); setTimeout(done, milliseconds); }
    });
  }

  // Sends until everything has come. Throws what a person has to know.
  async run() {
    let failures = 0;
    let address = memory.get(this.key);
    let offset = null;
    for (;;) {
      if (this.stopped) throw new Refused(this.words.givenUp);
      if (this.paused) { await this.rest(0); offset = null; continue; }
      let answer;
      if (!address) {
        answer = await this.begin();
        if (answer.status === 201) {
          address = answer.header("Location");
          memory.set(this.key, address);
          offset = 0;
          continue;
        }
      } else if (offset === null) {
        answer = await ask("HEAD", address);
        // Gone, or nobody is signed in any more: beginning anew tells which. What is remembered stays until it has begun.
        if (answer.status === 404 || answer.status === 410) { address = null; continue; }
        if (answer.status === 200) { offset = Number(answer.header("Upload-Offset")); continue; }
      } else if (offset >= this.file.size) {
        memory.remove(this.key);
        return;
      } else {
        answer = await this.part(address, offset);
        if (answer.status === 204) {
          offset = Number(answer.header("Upload-Offset"));
          failures = 0;
          this.show(offset);
          continue;
        }
        offset = null;
        if (answer.status === 404) continue;
      }
      if (this.stopped || this.paused) continue;
      if (!passing(answer.status)) {
        if (answer.status === 404) throw new Refused(this.words.signedOut);
        memory.remove(this.key);
        throw new Refused(answer.text || this.words.failed);
      }
      failures += 1;
      this.say(this.words.again);
      await this.rest(Math.min(500 * 2 ** failures, LONGEST_PAUSE));
    }
  }

  begin() {
    const name = base64(new TextEncoder().encode(this.file.name));
    return ask("POST", this.target, { "Upload-Length": String(this.file.size), "Upload-Metadata": `filename ${name}` });
  }

  async part(address, offset) {
    const part = this.file.slice(offset, offset + PART);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    let bytes;
    try { bytes = await part.arrayBuffer(); } catch { throw new Refused(this.words.changed); }
    // The browser hashes on pages that came over TLS only.
    if (crypto.subtle) {
      headers["Upload-Checksum"] = `sha256 ${base64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))}`;
    }
    if (offset + bytes.byteLength === this.file.size) this.last = true;
    return ask("PATCH", address, headers, bytes, {
      progress: (sent) => {
        this.show(offset + sent);
        if (this.last && sent >= bytes.byteLength) this.say(this.words.ending);
      },
      hold: (request) => { this.request = request; },
    });
  }
}

const place = document.querySelector("[data-uploads]");
const form = place?.closest("form");
if (form) {
  const data = place.dataset;
  const input = form.querySelector("input[type=file]");
  const list = place.querySelector("ul");
  const status = place.querySelector("[role=status]");
  const words = {
    sending: data.saySending, paused: data.sayPaused, again: data.sayAgain, done: data.sayDone, ending: data.sayEnding,
    signedOut: data.saySignedOut, failed: data.sayFailed, givenUp: data.sayGivenUp, pause: data.sayPause,
    resume: data.sayResume, giveUp: data.sayGiveUp, progress: data.sayProgress, changed: data.sayFailed,
  };
  const hint = form.querySelector(".ds_hint-text");
  if (hint) hint.textContent = data.hint;
  let sending = false;
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    if (sending) return;
    sending = true;
    place.hidden = false;
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    const uploads = files.map((file) => new Upload(place, file, words));
    list.replaceChildren(...uploads.map((upload) => upload.row));
    for (const upload of uploads.slice(1)) upload.say(data.sayWaiting);
    let failed = 0;
    for (const upload of uploads) {
      const { name, size } = upload.file;
      status.textContent = `${words.sending} ${name}`;
      try {
        if (size > Number(data.limit)) throw new Refused(data.sayTooLarge);
        await upload.run();
        upload.say(words.done);
        status.textContent = `${name}: ${words.done}`;
      } catch (error) {
        failed += 1;
        const why = error instanceof Refused ? error.message : words.failed;
        upload.row.classList.add("kl_upload--failed");
        upload.say(why);
        status.textContent = `${name}: ${why}`;
      }
      upload.button.remove();
      upload.end.remove();
    }
    sending = false;
    button?.removeAttribute("aria-disabled");
    if (!failed) window.location.assign(data.after);
  });
}
