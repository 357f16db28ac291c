import { ageOf, minuteOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import type { StateVersion } from "../state-place/place.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { unreadableBecause } from "../state-place/unreadable.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type AnyStack, stackName } from "../terraform/stack-kinds.ts";

/** All versions of a stack's state, the newest first. @throws NotConfigured where none are kept */
export async function stateVersions(session: Session, kind: AnyStack): Promise<StateVersion[]> {
  return statePlaceOf(session).versions(stackName(session.environment.config.name, kind));
}

/** Text of a version of a state, which may be none. It contains secrets in clear: the session's redactor is told of them. */
export async function readVersion(session: Session, kind: AnyStack, id: string): Promise<string> {
  const stack = stackName(session.environment.config.name, kind);
  const text = await statePlaceOf(session).version(stack, id);
  if (unreadableBecause(text) === undefined) session.redactor.learnFrom(JSON.parse(text));
  return text;
}

/** The stack that an operand names: `data`, or `staging-data`. @throws NotConfigured when there is none of the name */
export async function stackNamed(session: Session, named: string): Promise<AnyStack> {
  const { name } = session.environment.config;
  const kinds = await presentStacks(session);
  const kind = kinds.find((one) => named === one || named === stackName(name, one));
  if (kind) return kind;
  const names = kinds.map((one) => stackName(name, one)).join(", ");
  throw new NotConfigured(`There is no stack ${named}.\n  fix: name one of ${names}`);
}

/** `mam state versions`: what `mam state restore` can go back to. */
export async function listStateVersions(
  session: Session,
  { operands: [named] }: { readonly operands: readonly string[] },
): Promise<Outcome> {
  const { name } = session.environment.config;
  const kinds =
    named === undefined ? await presentStacks(session) : [await stackNamed(session, named)];
  const all = await Promise.all(
    kinds.map(async (kind) => ({
      stack: stackName(name, kind),
      versions: await stateVersions(session, kind),
    })),
  );
  return { ok: true, data: { environment: name, states: all }, text: all.map(render).join("\n") };
}

function render({ stack, versions }: { stack: string; versions: readonly StateVersion[] }): string {
  const now = new Date();
  const rows = versions.map(({ id, writtenAt, bytes, stands }) => [
    `  ${minuteOf(writtenAt)}`,
    `${ageOf(new Date(writtenAt), now)} ago`,
    bytes === undefined ? "" : `${Math.ceil(bytes / 1024)} KiB`,
    id,
    stands ? "stands" : "",
  ]);
  const lines = rows.length > 0 ? columns(rows, [{}, {}, { align: "right" }]) : ["  none"];
  return `${[stack, ...lines].join("\n")}\n`;
}
