import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { proveMoment } from "./cluster/prove-moment.ts";
import { provedOutcome } from "./database/outcome.ts";
import { proveDump } from "./database/prove.ts";
import { restoreObject } from "./object/restore-object.ts";
import { pointOf } from "./point.ts";
import { RestoreRefused } from "./refused.ts";
import { giveUp } from "./switch/give-up.ts";
import type { SwitchTools } from "./switch/steps.ts";
import { switchDatabase } from "./switch/switch.ts";

/** What `mam restore` is told. */
export interface RestoreOptions {
  /** `latest` or the name of a dump; `now` or a moment; or the name of a cluster. */
  readonly to: string;
  /** Whether it is restored beside what runs, compared, and removed. */
  readonly prove: boolean;
  /** Whether the platform moves to what is restored. */
  readonly switch?: boolean;
  /** Whether a move that goes on is given up. */
  readonly giveUp?: boolean;
  /** Why a cluster is moved to although it is not proved. */
  readonly unproved?: string;
  /** This machine's IPv4 address on the internet; found out without it. */
  readonly address?: string;
  /** Version of an object; absent for the newest below a deletion. */
  readonly objectVersion?: string;
}

/** What a person asks for, with what follows the environment's name. */
type Asked = RestoreOptions & { readonly operands: readonly string[] };

/**
 * Proves a backup of the database, moves the platform to a restored one, or brings a master back.
 *
 * @param tools what a move is done with; asked for when there is one.
 * @throws NotConfigured when it is not said what, or a credential or a server is missing.
 */
export async function restoreSomething(
  session: Session,
  options: Asked,
  progress: Progress,
  tools?: () => SwitchTools,
): Promise<Outcome> {
  const [what, key] = options.operands;
  refuseIdle(options);
  try {
    if (what === "database") return await restoreDatabase(session, options, progress, tools);
    if (what === "object" && key !== undefined)
      return await progress.step("bringing the master back", () =>
        restoreObject(session, key, options.objectVersion),
      );
  } catch (error) {
    // A refusal is a result: exit code 1, and its words.
    if (!(error instanceof RestoreRefused)) throw error;
    const { name } = session.environment.config;
    const refused = error.message.replaceAll("<environment>", name);
    return { ok: false, data: { refused }, text: `${refused}\n` };
  }
  throw new NotConfigured(
    `${options.operands.join(" ")}: expected database, or object and its key\n  fix: mam restore <environment> object <key>, or mam restore <environment> database --to latest --prove`,
  );
}

/** Options that nothing would look at, and what each is of. */
const idleOptions: readonly {
  readonly option: string;
  readonly isOf: string;
  readonly isIdle: (asked: Asked) => boolean;
}[] = [
  {
    option: "--give-up",
    isOf: "of a move: --switch",
    isIdle: (asked) => asked.giveUp === true && !moves(asked),
  },
  {
    option: "--unproved",
    isOf: "of a move: --switch",
    isIdle: (asked) => asked.unproved !== undefined && !moves(asked),
  },
  {
    option: "--prove",
    isOf: "of the database",
    isIdle: (asked) => asked.prove && isOfObject(asked),
  },
  {
    option: "--switch",
    isOf: "of the database",
    isIdle: (asked) => moves(asked) && isOfObject(asked),
  },
  {
    option: "--object-version",
    isOf: "of an object",
    isIdle: (asked) => asked.objectVersion !== undefined && !isOfObject(asked),
  },
];

const moves = (asked: Asked) => asked.switch === true;
const isOfObject = ({ operands: [what] }: Asked) => what === "object";

/** @throws NotConfigured for idle options: whoever types one takes something else for done than what is. */
function refuseIdle(asked: Asked): void {
  const idle = idleOptions.filter(({ isIdle }) => isIdle(asked));
  if (idle.length === 0) return;
  throw new NotConfigured(
    idle
      .map(({ option, isOf }) => `${option} is ${isOf}, and says nothing here\n  fix: leave it out`)
      .join("\n"),
  );
}

async function restoreDatabase(
  session: Session,
  options: RestoreOptions,
  progress: Progress,
  tools?: () => SwitchTools,
): Promise<Outcome> {
  if (options.switch === true && tools) return moveDatabase(session, options, progress, tools);
  const { to, prove } = options;
  if (!prove)
    throw new NotConfigured(
      `expected --prove, which restores beside what runs, compares, and removes it again; or --switch, which moves the platform to it: docs/restore.md\n  fix: mam restore <environment> database --to ${to} --prove`,
    );
  const point = pointOf(to);
  if (point.kind === "time") return proveMoment(session, { ...options, point }, progress);
  if (point.kind === "dump")
    return provedOutcome(await proveDump(session, to, progress), new Date());
  throw new NotConfigured(
    `--to ${to} names a cluster that stands: --prove takes a dump or a moment, and --switch proves a cluster before anything moves\n  fix: mam restore <environment> database --switch --to ${to}`,
  );
}

function moveDatabase(
  session: Session,
  { prove, giveUp: givesUp = false, ...asked }: RestoreOptions,
  progress: Progress,
  tools: () => SwitchTools,
): Promise<Outcome> {
  if (prove)
    throw new NotConfigured(
      "--switch proves what it moves to, so --prove says nothing beside it\n  fix: leave --prove out",
    );
  return givesUp ? giveUp(session, progress) : switchDatabase(session, asked, tools(), progress);
}
