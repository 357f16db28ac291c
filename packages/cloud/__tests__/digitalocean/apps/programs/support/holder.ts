// Starts a cloud with an app of programs, says which processes they are, and waits for Ctrl-C.
import { startCloud } from "../../../../../src/cloud.ts";
import { aSeed, aService, aSpec } from "./specs.ts";

const cloud = await startCloud(aSeed());
process.once("SIGINT", () => {
  void cloud.close().then(() => process.exit(130));
});
await fetch(`${cloud.endpoints.digitalOcean}/v2/apps`, {
  method: "POST",
  headers: { authorization: "Bearer full", "content-type": "application/json" },
  body: JSON.stringify({ spec: aSpec({ services: [aService("parent,stubborn")] }) }),
});
const timer = setInterval(() => {
  const [app] = cloud.digitalOcean.store.apps;
  if (app?.active_deployment === undefined) return;
  clearInterval(timer);
  const lines = app.deployments.flatMap(({ logs }) => logs.map(({ line }) => line));
  process.stdout.write(`[${lines.join(",")}]\n`);
}, 25);
