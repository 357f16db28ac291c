import type { TestPlatform } from "../../../support/platform.ts";
import type { Breakage } from "./breakage.ts";

const appOf = ({ cloud }: TestPlatform) => cloud.digitalOcean.store.apps[0]!;

/** What can be under way. */
export const restBreakages: readonly Breakage[] = [
  {
    id: "app-unpinned",
    name: "a rollback that is neither committed nor reverted",
    breaks: (platform) => {
      const app = appOf(platform);
      app.pinned_deployment = app.active_deployment!;
      return { session: platform.session(), mend: () => delete app.pinned_deployment };
    },
    finds: [
      {
        resource: "the app mam-staging",
        expected: "no rollback under way",
        found: expect.stringMatching(/^pinned to deployment [0-9a-f-]{36}$/),
        fix: expect.stringMatching(
          /^`mam rollback staging --emergency` finishes it; to revert it: https:/,
        ),
      },
    ],
  },
  {
    id: "app-at-rest",
    name: "a deployment that is under way",
    breaks: (platform) => {
      const deployment = appOf(platform).deployments.at(-1)!;
      const { phase } = deployment;
      Object.assign(deployment, { stage: "rolling-out", phase: "DEPLOYING" });
      return {
        session: platform.session(),
        mend: () => Object.assign(deployment, { stage: "over", phase }),
      };
    },
    finds: [
      {
        resource: "the app mam-staging",
        expected: "no deployment under way",
        found: expect.stringMatching(/^deployment [0-9a-f-]{36} is DEPLOYING$/),
        fix: "wait until the deployment has ended",
      },
    ],
  },
  {
    id: "databases-at-rest",
    name: "a cluster that is being moved",
    breaks: (platform) => {
      const [cluster] = platform.cloud.digitalOcean.store.databases;
      cluster!.status = "migrating";
      return { session: platform.session(), mend: () => (cluster!.status = "online") };
    },
    finds: [
      {
        resource: expect.stringMatching(/^the cluster mam-staging-(postgres|valkey)$/),
        expected: "online",
        found: "migrating",
        fix: "wait until the cluster is online",
      },
    ],
  },
];
