import { openSession } from "../../operations/context/session.ts";
import { type OpenPage, servePage } from "../../operations/dashboard-page/serve/server.ts";
import { childEnvironment } from "../harness/child-environment.ts";
import type { Harness } from "../harness/rehearsal.ts";

/** Serves the page of `mam dashboard <environment> open` for an environment of a rehearsal. The caller has to close it. */
export async function serveDashboard(
  { cloud, workspace, providers }: Pick<Harness, "cloud" | "workspace" | "providers">,
  interruption: AbortSignal,
): Promise<OpenPage> {
  const session = openSession({
    name: cloud.environment.config.name,
    project: process.cwd(),
    variables: childEnvironment(cloud, workspace, providers.source, "sealed"),
    interruption,
  });
  const page = await servePage(session);
  return {
    ...page,
    close: async () => {
      await page.close();
      await session.close();
    },
  };
}
