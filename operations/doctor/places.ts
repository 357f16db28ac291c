import { regions } from "../../environments/platform/regions.ts";
import type { Violation } from "../context/check.ts";
import { everyPage } from "../platform/every-page.ts";
import type { DoctorContext } from "./context.ts";

/** Whether App Platform takes new apps in the environment's region. */
export async function lookAtAppRegion({ session, app }: DoctorContext): Promise<Violation[]> {
  const { region } = session.environment.config.network;
  const { regions: offered } = await session.clients.digitalOcean().call("listAppRegions", {});
  const found = offered?.find(({ slug }) => slug === region);
  if (found && found.disabled !== true) return [];
  // A region that is closed goes on running the apps that it has.
  if (found && (await app())) return [];
  const closed = `closed for new apps${found?.reason ? `: ${found.reason}` : ""}`;
  return [
    {
      resource: `the App Platform region ${region}`,
      expected: "open for new apps",
      found: found ? closed : "not in the list of regions",
    },
  ];
}

/** Whether the datacentre of the environment's region takes anything new. */
export async function lookAtDatacentre({ session, clusters }: DoctorContext): Promise<Violation[]> {
  const api = session.clients.digitalOcean();
  const { datacentre } = regions[session.environment.config.network.region];
  const offered = await everyPage(
    (query) => api.call("listRegions", {}, { query }),
    ({ regions: page }) => page,
  );
  const found = offered.find(({ slug }) => slug === datacentre);
  if (found?.available) return [];
  if (found && (await clusters()).length > 0) return [];
  return [
    {
      resource: `the datacentre ${datacentre}`,
      expected: "available",
      found: found ? "not available" : "not in the list of regions",
    },
  ];
}
