import { type Check, CheckSkipped } from "../../context/check.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { everyPage } from "../../platform/every-page.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Whether alerts reach anybody. */
export const recipientChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "alert-recipients",
    severity: "error",
    what: "Every recipient of alerts is a verified member of the team.",
    why: "DigitalOcean refuses an alert for anybody else, in the middle of a deployment.",
    fix: "invite the address at https://cloud.digitalocean.com/account/team and have it verified, or change `alerting.recipients`",
    run: async (context) => {
      const { recipients } = context.session.environment.config.alerting;
      const { email, email_verified: isVerified } = await context.account();
      if (!isVerified && recipients.includes(email)) {
        return [{ resource: email, expected: "a verified address", found: "not verified yet" }];
      }
      const api = context.session.clients.digitalOcean();
      const known = new Set([email, ...(await acceptedRecipients(api, context))]);
      const unknown = recipients.filter((recipient) => !known.has(recipient));
      if (unknown.length === 0) return [];
      throw new CheckSkipped(
        `the API lists no members, and no alert was ever accepted for ${unknown.join(", ")}: look at https://cloud.digitalocean.com/account/team`,
      );
    },
  },
]);

/** Addresses that DigitalOcean has accepted for an alert before, which it does for verified members only. */
async function acceptedRecipients(api: DigitalOcean, { app }: DoctorContext): Promise<string[]> {
  const [policies, standing] = await Promise.all([
    everyPage(
      (query) => api.call("listAlertPolicies", {}, { query }),
      ({ policies: page }) => page,
    ),
    app(),
  ]);
  const alerts = standing ? await api.call("listAppAlerts", { app_id: standing.id }) : undefined;
  return [
    ...policies.flatMap((policy) => policy.alerts.email ?? []),
    ...(alerts?.alerts ?? []).flatMap(({ emails }) => emails ?? []),
  ];
}
