import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";

import { type Statement, statementsOf } from "../statement.ts";
import type { Service } from "../target.ts";
import { linkTo } from "../tools/links.ts";
import { put } from "../tools/objects.ts";
import { wordsOf } from "../tools/wait.ts";
import type { World } from "../world.ts";

const processes = statementsOf("processes", "docs/processes.md", ["another instance"]);

async function ends(world: World, service: Service) {
  const instance = await world.target.another?.(service, { PREVIEW_STREAM: `${world.run}-ends` });
  try {
    const code = await instance?.end();
    return [code !== 0 && `the ${service} ended with ${String(code)}`];
  } finally {
    await instance?.kill();
  }
}

/** Bytes that do not fit into the buffers between the edge and a viewer who reads nothing. */
const large = 24 * 1024 * 1024;

async function finishes(world: World) {
  const bytes = randomBytes(large);
  await put(world, "PREVIEWS_BUCKET", `${world.run}/large.mp4`, bytes);
  const edge = await world.target.another?.("edge", {});
  try {
    const [answer] = (await once(
      request(`${edge?.url ?? ""}${linkTo(world, "large.mp4")}`).end(),
      "response",
    )) as [IncomingMessage];
    const ended = edge?.end();
    const read = await buffer(answer).catch((error: unknown) => wordsOf(error));
    return [
      typeof read === "string" && `the answer under way broke off: ${read}`,
      typeof read !== "string" && !read.equals(bytes) && `${read.length} bytes of ${large} arrived`,
      (await ended) !== 0 && `it ended with ${String(await ended)}`,
    ];
  } finally {
    await edge?.kill();
  }
}

async function tellsNames(world: World) {
  const secret = "a-key-that-is-too-short";
  const words = await world.target
    .another?.("edge", { EDGE_SIGNING_KEY_A: secret, PREVIEWS_BUCKET: "" })
    .then(async (instance) => {
      await instance.kill();
      return undefined;
    }, wordsOf);
  return [
    words === undefined && "it started without a bucket and with a key that is too short",
    words?.includes("PREVIEWS_BUCKET") === false && "it does not name PREVIEWS_BUCKET",
    words?.includes(secret) === true && "it shows the value of a secret",
  ];
}

/** How processes end, and how they do not begin. */
export const processStatements: readonly Statement[] = [
  ...(["frontend", "api", "worker", "edge"] as const).map((service) =>
    processes({
      id: `${service}-ends`,
      statement: `the ${service} ends with 0 on SIGTERM`,
      words: "ends with exit code 0",
      check: (world) => ends(world, service),
    }),
  ),
  processes({
    id: "edge-finishes",
    statement: "an answer that is under way is finished before the process ends",
    words: "finishes the answers that it began",
    needs: [
      "EDGE_SIGNING_KEY_A",
      "PREVIEWS_BUCKET",
      "WASABI_ENDPOINT",
      "WASABI_REGION",
      "storage key",
    ],
    check: finishes,
  }),
  processes({
    id: "edge-names-variables",
    statement:
      "an environment that cannot be used ends the process, which names the variables and no value",
    words: "names the variables, without their values",
    check: tellsNames,
  }),
];
