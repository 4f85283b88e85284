/** Loads the looks of what comes later. */
export function loadLooks(): Promise<unknown> {
  const looks = document.createElement("link");
  looks.rel = "stylesheet";
  looks.href = "rooms.css";
  const arrived = new Promise((resolve, reject) => {
    looks.onload = resolve;
    looks.onerror = reject;
  });
  document.head.append(looks);
  return arrived;
}
