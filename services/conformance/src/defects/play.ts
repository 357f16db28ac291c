import { freePort } from "../../../bench/processes.ts";
import type { Program } from "../../../local/program.ts";
import { type OwnPlatform, definite, instanceOf } from "../start/own-platform.ts";
import type { Group } from "../statement.ts";
import { statements } from "../statements.ts";
import { runSuite } from "../suite.ts";
import type { LogLine, Service, Target } from "../target.ts";
import { buildDefective } from "./build.ts";
import type { Defect } from "./defect.ts";

/** Groups that are checked where a service has a defect. */
const groupsOf: Readonly<Record<Service, readonly Group[]>> = {
  edge: ["edge", "logs"],
  frontend: ["frontend"],
  api: ["api", "reference api", "logs"],
  worker: ["worker", "logs"],
};

/** Seconds that something which has to come may take: what a defect keeps away is waited for as long. */
const patience = 60;

/** Statements that did not hold, by their names, with what contradicts them. */
export type Caught = Readonly<Record<string, readonly string[]>>;

/** Builds a service with a defect, starts it beside the others, and holds it to the contract. */
export async function playDefect(own: OwnPlatform, defect: Defect): Promise<Caught> {
  const built = await buildDefective(defect, own.built(defect.service));
  const programs: Program[] = [];
  try {
    const target = await targetWith(own, defect, async (changes = {}) => {
      const program = await own.platform.start(defect.service, {
        directory: built.directory,
        changes,
      });
      programs.push(program);
      return program;
    });
    const groups = groupsOf[defect.service];
    const asked = statements.filter(({ group }) => groups.includes(group));
    const verdicts = await runSuite(target, asked, { patience });
    const wrong = verdicts.filter(({ outcome }) => outcome === "does not hold");
    return Object.fromEntries(wrong.map(({ id, because }) => [id, because]));
  } finally {
    await Promise.all(programs.map((program) => program.end("SIGKILL")));
    await built.remove();
  }
}

type Start = (changes?: Readonly<Record<string, string>>) => Promise<Program>;

/** The platform with the defective service instead of its own. Others are known only where they are needed. */
async function targetWith(
  own: OwnPlatform,
  { service, startsInstances }: Defect,
  start: Start,
): Promise<Target> {
  const { target } = own;
  const log = (programs: readonly Program[]) => ({
    of: [service],
    lines: (): LogLine[] =>
      programs.flatMap((program) => program.log.map((line) => ({ service, line }))),
  });
  if (service === "worker") {
    // A stream and a place for reports of their own: the worker without a defect goes on beside it.
    const reports = { host: "127.0.0.1", port: await freePort() };
    const told = {
      PREVIEW_STREAM: "previews:defects",
      API_BASE: `http://${reports.host}:${reports.port}`,
    };
    const worker = await start(told);
    return {
      ...target,
      addresses: { api: [], worker: worker.url },
      variables: { ...target.variables, PREVIEW_STREAM: told.PREVIEW_STREAM },
      reports,
      logs: log([worker]),
      another:
        startsInstances === true
          ? async (_service, changes) => instanceOf(await start({ ...told, ...definite(changes) }))
          : undefined,
    };
  }
  const first = await start();
  if (service === "api") {
    const second = await start();
    const addresses = { ...target.addresses, api: [first.url, second.url] };
    return { ...target, addresses, another: undefined, logs: log([first, second]) };
  }
  return {
    ...target,
    addresses: { api: [], [service]: first.url },
    another: undefined,
    logs: log([first]),
  };
}
