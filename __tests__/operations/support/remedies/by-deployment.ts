import type { Round, Scene } from "./remedy.ts";

const serviceOf = ({ world }: Scene, name: string) =>
  world.app.spec.services!.find((one) => one.name === name)!;

const variableOf = (scene: Scene, component: string, key: string) =>
  serviceOf(scene, component).envs!.find((one) => one.key === key)!;

const withoutStatement = (policy: string | undefined, sid: string) => {
  const document = JSON.parse(policy!) as { Statement: { Sid: string }[] };
  const Statement = document.Statement.filter(({ Sid }) => Sid !== sid);
  return JSON.stringify({ ...document, Statement });
};

const withoutFirst = <T>(list: T[], matches: (item: T) => boolean) =>
  list.splice(list.findIndex(matches), 1);

/** What people do in control panels, and one deployment takes back; and a deployment that failed. */
export const deploymentRounds: readonly Round[] = [
  {
    what: "data and storage were changed by hand",
    remedies: [
      { id: "database-firewalls", breaks: ({ world }) => (world.postgres.rules = []) },
      { id: "database-plans", breaks: ({ world }) => (world.valkey.num_nodes = 2) },
      {
        id: "database-contents",
        breaks: ({ world: { postgres } }) =>
          // The API's own, whose password every running instance has.
          withoutFirst(postgres.users, ({ name }) => name === "mam_app"),
      },
      {
        id: "database-passwords",
        breaks: ({ world: { postgres } }) => {
          postgres.users.find(({ name }) => name === "doadmin")!.password = "reset-by-hand";
        },
      },
      {
        id: "database-settings",
        breaks: ({ world }) => (world.valkey.eviction_policy = "allkeys_lru"),
      },
      {
        id: "database-alerts",
        breaks: ({ world: { store, valkey } }) =>
          Object.assign(
            store.alertPolicies.find(({ entities }) => entities.includes(valkey.id))!,
            { enabled: false },
          ),
      },
      {
        id: "project",
        breaks: ({ world: { store, postgres } }) =>
          withoutFirst(store.assignments, ({ urn }) => urn === `do:dbaas:${postgres.id}`),
      },
      {
        id: "buckets",
        breaks: ({ world: { bucket } }) => {
          bucket("previews").policy = undefined;
        },
      },
      {
        id: "storage-users",
        breaks: ({ world: { user } }) => {
          user("edge-reader").inlinePolicies.clear();
        },
      },
      {
        id: "storage-allowed",
        breaks: ({ world: { user } }) => {
          user("transcoder").inlinePolicies.clear();
        },
      },
      {
        id: "storage-refused",
        breaks: ({ world: { bucket, user } }) => {
          const masters = bucket("masters");
          masters.policy = withoutStatement(masters.policy, "DenyDeletion");
          user("promoter").inlinePolicies.set(
            "more",
            JSON.stringify({
              Version: "2012-10-17",
              Statement: [
                { Sid: "Loose", Effect: "Allow", Action: ["s3:DeleteObject"], Resource: ["*"] },
              ],
            }),
          );
        },
      },
      {
        id: "app-storage-keys",
        breaks: ({ world: { user } }) => {
          for (const key of user("uploader").accessKeys.values()) key.status = "Inactive";
        },
      },
    ],
  },
  {
    what: "the app and what watches it were changed by hand",
    remedies: [
      { id: "app-spec", breaks: (scene) => (serviceOf(scene, "api").instance_count = 1) },
      {
        id: "app-variables",
        breaks: (scene) => (variableOf(scene, "api", "LOG_LEVEL").value = "error"),
      },
      {
        id: "secrets-encrypted",
        breaks: (scene) =>
          Object.assign(variableOf(scene, "api", "JWT_SECRET_A"), {
            value: "hunter2",
            type: "GENERAL",
          }),
      },
      {
        id: "private-hosts",
        breaks: (scene) =>
          (variableOf(scene, "api", "POSTGRES_URL").value = "${postgres.DATABASE_URL}"),
      },
      {
        id: "log-destinations",
        breaks: ({ world }) => (world.app.spec.workers![0]!.log_destinations = []),
      },
      { id: "app-alerts", breaks: (scene) => serviceOf(scene, "frontend").alerts!.pop() },
      {
        id: "alert-destinations",
        breaks: ({ world: { app } }) => {
          app.alerts[0] = { ...app.alerts[0]!, emails: ["former@northlight.example"] };
        },
      },
      {
        id: "uptime-checks",
        breaks: ({ world: { store } }) =>
          withoutFirst(store.uptimeChecks, ({ name }) => name === "mam-staging-api"),
      },
      {
        id: "uptime-alerts",
        breaks: ({ world: { store } }) =>
          withoutFirst(
            store.uptimeChecks.find(({ name }) => name === "mam-staging-media")!.alerts,
            ({ type }) => type === "ssl_expiry",
          ),
      },
      {
        id: "links-accepted",
        breaks: ({ world: { active, app } }) => {
          for (const { services } of [active.spec, app.spec]) {
            const edge = services!.find(({ name }) => name === "edge")!;
            edge.envs = edge.envs!.filter(({ key }) => key !== "EDGE_SIGNING_KEY_A");
          }
        },
      },
      {
        id: "zone-records",
        breaks: ({ world: { store } }) =>
          withoutFirst(store.domains[0]!.records, ({ data }) => data === "pki.goog"),
      },
    ],
  },
  {
    what: "a deployment failed, and what runs is not what was released",
    remedies: [
      {
        id: "newest-deployment",
        breaks: async ({ platform, shell }) => {
          platform.context.releases.write(platform.context.releases.push());
          platform.cloud.digitalOcean.failNextDeployment("health-check");
          await expect(shell.type("mam deploy staging")).rejects.toThrow("exit code 1");
        },
      },
      { id: "running-images", breaks: () => undefined },
    ],
  },
];
