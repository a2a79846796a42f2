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
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

// Typing that was not sent is not lost by a slip.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest?.("form[method=post] textarea")) typed = true;
});
document.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => {
  if (typed && !exit) event.preventDefault();
});
