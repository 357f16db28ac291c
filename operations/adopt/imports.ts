import type { Imports } from "../../environments/schema/imports.ts";
import type { Session } from "../context/session.ts";
import { declaredIn } from "../leftovers/declared.ts";
import { findLeftovers } from "../leftovers/leftovers.ts";
import { platformsOf } from "../leftovers/platforms.ts";
import { recordedIn } from "../leftovers/recorded.ts";
import { stackKinds } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { adoptableTypes } from "./finders.ts";

/**
 * What each stack of an environment imports: everything that it declares, that stands, and that no state knows.
 *
 * @param hasStates whether the environment may have states; a new one has none.
 */
export async function findImports(session: Session, hasStates: boolean): Promise<Imports> {
  const stacks = await synthesiseStacks(session);
  const texts = hasStates
    ? await Promise.all(stackKinds.map((kind) => readState(session, kind)))
    : [];
  const found = await findLeftovers({
    declared: declaredIn(Object.values(stacks)),
    recorded: recordedIn(texts.filter((text) => text !== undefined)),
    platforms: platformsOf(session.clients),
    types: adoptableTypes,
  });
  const taken = found.filter(({ way }) => way === "import");
  const of = (kind: (typeof stackKinds)[number]) =>
    Object.fromEntries(
      taken
        .filter(({ resource }) => resource.stack === stacks[kind].name)
        .map(({ resource, standing }) => [resource.address, standing.importId ?? standing.id])
        .toSorted(([one = ""], [other = ""]) => one.localeCompare(other)),
    ) as Readonly<Record<string, string>>;
  return { storage: of("storage"), data: of("data"), app: of("app") };
}

/** How many resources are imported. */
export const countOf = (imports: Imports): number =>
  Object.values(imports).reduce((sum, ids) => sum + Object.keys(ids).length, 0);
