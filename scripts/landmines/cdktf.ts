import { act, check, type Landmine, line, test } from "./landmine.ts";

const t = "__tests__";
const written = `${t}/stacks/synthesise.test.ts`;

/** CDK for Terraform. */
export const cdktfLandmines: readonly Landmine[] = [
  {
    what: "`cdktf deploy` that is interrupted kills Terraform in the middle: the lock stays, and what was just made is in no state.",
    guards: [
      act("interruption"),
      test(
        `${t}/operations/terraform/process.test.ts`,
        "Terraform finishes, writes its state and gives its lock back when its parent is killed",
      ),
    ],
  },
  {
    what: "`cdktf deploy` without a terminal and without approval crashes and leaves the lock.",
    guards: [check("unattended-approval"), check("state-unlocked")],
  },
  {
    what: "What `cdktf deploy` applies is not what `cdktf diff` showed: it plans again.",
    guards: [
      test(
        `${t}/operations/deploy/order.test.ts`,
        "a deployment examines, plans, asks, records, applies, waits, verifies, and records again",
      ),
      act("mam-deploy"),
    ],
  },
  {
    what: "`cdktf diff` ends with 0 whether something would change or not.",
    guards: [act("unchanged")],
  },
  {
    what: "A secret that crosses stacks is printed in the plan of the stack that reads it.",
    guards: [
      test(written, "a secret that crosses stacks is marked again, or the plan would print it"),
    ],
  },
  {
    what: "Aspects on the whole app never run, and the test helper hides errors and leaves validations out.",
    guards: [test(written, "%s uses only what the pinned providers know, with its type")],
  },
  {
    what: "Two stacks, or two resources, of one name are merged in silence.",
    guards: [
      line("constructs/stateful.ts", "overrideLogicalId(logicalId)"),
      test(written, "every environment has three stacks of its own"),
    ],
  },
  {
    what: "The command line runs on no newer Node.js than 22.",
    guards: [
      check("node-version"),
      test(
        `${t}/node-version.test.ts`,
        "no installed package asks for another Node.js than those that the project allows",
      ),
    ],
  },
  {
    what: "Importing a provider as a whole takes seconds and half a gigabyte.",
    guards: [line("eslint.config.js", '"@cdktf/provider-aws", "@cdktf/provider-digitalocean"')],
  },
  {
    what: "The bindings are frozen at providers that are broken: the versions have to be raised by hand.",
    guards: [test(written, "the providers are pinned exactly"), check("provider-versions")],
  },
];
