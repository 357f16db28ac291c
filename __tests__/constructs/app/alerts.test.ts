import type { Release } from "../../../environments/schema/release.ts";
import { appAlerts, componentAlerts, ignoredDestinations } from "../../../constructs/app/alerts.ts";
import { production } from "../../../environments/production.ts";
import { staging } from "../../../environments/staging.ts";
import { changed, checked, release, releaseWithBackup } from "../../support/environments.ts";

const config = checked(production);
const destinations = { emails: ["on-call@northlight.example"] };
const muted = checked(
  changed(
    (draft) =>
      (draft.alerting = { mutedReason: "Accepted until the load test of the coming quarter." }),
  ),
);

test("failed deployments, domains and autoscaling are alerts of the app", () => {
  expect(appAlerts(config)).toEqual([
    { rule: "DEPLOYMENT_FAILED", destinations },
    { rule: "DOMAIN_FAILED", destinations },
    { rule: "AUTOSCALE_FAILED", destinations },
  ]);
});

test("an app that does not autoscale has no alert about it", () => {
  expect(appAlerts(checked(staging)).map(({ rule }) => rule)).not.toContain("AUTOSCALE_FAILED");
});

test("a component alerts on CPU, memory and restarts, with the environment's thresholds", () => {
  const strict = checked(
    changed((draft) => (draft.alerting.components = { cpuPercent: 50, restarts: 1 })),
  );

  expect(componentAlerts({ config: strict, release }, "frontend")).toEqual([
    {
      rule: "CPU_UTILIZATION",
      operator: "GREATER_THAN",
      value: 50,
      window: "TEN_MINUTES",
      destinations,
    },
    {
      rule: "MEM_UTILIZATION",
      operator: "GREATER_THAN",
      value: 85,
      window: "FIVE_MINUTES",
      destinations,
    },
    {
      rule: "RESTART_COUNT",
      operator: "GREATER_THAN",
      value: 1,
      window: "TEN_MINUTES",
      destinations,
    },
  ]);
});

test("one component says where the alerts go: the backup, which may come later, or the first one", () => {
  const saying = (release: Release) =>
    (["frontend", "api", "edge", "worker", "backup"] as const).filter((name) =>
      componentAlerts({ config, release }, name).every(({ destinations: said }) => said),
    );

  expect(saying(releaseWithBackup)).toEqual(["backup"]);
  expect(saying(release)).toEqual(["frontend"]);
});

test("a muted environment has no alerts", () => {
  expect([...appAlerts(muted), ...componentAlerts({ config: muted, release }, "frontend")]).toEqual(
    [],
  );
  expect(ignoredDestinations(muted, { services: ["api"], workers: [] })).toEqual([]);
});

test("the destinations of every alert are ignored, and nothing else", () => {
  expect(
    ignoredDestinations(config, { services: ["frontend", "api"], workers: ["worker"] }),
  ).toEqual([
    "spec[0].alert[0].destinations",
    "spec[0].alert[1].destinations",
    "spec[0].alert[2].destinations",
    "spec[0].service[0].alert[0].destinations",
    "spec[0].service[0].alert[1].destinations",
    "spec[0].service[0].alert[2].destinations",
    "spec[0].service[1].alert[0].destinations",
    "spec[0].service[1].alert[1].destinations",
    "spec[0].service[1].alert[2].destinations",
    "spec[0].worker[0].alert[0].destinations",
    "spec[0].worker[0].alert[1].destinations",
    "spec[0].worker[0].alert[2].destinations",
  ]);
});
