// Lets the page of reading without a network open when there is none: that page, which says nothing of anybody, and what it
// is made of. Every other request passes by.

const CACHE = "keyline-reading";
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === "navigate" && url.pathname === new URL(self.registration.scope).pathname;
  const asset = url.origin === self.location.origin && url.pathname.startsWith("/assets/");
  if (request.method !== "GET" || !(page || asset)) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request, { ignoreSearch: true });
    if (asset && kept) return kept;
    try {
      const fresh = await fetch(request);
      if (fresh.ok) await cache.put(request, fresh.clone());
      return fresh;
    } catch (error) {
      if (kept) return kept;
      throw error;
    }
  })());
});
