import { type VariableComponent, migrationJobName } from "../../../constructs/app/context.ts";
import { environmentContract } from "../../../constructs/app/contract.ts";
import { environmentVariables } from "../../../constructs/app/environment-variables.ts";
import { rotationSchema } from "../../../environments/schema/rotation.ts";
import { componentNames } from "../../../environments/schema/environment.ts";
import { changed, checked } from "../../support/environments.ts";
import { anAppContext } from "../../support/app-context.ts";

const components: readonly VariableComponent[] = [...componentNames, migrationJobName];
const context = anAppContext();

const valuesOf = (component: VariableComponent): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    environmentVariables(context, component).map(({ key, value }) => [key ?? "", value]),
  );

const secretsOf = (component: VariableComponent) =>
  environmentVariables(context, component)
    .filter(({ type }) => type === "SECRET")
    .map(({ key }) => key);

test.each(components)("%s gets each variable once", (component) => {
  const names = environmentVariables(context, component).map(({ key }) => key);

  expect(names).toEqual([...new Set(names)]);
});

test.each(components)(
  "every variable of %s says its type and scope, or it differs on every plan",
  (component) => {
    for (const variable of environmentVariables(context, component)) {
      expect(variable).toEqual({
        key: expect.any(String),
        value: expect.stringMatching(/./),
        type: expect.stringMatching(/^(GENERAL|SECRET)$/),
        scope: "RUN_TIME",
      });
    }
  },
);

test("each component has the secrets of its own task and no others", () => {
  expect(
    Object.fromEntries(components.map((component) => [component, secretsOf(component)])),
  ).toEqual({
    frontend: [],
    api: [
      "WASABI_STAGING_SECRET",
      "WASABI_MASTERS_SECRET",
      "EDGE_SIGNING_KEY_A",
      "EDGE_SIGNING_KEY_B",
      "JWT_SECRET_A",
      "JWT_SECRET_B",
      "COOKIE_SECRET_A",
      "COOKIE_SECRET_B",
    ],
    worker: ["WASABI_PREVIEWS_SECRET"],
    edge: ["WASABI_PREVIEWS_SECRET", "EDGE_SIGNING_KEY_A", "EDGE_SIGNING_KEY_B"],
    migrate: [],
  });
});

test("the frontend knows every host that its page may speak to: the API, media and storage", () => {
  expect(valuesOf("frontend")).toMatchObject({
    NEXT_PUBLIC_API_BASE: `https://${context.config.domain.appHost}/api`,
    NEXT_PUBLIC_EDGE_BASE: `https://${context.config.domain.mediaHost}`,
    WASABI_ENDPOINT: valuesOf("api").WASABI_ENDPOINT,
  });
});

test("each component has the storage keys of its own roles", () => {
  expect(valuesOf("api")).toMatchObject({
    WASABI_STAGING_ACCESS_KEY: "id of uploader",
    WASABI_STAGING_SECRET: "secret of uploader as WASABI_STAGING_SECRET of api",
    WASABI_MASTERS_ACCESS_KEY: "id of promoter",
    WASABI_MASTERS_SECRET: "secret of promoter as WASABI_MASTERS_SECRET of api",
  });
  expect(valuesOf("worker")).toMatchObject({
    WASABI_PREVIEWS_ACCESS_KEY: "id of transcoder",
    WASABI_PREVIEWS_SECRET: "secret of transcoder as WASABI_PREVIEWS_SECRET of worker",
  });
  expect(valuesOf("edge")).toMatchObject({
    WASABI_PREVIEWS_ACCESS_KEY: "id of edge-reader",
    WASABI_PREVIEWS_SECRET: "secret of edge-reader as WASABI_PREVIEWS_SECRET of edge",
  });
});

test("the API reaches PostgreSQL through the pool as its own user, migrations directly as administrator", () => {
  expect(valuesOf("api").POSTGRES_URL).toBe(
    "postgresql://$${postgres.USERNAME}:$${postgres.PASSWORD}@private-postgres:25061/api?sslmode=require",
  );
  expect(valuesOf("migrate").POSTGRES_URL).toBe(
    "postgresql://$${postgres-admin.USERNAME}:$${postgres-admin.PASSWORD}@private-postgres:25060/mam?sslmode=require",
  );
});

test("the slot that a rotation made active serves: its database user, and the signing keys' selectors", () => {
  const rotation = rotationSchema.parse({
    "database-user": { active: "B" },
    "jwt-secret": { active: "B" },
  });
  const variables = environmentVariables({ ...anAppContext(), rotation }, "api");
  const valueOf = (name: string) => variables.find(({ key }) => key === name)?.value;

  expect(valueOf("POSTGRES_URL")).toBe(
    "postgresql://$${postgres-b.USERNAME}:$${postgres-b.PASSWORD}@private-postgres:25061/api?sslmode=require",
  );
  expect(valueOf("JWT_SECRET_ACTIVE")).toBe("B");
  expect(valueOf("COOKIE_SECRET_ACTIVE")).toBe("A");
});

test("migrations know both of the users that they have to grant rights to", () => {
  expect(valuesOf("migrate").POSTGRES_APPLICATION_USERS).toBe("mam_app,mam_app_b");
});

test("Valkey is reached over TLS at its private host", () => {
  const url = "rediss://$${valkey.USERNAME}:$${valkey.PASSWORD}@private-valkey:25061";

  expect(valuesOf("api").REDIS_URL).toBe(url);
  expect(valuesOf("worker").REDIS_URL).toBe(url);
});

test("no variable takes a host from a bindable, which is public even inside a VPC", () => {
  const text = JSON.stringify(components.map(valuesOf));

  expect(text).not.toMatch(/\$\{(postgres|postgres-admin|valkey)\.(HOSTNAME|DATABASE_URL|PORT)\}/);
});

test("limits and lifetimes reach the images in the units of the contract", () => {
  expect(valuesOf("api")).toMatchObject({
    RATE_LIMIT_MAX: "1000",
    RATE_LIMIT_WINDOW: "60000",
    ACCESS_TOKEN_TTL_SECONDS: "900",
    REFRESH_TOKEN_TTL_SECONDS: "2592000",
    SHARE_LINK_TTL_SECONDS: "600",
    UPLOAD_URL_TTL_SECONDS: "900",
    UPLOAD_MAX_BYTES: "214748364800",
    OBJECT_LOCK_DEFAULT_DAYS: "30",
  });
});

test("the active slot of each signing key is readable, the keys are not", () => {
  const variables = environmentVariables(context, "api");

  expect(variables).toContainEqual({
    key: "EDGE_SIGNING_KEY_ACTIVE",
    value: "A",
    type: "GENERAL",
    scope: "RUN_TIME",
  });
});

test("every row of the contract explains itself", () => {
  const silent = environmentContract.filter(({ meaning }) => !/^[A-Z].{8,}\.$/.test(meaning));

  expect(silent.map(({ name, meaning }) => `${name}: ${meaning}`)).toEqual([]);
});

test("the API and the edge are told every origin that storage lets in", () => {
  const config = checked(
    changed((draft) => (draft.domain.extraOrigins = ["https://review.example"])),
  );
  const told = (component: VariableComponent, name: string) =>
    environmentVariables({ ...context, config }, component).find(({ key }) => key === name)?.value;
  const origins = "https://mam.northlight.example,https://review.example";

  expect(told("api", "ALLOWED_ORIGINS")).toBe(origins);
  expect(told("edge", "CORS_ORIGINS")).toBe(origins);
});

test("the services that face the internet count at the API's internal port, and hold no key of Valkey", () => {
  for (const service of ["frontend", "edge"] as const) {
    expect(valuesOf(service)).toMatchObject({
      SERVICE_LEVELS_BASE: `http://$\${api.PRIVATE_DOMAIN}:${valuesOf("api").INTERNAL_PORT}`,
      SERVICE_LEVEL_ERROR_RATE_PERCENT: "1",
    });
    expect(valuesOf(service)).not.toHaveProperty("REDIS_URL");
  }
});

test("images without service levels are told nothing of them", () => {
  const config = checked(
    changed((draft) => {
      draft.monitoring = {
        objectives: { enabled: false, disabledReason: "Accepted: these images have none of it." },
      };
    }),
  );
  const ofLevels = /^(SERVICE_LEVEL|INTERNAL_PORT)/;
  const told = components.map((component) =>
    environmentVariables({ ...context, config }, component)
      .map(({ key }) => key ?? "")
      .filter((name) => ofLevels.test(name)),
  );

  expect(told.flat()).toEqual([]);
  expect(Object.keys(valuesOf("api")).filter((name) => ofLevels.test(name)).length).toBe(10);
});
