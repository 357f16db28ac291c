import type { AlertSource } from "./alert.ts";

const onCall = "whoever `alerting.recipients` names, by e-mail";

const ofApp = `${onCall}, since \`mam deploy\` has told the platform so. Until then, as after a deployment by \`cdktf\` alone, the owner of the account`;

/** Whom an alert tells, by who makes it. In an environment without recipients no alert is made, and nobody is told. */
export const tells: Readonly<Record<AlertSource, string>> = {
  uptime: `${onCall}: when it begins, and when it is over`,
  insights: `${onCall}, through the channel \`mam <environment>: on call\`: when it begins, again every four hours, and when it is over`,
  component: ofApp,
  app: ofApp,
  database: onCall,
  droplet: onCall,
};
