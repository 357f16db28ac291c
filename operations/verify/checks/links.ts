import { publicEndpoints } from "../../../constructs/monitoring/public-endpoints.ts";
import { bucketName } from "../../../constructs/storage/tiers.ts";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { tidy } from "../../context/tidying.ts";
import type { VerifyContext } from "../context.ts";
import { servingHosts } from "../hosts.ts";
import { type LinkTarget, type CheckedLink, invalidLinks, validLinks } from "../checked-links.ts";
import { reasonOf } from "../../context/reason.ts";
import { probePrefix, putProbe, removeProbes } from "../storage-access/probes.ts";

const severity = "error";

/** Whether the edge accepts the links that the API signs, and no others. */
export const linkChecks: readonly Check<VerifyContext>[] = [
  {
    id: "links-accepted",
    severity,
    what: "The edge serves a preview by a link that is signed with a key in use.",
    why: "Links that were handed out are refused when edge and API do not have the same keys.",
    fix: "`mam deploy <environment>` gives API and edge the same EDGE_SIGNING_KEY_*; mam secrets check compares them",
    run: async (context) => {
      await healthyEdge(context);
      return withPreview(context, async (target, statuses) =>
        ask(context, validLinks(context.session, target, context.now), statuses),
      );
    },
  },
  {
    id: "links-refused",
    severity,
    what: "The edge refuses links that were tampered with, and links that have expired.",
    why: "Whoever can make up a link can read every preview.",
    fix: "`mam rollback <environment>` to the last edge image that verified links",
    run: async (context) => {
      await healthyEdge(context);
      const target = { asset: probePrefix(), rest: "probe" };
      return ask(context, invalidLinks(context.session, target, context.now), ["403"]);
    },
  },
];

/** @throws CheckSkipped for an edge that cannot be asked, which checks of their own report. */
async function healthyEdge(context: VerifyContext): Promise<void> {
  await servingHosts(context);
  const { clients, environment } = context.session;
  const { media } = publicEndpoints(environment.config);
  const answer = await clients
    .internet()
    .get(media)
    .then(({ status }) => String(status), reasonOf);
  if (answer !== "200")
    throw new CheckSkipped(`the edge is not healthy, ${media} answers ${answer}`);
}

async function ask(
  { session }: VerifyContext,
  links: readonly CheckedLink[],
  expected: readonly string[],
): Promise<Violation[]> {
  const asked = await Promise.all(
    links.map(async ({ what, address }) => {
      const found = await session.clients
        .internet()
        .get(address)
        .then(({ status }) => String(status), reasonOf);
      return { resource: what, expected: expected.join(" or "), found };
    }),
  );
  return asked.filter(({ found }) => !expected.includes(found));
}

/**
 * Puts a preview for the links to lead to. Without Wasabi's keys they lead to none, which the edge says to nobody but
 * the holder of a valid link.
 */
async function withPreview(
  { session }: VerifyContext,
  look: (target: LinkTarget, statuses: readonly string[]) => Promise<Violation[]>,
): Promise<Violation[]> {
  const { clients, environment, variables } = session;
  const { config } = environment;
  const asset = probePrefix();
  const target = { asset, rest: "probe" };
  if (!variables.TF_VAR_wasabi_access_key) return look(target, ["200", "404"]);
  const storage = clients.wasabiStorage();
  try {
    await putProbe(storage, bucketName(config, "previews"), asset);
    return await look(target, ["200"]);
  } finally {
    await tidy(session, (still) =>
      removeProbes(still.wasabiStorage(), config, asset, ["previews"]),
    );
  }
}
