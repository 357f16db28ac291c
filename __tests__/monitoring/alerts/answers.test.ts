import { Command } from "commander";

import { environments } from "../../../environments/index.ts";
import { alertId } from "../../../monitoring/alerts/alert.ts";
import { alertAnswers, answerTo, briefly } from "../../../monitoring/alerts/answers.ts";
import { insightsRules } from "../../../monitoring/rules.ts";
import { namePrefix } from "../../../monitoring/mark.ts";
import { alertsPage } from "../../../scripts/docs/alerts.ts";
import { commands } from "../../../operations/commands/commands.ts";
import { anEnvironment } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";
import { resources, stackOf } from "../../support/stacks.ts";

const all = [...Object.values(environments), withGpu()].map((input) => anEnvironment(input));

interface Alerting {
  readonly alert?: readonly {
    readonly rule: string;
    readonly destinations?: { readonly emails: readonly string[] };
  }[];
}
interface Spec extends Alerting {
  readonly service: readonly Alerting[];
  readonly worker: readonly Alerting[];
}

/** Every alert of the app stack, by its source and what its maker calls it. */
function alertsOfApp(environment: (typeof all)[number]): string[] {
  const stack = stackOf(environment, "app");
  const apps = resources(stack, "digitalocean_app").map(([, app]) => app.spec as Spec);
  const rules = (source: "app" | "component", of: readonly Alerting[]) =>
    of.flatMap(({ alert }) => alert ?? []).map(({ rule }) => alertId({ source, key: rule }));
  const { product, name } = environment.config;
  return [
    ...rules("app", apps),
    ...rules(
      "component",
      apps.flatMap(({ service, worker }) => [...service, ...worker]),
    ),
    ...resources(stack, "digitalocean_uptime_alert").map(([, alert]) => {
      const check = resources(stack, "digitalocean_uptime_check").find(([id]) =>
        String(alert.check_id).includes(`.${id}.`),
      );
      const noun = String(check![1].name).replace(`${product}-${name}-`, "");
      return alertId({ source: "uptime", key: `${noun} ${String(alert.type)}` });
    }),
  ];
}

/** Every alert policy of the data stack. */
function alertsOfData(environment: (typeof all)[number]): string[] {
  const { product, name } = environment.config;
  return resources(stackOf(environment, "data"), "digitalocean_monitor_alert").map(([, alert]) => {
    const [cluster = ""] = String(alert.description).replace(`${product}-${name}-`, "").split(":");
    const metric = String(alert.type).replace(/^v1\/dbaas\/alerts\//, "");
    const [measured = ""] = metric.split("_");
    return alertId({ source: "database", key: `${cluster} ${measured}` });
  });
}

/** Every alert policy of the GPU stack. */
function alertsOfMachines(environment: (typeof all)[number]): string[] {
  if (!environment.config.services.worker.gpu) return [];
  return resources(stackOf(environment, "gpu"), "digitalocean_monitor_alert").map(([, alert]) => {
    const metric = String(alert.type).replace(/^v1\/insights\/droplet\//, "");
    const [measured = ""] = metric.split("_");
    return alertId({ source: "droplet", key: `gpu ${measured}` });
  });
}

function alertsOfInsights({ config }: (typeof all)[number]): string[] {
  return insightsRules(config, { app: "a", postgres: "p", valkey: "v" }).map(({ name }) =>
    alertId({ source: "insights", key: name.replace(namePrefix(config.name), "") }),
  );
}

test("every alert that is deployed has an answer, and every answer has an alert", () => {
  const deployed = all.flatMap((environment) => [
    ...alertsOfApp(environment),
    ...alertsOfData(environment),
    ...alertsOfMachines(environment),
    ...alertsOfInsights(environment),
  ]);

  expect([...new Set(deployed)].toSorted()).toEqual(alertAnswers.map(alertId).toSorted());
});

test("every check from outside has alerts, and with them answers", () => {
  for (const environment of all) {
    const stack = stackOf(environment, "app");
    const unwatched = resources(stack, "digitalocean_uptime_check").filter(
      ([id]) =>
        !resources(stack, "digitalocean_uptime_alert").some(([, alert]) =>
          String(alert.check_id).includes(`.${id}.`),
        ),
    );
    expect(unwatched).toEqual([]);
  }
});

/** Addresses that each alert in the stacks of an environment is sent to. */
function told(environment: (typeof all)[number]): readonly (readonly string[])[] {
  const app = stackOf(environment, "app");
  const specs = resources(app, "digitalocean_app").map(([, one]) => one.spec as Spec);
  const ofSpecs = specs.flatMap((spec) =>
    [spec, ...spec.service, ...spec.worker].flatMap(({ alert }) => alert ?? []),
  );
  // The provider assigns them by the rule alone: what one component says is everyone's.
  const byRule = new Map(
    ofSpecs.flatMap(({ rule, destinations }) =>
      destinations ? [[rule, destinations.emails] as const] : [],
    ),
  );
  type Mailed = readonly { readonly email: readonly string[] }[];
  return [
    ...ofSpecs.map(({ rule }) => byRule.get(rule) ?? []),
    ...resources(app, "digitalocean_uptime_alert").flatMap(([, { notifications }]) =>
      (notifications as Mailed).map(({ email }) => email),
    ),
    ...resources(stackOf(environment, "data"), "digitalocean_monitor_alert").map(
      ([, { alerts }]) => (alerts as { readonly email: readonly string[] }).email,
    ),
  ];
}

test("every alert tells the environment's recipients and nobody else, and each row says so", () => {
  for (const environment of all) {
    const { recipients } = environment.config.alerting;
    const others = told(environment).filter((emails) => emails.join() !== recipients.join());
    expect(others).toEqual([]);
  }
  const rows = alertsPage().split(/^### /m).slice(1);
  const silent = rows.filter((row) => !/^\*\*Tells:\*\* whoever `alerting\.recipients`/m.test(row));

  expect(rows).toHaveLength(alertAnswers.length);
  expect(silent).toEqual([]);
});

test("an alert that nobody has an answer to is refused where it would be made", () => {
  expect(() => answerTo({ source: "database", key: "postgres swap" })).toThrow(
    'no answer in monitoring/alerts/ to the alert "database: postgres swap"',
  );
});

const program = new Command("mam");
for (const load of Object.values(commands)) (await load())(program);

/** The command that a line calls, the arguments that it takes, and the options it has; undefined for no command of mam. */
function called(line: string) {
  const words = line.split(" ").slice(1);
  let command: Command | undefined = program;
  while (command && command.commands.length > 0) {
    const word = words.shift();
    command = command.commands.find((one) => one.name() === word);
  }
  return command && { command, words };
}

/** Every line of `mam` in an answer: what is looked at, and what mends. */
const lines = alertAnswers.flatMap(({ looks, mends }) => [
  ...looks.map(({ command }) => command).filter((command) => command.startsWith("mam ")),
  ...[...mends.matchAll(/`(mam [^`]*)`/g)].map(([, line = ""]) => line),
]);

test.each([...new Set(lines)])("%s is a command that there is", (line) => {
  const found = called(line)!;
  const options = found.words.filter((word) => word.startsWith("--"));
  const operands = found.words.filter((word) => !word.startsWith("--"));

  expect(found).toBeDefined();
  for (const option of options) {
    expect(found.command.options.map(({ long }) => long)).toContain(option);
  }
  expect(operands.length).toBeLessThanOrEqual(found.command.registeredArguments.length);
  // In a sentence the command's name alone may stand for it.
  if (operands.length > 0) expect(operands[0]).toBe("<environment>");
});

test("what else is typed is one of few lines", () => {
  const others = alertAnswers
    .flatMap(({ looks }) => looks.map(({ command }) => command))
    .filter((command) => !command.startsWith("mam "));

  expect([...new Set(others)].toSorted()).toEqual([
    "curl -s https://<app host>/api/service-levels",
    "curl -s https://<app host>/service-levels",
    "curl -s https://<media host>/service-levels",
    "curl -sv https://<app host>/",
    "curl -sv https://<app host>/api/health",
    "curl -sv https://<media host>/health",
    "doctl apps list --format ID,Spec.Name",
    "doctl apps logs <app> --type run --tail 200",
    "doctl apps logs <app> --type run_restarted",
    "doctl compute droplet list",
    "doctl databases list",
  ]);
});

test("three different things are looked at for every alert", () => {
  const repeating = alertAnswers.filter(
    ({ looks }) => new Set(looks.map(({ command }) => command)).size < 3,
  );

  expect(repeating.map(alertId)).toEqual([]);
});

test("a mail about a cluster says what it means, what to look at first and where the rest stands", () => {
  const descriptions = resources(
    stackOf(
      all.find(({ config }) => config.name === "production")!,
      "data",
    ),
    "digitalocean_monitor_alert",
  ).map(([, alert]) => String(alert.description));

  expect(descriptions).toContain(
    "mam-production-postgres: disk above 80 % for 30m. A full disk makes PostgreSQL read-only. First: doctl databases list. All of it: docs/alerts.md",
  );
  // No limit of a description is documented; what lists and mails show is about two lines.
  expect(descriptions.filter(({ length }) => length > 200)).toEqual([]);
});

test("in short an answer is its first sentence and its first command, for the environment", () => {
  const [answer] = alertAnswers;

  expect(briefly({ ...answer!, meaning: "One. Two." }, "staging")).toMatch(/^One\. First: /);
  expect(briefly(answerTo({ source: "database", key: "valkey cpu" }), "staging")).toContain(
    "mam status staging",
  );
});
