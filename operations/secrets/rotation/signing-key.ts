import { randomBytes } from "node:crypto";

import { environmentContract } from "../../../constructs/app/contract.ts";
import type { SigningKeyName } from "../../../environments/schema/rotation.ts";
import type { Session } from "../../context/session.ts";
import { variableOf } from "../../platform/running-app.ts";
import type { Replaced } from "../retired/retired-file.ts";
import { fingerprint } from "../seal.ts";
import { selectorVariable, slotVariable } from "../slotted.ts";
import {
  type KindOfSecret,
  type StageOfKind,
  type Turn,
  nothingToPrepare,
  unlessOtherRuns,
} from "./kind.ts";
import { slottedOf } from "./names.ts";
import { activeSpec } from "./active-spec.ts";

/** Bytes of a new signing key: as many as the hash that it keys, HMAC-SHA-256 (RFC 2104, section 3). */
const keyBytes = 32;

/** A new value for a signing key, in a spelling that survives every shell. */
export function newSigningKey(): string {
  return randomBytes(keyBytes).toString("hex");
}

/**
 * Puts a new random value into a slot. The value is known to this process and the platform only: when either ends too
 * early, another one takes its place, which refuses nobody because the slot signs nothing.
 */
const replaceValue: Omit<StageOfKind, "changes"> = {
  obstacle: unlessOtherRuns(notActive),
  prepare: (_, turn) => Promise.resolve({ [variableIn(turn)]: newSigningKey() }),
  replaces: sealedValues,
  deploys: true,
  objection: (session, turn, values) => Promise.resolve(unsealed(session, turn, values)),
};

/** Keys that sign: both slots are known to whoever verifies, one of them signs. */
export const signingKeyRotation: KindOfSecret = {
  fill: {
    ...replaceValue,
    changes: (_, turn) =>
      `${variableIn(turn)}: a new value for the idle slot; nothing is signed with it yet`,
  },
  switch: {
    prepare: nothingToPrepare,
    deploys: true,
    changes: (_, { slot, name }) =>
      `${selectorVariable(keyOf(name))}: ${slot} signs from now on; what the other slot has signed stays valid`,
    objection: notActive,
  },
  retire: {
    ...replaceValue,
    changes: (_, turn) =>
      `${variableIn(turn)}: a new value; whatever the old one has signed is refused`,
  },
};

/** Digests of the values that are sealed for a slot: one, unless a component was left behind. */
function sealedValues({ environment: { sealed } }: Session, turn: Turn): Replaced[] {
  const name = variableIn(turn);
  const digests = holdersOf(name).flatMap(
    (holder) => sealed?.components[holder]?.[name]?.fingerprint ?? [],
  );
  return [...new Set(digests)].map((digest) => ({ name, digest }));
}

/** What speaks against a slot being the one that signs. */
async function notActive(session: Session, { name, slot }: Turn): Promise<string | undefined> {
  const selector = selectorVariable(keyOf(name));
  const spec = await activeSpec(session);
  const [holder = ""] = holdersOf(selector);
  const found = spec && variableOf(spec, holder, selector);
  return found === slot ? undefined : `${holder} runs with ${selector}=${found ?? "nothing"}`;
}

function unsealed(
  { environment: { sealed } }: Session,
  turn: Turn,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const name = variableIn(turn);
  const { [name]: value = "" } = values;
  const without = holdersOf(name).filter(
    (holder) => sealed?.components[holder]?.[name]?.fingerprint !== fingerprint(value),
  );
  return without.length === 0 ? undefined : `${name} is not sealed for ${without.join(", ")}`;
}

function holdersOf(variable: string): readonly string[] {
  return environmentContract
    .filter(({ name }) => name === variable)
    .flatMap(({ components }) => components);
}

function variableIn({ name, slot }: Turn): string {
  return slotVariable(keyOf(name), slot);
}

function keyOf(name: Turn["name"]): SigningKeyName {
  const slotted = slottedOf(name);
  if (slotted.kind !== "signing key") throw new TypeError(`${name} is no signing key`);
  return slotted.key;
}
