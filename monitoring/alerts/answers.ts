import { type AlertAnswer, alertId } from "./alert.ts";
import { appAnswers, componentAnswers } from "./app.ts";
import { databaseAnswers } from "./database.ts";
import { dropletAnswers } from "./droplet.ts";
import { insightsAnswers } from "./insights.ts";
import { serviceLevelAnswers } from "./service-levels.ts";
import { uptimeAnswers } from "./uptime.ts";

/** The answer to every alert that exists. */
export const alertAnswers: readonly AlertAnswer[] = [
  ...uptimeAnswers,
  ...serviceLevelAnswers,
  ...insightsAnswers,
  ...componentAnswers,
  ...appAnswers,
  ...databaseAnswers,
  ...dropletAnswers,
];

const byId = new Map(alertAnswers.map((answer) => [alertId(answer), answer]));

/** The answer to an alert. @throws Error for one that has none: nobody adds an alert without its answer. */
export function answerTo(of: Pick<AlertAnswer, "source" | "key">): AlertAnswer {
  const answer = byId.get(alertId(of));
  if (!answer) throw new Error(`no answer in monitoring/alerts/ to the alert "${alertId(of)}"`);
  return answer;
}

/** What an alert says in a mail, behind its numbers: what it means, what to look at first, and where the rest stands. */
export function briefly(answer: AlertAnswer, environment: string): string {
  const [meaning = ""] = answer.meaning.split(/(?<=\.) /);
  const [first] = answer.looks;
  const command = first.command.replaceAll("<environment>", environment);
  return `${meaning} First: ${command}. All of it: docs/alerts.md`;
}
