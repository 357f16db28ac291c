import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type LogGuide, logGuides } from "../../../monitoring/log-queries.ts";
import { consolesOf } from "../consoles.ts";
import { type Block, type Section, heading, lines, table, text } from "../model.ts";

/** Where the lines of the services are, and how they are asked. */
export function logsSection(config: EnvironmentConfig): Section {
  const { kind, index } = config.logs.destination;
  const guide = logGuides[kind];
  return {
    title: "Logs",
    goals: [{ want: "read logs, and find out why requests fail", title: "Logs" }],
    blocks: [
      text(where(config, guide)),
      heading("The last lines, at once"),
      lines(
        "sh",
        "doctl apps list --format ID,Spec.Name        # the id of the app",
        "doctl apps logs <app> api --type run --follow",
        "doctl apps logs <app> --type run_restarted   # what an instance said before it ended",
      ),
      heading("Questions"),
      text(guide.about),
      ...guide.queries.flatMap((query): Block[] => [
        text(`${query.question}:`),
        lines(guide.language, withIndex(query.query, index)),
      ]),
      text(
        `Least level: \`${config.logs.level}\` (\`logs.level\`). What a line holds, and never holds: [log lines](logs.md).`,
      ),
      ...databaseSink(config),
    ],
  };
}

function where(config: EnvironmentConfig, { title }: LogGuide): string {
  const { kind, noneReason } = config.logs.destination;
  const page = consolesOf(config).find(({ what }) => what === "logs");
  return kind === "none" || !page
    ? `The lines are kept nowhere but in App Platform's own short history. Why: ${noneReason ?? "nobody wrote it down"}`
    : `All lines of all services are at [${title}](${page.address}).`;
}

/** Queries of OpenSearch with the environment's own index. */
function withIndex(query: string, index: string | undefined): string {
  return index === undefined ? query : query.replace("POST index/", `POST ${index}/`);
}

function databaseSink({ logs: { databaseSink } }: EnvironmentConfig): Block[] {
  if (!databaseSink)
    return [text("The clusters send their own logs nowhere: `logs.databaseSink`.")];
  const { server, port, clusters } = databaseSink;
  return [
    table(
      ["Logs of", "Sent to"],
      clusters.map((one) => [one, `${server}:${port}`]),
    ),
  ];
}
