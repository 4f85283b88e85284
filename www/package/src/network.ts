import type { Asked, Resource } from "../../shared/types";
import { fromBase64url, toBase64url } from "./bytes";
import { type Platform, type Request, within } from "./platform";
import { Fault } from "./vault";

/** After this a request is given up. */
const TIMEOUT_S = 20;
/** Largest answer, in bytes. */
const MOST_BYTES = 8 << 20;
const BUNDLE = "/public/bundle.cbor";
const ASKED: Record<Asked, string> = {
  "appeal-state": "/api/appeals/state",
  appeals: "/api/appeals",
  declarations: "/api/declarations",
  renewals: "/api/renewals",
};

function request(resource: Exclude<Resource, "first-bundle">): Request {
  if (resource === "bundle") return { method: "GET", path: BUNDLE };
  if ("status-list" in resource) return { method: "GET", path: `/public/${resource["status-list"].path}` };
  const [path, { body }] = "application" in resource ? ["/api/applications", resource.application] : [ASKED[resource.ask.asked], resource.ask];
  const bytes = fromBase64url(body);
  if (!bytes) throw new Fault("answer-malformed");
  return { method: "POST", path, type: "application/cwt", body: bytes };
}

/** Fetches something of the own origin. */
export async function fetchResource(platform: Platform, resource: Exclude<Resource, "first-bundle">): Promise<{ status: number; body: string }> {
  const { status, body } = await within(platform, TIMEOUT_S, platform.fetch(request(resource))).catch(() => {
    throw new Fault("offline");
  });
  if (!Number.isInteger(status) || !ArrayBuffer.isView(body) || body.length > MOST_BYTES) throw new Fault("answer-malformed");
  return { status, body: toBase64url(body) };
}
