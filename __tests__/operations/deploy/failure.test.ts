import { MockAgent } from "undici";

import { explainFailure, renderAppFailure } from "../../../operations/deploy/failure.ts";
import { aDeployedEnvironment } from "../../support/recorded/environment.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

const environment = aDeployedEnvironment();
const logs = "https://logs.example";

let world: World;
let web: MockAgent;

beforeEach(() => {
  world = openWorld({ environment });
  web = new MockAgent();
  web.disableNetConnect();
  world.platform.answers.getDeploymentLogs = ({ of }) => ({
    historic_urls: [`${logs}/old`, `${logs}/${of.component_name ?? ""}`],
  });
});
afterEach(async () => {
  await web.close();
  await world.close();
});

const logOf = (component: string, text: string, status = 200) => {
  web
    .get(logs)
    .intercept({ path: `/${component}` })
    .reply(status, text);
};

const step = (component_name: string | undefined, message?: string) => ({
  ...{ name: "deploy", status: "ERROR", component_name },
  ...(message === undefined ? {} : { reason: { message } }),
});

async function told(steps: ReturnType<typeof step>[], app = world.platform.observed.app!) {
  const session = { ...world.session, clients: { ...world.session.clients, web: () => web } };
  const deployment = { id: "second", phase: "ERROR", progress: { steps } };
  return renderAppFailure(await explainFailure(session, app, deployment)).split("\n");
}

test("a failure says what failed, the last lines of its log, and what serves", async () => {
  const lines = Array.from({ length: 25 }, (_, index) => `line ${index + 1}`);
  logOf("api", `\n${lines.join("\n")}\n\n`);
  const text = await told([step("api", "no answer at /api/health"), step(undefined)]);

  expect(text).toEqual([
    "The app's deployment second failed: ERROR.",
    "  api: no answer at /api/health",
    ...lines.slice(5).map((line) => `    | ${line}`),
    "  the app: the step deploy failed",
    "  What serves is deployment deployment, since :",
    "    frontend sha256:111111111111",
    "    api sha256:222222222222",
    "    worker sha256:333333333333",
    "    edge sha256:444444444444",
    "",
  ]);
});

test("no line of a log repeats a secret, or commands the terminal", async () => {
  const password = "a password that the state has";
  world.bucket.objects.set(
    "production-data.tfstate",
    JSON.stringify({ resources: [{ instances: [{ attributes: { password } }] }] }),
  );
  logOf("api", `cannot connect with ${password}\u001B[2J`);

  const lines = (await told([step("api")])).join("\n");
  expect(lines).toContain("| cannot connect with (secret)");
  expect(lines).not.toContain("\u001B");
});

test.each<[what: string, arrange: () => unknown, line: string]>([
  [
    "the platform has none",
    () => {
      world.platform.answers.getDeploymentLogs = () => ({});
    },
    "(the platform has no log of it)",
  ],
  [
    "there is only that of what still runs, and it is empty",
    () => {
      world.platform.answers.getDeploymentLogs = () => ({ live_url: `${logs}/live` });
      logOf("live", " \n");
    },
    "(the log is empty)",
  ],
  [
    "its address has expired",
    () => {
      logOf("api", "expired", 403);
    },
    "(the log cannot be read: its address answers 403)",
  ],
  [
    "the platform does not tell its address",
    () => {
      world.platform.answers.getDeploymentLogs = () => {
        throw refusedBy(503);
      };
    },
    "(the log cannot be read: GET /v2: 503 refused)",
  ],
])("a log is no second failure when %s", async (_, arrange, line) => {
  arrange();

  expect((await told([step("api", "it failed")])).slice(1, 3)).toEqual([
    "  api: it failed",
    `    | ${line}`,
  ]);
});

test("nothing serves before a deployment has gone well", async () => {
  const text = await told([], { ...world.platform.observed.app!, active_deployment: null });

  expect(text.slice(1)).toEqual([
    "  Nothing serves: no deployment of the app has gone well yet.",
    "",
  ]);
});
