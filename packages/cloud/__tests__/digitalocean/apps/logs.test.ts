import { appendLog, followLog, logText } from "../../../src/digitalocean/apps/logs.ts";
import type { Deployment, LogLine } from "../../../src/digitalocean/apps/model.ts";

const line = (component: string, text: string): LogLine => ({
  at: "2026-11-28T00:00:00.000Z",
  component,
  type: "RUN",
  line: text,
});

// Nothing else of a deployment is looked at.
const aDeployment = () => ({ logs: [] as LogLine[] }) as unknown as Deployment;

test("a component that writes much pushes its own old lines out, and nobody else's", () => {
  const deployment = aDeployment();
  appendLog(deployment, line("api", "the only one"));
  for (let count = 0; count < 20_000; count += 1) appendLog(deployment, line("worker", `${count}`));

  const texts = deployment.logs.map(({ line: text }) => text);
  expect(texts[0]).toBe("the only one");
  expect(texts.at(-1)).toBe("19999");
  expect(texts.length).toBeLessThanOrEqual(10_001);
});

test("who follows hears further lines until he goes", () => {
  const deployment = aDeployment();
  const heard: string[] = [];
  appendLog(deployment, line("api", "before"));
  const end = followLog(deployment, (one) => heard.push(logText(one)));
  appendLog(deployment, line("api", "during"));
  end();
  appendLog(deployment, line("api", "after"));

  expect(heard).toEqual(["api 2026-11-28T00:00:00.000Z during\n"]);
});
