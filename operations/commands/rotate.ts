import type { Environment } from "../../environments/loading/load.ts";
import type { SlottedName } from "../../environments/schema/rotation.ts";
import { minuteOf } from "../context/age.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { sharingReads } from "../platform/sparing/shared-reads.ts";
import { retiredPath } from "../secrets/retired/retired-file.ts";
import { sealedPath } from "../secrets/sealed-file.ts";
import { terraformVariable } from "../secrets/slotted.ts";
import { resetAdministrator } from "../secrets/rotation/administrator.ts";
import { keepingOf, retirementTime } from "../secrets/rotation/keeping.ts";
import { administratorName, parseNames } from "../secrets/rotation/names.ts";
import { type RotationRequest, planRotation } from "../secrets/rotation/plan.ts";
import { renderStandings, renderSteps, standingsOf } from "../secrets/rotation/report.ts";
import { type RotationTools, rotate } from "../secrets/rotation/rotate.ts";
import { oldVariables } from "../secrets/rotation/supplied-values.ts";
import { rotationPath } from "../secrets/rotation/rotation-file.ts";

/** What a person types besides the names. */
export interface RotateOptions {
  readonly operands: readonly string[];
  readonly retire: boolean;
  /** Why nobody waits. */
  readonly now?: string;
}

/** What the command is done with. */
export interface RotateTools extends RotationTools {
  /** Asks whether what the text says may be done. */
  readonly confirm: (text: string) => Promise<boolean>;
}

/** `mam secrets rotate`: as far as it can go today, and then what comes next and when. */
export async function rotateSecrets(
  given: Session,
  options: RotateOptions,
  tools: RotateTools,
  progress: Progress,
): Promise<Outcome> {
  const request = requestOf(options);
  const session = sharingReads(given);
  const { environment } = session;
  const early = refusals(environment, request, tools.now());
  if (early.length > 0) {
    const { data } = outcomeOf(session, request, false, early.join(""));
    return { ok: false, data, text: early.join("") };
  }
  const steps = planRotation(environment, request, tools.now());
  const changes = steps.length > 0 || request.administrator;
  const question = renderSteps(environment.config.name, steps, request.administrator);
  if (changes && !(await tools.confirm(question))) {
    return outcomeOf(session, request, false, "Not confirmed. Nothing was changed.\n");
  }
  if (request.administrator) await resetAdministrator(session, progress);
  const after = await rotate(session, request, tools, progress);
  const note =
    steps.length > 0
      ? commitNote({ ...session, environment: after.environment }, request.names)
      : "";
  return outcomeOf(after, request, true, note);
}

/** What a person asks for. */
interface Request extends RotationRequest {
  /** Whether the administrator of PostgreSQL gets a new password. */
  readonly administrator: boolean;
  /** What the person named. */
  readonly words: readonly string[];
}

function requestOf({ operands, retire, now: withoutWaiting }: RotateOptions): Request {
  const names = parseNames(operands.filter((word) => word !== administratorName));
  const administrator = operands.includes(administratorName);
  if (withoutWaiting !== undefined && !retire) {
    throw new NotConfigured(
      `--now says why nobody waits with --retire, and means nothing alone\n  fix: mam secrets rotate <environment> ${operands.join(" ")} --retire --now "<reason>"`,
    );
  }
  if (administrator && retire) {
    throw new NotConfigured(
      `${administratorName} has no slots, so there is nothing to retire\n  fix: leave --retire out, or ${administratorName}`,
    );
  }
  return { names, retire, withoutWaiting, administrator, words: operands };
}

/** Why what was replaced cannot be retired yet. */
function refusals(
  { config, rotation }: Environment,
  { names, retire, withoutWaiting }: RotationRequest,
  now: Date,
): string[] {
  if (!retire) return [];
  return names.flatMap((name) => {
    const underWay = rotation[name].rotation;
    if (!underWay) return [`${name}: nothing was replaced, so nothing can be retired.\n`];
    if (underWay.stage !== "wait" || withoutWaiting !== undefined) return [];
    const time = retirementTime(name, config, underWay.switched);
    if (time <= now) return [];
    const { because } = keepingOf(name, config);
    return [
      `${name}: not before ${minuteOf(time.toISOString())}, because ${because}.\n  without waiting: mam secrets rotate ${config.name} ${name} --retire --now "<reason>"\n`,
    ];
  });
}

function outcomeOf(session: Session, request: Request, ok: boolean, note: string): Outcome {
  const { environment } = session;
  const { name } = environment.config;
  const standings = standingsOf(environment, request.names);
  const reset = ok && request.administrator;
  return {
    ok,
    data: { environment: name, ok, note, secrets: standings, administrator: reset },
    text: `${note}${reset ? "doadmin has a new password.\n" : ""}${renderStandings(name, standings, request.words)}`,
  };
}

/** What a rotation has written. */
function filesOf(session: Session): string {
  const files = [rotationPath(session), sealedPath(session)];
  const all = session.environment.retired ? [...files, retiredPath(session)] : files;
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

/** What a person has to do with what was written, and with what is kept elsewhere. */
function commitNote(session: Session, names: readonly SlottedName[]): string {
  const stale = oldVariables(names).filter((name) => session.supplied[name] !== undefined);
  const unset = stale.map((name) => `  ${terraformVariable(name)}\n`).join("");
  return [
    `Commit ${filesOf(session)}: a deployment without them goes back.\n`,
    ...(stale.length > 0
      ? [`Remove from where your secrets are kept, because the values are old ones:\n${unset}`]
      : []),
  ].join("");
}
