import { randomUUID } from "node:crypto";

import type { Round, Scene } from "./remedy.ts";

/** Virtual seconds in which everything that is under way on the platform has ended. */
const aWhile = 1800;

const wait = ({ platform }: Scene) => platform.cloud.clock.sleep(aWhile);

const first = <T>(list: readonly T[], matches: (item: T) => boolean): T => {
  const found = list.find(matches);
  if (!found) throw new Error("there is none");
  return found;
};

/** What only waiting, another program, or a person in a control panel mends. */
export const handRounds: readonly Round[] = [
  {
    what: "the platform is at work",
    remedies: [
      {
        id: "deployment-active",
        breaks: ({ world: { app, active } }) =>
          app.deployments.push({ ...active, id: "next", phase: "DEPLOYING", stage: "rolling-out" }),
        // Nothing drives what was put there: it ends as if another had taken its place.
        follow: ({ world: { app } }) =>
          Object.assign(app.deployments.pop()!, { phase: "SUPERSEDED", stage: "over" }),
      },
      {
        id: "clusters-online",
        breaks: ({ platform, world: { postgres } }) =>
          platform.context.api.call(
            "resizeDatabase",
            { cluster_id: postgres.id },
            { body: { size: postgres.size, num_nodes: postgres.num_nodes } },
          ),
        follow: wait,
      },
      {
        id: "domains-active",
        breaks: ({ platform, world: { app, store } }) => {
          const [domain] = app.domains;
          Object.assign(domain!, { phase: "CONFIGURING" });
          domain!.progress.at(-1)!.status = "RUNNING";
          store.schedule.push({
            at: platform.cloud.clock.now().getTime() + 900_000,
            event: { kind: "domain-advances", app: app.id, domain: domain!.id },
          });
        },
        follow: wait,
      },
    ],
  },
  {
    what: "somebody paused a rule on Insights, and deleted the dashboard",
    remedies: [
      {
        id: "insights-dashboard",
        breaks: ({ world: { store } }) => store.insights.dashboards.splice(0),
      },
      {
        id: "insights-alert-rules",
        breaks: ({ world: { store } }) =>
          (store.insights.rules[0]!.status = "ALERT_RULE_STATUS_PAUSED"),
      },
    ],
  },
  {
    what: "somebody deleted records, and made things that nobody configured",
    remedies: [
      {
        id: "zone-records",
        breaks: ({ world: { store } }) => {
          const { records } = store.domains[0]!;
          const isHost = ({ type }: (typeof records)[number]) => type === "CNAME";
          while (records.some(isHost)) records.splice(records.findIndex(isHost), 1);
        },
      },
      {
        id: "database-contents",
        breaks: ({ world: { postgres } }) =>
          postgres.pools.push({ name: "reports", mode: "session", size: 1, db: "mam" }),
      },
      {
        id: "database-strangers",
        breaks: ({ world: { postgres } }) => {
          postgres.users.push({ name: "somebody", role: "normal", password: "hunter2" });
          postgres.dbs.push("copies");
        },
      },
      {
        id: "database-log-sinks",
        breaks: ({ world: { postgres } }) =>
          postgres.logsinks.push({
            sink_id: "stranger",
            sink_name: "elsewhere",
            sink_type: "opensearch",
            config: { url: "https://user:hunter2@logs.example", index_prefix: "logs" },
          }),
        follow: ({ platform, world: { postgres } }) =>
          platform.context.api.call("deleteLogsink", {
            cluster_id: postgres.id,
            sink_id: "stranger",
          }),
      },
      {
        id: "database-alerts",
        breaks: ({ world: { store, valkey } }) => {
          const policy = first(store.alertPolicies, ({ entities }) => entities.includes(valkey.id));
          store.alertPolicies.push({ ...policy, uuid: randomUUID(), description: "my own" });
        },
      },
      {
        id: "uptime-alerts",
        breaks: ({ world: { store } }) => {
          const { alerts } = store.uptimeChecks[0]!;
          alerts.push({ ...alerts[0]!, id: randomUUID(), name: "my own" });
        },
      },
      {
        id: "uptime-checks",
        breaks: ({ world: { store } }) => {
          const [check] = store.uptimeChecks;
          store.uptimeChecks.push({
            ...check!,
            id: randomUUID(),
            name: "mam-staging-x",
            alerts: [],
          });
        },
      },
      {
        id: "storage-users",
        breaks: ({ world: { user } }) => {
          const [key] = user("edge-reader").accessKeys.values();
          user("edge-reader").accessKeys.set("AKIAMADEBYSOMEBODY00", {
            ...key!,
            accessKeyId: "AKIAMADEBYSOMEBODY00",
          });
        },
      },
    ],
  },
  {
    what: "a rollback in the control panel was neither committed nor reverted",
    remedies: [
      {
        id: "not-pinned",
        breaks: async ({ platform, world: { app } }) => {
          const deployment_id = app.deployments.findLast(
            ({ succeeded, id }) => succeeded && id !== app.active_deployment,
          )!.id;
          await platform.context.api.call(
            "rollBackApp",
            { app_id: app.id },
            { body: { deployment_id } },
          );
          await platform.cloud.clock.sleep(aWhile);
        },
      },
    ],
  },
  {
    what: "a release is broken in a way that no health check of a deployment sees",
    remedies: [
      {
        id: "links-refused",
        breaks: async ({ platform, shell }) => {
          const { releases } = platform.context;
          releases.write(releases.push());
          await shell.type("mam deploy staging");
          const { edge } = releases.current().images;
          for (const { manifests } of platform.cloud.digitalOcean.store.registries[0]!
            .repositories) {
            for (const one of manifests) {
              if (one.digest === edge) Object.assign(one, { verifiesLinks: false });
            }
          }
        },
      },
      {
        id: "public-health",
        breaks: ({ world: { app } }) => {
          for (const instance of app.instances) {
            if (instance.component === "api") instance.terminated = 0;
          }
        },
      },
    ],
  },
];

/** Checks of verify whose fix cannot be played, and why. */
export const unplayed: Readonly<Record<string, string>> = {
  certificates: "App Platform renews certificates, and nobody else can",
  "certificate-days": "App Platform renews certificates, and nobody else can",
  "https-redirects": "whatever answers in front of App Platform is somebody else's",
  "database-backups": "DigitalOcean's support mends what makes no backups",
  "dump-age": "a person reads why the component failed, and dumps in its console",
  "dump-size": "a person compares two dumps, and nothing may be thrown away",
  "dumps-hidden": "a person finds out who did it, and whose key it was",
  "service-levels": "the image has to answer, or the environment says that it does not",
  vpc: "the platform changes no range, and deletes no VPC that has members",
};
