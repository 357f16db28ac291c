import type { S3Client } from "@aws-sdk/client-s3";

import { production } from "../../../environments/production.ts";
import {
  environmentLeftovers,
  lineFor,
} from "../../../operations/leftovers/environment-leftovers.ts";
import { stacksWithLeftovers } from "../../../operations/leftovers/stray-machines.ts";
import { leftoverTypes, writtenOver } from "../../../operations/leftovers/types.ts";
import { declaredIn } from "../../../operations/leftovers/declared.ts";
import { removeLeftover } from "../../../operations/state/remove.ts";
import { synthesiseStack } from "../../../operations/terraform/synthesis.ts";
import { anEnvironment, changed } from "../../support/environments.ts";
import { silent } from "../../support/deploying.ts";
import { gpuStateOf, withGpu } from "../../support/gpu.ts";
import { anEmptyWasabi } from "../../support/recorded/wasabi.ts";
import { type World, hasState, openWorld } from "../../support/recorded/world.ts";

const asked = anEnvironment(withGpu());
const inRegion = (region: "tor" | "nyc") =>
  anEnvironment(
    changed((draft) => {
      draft.network.region = region;
    }, production),
  );
const none = inRegion("tor");

let world: World;

afterEach(() => world.close());

const droplet = (id: number, name: string) => ({
  ...{ id, name, status: "active", memory: 1, vcpus: 1, disk: 1, created_at: "", size_slug: "" },
  ...{ size: {}, region: { slug: "tor1" }, networks: {} },
});

/** What stands: two machines that the state knows, and whatever is named besides. */
function standing(besides: readonly { id: number; name: string }[], around: string[] = []): void {
  const known = [1, 2].map((number) =>
    droplet(560_000_000 + number, `mam-production-gpu-worker-${number}`),
  );
  const others = besides.map(({ id, name }) => droplet(id, name));
  world.platform.answers = {
    listDroplets: () => ({ droplets: [...known, ...others], links: {} }),
    listFirewalls: () => ({
      firewalls: around.map((name) => ({ id: "f1", name, status: "succeeded", created_at: "" })),
      links: {},
    }),
    listTags: () => ({
      tags: around.map((name) => ({ name, resources: { count: 0 } })),
      links: {},
    }),
    listAlertPolicies: () => ({ policies: [], links: {} }),
    deleteDroplet: () => undefined,
  };
}

const lines = async () =>
  (await environmentLeftovers(world.session, ["gpu"])).map((one) => lineFor("production", one));

test("every type of the machines' stack has a way back", async () => {
  world = openWorld({ environment: asked });
  const known = new Set([...leftoverTypes.map(({ type }) => type), ...Object.keys(writtenOver)]);
  const types = declaredIn([await synthesiseStack(world.session, "gpu")]).map(({ type }) => type);

  expect(new Set(types).size).toBeGreaterThan(4);
  expect(types.filter((type) => !known.has(type))).toEqual([]);
});

test("machines that the state knows are none, and a second one of a name is", async () => {
  world = openWorld({ environment: asked });
  hasState(world, "gpu", gpuStateOf(asked));
  standing([]);
  expect(await lines()).toEqual([]);

  standing([{ id: 7, name: "mam-production-gpu-worker-1" }]);
  expect(await lines()).toEqual([
    "mam state remove production digitalocean_droplet.gpu_worker_1 7",
  ]);
});

test("what was made before any state was written: machines go, and what is around them is taken over", async () => {
  world = openWorld({ environment: asked });
  standing([], ["mam-production-gpu-worker", "somebody-else"]);

  expect(await lines()).toEqual([
    "mam state remove production digitalocean_droplet.gpu_worker_1 560000001",
    "mam state remove production digitalocean_droplet.gpu_worker_2 560000002",
    "mam state import production digitalocean_firewall.worker_network_firewall f1",
    "mam state import production digitalocean_tag.gpu_tag mam-production-gpu-worker",
  ]);
});

test("a machine of a number that nobody asks for is found, and goes", async () => {
  world = openWorld({ environment: asked });
  hasState(world, "gpu", gpuStateOf(asked));
  standing([{ id: 9, name: "mam-production-gpu-worker-10" }]);

  expect(await lines()).toEqual([
    "mam state remove production digitalocean_droplet.gpu_worker_10 9",
  ]);
});

test("where none is asked for any more, all that stands goes, and its line works", async () => {
  world = openWorld({ environment: none });
  standing([], ["mam-production-gpu-worker"]);
  expect(await lines()).toEqual([
    "mam state remove production digitalocean_droplet.gpu_worker_1 560000001",
    "mam state remove production digitalocean_droplet.gpu_worker_2 560000002",
    "mam state remove production digitalocean_firewall.worker_network_firewall f1",
    "mam state remove production digitalocean_tag.gpu_tag mam-production-gpu-worker",
  ]);

  const operands = ["digitalocean_droplet.gpu_worker_2", "560000002"];
  await removeFrom(operands);
  expect(world.journal.lines()).toContain("DigitalOcean deleteDroplet");
});

async function removeFrom(operands: readonly string[]): Promise<void> {
  const others = ["listVpcs", "listProjects", "listDatabases", "listApps", "listDomains"] as const;
  const empty = { vpcs: [], projects: [], databases: [], apps: [], domains: [], links: {} };
  for (const name of others)
    Object.assign(world.platform.answers, { [name]: () => ({ ...empty, meta: { total: 0 } }) });
  Object.assign(world.platform.answers, { listUptimeChecks: () => ({ checks: [], links: {} }) });
  const noBuckets = { send: () => Promise.resolve({ Buckets: [] }) } as unknown as S3Client;
  const storage = { wasabiStorage: () => noBuckets };
  const clients = { ...world.session.clients, ...anEmptyWasabi(), ...storage };
  await removeLeftover({ ...world.session, clients }, { operands }, silent);
}

test("machines are looked for where one may have been made, and nowhere else", async () => {
  const of = async (environment: typeof none) => {
    world = openWorld({ environment });
    return stacksWithLeftovers(world.session);
  };

  expect(await of(none)).toContain("gpu");
  await world.close();
  expect(await of(inRegion("nyc"))).not.toContain("gpu");
});
