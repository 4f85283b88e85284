// The events of a service worker that are used here; the library's own types can't stand beside those of a page.
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  location: Location;
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
}

/**
 * The service worker of a page: its files by a fixed list, one cache for each build, nothing else. Files of the list `later` are
 * fetched after all others, and where that fails at their first use. The trust list as it is then, `trust`, is kept under an address of its
 * own, for who has no network when one is needed at all; whoever asks for the newest never gets that.
 */
export function serve(page: string, files: readonly string[], hash: string, later: readonly string[] = [], trust?: string): void {
  const scope = globalThis as unknown as Scope;
  const prefix = `tongma-${page}-`;
  const cacheName = prefix + hash;
  // The pinned root key belongs to the first opening, so it is kept with the page.
  const deployment = "/deployment.json";
  const hrefs = (list: readonly string[]) => new Set(list.map((file) => new URL(file, scope.registration.scope).href));
  const [kept, extra] = [hrefs([...files, deployment]), hrefs(trust ? [...later, trust] : later)];

  scope.addEventListener("install", (event) => {
    const requests = (list: Set<string>) => [...list].map((file) => new Request(file, { cache: "reload" }));
    const fill = async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll(requests(kept));
      // Before the worker takes over: afterwards a page that shows a code asks for nothing.
      await Promise.allSettled(requests(extra).map((request) => cache.add(request)));
    };
    event.waitUntil(fill());
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

  // A new version waits until somebody presses the button: see update.ts for why it is never forced.
  scope.addEventListener("message", (event) => {
    if ((event.data as { type?: unknown } | null)?.type === "activate") void scope.skipWaiting();
  });

  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== scope.location.origin) return;
    const home = request.mode === "navigate" && url.href.startsWith(scope.registration.scope);
    const wanted = home ? scope.registration.scope : url.origin + url.pathname + (url.search === "?first" ? url.search : "");
    // Bundle, lists and applications are not on the list and go to the network: their age is what matters.
    if (!kept.has(wanted) && !extra.has(wanted)) return;
    const answer = async () => {
      const cache = await caches.open(cacheName);
      const held = await cache.match(wanted, { ignoreVary: true });
      if (held) return held;
      const fetched = await fetch(request);
      if (extra.has(wanted) && fetched.ok) await cache.put(wanted, fetched.clone());
      return fetched;
    };
    event.respondWith(answer());
  });
}
