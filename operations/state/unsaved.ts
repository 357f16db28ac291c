import { chmodSync, existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import type { Session } from "../context/session.ts";
import { placeOf } from "../context/place.ts";
import { findRuns, unsavedState } from "../context/run-folder.ts";
import { type AnyStack, anyStacks, stackName } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";

const header = z.looseObject({ serial: z.number(), lineage: z.string() });

/** What a state is told apart by: a lineage is one state's whole life, and each write of it has the next serial. */
type Header = z.output<typeof header>;

/** What becomes of a state that Terraform could not write where it belongs. */
export type UnsavedVerdict =
  /** It follows the one that stands: it is written there. */
  | "follows"
  /** It is the one that stands. */
  | "is saved"
  /** Somebody wrote another one meanwhile: nobody but a person can know which is right. */
  | "was overtaken";

/** A state that Terraform could not write where it belongs. */
export interface UnsavedState {
  /** Absolute. */
  readonly file: string;
  readonly part: AnyStack;
  readonly stack: string;
  readonly serial: number;
  /** Serial of the state that stands; undefined when none does. */
  readonly standing: number | undefined;
  readonly verdict: UnsavedVerdict;
}

/**
 * The states of an environment that Terraform could not write where they belong, on this machine: in run folders whose
 * process is done or is this one, and where `cdktf deploy` leaves them.
 */
export async function unsavedStates(session: Session): Promise<UnsavedState[]> {
  return Promise.all(filesOf(session).map((one) => examine(session, one)));
}

interface UnsavedFile {
  readonly file: string;
  readonly part: AnyStack;
}

function filesOf({ environment, project, variables }: Session): UnsavedFile[] {
  const { name } = environment.config;
  const outdir = resolve(project, variables.CDKTF_OUTDIR ?? "cdktf.out");
  const files = [
    ...findRuns(placeOf(project, variables))
      .filter((run) => run.environment === name && (!run.isOwned || run.pid === process.pid))
      .flatMap((run) => run.unsavedStates),
    ...anyStacks
      .map((part) => join(outdir, "stacks", stackName(name, part), unsavedState))
      .filter(existsSync),
  ];
  return files.flatMap((file) => {
    const part = anyStacks.find((one) => stackName(name, one) === basename(dirname(file)));
    return part ? [{ file, part }] : [];
  });
}

async function examine(session: Session, { file, part }: UnsavedFile): Promise<UnsavedState> {
  // What cdktf runs writes it for everybody to read, and it holds secrets.
  chmodSync(file, 0o600);
  const text = readFileSync(file, "utf8");
  const { serial } = headerIn(file, text);
  const standing = await readState(session, part);
  return {
    file,
    part,
    stack: stackName(session.environment.config.name, part),
    serial,
    standing: standing === undefined ? undefined : header.parse(JSON.parse(standing)).serial,
    verdict: verdictOf(text, standing),
  };
}

/** What a file of a state is told apart by. @throws Error for one that was not written as a whole. */
function headerIn(file: string, text: string): Header {
  try {
    return header.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} is no whole state: the disk may have been full when Terraform kept it there.\n  fix: keep a copy of it elsewhere, then rm ${file}, and mam doctor <environment> names what stands and no state knows`,
      { cause },
    );
  }
}

/**
 * Compares a state that could not be written with the one that stands.
 *
 * @param unsaved the whole state, and `standing` too; undefined when none stands.
 */
export function verdictOf(unsaved: string, standing: string | undefined): UnsavedVerdict {
  if (standing === undefined) return "follows";
  const [mine, theirs] = [JSON.parse(unsaved) as unknown, JSON.parse(standing) as unknown];
  if (isDeepStrictEqual(mine, theirs)) return "is saved";
  return succeeds(header.parse(mine), header.parse(theirs)) ? "follows" : "was overtaken";
}

function succeeds(mine: Header, theirs: Header): boolean {
  return mine.lineage === theirs.lineage && mine.serial > theirs.serial;
}
