import { appValues, resourceChange } from "../../support/plans.ts";
import { changeApp, fail } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState } from "../../support/recorded/world.ts";
import {
  app,
  appWithImage,
  data,
  deploy,
  environment,
  openChangedWorld,
  storage,
  until,
} from "./support/changed-world.ts";

let world: World;

beforeEach(() => {
  world = openChangedWorld();
});
afterEach(() => world.close());

/** A state of which one resource was created, and did not get ready. */
const tainted = (address: string) => {
  const [type, name] = address.split(".");
  return { resources: [{ type, name, instances: [{ status: "tainted" }] }] };
};

/** What stops a deployment that has begun. */
interface Stop {
  readonly when: string;
  readonly arrange: (opened: World) => void;
  readonly options?: (opened: World) => Parameters<typeof deploy>[1];
  readonly effects: readonly string[];
  readonly entry: object;
  readonly says: RegExp;
}

/** What became of each stack, as the ledger has it. */
const outcomes = (one: string, other: string, third: string) => ({
  storage: expect.objectContaining({ outcome: one }),
  data: expect.objectContaining({ outcome: other }),
  app: expect.objectContaining({ outcome: third }),
});

/** A platform that refuses the new image, whatever Terraform says of it. */
const refuseImage = ({ platform, journal }: World, step: string) => {
  const failedStep = {
    name: "deploy",
    status: "ERROR",
    component_name: "api",
    reason: { code: "DeployContainerHealthChecksFailed", message: "no answer" },
  };
  journal.after(step, () => {
    fail(platform, environment, { id: "second", progress: { steps: [failedStep] } });
  });
  platform.answers.getDeploymentLogs = () => ({ historic_urls: [] });
};

const stops: readonly Stop[] = [
  {
    when: "storage cannot be applied",
    arrange: (opened) => {
      opened.terraform.fails(storage, "apply", "AccessDenied");
      opened.journal.after("applying production-storage", () => {
        hasState(opened, "storage", tainted("aws_s3_bucket.masters"));
      });
    },
    effects: until(
      "terraform apply production-storage",
      "terraform untaint production-storage aws_s3_bucket.masters",
      "ledger: failed",
    ),
    entry: { result: "failed", stacks: outcomes("failed", "applied", "not begun") },
    says: /terraform apply failed for production-storage\n.*AccessDenied/,
  },
  {
    when: "the gate refuses the app's plan once storage has been applied",
    arrange: ({ terraform }) => {
      const renamed = resourceChange("digitalocean_app.app", ["delete"], { before: appValues() });
      terraform.plans(
        app,
        { resource_changes: [appWithImage("5")] },
        { resource_changes: [renamed] },
      );
    },
    effects: until("terraform plan production-app", "ledger: failed"),
    entry: { result: "failed", stacks: outcomes("applied", "applied", "not begun") },
    says: /the plan of production-app, made after others were applied, is refused/,
  },
  {
    when: "nobody confirms what the app's plan does more once storage has been applied",
    arrange: ({ terraform }) => {
      const [shown, more] = ["5", "6"].map((digit) => ({
        resource_changes: [appWithImage(digit)],
      }));
      terraform.plans(app, shown!, more!);
    },
    options: ({ confirm }) => ({ confirm: confirm(true, false) }),
    effects: until("terraform plan production-app", "asks whether to go on", "ledger: failed"),
    entry: { result: "failed", stacks: outcomes("applied", "applied", "not begun") },
    says: /the plan of production-app was not confirmed: nothing of it was changed/,
  },
  {
    when: "the app's deployment fails while Terraform waits for it",
    arrange: (opened) => {
      opened.terraform.fails(app, "apply", "the deployment failed");
      refuseImage(opened, "applying production-app");
    },
    effects: until("terraform apply production-app", "ledger: failed"),
    entry: { result: "failed", stacks: outcomes("applied", "applied", "failed") },
    says: /deployment second failed: ERROR\.\n {2}api: DeployContainerHealthChecksFailed: no answer\n[^]*What serves is deployment deployment[^]*then: mam deploy production\n$/,
  },
  {
    when: "the app's deployment fails behind Terraform's back",
    arrange: (opened) => {
      refuseImage(opened, "applying production-app");
    },
    effects: until("waiting for the release to run", "ledger: failed"),
    entry: { result: "failed", stacks: outcomes("applied", "applied", "applied") },
    says: /The app's deployment second failed: ERROR\./,
  },
  {
    when: "verify finds something",
    arrange: ({ platform, journal }) => {
      journal.after("verifying", () => {
        platform.observed = { ...platform.observed, checks: [] };
      });
    },
    effects: until("verifying", "ledger: failed"),
    entry: { result: "failed", deployment: "second" },
    says: /\(uptime-checks\)[^]*the release runs, and mam verify has findings/,
  },
];

test.each(stops)("when $when, nothing follows, and the ledger says so", async (stop) => {
  stop.arrange(world);
  const result = await deploy(world, stop.options?.(world));

  expect(effectsOf(world)).toEqual(stop.effects);
  expect(result).toMatchObject({ ok: false, entry: stop.entry });
  expect(result.text).toMatch(stop.says);
  expect(world.entries()).toEqual([result.entry]);
});

const interruptions: readonly Stop[] = [
  {
    when: "storage is applied, which is let end",
    arrange: (opened) => {
      opened.terraform.plans(data, {});
      opened.terraform.endsWell(storage);
      opened.journal.after("  applying production-storage: update a.resource", opened.interrupt);
    },
    effects: [
      ...until("ledger: running"),
      "terraform apply production-storage",
      "ledger: interrupted",
    ],
    entry: { result: "interrupted", stacks: outcomes("applied", "unchanged", "not begun") },
    says: /interrupted: the app was not begun/,
  },
  {
    when: "data is applied",
    arrange: (opened) => {
      opened.terraform.goesOn(data);
      opened.journal.after("  applying production-data: update a.resource", () => {
        hasState(opened, "data", tainted("digitalocean_vpc.vpc"));
        opened.interrupt();
      });
    },
    effects: until(
      "terraform apply production-storage",
      "terraform untaint production-data digitalocean_vpc.vpc",
      "ledger: interrupted",
    ),
    entry: { result: "interrupted", stacks: outcomes("applied", "interrupted", "not begun") },
    says: /terraform apply ended early/,
  },
  {
    when: "the app is applied",
    arrange: (opened) => {
      opened.terraform.goesOn(app);
      opened.journal.after("  applying production-app: update a.resource", () => {
        hasState(opened, "app", tainted("digitalocean_app.app"));
        opened.interrupt();
      });
    },
    effects: until(
      "terraform apply production-app",
      "terraform untaint production-app digitalocean_app.app",
      "ledger: interrupted",
    ),
    entry: { result: "interrupted", stacks: outcomes("applied", "applied", "interrupted") },
    says: /terraform apply ended early/,
  },
  {
    when: "the app is applied, and Terraform ends well",
    arrange: (opened) => {
      opened.terraform.endsWell(app);
      opened.journal.after("  applying production-app: update a.resource", opened.interrupt);
    },
    effects: until("terraform apply production-app", "ledger: interrupted"),
    entry: { result: "interrupted", stacks: outcomes("applied", "applied", "applied") },
    says: /the release was applied, and not waited for/,
  },
  {
    when: "the release is waited for",
    arrange: ({ platform, journal, interrupt }) => {
      journal.after("waiting for the release to run", () => {
        changeApp(platform, { in_progress_deployment: { id: "second", phase: "DEPLOYING" } });
        journal.after("reads listApps", interrupt);
      });
    },
    effects: until("waiting for the release to run", "ledger: interrupted"),
    entry: { result: "interrupted", stacks: outcomes("applied", "applied", "applied") },
    says: /the end of the app's deployment was no longer waited for; the platform goes on/,
  },
  {
    when: "the release runs, and hosts are waited for",
    arrange: ({ journal, interrupt }) => {
      journal.after("waiting for hosts and certificates", interrupt);
    },
    effects: until("waiting for the release to run", "ledger: interrupted"),
    entry: { result: "interrupted", deployment: "second" },
    says: /the release runs, and was not verified/,
  },
];

test.each(interruptions)(
  "interrupted while $when, it says so, and nothing follows",
  async (stop) => {
    stop.arrange(world);
    const result = await deploy(world);

    expect(effectsOf(world)).toEqual(stop.effects);
    expect(result).toMatchObject({ ok: false, entry: stop.entry });
    expect(result.text).toMatch(stop.says);
    expect(result.text).toMatch(/what had begun was finished[^]*Go on: mam deploy production\n$/);
    expect(world.entries()).toEqual([result.entry]);
  },
);
