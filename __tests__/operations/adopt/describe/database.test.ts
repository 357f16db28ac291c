import { contents, described, of, standing } from "../support/standing.ts";

const withCluster = (changes: object, parts: object = {}, spec: object = {}) =>
  described(standing(spec, { postgres: contents(changes, parts) }));

const naming = (more: object = {}) => ({
  databases: [{ name: "db", engine: "PG", production: true, cluster_name: "shop-db", ...more }],
});

test("an app that names a cluster alone uses the database that every cluster has", () => {
  const { fields } = withCluster({}, { databases: ["defaultdb"] }, naming());

  expect(fields.database.name).toBe("defaultdb");
});

test("beside one that somebody made nobody knows which of the two it uses", () => {
  expect(of(withCluster({}, {}, naming()).remarks, "refused")).toEqual([
    expect.stringMatching(/several: defaultdb, shop/),
  ]);
});

test("that the platform gets a new database beside what stands is said", () => {
  const { remarks } = withCluster({}, { databases: ["defaultdb"] }, { databases: [] });

  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(/gets a new one, and what is in defaultdb stays there/),
  );
});

test("a pool that has the usual name and cannot be taken over does not give its name to ours", () => {
  const pools = [
    { name: "api", mode: "session", size: 3, db: "shop", user: "shop" },
    { name: "mam-api", mode: "session", size: 3, db: "shop", user: "shop" },
  ];
  const { fields, remarks } = withCluster({}, { pools });

  expect(fields.state.adopted).toMatchObject({ pool: "mam-api-2" });
  expect(of(remarks, "left")).toHaveLength(2);
});

test("a pool that leaves few connections free stays as large as it is", () => {
  const pools = [{ name: "web", mode: "transaction", size: 40, db: "shop", user: "" }];
  const { fields } = withCluster({}, { pools });

  expect(fields.database).toMatchObject({ pool: { size: 40 }, reservedConnections: 7 });
});

test.each([
  ["log_min_duration_statement", -1, "slowQueryMilliseconds"],
  ["idle_in_transaction_session_timeout", 90_500, "idleInTransactionSeconds"],
  ["autovacuum_vacuum_scale_factor", 0.4, "autovacuumScaleFactor"],
  ["backup_hour", 0, "backupHour"],
])(
  "a setting that the environment cannot say gets another value, and it is said: %s",
  (name, value, field) => {
    const { fields, remarks } = withCluster({}, { settings: { [name]: value } });

    expect(fields.database.settings).toBeUndefined();
    expect(of(remarks, "changed")).toContainEqual(
      expect.stringContaining(`${name} is ${value}, which database.settings.${field} cannot be`),
    );
  },
);

test("tags of a cluster are said to go", () => {
  expect(of(withCluster({ tags: ["prod"] }).remarks, "changed")).toContainEqual(
    "the cluster shop-db: its tags go: prod",
  );
});
