/** Scripts that a page may start: its worker and its service worker, nothing else. */
const SCRIPTS = ["worker.js", "sw.js"];

interface Policy {
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  createScriptURL(url) {
    if (!SCRIPTS.includes(url)) throw new TypeError("not a script of this page");
    return url;
  },
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("tongma", rules) ?? rules;

/** The address of one of the page's own scripts, as Trusted Types want it. */
export function scriptUrl(name: "worker.js" | "sw.js"): string {
  return policy.createScriptURL(name);
}
