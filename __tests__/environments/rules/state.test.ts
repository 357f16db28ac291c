import { staging } from "../../../environments/staging.ts";
import { stateRules } from "../../../environments/rules/state.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.state.backend = { kind: "local" }),
    path: "state.backend.kind",
    value: '"local"',
    expected: "spaces or hcp in production: a local state is neither shared nor locked",
    fix: 'set state.backend: { kind: "spaces", bucket: "<bucket>" }',
  },
  {
    change: (draft) => (draft.state.backend = { kind: "spaces", bucket: "State_Bucket" }),
    path: "state.backend.bucket",
    value: '"State_Bucket"',
    expected: "3 to 63 lower-case letters, digits and hyphens",
    fix: 'set state.backend.bucket: "<company>-mam-terraform-state"',
  },
  {
    change: (draft) =>
      (draft.state.backend = {
        kind: "hcp",
        organization: "northlight",
        project: "mam",
        execution: "remote",
      }),
    path: "state.backend.execution",
    value: '"remote"',
    expected:
      "local in production on the free plan: it has 1 run at a time, so a release waits for everybody's plans",
    fix: 'set state.backend.execution: "local", or state.backend.plan: "paid" where it is',
  },
  {
    change: (draft) =>
      (draft.state.destroy = {
        allowed: true,
        allowedReason: "Accepted for the length of this test run.",
      }),
    path: "state.destroy.allowed",
    value: "true",
    expected: "false in production: databases and masters would go with one command",
    fix: "remove state.destroy",
  },
  {
    change: (draft) => (draft.state.destroy = { allowed: true }),
    in: staging,
    path: "state.destroy.allowed",
    value: "true",
    expected: "false, or a reason",
    fix: "remove state.destroy, or write state.destroy.allowedReason",
  },
];

itFinds(rows, stateRules);
