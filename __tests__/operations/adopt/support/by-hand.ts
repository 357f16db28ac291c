import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environments } from "../../../../environments/index.ts";
import { regionSlugs, regions } from "../../../../environments/platform/regions.ts";
import { type Environment, loadEnvironments } from "../../../../environments/loading/load.ts";
import { createClients } from "../../../../operations/context/clients.ts";
import { type Session, openSession } from "../../../../operations/context/session.ts";
import { childEnvironment } from "../../../../rehearsal/harness/child-environment.ts";
import { type Harness, openHarness } from "../../../../rehearsal/harness/rehearsal.ts";
import { withStorage } from "../../../../rehearsal/harness/wasabi-storage.ts";
import { type MadeByHand, makeByHand } from "../../../../rehearsal/scenarios/adoption/by-hand.ts";
import { allowDeployer } from "../../../../rehearsal/scenarios/adoption/deployer.ts";
import type { Shape } from "../../../../rehearsal/scenarios/adoption/shape.ts";

/** Platforms on which something was made by hand. */
export interface HandMadePlatform extends Harness {
  readonly made: MadeByHand;
  /** Directory of a project that knows nothing of it. */
  readonly project: string;
  /** A session of the environment that says what does not stand, with all rights on Wasabi. */
  readonly session: Session;
  /** A session of the environment that it became, as its deployer. */
  adopted(environment: Environment): Promise<Session>;
  end(): Promise<void>;
}

/** Makes a shape by hand on platforms of its own. Takes about a second. */
export async function openHandMade(shape: Shape): Promise<HandMadePlatform> {
  const project = mkdtempSync(join(tmpdir(), "mam-"));
  mkdirSync(join(project, "environments"));
  for (const file of ["index.ts", "staging.release.json"])
    cpSync(join("environments", file), join(project, "environments", file));
  const harness = await openHarness({
    project,
    environment: seeded(shape),
    providers: "embedded",
    faults: [],
    interruption: new AbortController().signal,
  });
  const { cloud, context } = harness;
  const root = cloud.credentials.wasabiRoot;
  let made: MadeByHand | undefined;
  await withStorage(context, root, async (storage) => {
    made = await makeByHand({ cloud, api: context.api, storage }, shape);
  });
  const rootKeys = {
    TF_VAR_wasabi_access_key: root.accessKeyId,
    TF_VAR_wasabi_secret_key: root.secretAccessKey,
  };
  const sessions: Session[] = [];
  const closing: (() => Promise<void>)[] = [];
  const open = (changed: Readonly<Record<string, string>>) => {
    const variables = {
      ...childEnvironment(cloud, harness.workspace, harness.providers.source, "supplied"),
      ...changed,
    };
    const session = openSession({
      ...{ name: "staging", project, variables, interruption: new AbortController().signal },
      sleep: (seconds) => cloud.clock.sleep(seconds),
    });
    sessions.push(session);
    return session;
  };
  return {
    ...harness,
    made: made!,
    project,
    session: open(rootKeys),
    adopted: async (environment) => {
      await allowDeployer(cloud, environment.config);
      const session = open({});
      // As a process of its own has them, which knows the environment's region.
      const clients = createClients({
        ...session,
        wasabiRegion: regions[environment.config.network.region].wasabi,
        sleep: (seconds) => cloud.clock.sleep(seconds),
        tell: () => undefined,
        hear: (said) => {
          session.redactor.learnFrom(said);
        },
      });
      closing.push(() => clients.close());
      return { ...session, clients, environment };
    },
    end: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await Promise.all(closing.map((close) => close()));
      await harness.close(false);
      rmSync(project, { recursive: true, force: true });
    },
  };
}

/** Staging, with the shape's zone: what an account is made from. */
function seeded({ zone, spec }: Shape): Environment {
  const only = { inputs: environments, only: "staging", directory: "environments" };
  const [environment] = loadEnvironments(only);
  const { config } = environment!;
  const region = regionSlugs.find((slug) => slug === spec.region) ?? "nyc";
  const network = { ...config.network, region };
  return { ...environment!, config: { ...config, network, domain: { ...config.domain, zone } } };
}
