import { scriptUrl } from "./trusted";

/**
 * Registers the page's service worker. `onReady` is called when a newer version waits.
 *
 * It is never put in place by itself: a page that changes under somebody's hands, in the middle of a form or with a queue at
 * the gate, is worse than a version that is a day old.
 */
export async function register(onReady: () => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(scriptUrl("sw.js"), { scope: "./" });
    const look = () => {
      // WebKit still names the very first worker as waiting when it has long begun: its state tells them apart.
      if (registration.waiting?.state === "installed" && navigator.serviceWorker.controller) onReady();
    };
    const watch = () => registration.installing?.addEventListener("statechange", look);
    registration.addEventListener("updatefound", watch);
    watch();
    look();
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
