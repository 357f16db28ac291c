import { production } from "../../environments/production.ts";
import { endpointsOf } from "../../stacks/endpoints.ts";
import { anEnvironment } from "../support/environments.ts";
import { stacksOf } from "../support/stacks.ts";

const loopback = {
  digitalOcean: "http://127.0.0.1:4001",
  wasabiS3: "http://127.0.0.1:4002",
  wasabiIam: "http://127.0.0.1:4003",
  wasabiSts: "http://127.0.0.1:4004",
  spaces: "http://127.0.0.1:4005",
  internet: {
    http: "http://127.0.0.1:4006",
    https: "https://127.0.0.1:4007",
    certificateAuthority: "-----BEGIN CERTIFICATE-----\n",
    dns: "127.0.0.1:4008",
  },
};
const environment = anEnvironment(production);

test("a rehearsal differs from the real thing in addresses only", () => {
  const written = (rehearsal?: string) => JSON.stringify(stacksOf([environment], rehearsal).stacks);
  const rehearsed = written(JSON.stringify(loopback));
  const differences = {
    [loopback.digitalOcean]: "https://api.digitalocean.com",
    [loopback.wasabiS3]: "https://s3.us-east-1.wasabisys.com",
    [loopback.wasabiIam]: "https://iam.wasabisys.com",
    [loopback.wasabiSts]: "https://sts.wasabisys.com",
    [loopback.spaces]: "https://nyc3.digitaloceanspaces.com",
  };
  const restored = Object.entries(differences).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    rehearsed,
  );

  expect(rehearsed).not.toMatch(/"(s3|iam|sts)":"https/);
  // The images are told the real storage address in either case.
  expect(restored === written()).toBe(true);
});

test("each provider is told where its platform is, so that no variable of a shell says it", () => {
  const { stacks } = stacksOf([environment]);
  const [storage, ...others] = ["storage", "data", "app"].map(
    (part) => stacks[`${environment.config.name}-${part}`]?.provider,
  );

  for (const provider of others) {
    expect(provider?.digitalocean).toEqual([{ api_endpoint: "https://api.digitalocean.com" }]);
  }
  expect(storage?.aws).toHaveLength(2);
  for (const aws of storage?.aws ?? []) {
    expect(aws.endpoints).toEqual([
      {
        s3: "https://s3.us-east-1.wasabisys.com",
        iam: "https://iam.wasabisys.com",
        sts: "https://sts.wasabisys.com",
      },
    ]);
  }
});

test.each([
  ["an address on another machine", { ...loopback, spaces: "http://198.51.100.7:80" }],
  ["a name, which can lead anywhere", { ...loopback, spaces: "http://localhost:80" }],
  ["an address that is missing", { ...loopback, wasabiIam: undefined }],
  [
    "a resolver on another machine",
    { ...loopback, internet: { ...loopback.internet, dns: "198.51.100.7:53" } },
  ],
  ["the real internet beside the rehearsal's platforms", { ...loopback, internet: undefined }],
  ["an address too many", { ...loopback, aws: "http://127.0.0.1:1" }],
])("%s is refused", (_, endpoints) => {
  expect(() => endpointsOf(environment.config, JSON.stringify(endpoints))).toThrow();
});
