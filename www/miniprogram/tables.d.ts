// Made by the build beside each page's script.
declare module "#texts" {
  import type { Table } from "./texts";
  const tables: { "zh-CN": Table; en: Table };
  export default tables;
}
declare module "#deployment" {
  const deployment: import("./deployment").DeploymentFile;
  export default deployment;
}
