import type { Deployment } from "../shared/types";

/** Whose mini-program this is: `deployment.js` in the package, written by the build. */
export interface DeploymentFile extends Deployment {
  /** The origin of the own server, such as `https://pass.example.org`; it must be in the list of request domains of the mini-program. */
  origin: string;
}
