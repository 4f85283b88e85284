/// <reference lib="webworker" />

/** The service worker of a page: its files by a fixed list, one cache for each build, nothing else. */
export function serve(page: string, files: readonly string[], hash: string): void {
  const scope = globalThis as unknown as ServiceWorkerGlobalScope;
  const prefix = `tongma-${page}-`;
  const cacheName = prefix + hash;
  // The pinned root key belongs to the first opening, so it is kept with the page.
  const deployment = "/deployment.json";

  scope.addEventListener("install", (event) => {
    const kept = [...files, deployment].map((file) => new Request(file, { cache: "reload" }));
    event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(kept)));
  });

  scope.addEventListener("activate", (event) => {
    const clean = async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
      }
      await scope.clients.claim();
    };
    event.waitUntil(clean());
  });

  scope.addEventListener("message", (event) => {
    if (event.data === "activate") void scope.skipWaiting();
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    const own = url.href.startsWith(scope.registration.scope) || url.pathname === deployment;
    // Bundle, lists and applications always go to the network: their age is what matters.
    if (request.method !== "GET" || url.origin !== scope.location.origin || !own) return;
    const wanted = request.mode === "navigate" ? scope.registration.scope : request;
    const answer = async () => {
      const cache = await caches.open(cacheName);
      return (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request);
    };
    event.respondWith(answer());
  });
}
