import { scriptUrl } from "./trusted";

/**
 * Registers the page's service worker. `onReady` is called when a newer version waits. A page that stays open for days looks for
 * one by itself every `lookEveryMs` milliseconds; a page that must not ask the network while it is shown leaves it out.
 *
 * It is never put in place by itself: a page that changes under somebody's hands, in the middle of a form or with a queue at
 * the gate, is worse than a version that is a day old.
 */
export async function register(onReady: () => void, lookEveryMs?: number): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  // The first version takes nobody's place. WebKit goes on naming it as waiting when it has long begun, so this is settled before.
  const controlled = navigator.serviceWorker.controller !== null;
  try {
    const registration = await navigator.serviceWorker.register(scriptUrl("sw.js"), { scope: "./" });
    const watch = () => {
      const worker = registration.installing;
      if (!worker || !registration.active) return;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed") onReady();
      });
    };
    registration.addEventListener("updatefound", watch);
    watch();
    if (controlled && registration.waiting) onReady();
    // Offline the question fails, which is no news.
    if (lookEveryMs) setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
  } catch {
    // Without it the page works, only not offline; the browser says why in its own settings.
  }
}

/** Puts the waiting version in place and loads the page anew, once. */
export async function activate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.waiting) return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: "activate" });
}
