import type { Check } from "../../context/check.ts";
import { deploymentComparisons, imageComparisons } from "../app.ts";
import type { VerifyContext } from "../context.ts";
import { compared } from "./compared.ts";

const severity = "error";

/** Whether what was released is what runs. */
export const releaseChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "running-images",
      severity,
      what: "The active deployment runs the images of the release file.",
      why: "A deployment that failed leaves the old images running although state and plan say otherwise.",
      fix: "`mam deploy <environment>` deploys the release file again and says why it fails",
    },
    imageComparisons,
  ),
  compared(
    {
      id: "deployment-active",
      severity,
      what: "The app's deployment is active, and no other is under way.",
      why: "What a deployment under way comes to is not known yet.",
      fix: "wait until it has ended; mam status shows what becomes of it",
    },
    (_, observed) => deploymentComparisons(observed),
  ),
  {
    id: "newest-deployment",
    severity,
    what: "The newest deployment did not fail.",
    why: "After a failed deployment the app's spec says what does not run, and Terraform sees nothing to change.",
    fix: "`mam deploy <environment>` deploys again and says why it fails; mam rollback goes back",
    run: async ({ session, app }) => {
      const { id: app_id, active_deployment: active } = await app();
      const query = { per_page: 1 };
      const api = session.clients.digitalOcean();
      const [newest] = (await api.call("listDeployments", { app_id }, { query })).deployments ?? [];
      const hasFailed = newest?.phase === "ERROR" || newest?.phase === "CANCELED";
      if (!newest || !hasFailed) return [];
      return [
        {
          resource: `the newest deployment, ${newest.id}`,
          expected: "ACTIVE",
          found: `${newest.phase ?? "unknown"}; what serves is ${active?.id ?? "nothing"}`,
        },
      ];
    },
  },
  {
    id: "not-pinned",
    severity,
    what: "The app is not pinned to a rollback.",
    why: "App Platform refuses every deployment until a rollback is committed or reverted.",
    fix: "`mam rollback <environment> --emergency` finishes it; the control panel reverts it",
    run: async ({ app }) => {
      const { spec, pinned_deployment: pinned } = await app();
      if (!pinned) return [];
      return [
        {
          resource: `the app ${spec.name}`,
          expected: "no rollback under way",
          found: `pinned to deployment ${pinned.id}`,
        },
      ];
    },
  },
];
