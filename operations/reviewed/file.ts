import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { messageOf } from "@mam-infra/clients/message";

import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";
import { type Reviewed, reviewedSchema } from "./fingerprint.ts";

/** What a review leaves behind for an environment: the plan for people, and what was reviewed for the deployment. */
export function reviewFiles(directory: string, environment: string) {
  return {
    markdown: join(directory, `${environment}.md`),
    reviewed: join(directory, `${environment}.json`),
  } as const;
}

/** Writes what was reviewed, and the plan as people read it. @throws CannotWrite when the system refuses. */
export function writeReview(directory: string, reviewed: Reviewed, markdown: string): void {
  const files = reviewFiles(directory, reviewed.environment);
  mkdirSync(directory, { recursive: true });
  writeAtomically(files.markdown, markdown);
  writeAtomically(files.reviewed, `${JSON.stringify(reviewed, null, 2)}\n`);
}

/**
 * Reads what was reviewed.
 *
 * @throws NotConfigured for a file that is not there, is none of `mam plan --review`, or is of another environment.
 */
export function readReviewed(file: string, environment: string): Reviewed {
  const fix = `mam plan ${environment} --review <directory> writes it; without --reviewed any plan is deployed`;
  const refuse = (problem: string) =>
    new NotConfigured(`--reviewed ${file}: ${problem}\n  fix: ${fix}`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw refuse(messageOf(error));
  }
  const parsed = reviewedSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw refuse("it is not what mam plan --review writes");
  if (parsed.data.environment === environment) return parsed.data;
  throw refuse(`it is of ${parsed.data.environment}, not of ${environment}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
