import { clusterName, resourceName } from "../../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { AlertAnswer, AlertSource } from "../../../monitoring/alerts/alert.ts";
import { alertAnswers } from "../../../monitoring/alerts/answers.ts";
import { tells } from "../../../monitoring/alerts/tells.ts";
import { type Block, type Section, heading, list, table, text, toHeading } from "../model.ts";

/** Where an alert of each kind comes from, and what its mail is recognised by. */
const sources: Readonly<Record<AlertSource, string>> = {
  uptime: "A check from outside. The mail names the check and the alert.",
  insights: "A rule on Insights. The mail has the rule's name.",
  component: "A rule of the app about each service. The mail names the rule and the component.",
  app: "A rule of the app as a whole. The mail names the rule.",
  database: "A policy of a cluster. Its description says in short what stands here.",
  droplet: "A policy of GPU machines. Its description says in short what stands here.",
};

/** Every alert that the environment may send, with its answer. */
export function alertsSection(config: EnvironmentConfig): Section {
  const answers = answersOf(config);
  return {
    title: "Alerts",
    goals: [{ want: "answer an alert", title: "Alerts" }],
    blocks: [
      text(whoIsTold(config)),
      table(
        ["What the mail says", "What it is"],
        answers.map((answer) => [
          `\`${nameOf(config, answer)}\``,
          toHeading(answer.title, titleOf(answers, answer)),
        ]),
      ),
      ...answers.flatMap((answer) => answerBlocks(config, answer, titleOf(answers, answer))),
      text("Values from which each is sent: `alerting` in [configuration](configuration.md)."),
    ],
  };
}

/** The answers to alerts that this environment can send. */
function answersOf({ alerting, monitoring, services }: EnvironmentConfig): AlertAnswer[] {
  if (alerting.recipients.length === 0) return [];
  const { insights, objectives } = monitoring;
  return alertAnswers.filter(
    ({ source, key }) =>
      (insights.enabled || source !== "insights") &&
      (services.worker.gpu !== undefined || source !== "droplet") &&
      (objectives.enabled || !key.startsWith("service-levels-")),
  );
}

function whoIsTold({ alerting }: EnvironmentConfig): string {
  const { recipients, mutedReason } = alerting;
  return recipients.length > 0
    ? `Sent by e-mail to ${recipients.join(", ")}. Find the alert by what the mail says; each has what it means to users, what to look at first, and what mends it.`
    : `This environment sends no alerts. Why: ${mutedReason ?? "nobody wrote it down"}`;
}

/** How each maker names an alert in this environment. */
function nameOf(config: EnvironmentConfig, { source, key }: AlertAnswer): string {
  const { product, name } = config;
  switch (source) {
    case "uptime":
      return resourceName(config, key.replaceAll(/[ _]/g, "-"));
    case "insights":
      return `${product} ${name}: ${key}`;
    case "database": {
      const [cluster = "", what = ""] = key.split(" ");
      return `${clusterName(config, cluster === "postgres" ? cluster : "valkey")}: ${what} above …`;
    }
    case "droplet":
      return `${resourceName(config, "gpu-worker")}: ${key.replace("gpu ", "")} above …`;
    case "app":
    case "component":
      return key;
  }
}

/** A heading that no other answer has: two makers may say the same of one thing. */
function titleOf(answers: readonly AlertAnswer[], { title, source }: AlertAnswer): string {
  const first = answers.find((one) => one.title === title);
  return first?.source === source ? title : `${title}: ${source}`;
}

function answerBlocks(config: EnvironmentConfig, answer: AlertAnswer, title: string): Block[] {
  const { source, meaning, looks, mends } = answer;
  return [
    heading(title),
    text(`\`${nameOf(config, answer)}\`: ${sources[source]}`),
    list(
      `**To users:** ${filled(config, meaning)}`,
      ...looks.map(
        ({ question, command }, index) =>
          `**Look ${index + 1}:** ${question} \`${filled(config, command)}\``,
      ),
      `**Mends it:** ${filled(config, mends)}`,
      `**Tells:** ${filled(config, tells[source])}.`,
    ),
  ];
}

/** An answer with the names of this environment. */
function filled({ name, domain }: EnvironmentConfig, words: string): string {
  return words
    .replaceAll("<environment>", name)
    .replaceAll("<app host>", domain.appHost)
    .replaceAll("<media host>", domain.mediaHost);
}
