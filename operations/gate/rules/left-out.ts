import type { Check } from "../../context/check.ts";
import type { GateContext } from "../context.ts";

/** What a plan cannot show, because leaving something out changes nothing. */
export const leftOutRules: readonly Check<GateContext>[] = [
  {
    id: "left-out",
    severity: "error",
    what: "No list of rules of a bucket is empty, nor the hosts or routes of the app.",
    why: "The provider reads an empty list as `leave what is there`: the plan shows no change, and the old rules hold for good.",
    fix: "write at least one rule; to take one back, write it with another value, or disabled",
    run: ({ planned }) =>
      planned.flatMap(({ stack }) =>
        (stack.leftOut ?? []).map(({ address, argument, means }) => ({
          resource: `${argument} of ${address}`,
          expected: "written, with at least one element",
          found: `left out: ${means}`,
        })),
      ),
  },
];
