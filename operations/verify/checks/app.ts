import type { Check } from "../../context/check.ts";
import type { Description } from "../../context/finding.ts";
import type { SpecDifference } from "../app-spec/differences.ts";
import { publicHosts } from "../app-spec/public-hosts.ts";
import { violationsOf } from "../comparison.ts";
import type { VerifyContext } from "../context.ts";
import { deployOrKeep } from "./compared.ts";

const severity = "error";
const fix = deployOrKeep;

const isOf = (part: string) => {
  const pattern = new RegExp(`(^|\\.)${part}(\\.|$)`);
  return ({ path }: SpecDifference) => pattern.test(path);
};
const [isLog, isAlert, isVariable] = ["log_destinations", "alerts", "envs"].map(isOf) as [
  ReturnType<typeof isOf>,
  ReturnType<typeof isOf>,
  ReturnType<typeof isOf>,
];
const isInClear = ({ expected, found }: SpecDifference) =>
  expected === "encrypted" && found !== undefined;

/** A check of one part of the app's spec. */
function ofSpec(
  description: Omit<Description, "severity" | "fix">,
  belongs: (difference: SpecDifference) => boolean,
): Check<VerifyContext> {
  return {
    severity,
    fix,
    ...description,
    run: async ({ app, specDifferences }) => {
      await app();
      return violationsOf((await specDifferences()).filter(belongs));
    },
  };
}

/** Whether the app's spec, as the platform has it, is what the environment describes. */
export const appChecks: readonly Check<VerifyContext>[] = [
  {
    id: "app-spec",
    severity,
    what: "Components, sizes, instances, health checks, routes and hosts of the app are as configured.",
    why: "What was changed in the control panel is undone by the next deployment, or was never wanted.",
    fix,
    run: async ({ specDifferences }) =>
      violationsOf(
        (await specDifferences()).filter((one) => !isLog(one) && !isAlert(one) && !isVariable(one)),
      ),
  },
  ofSpec(
    {
      id: "app-variables",
      what: "Every component has the variables of the contract, and no others.",
      why: "A variable that is missing or another shows when a component next starts.",
    },
    (one) => isVariable(one) && !isInClear(one),
  ),
  ofSpec(
    {
      id: "secrets-encrypted",
      what: "Every secret of the app is encrypted.",
      why: "A secret in clear is read by everybody who may see the app.",
    },
    (one) => isVariable(one) && isInClear(one),
  ),
  {
    id: "private-hosts",
    severity,
    what: "The components reach the databases by their private hosts only.",
    why: "The public host leads over the internet, where the trusted sources refuse the app.",
    fix,
    run: async ({ app, observed }) => publicHosts((await app()).spec, await observed()),
  },
  ofSpec(
    {
      id: "log-destinations",
      what: "Every component sends its logs where the environment says.",
      why: "What a component logs is kept nowhere else for longer than its instance lives.",
    },
    isLog,
  ),
  ofSpec(
    {
      id: "app-alerts",
      what: "The app and its components have the configured alerts.",
      why: "An alert that is missing is noticed after the outage.",
    },
    isAlert,
  ),
];
