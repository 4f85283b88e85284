/** A text as it was scanned; what is no character becomes one that says so, and the core refuses the whole kindly. */
export function readable(text: unknown): string {
  if (typeof text !== "string") return "";
  // Codes of other uses come in any charset, and longer than any of ours.
  return text.slice(0, 20_000).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1\ufffd");
}
