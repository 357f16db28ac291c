import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { endpointsVariable } from "../../../../stacks/endpoints.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import type { Breakage } from "./breakage.ts";

/** Puts DigitalOcean's API behind something that says another time, which is what a wrong clock looks like. */
async function apiOfAnotherTime(platform: TestPlatform, seconds: number) {
  const { cloud, variables } = platform;
  const server = createServer((request, response) => {
    void fetch(`${cloud.digitalOcean.url}${request.url ?? ""}`, {
      headers: { authorization: request.headers.authorization ?? "" },
    }).then(async (answer) => {
      const date = new Date(Date.now() + seconds * 1000).toUTCString();
      response.writeHead(answer.status, { date, "content-type": "application/json" });
      response.end(await answer.text());
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const endpoints = JSON.parse(variables[endpointsVariable] ?? "{}") as object;
  const changed = JSON.stringify({ ...endpoints, digitalOcean: `http://127.0.0.1:${port}` });
  return {
    session: platform.session({ [endpointsVariable]: changed }),
    mend: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What can be wrong with the clock of the machine. */
export const clockBreakages: readonly Breakage[] = [
  {
    id: "machine-clock",
    name: "a clock that is twenty minutes ahead",
    breaks: (platform) => apiOfAnotherTime(platform, -1200),
    finds: [
      {
        severity: "error",
        resource: "the clock of this machine",
        expected: "DigitalOcean's time",
        found: expect.stringMatching(/^20 minutes ahead: \d{4}-/),
        fix: "set the clock of this machine right (timedatectl set-ntp true)",
      },
    ],
  },
  {
    id: "machine-clock",
    name: "a clock that is a day behind",
    breaks: (platform) => apiOfAnotherTime(platform, 86_400),
    finds: [{ found: expect.stringMatching(/^1440 minutes behind: /) }],
  },
];
