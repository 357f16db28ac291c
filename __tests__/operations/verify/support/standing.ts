import { type Breakage, ago, deploy, keepIt } from "./breakage.ts";
import { putDump } from "./dumps.ts";

const allow = (...actions: string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Loose", Effect: "Allow", Action: actions, Resource: ["*"] }],
  });

const withoutStatement = (policy: string | undefined, sid: string) => {
  const document = JSON.parse(policy!) as { Statement: { Sid: string }[] };
  const Statement = document.Statement.filter(({ Sid }) => Sid !== sid);
  return JSON.stringify({ ...document, Statement });
};

/** What can break about databases, storage, monitoring and network. */
export const standingBreakages: readonly Breakage[] = [
  {
    id: "clusters-online",
    what: "a cluster is resized",
    breaks: ({ postgres }) => (postgres.status = "resizing"),
    resource: "PostgreSQL's status",
    expected: "online",
    found: "resizing",
    fix: /wait until it is online/,
  },
  {
    id: "database-firewalls",
    what: "a cluster is open to the internet",
    breaks: ({ postgres }) => (postgres.rules = []),
    resource: "PostgreSQL's trusted sources",
    expected: "ip_addr 10.121.0.0/20",
    found: "none, so it is open to the internet",
    fix: deploy,
  },
  {
    id: "database-plans",
    what: "a cluster was made larger in the control panel",
    breaks: ({ valkey }) => (valkey.size = "db-s-2vcpu-4gb"),
    resource: "Valkey's plan",
    expected: "valkey 8, 1 × db-s-1vcpu-1gb",
    found: "valkey 8, 1 × db-s-2vcpu-4gb",
    fix: /environments\/staging\.ts, cache: \{ version: "8", size: "db-s-2vcpu-4gb" \}/,
  },
  {
    id: "database-contents",
    what: "the database was dropped",
    breaks: ({ postgres }) => (postgres.dbs = ["defaultdb"]),
    resource: "the database mam",
    expected: "present",
    found: "missing",
    fix: /mam deploy staging --override stateful="the database mam may be empty"/,
  },
  {
    id: "database-strangers",
    what: "somebody made a user in the control panel",
    breaks: ({ postgres }) =>
      postgres.users.push({ name: "somebody", role: "normal", password: "hunter2" }),
    resource: "a user of PostgreSQL that nobody configured",
    expected: "none",
    found: "somebody",
    fix: /doctl databases user delete \S+ somebody/,
  },
  {
    id: "database-settings",
    what: "the queue evicts jobs",
    breaks: ({ valkey }) => (valkey.eviction_policy = "allkeys_lru"),
    resource: "Valkey's eviction policy",
    expected: "noeviction",
    found: "allkeys_lru",
    fix: keepIt,
  },
  {
    id: "database-log-sinks",
    what: "a cluster sends its logs to a stranger, whose address holds a password",
    breaks: ({ postgres }) =>
      postgres.logsinks.push({
        sink_id: "sink",
        sink_name: "elsewhere",
        sink_type: "opensearch",
        config: { url: "https://user:hunter2@logs.example", index_prefix: "logs" },
      }),
    resource: "a log sink of PostgreSQL that nobody configured",
    expected: "none",
    found: "opensearch elsewhere",
    fix: /https:\/\/cloud\.digitalocean\.com\/databases\/[-0-9a-f]{36}\/settings/,
  },
  {
    id: "insights-dashboard",
    what: "a line was moved in the control panel",
    breaks: ({ store }) => {
      const [dashboard] = store.insights.dashboards;
      dashboard!.spec = dashboard!.spec.replace('"value":85,', '"value":99,');
    },
    resource:
      "spec.panels.services-memory.spec.plugin.spec.thresholds.steps.0.value of the dashboard mam staging",
    expected: "85",
    found: "99",
    fix: /mam dashboard <environment> apply/,
  },
  {
    id: "insights-dashboard",
    what: "somebody deleted it",
    breaks: ({ store }) => store.insights.dashboards.splice(0),
    resource: "the dashboard mam staging",
    expected: "there",
    found: "missing",
    fix: /mam dashboard <environment> apply/,
  },
  {
    id: "insights-alert-rules",
    what: "a rule was paused",
    breaks: ({ store }) => (store.insights.rules[0]!.status = "ALERT_RULE_STATUS_PAUSED"),
    resource: "status of the alert rule mam staging: no instance of a service is ready",
    expected: "active",
    found: "paused",
    fix: /mam dashboard <environment> apply/,
  },
  {
    id: "database-passwords",
    what: "a password was reset in the control panel",
    breaks: ({ postgres }) => {
      postgres.users.find(({ name }) => name === "mam_app")!.password = "hunter2";
    },
    resource: "the password of mam_app of PostgreSQL",
    expected: /^the one that deployment [-0-9a-f]{36} took$/,
    found: "a newer one",
    fix: deploy,
  },
  {
    id: "database-backups",
    what: "backups ceased three days ago",
    breaks: ({ postgres }) =>
      Object.assign(postgres, { created_at: ago(10), backups_stopped_at: ago(3) }),
    resource: "the newest backup of mam-staging-postgres",
    expected: "younger than 26 hours",
    found: /^of \d{4}-/,
    fix: /support/,
  },
  {
    id: "dump-age",
    what: "the newest dump is two days old, and the one of last night has no manifest",
    breaks: (world) => {
      putDump(world, { daysAgo: 2 });
      putDump(world, { daysAgo: 0.5, withManifest: false });
    },
    resource: "the newest dump",
    expected: "younger than 26 hours",
    found: /^of \d{4}-.*; \S+ has no manifest$/,
    fix: /npm run dump/,
  },
  {
    id: "dump-size",
    what: "the newest dump is a tenth of the one before",
    breaks: (world) => {
      putDump(world, { daysAgo: 1.5, bytes: 1000 });
      putDump(world, { daysAgo: 0.5, bytes: 100 });
    },
    resource: /^the dump \d{4}-/,
    expected: /^at least half of the 1000 bytes of /,
    found: "100 bytes",
    fix: /mam restore <environment> database --to latest --prove/,
  },
  {
    id: "dumps-hidden",
    what: "somebody deleted a dump",
    breaks: (world) => {
      putDump(world, { daysAgo: 0.5, isDeleted: true });
    },
    resource: /^dumps\/\S+\/database\.dump$/,
    expected: "no deletion within 7 days",
    found: /^deleted at \d{4}-/,
    fix: /whose key it was/,
  },
  {
    id: "buckets",
    what: "the policy that keeps masters was loosened",
    breaks: ({ bucket }) => {
      const masters = bucket("masters");
      masters.policy = withoutStatement(masters.policy, "DenyDestruction");
    },
    resource: "statement DenyDestruction of the policy of masters",
    expected: /s3:BypassGovernanceRetention/,
    found: "missing",
    fix: keepIt,
  },
  {
    id: "buckets",
    what: "a bucket has lost its policy",
    breaks: ({ bucket }) => (bucket("previews").policy = undefined),
    resource: /^statement \w+ of the policy of previews$/,
    expected: /"Effect":"Deny"/,
    found: "missing",
    fix: keepIt,
  },
  {
    id: "storage-users",
    what: "a service's policy grants more",
    breaks: ({ user }) => user("edge-reader").inlinePolicies.set("media-access", allow("s3:*")),
    resource: "statement AllowPreviews of the policy of edge-reader",
    expected: /s3:GetObject/,
    found: "missing",
    fix: keepIt,
  },
  {
    id: "app-storage-keys",
    what: "a key that the app has was switched off",
    breaks: ({ user }) => {
      for (const key of user("uploader").accessKeys.values()) key.status = "Inactive";
    },
    resource: /^the app's storage key of uploader, AKIA/,
    expected: "active",
    found: "inactive",
    fix: deploy,
  },
  {
    id: "storage-allowed",
    what: "a service may not do its work",
    breaks: ({ user }) => {
      user("transcoder").inlinePolicies.clear();
    },
    resource: "transcoder: write in previews",
    expected: "allowed",
    found: "refused",
    fix: keepIt,
  },
  {
    id: "storage-refused",
    what: "a service may delete masters",
    breaks: ({ bucket, user }) => {
      const masters = bucket("masters");
      masters.policy = withoutStatement(masters.policy, "DenyDestruction");
      user("promoter").inlinePolicies.set("more", allow("s3:DeleteObject"));
    },
    resource: "promoter: delete in masters",
    expected: "refused",
    found: "allowed",
    fix: deploy,
  },
  {
    id: "uptime-checks",
    what: "an uptime check was deleted",
    breaks: ({ store }) =>
      store.uptimeChecks.splice(
        store.uptimeChecks.findIndex(({ name }) => name === "mam-staging-api"),
        1,
      ),
    resource: "the uptime check mam-staging-api",
    expected: /^https https:\/\/mam\.staging\.northlight\.example\/api\/health from /,
    found: "missing",
    fix: keepIt,
  },
  {
    id: "uptime-alerts",
    what: "an alert of an uptime check was deleted",
    breaks: ({ store }) => {
      const { alerts } = store.uptimeChecks.find(({ name }) => name === "mam-staging-media")!;
      alerts.splice(
        alerts.findIndex(({ type }) => type === "ssl_expiry"),
        1,
      );
    },
    resource: "the alerts of mam-staging-media",
    expected: /ssl_expiry less_than 14 for 1h/,
    found: "down for 2m, down_global for 2m, latency greater_than 1000 for 5m",
    fix: keepIt,
  },
  {
    id: "database-alerts",
    what: "an alert of a cluster was switched off",
    breaks: ({ store, valkey }) =>
      Object.assign(
        store.alertPolicies.find(({ entities }) => entities.includes(valkey.id))!,
        {
          enabled: false,
        },
      ),
    resource: "the alerts of Valkey",
    expected: /cpu_alerts above 80 for 10m/,
    found: /\(disabled\)/,
    fix: keepIt,
  },
  {
    id: "alert-destinations",
    what: "an alert goes to somebody who has left",
    breaks: ({ app }) => Object.assign(app.alerts[0]!, { emails: ["former@northlight.example"] }),
    resource: "recipients of DEPLOYMENT_FAILED of the app",
    expected: "on-call@northlight.example",
    found: "former@northlight.example",
    fix: keepIt,
  },
  {
    id: "vpc",
    what: "the VPC has another range",
    breaks: ({ store }) =>
      Object.assign(
        store.vpcs.find(({ name }) => name === "mam-staging")!,
        {
          ip_range: "10.9.0.0/20",
        },
      ),
    resource: "the VPC's range",
    expected: "10.121.0.0/20",
    found: "10.9.0.0/20",
    fix: /environment file/,
  },
  {
    id: "project",
    what: "a cluster was moved out of the project",
    breaks: ({ store, postgres }) =>
      store.assignments.splice(
        store.assignments.findIndex(({ urn }) => urn === `do:dbaas:${postgres.id}`),
        1,
      ),
    resource: "the project's members",
    expected: /do:dbaas:.*do:dbaas:/,
    found: /^(?!.*do:dbaas:.*do:dbaas:)/,
    fix: keepIt,
  },
  {
    id: "zone-records",
    what: "a certificate authority is no longer allowed",
    breaks: ({ store }) => {
      const { records } = store.domains[0]!;
      records.splice(
        records.findIndex(({ data }) => data === "pki.goog"),
        1,
      );
    },
    resource: "the allowed certificate authorities",
    expected: "letsencrypt.org, pki.goog",
    found: "letsencrypt.org",
    fix: keepIt,
  },
];
