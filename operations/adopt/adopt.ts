import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { environments } from "../../environments/index.ts";
import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import type { Imports } from "../../environments/schema/imports.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { nameOf } from "../../constructs/naming.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import { type Session, openClients } from "../context/session.ts";
import { indexWith } from "../init/files.ts";
import {
  checkNew,
  everyEnvironment,
  indexPath,
  pathOf,
  refuseExisting,
  writeAll,
} from "../init/new-environment.ts";
import { newValues, withValues } from "../init/values.ts";
import { checkRoles } from "./choose.ts";
import { describeEnvironment } from "./describe/environment.ts";
import { regionOf } from "./describe/network.ts";
import { findImports } from "./imports.ts";
import { adoptedOutcome, refusedOutcome } from "./outcome.ts";
import { readApp, readStanding } from "./read.ts";
import { runningRelease } from "./release.ts";
import { rolesOf } from "./roles.ts";
import { environmentText } from "./source-text.ts";
import type { StandingApp } from "./standing.ts";
import { fitting } from "./unfit.ts";
import type { Wanted } from "./wanted.ts";

/** Path, in the project, of the file that says what is imported: it lies beside the release file. */
export const importsOf = ({ project, releases }: Session, name: string) =>
  relative(project, resolve(project, releases, `${name}.imports.json`));

/** What a person says about a new environment. */
export interface Adoption extends Wanted {
  readonly name: string;
  /** Whether nothing is written, files neither. */
  readonly dryRun: boolean;
}

/**
 * Describes what was made by hand as an environment, and writes its files: the description, the images that run, and what the
 * next deployment imports. Platforms and states are only read.
 *
 * @throws InvalidEnvironments when a rule does not hold for it, or NotConfigured when it is not clear what is meant.
 */
export async function adopt(
  session: Session,
  adoption: Adoption,
  progress: Progress,
): Promise<Outcome> {
  const { name } = adoption;
  refuseExisting(session.project, name);
  const all = everyEnvironment();
  const taken = all.map((config) => nameOf(config, "app"));
  const app = await progress.step("looking for the app", () =>
    readApp(session.clients, taken, adoption.app),
  );
  checkRoles(app, adoption.roles);
  const placed = { ...session, clients: clientsNear(session, app) };
  try {
    return await adoptApp(placed, app, adoption, progress);
  } finally {
    if (placed.clients !== session.clients) await placed.clients.close();
  }
}

async function adoptApp(
  session: Session,
  app: StandingApp,
  adoption: Adoption,
  progress: Progress,
): Promise<Outcome> {
  const { name } = adoption;
  const { config: source, release: otherwise } = session.environment;
  const all = everyEnvironment();
  const values = newValues(name, source, all);
  const input = withValues(environments[source.name] ?? {}, values) as EnvironmentInput;
  const where = {
    zone: input.domain.zone,
    region: wasabiNear(session, app),
    prefix: input.storage.bucketPrefix,
  };
  const standing = await progress.step(`reading ${app.spec.name}, and what it stands on`, () =>
    readStanding(session.clients, app, adoption, where),
  );
  const described = describeEnvironment({ name, standing, otherwise: input, said: adoption });
  if (described.remarks.some(({ fate }) => fate === "refused"))
    return refusedOutcome(name, described.remarks);
  const check = () => checkNew(name, described.fields, all);
  const { config, remarks: unfit = [] } = fitting(check, { from: source.name, otherwise: input });
  if (!config) return refusedOutcome(name, unfit);
  const roles = rolesOf(app, adoption.roles);
  const api = session.clients.digitalOcean();
  const release = await runningRelease(api, standing, roles, { name, otherwise });
  const environment = { config, release: release.fields, rotation: nothingRotated };
  const imports = await progress.step("finding what each stack imports", () =>
    findImports({ ...session, environment }, false),
  );
  const files = filesOf(session, name, {
    text: environmentText(
      described.fields,
      `Taken over from ${app.spec.name}, which was made by hand.`,
    ),
    release: release.fields,
    imports,
  });
  if (!adoption.dryRun) writeAll(session.project, files);
  return adoptedOutcome({
    name,
    from: source.name,
    app: app.spec.name,
    files,
    isWritten: !adoption.dryRun,
    imports,
    remarks: [...described.remarks, ...release.remarks],
  });
}

function filesOf(
  session: Session,
  name: string,
  { text, release, imports }: { text: string; release: unknown; imports: Imports },
): Readonly<Record<string, string>> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const { project, releases } = session;
  const index = { text: readFileSync(join(project, indexPath), "utf8"), file: indexPath };
  return {
    [pathOf(name)]: text,
    [relative(project, resolve(project, releases, `${name}.release.json`))]: json(release),
    [importsOf(session, name)]: json(imports),
    // Last: until it is there, nobody knows of the others.
    [indexPath]: indexWith(index, name),
  };
}

/** Clients of the platforms near an app: Wasabi keeps each region's buckets at an address of its own. */
function clientsNear(session: Session, app: StandingApp) {
  const { environment, endpoints } = session;
  const near = wasabiNear(session, app);
  const here = regions[environment.config.network.region].wasabi;
  if (near === here) return session.clients;
  const wasabiS3 = endpoints.wasabiS3.replace(here, near);
  return openClients({ endpoints: { ...endpoints, wasabiS3 }, wasabiRegion: near }, session);
}

/** The region of Wasabi nearest to an app. */
const wasabiNear = ({ environment }: Session, app: StandingApp) =>
  regions[regionOf({ app }) ?? environment.config.network.region].wasabi;
