import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, steps, table, text } from "../model.ts";

/** Who is told of what. */
export function peopleSection(config: EnvironmentConfig): Section {
  const { alerting, name } = config;
  const { slackVariable, webhookVariable, onlyFailures } = alerting.afterDeployment;
  const everybody = alerting.recipients.join(", ");
  const of = onlyFailures ? "a deployment that failed" : "what a deployment came to";
  return {
    title: "Who is told",
    goals: [{ want: "change who is told", title: "Who is told" }],
    blocks: [
      table(
        ["What", "Who", "Field"],
        [
          ["every alert", everybody === "" ? "nobody" : everybody, "`alerting.recipients`"],
          ...(slackVariable
            ? [[of, `Slack, by the webhook in \`${slackVariable}\``, "`alerting.afterDeployment`"]]
            : []),
          ...(webhookVariable
            ? [[of, `the address in \`${webhookVariable}\``, "`alerting.afterDeployment`"]]
            : []),
          ["every release", "the history: `mam rollback … --list`", ""],
        ],
      ),
      ...(alerting.mutedReason === undefined
        ? []
        : [text(`Why nobody is told: ${alerting.mutedReason}`)]),
      steps(
        "Invite the address to the DigitalOcean team at https://cloud.digitalocean.com/account/team: only verified members get alerts.",
        `Write it into \`alerting.recipients\` of \`environments/${name}.ts\`.`,
        `\`npx mam deploy ${name}\`: recipients are set for every alert, new ones too.`,
      ),
    ],
  };
}
