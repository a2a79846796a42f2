// The form of a concern without a network: what was typed stays on the page and goes when the network is back.
const form = document.querySelector("form.kl_form");
const notice = document.querySelector("[data-offline]");
if (form && notice) {
  let waits = false;
  const show = () => { notice.hidden = false; notice.focus(); };
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    delete form.dataset.sent;
    waits = true;
    show();
  }, true);
  // What waits is on this page alone: nothing in clear is kept on the device.
  window.addEventListener("beforeunload", (event) => { if (waits) event.preventDefault(); });
  window.addEventListener("online", () => {
    if (!waits) return;
    waits = false;
    notice.hidden = true;
    form.requestSubmit();
  });
}
