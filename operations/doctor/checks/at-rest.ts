import type { Check } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Whether the platform is at rest: what is under way would collide with a deployment. */
export const restChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "app-unpinned",
    severity: "error",
    what: "The app is not pinned to a rollback.",
    why: "App Platform refuses every deployment until a rollback is committed or reverted.",
    fix: "finish the rollback with `mam rollback <environment> --emergency`, or revert it in the control panel",
    run: async ({ session, app }) => {
      const found = await app();
      const pinned = found?.pinned_deployment;
      if (!found || !pinned) return [];
      return [
        {
          resource: `the app ${found.spec.name}`,
          expected: "no rollback under way",
          found: `pinned to deployment ${pinned.id}`,
          fix: `\`mam rollback ${session.environment.config.name} --emergency\` finishes it; to revert it: https://cloud.digitalocean.com/apps/${found.id}`,
        },
      ];
    },
  },
  {
    id: "app-at-rest",
    severity: "error",
    what: "No deployment of the app is under way.",
    why: "A second deployment takes the place of the one under way, and neither says how it ended.",
    fix: "wait until the deployment has ended",
    run: async ({ app }) => {
      const found = await app();
      const underWay = found?.in_progress_deployment ?? found?.pending_deployment;
      if (!found || !underWay) return [];
      return [
        {
          resource: `the app ${found.spec.name}`,
          expected: "no deployment under way",
          found: `deployment ${underWay.id} is ${underWay.phase ?? "in an unknown phase"}`,
        },
      ];
    },
  },
  {
    id: "databases-at-rest",
    severity: "error",
    what: "Both clusters are online.",
    why: "DigitalOcean refuses changes of a cluster that is being created, resized or moved, and migrations fail on it.",
    fix: "wait until the cluster is online",
    run: async ({ clusters }) =>
      (await clusters())
        .filter(({ status }) => status !== "online")
        .map(({ name, status }) => ({
          resource: `the cluster ${name}`,
          expected: "online",
          found: status ?? "no status",
        })),
  },
]);
