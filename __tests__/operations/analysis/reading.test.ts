import { readSignals } from "../../../operations/analysis/reading.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";
import { aDeployedEnvironment } from "../../support/recorded/environment.ts";

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

const objective = (name: string, changed: object = {}) => ({
  name,
  value: 0.2,
  threshold: 1,
  unit: "percent",
  met: true,
  ...changed,
});

/** Reads where each service answers by its address. */
const read = (answers: (address: string) => { status: number; objectives?: readonly object[] }) => {
  const { session } = world;
  const internet = session.clients.internet();
  const answer = (address: string) => {
    const { status, objectives } = answers(address);
    const body = objectives ? JSON.stringify({ objectives, instances: "all" }) : "a page";
    return Promise.resolve({ status, location: undefined, body });
  };
  const clients = { ...session.clients, internet: () => ({ ...internet, read: answer }) };
  return readSignals({ ...session, clients });
};

const well = () => ({ status: 200, objectives: [objective("error-rate")] });

type Items = (typeof world.platform)["answers"];
type Instances = ReturnType<NonNullable<Items["listInsightsAlertInstances"]>>["alert_instances"];

/** What fires, and the rules by their ids and names. */
function insightsAnswers(instances: Instances, rules: Readonly<Record<string, string>>): void {
  const { answers } = world.platform;
  answers.listInsightsAlertInstances = () => ({ alert_instances: instances });
  answers.listInsightsAlertRules = () => ({
    alert_rules: Object.entries(rules).map(([id, name]) => ({
      id,
      spec: { name, query: { metric: "cpu" }, thresholds: { operator: ">" } },
    })),
  });
}

test("objectives are signals, without those that are off and those that no release changes", async () => {
  insightsAnswers([], {});
  const objectives = [
    objective("error-rate", { met: false, value: 5.2 }),
    objective("p95", { off: "nobody measures it" }),
    objective("backup-age", { met: false }),
  ];
  const { signals, unread } = await read((address) =>
    address.includes("/api/") ? { status: 503, objectives } : well(),
  );

  expect(signals.filter(({ source }) => source === "api")).toEqual([
    expect.objectContaining({
      name: "api error-rate",
      red: true,
      observed: 5.2,
      threshold: 1,
      said: "api misses error-rate: 5.2 percent, at most 1",
    }),
  ]);
  expect(unread).toEqual({});
});

test("a service that answers something else, or nothing, is not read", async () => {
  insightsAnswers([], {});
  const { unread, signals } = await read((address) => {
    if (address.includes("/api/")) return { status: 404 };
    return address.includes("media.") ? { status: 502 } : well();
  });

  expect(unread).toEqual({
    api: "answers 404, and not with its service levels",
    edge: "answers 502, and not with its service levels",
  });
  expect(signals.map(({ source }) => source)).toEqual(["frontend"]);
});

test("a critical rule of Insights that fires is red, one that warns is not", async () => {
  const fired = { status: "active", triggered_at: "2026-11-24T10:00:00Z", resource_urn: "" };
  insightsAnswers(
    [
      { ...fired, id: "1", rule_id: "a", severity: "critical", value: 97 },
      { ...fired, id: "2", rule_id: "b", severity: "warning", value: null },
      { ...fired, id: "3", rule_id: "c", severity: "critical" },
    ],
    { a: "mam production: cpu", b: "mam production: memory", c: "mam staging: cpu" },
  );
  const { signals, unread } = await read(well);

  expect(unread).toEqual({});
  expect(signals.filter(({ source }) => source === "Insights")).toMatchObject([
    { name: "Insights cpu", red: true, observed: 97, said: "Insights alerts: cpu, at 97" },
    { name: "Insights memory", red: false, observed: null },
  ]);
});

test("Insights that is switched off is not watched, and that is said", async () => {
  await world.close();
  world = openWorld({ environment: aDeployedEnvironment() });
  const { unasked, unread } = await read(well);

  expect(unread).toEqual({});
  expect(unasked).toEqual([expect.stringMatching(/^Insights is switched off: Accepted/)]);
});

test("Insights that gives no answer is not read", async () => {
  world.platform.answers.listInsightsAlertInstances = () => {
    throw new Error("the platform is away");
  };
  const { unread } = await read(well);

  expect(unread).toEqual({ Insights: expect.stringContaining("the platform is away") });
});
