import { signingKeyNames } from "../../../environments/schema/rotation.ts";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { differingComponents, retiredAmong } from "../../secrets/retired/supplied.ts";
import { runningSlots } from "../../secrets/running-slots.ts";
import { slotVariable, terraformVariable } from "../../secrets/slotted.ts";
import type { GateContext } from "../context.ts";

/** What a shell with old exports would bring back. */
export const secretRules: readonly Check<GateContext>[] = [
  {
    id: "retired-secret",
    severity: "error",
    what: "No supplied secret has a value that a rotation has replaced.",
    why: "A value that leaked would be in service again, and whoever has it could sign with it.",
    fix: "unset the variable, and remove the value from where it is kept",
    run: async ({ environment, supplied }) =>
      (await retiredAmong(environment, supplied)).map(({ name, was, retired }) => ({
        resource: name,
        expected: "a value that no rotation has replaced",
        found: `the value of ${was} that was replaced on ${retired}`,
        fix: `unset ${terraformVariable(name)}`,
      })),
  },
  {
    id: "active-slot",
    severity: "error",
    what: "No supplied value replaces the key that the running app signs with.",
    why: "Whatever it has signed would be refused at once: every session and every link.",
    fix: "unset the variable; to replace a key without refusing anybody: mam secrets rotate <environment> <key>",
    run: activeKeys,
  },
];

async function activeKeys({ environment, supplied, past }: GateContext): Promise<Violation[]> {
  if (!environment.sealed) throw new CheckSkipped("nothing is sealed yet to compare with");
  const differing = Object.entries(supplied)
    .filter(([name, value]) => differingComponents(environment, name, value).length > 0)
    .map(([name]) => name);
  if (differing.length === 0) return [];
  const spec = (await past.app())?.active_deployment?.spec;
  const slots = spec ? runningSlots(spec) : {};
  return signingKeyNames.flatMap((key) => {
    const { [key]: slot } = slots;
    const name = slot && slotVariable(key, slot);
    if (name === undefined || !differing.includes(name)) return [];
    const expected = `the sealed key of slot ${slot}, which the app signs with`;
    const fix = `unset ${terraformVariable(name)}`;
    return [{ resource: name, expected, found: "another value", fix }];
  });
}
