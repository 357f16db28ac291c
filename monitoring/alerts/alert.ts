/** Who makes an alert, and with it where it is seen and changed. */
export type AlertSource =
  /** A rule of the app's spec about the whole app. */
  | "app"
  /** A rule of the app's spec about each service and worker. */
  | "component"
  /** An alert of an uptime check. */
  | "uptime"
  /** An alert policy of a cluster. */
  | "database"
  /** An alert policy of machines with a card, where an environment has some. */
  | "droplet"
  /** A rule on Insights. */
  | "insights";

/** Something to look at, with the line that shows it. */
export interface Look {
  /** What a person wants to know, as a question. */
  readonly question: string;
  /** What shows it; `<environment>` is the environment's name, and other words in angles are said by the line before. */
  readonly command: string;
}

/** What an alert means, and what to do about it: one row for each alert that exists, and none for another. */
export interface AlertAnswer {
  readonly source: AlertSource;
  /** What its maker calls it, such as `CPU_UTILIZATION`, or `postgres cpu`. Together with the source it is unique. */
  readonly key: string;
  /** What it is, in words. */
  readonly title: string;
  /** What it means to users, as one or two sentences: the first is short enough for a mail. */
  readonly meaning: string;
  /** The first three things to look at, in this order. */
  readonly looks: readonly [Look, Look, Look];
  /** What mends it. */
  readonly mends: string;
}

/** Names an answer: what alerts and answers are matched by. */
export function alertId({ source, key }: Pick<AlertAnswer, "source" | "key">): string {
  return `${source}: ${key}`;
}
