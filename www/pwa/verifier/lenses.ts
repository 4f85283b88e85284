/** A camera of this device. */
export interface Lens {
  id: string;
  name: string;
}

/** Where the choice is kept. It names a device to this origin alone and says nothing about a person. */
const KEY = "tongma-camera";

// Browsers name cameras in the language of the system.
const REAR = ["back", "rear", "environment", "后", "背"];
const FRONT = ["front", "user", "facetime", "前"];
/** The lenses of a phone that see a code at arm's length worse than its plain one. */
const SPECIAL = ["ultra", "tele", "超广角", "长焦"];

function rank({ label }: MediaDeviceInfo): number {
  const name = label.toLowerCase();
  const named = (words: string[]) => words.some((word) => name.includes(word));
  return (named(REAR) ? 0 : named(FRONT) ? 4 : 2) + (named(SPECIAL) ? 1 : 0);
}

/** The cameras, those of the rear first. Names come once the person has allowed one of them. */
export async function lenses(): Promise<Lens[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .sort((one, two) => rank(one) - rank(two))
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || String(index + 1) }));
}

/** The camera that was chosen the last time. */
export function chosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the choice, or forgets it. Where nothing can be kept it holds until the page is closed. */
export function choose(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, id);
  } catch {
    // As above.
  }
}
