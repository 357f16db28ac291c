import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { type Generation, generateMissing, shellLines } from "./generation.ts";
import { inventory } from "./inventory.ts";
import { refuseUnsafe, valuesPath, writeValues } from "./values-file.ts";

/** Where the values go. */
export interface GenerateOptions {
  readonly file?: string;
  readonly stdout: boolean;
  readonly json: boolean;
}

/**
 * `mam secrets generate`: values for the secrets that are missing, in a file that only this user reads. They are shown
 * nowhere, unless they are asked for on standard output.
 */
export async function generateSecrets(
  session: Session,
  { file, stdout, json }: GenerateOptions,
): Promise<Outcome> {
  if (stdout && (json || file !== undefined)) {
    throw new NotConfigured(
      "--stdout goes alone: with --json or --file nobody would expect values there",
    );
  }
  const generation = generateMissing(inventory(session.environment, session.supplied));
  session.redactor.learn(Object.values(generation.values));
  const names = Object.keys(generation.values);
  const { name } = session.environment.config;
  const common = { environment: name, generated: names, notGenerated: generation.notGenerated };
  const ok = generation.notGenerated.length === 0;
  if (stdout) return { ok, data: common, text: shellLines(generation.values), disclosed: true };
  if (names.length === 0) {
    const text = ok ? `No secret of ${name} is missing.\n` : renderRest(generation);
    return { ok, data: { ...common, file: null }, text };
  }
  const path = valuesPath(session, file);
  await refuseUnsafe(path);
  writeValues(path, shellLines(generation.values));
  const written = `Wrote ${names.length} secrets of ${name} to ${path}, readable by you alone:\n`;
  const list = names.map((one) => `  ${one}\n`).join("");
  const next = `Next: . ${path} && mam deploy ${name}\n`;
  return {
    ok,
    data: { ...common, file: path },
    text: `${written}${list}${renderRest(generation)}${next}`,
  };
}

function renderRest({ notGenerated }: Generation): string {
  if (notGenerated.length === 0) return "";
  const lines = notGenerated.map(({ name, reason }) => `  ${name}: ${reason}\n`);
  return `Not made here:\n${lines.join("")}`;
}
