import type { AlertAnswer, AlertSource } from "../../monitoring/alerts/alert.ts";
import { alertAnswers } from "../../monitoring/alerts/answers.ts";
import { tells } from "../../monitoring/alerts/tells.ts";
import { code, generatedPage } from "./markdown.ts";

const introduction = `
An alert came: find it here by what the mail says. Each has what it means to users, the first three things to look at with the
line that shows them, what mends it, and whom it tells. \`<environment>\` is the environment's name, such as \`production\`; \`<app>\` is an
id that \`doctl apps list\` shows; the hosts are in the environment's file.

An environment whose \`alerting.recipients\` are empty has no alerts, and \`alerting.mutedReason\` says why. Values from which an alert is sent: \`alerting\` in
[configuration.md](configuration.md). The same numbers are drawn in the dashboard.
`;

const sections: Readonly<Record<AlertSource, { readonly title: string; readonly about: string }>> =
  {
    uptime: {
      title: "Checks from outside",
      about:
        "DigitalOcean asks each public host from several places. The mail names the check and the alert: `mam-production-api-down`.",
    },
    insights: {
      title: "Insights",
      about:
        "Rules that `mam dashboard` makes. The mail has the rule's name: `mam production: the API answers slowly`.",
    },
    component: {
      title: "Services and the worker",
      about: "Rules of the app. The mail names the rule and the component.",
    },
    app: { title: "The app as a whole", about: "Rules of the app. The mail names the rule." },
    database: {
      title: "Databases",
      about: "Alert policies of the clusters. Their description says in short what stands here.",
    },
    droplet: {
      title: "GPU machines",
      about:
        "Alert policies of machines with a card, where `services.worker.gpu` asks for some. Their description says in short what stands here.",
    },
  };

/** Every alert and its answer, from the table that the alerts' own texts are made from. */
export function alertsPage(): string {
  const parts = Object.entries(sections).map(([source, { title, about }]) => {
    const own = alertAnswers.filter((answer) => answer.source === source);
    return `## ${title}\n\n${about}\n\n${own.map(answerText).join("\n\n")}`;
  });
  return [generatedPage("Alerts", introduction), ...parts, ""].join("\n\n");
}

function answerText({ source, key, title, meaning, looks, mends }: AlertAnswer): string {
  const first = looks.map(
    ({ question, command }, index) => `${index + 1}. ${question} ${code(command)}`,
  );
  return [
    `### ${title}`,
    code(key),
    `**To users:** ${meaning}`,
    `**Look:**\n\n${first.join("\n")}`,
    `**Mends it:** ${mends}`,
    `**Tells:** ${tells[source]}.`,
  ].join("\n\n");
}
