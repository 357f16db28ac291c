import { listeningPorts, takesRequests } from "../../../../src/digitalocean/apps/programs/ports.ts";

const image = { registry_type: "DOCR", repository: "x" } as const;

test.each([
  [{ kind: "service", spec: { name: "api", image } }, [8080]],
  [
    {
      kind: "service",
      spec: {
        name: "api",
        image,
        http_port: 3000,
        internal_ports: [9090, 3000],
        health_check: { port: 3001 },
        liveness_health_check: { port: 3002 },
      },
    },
    [3000, 9090, 3001, 3002],
  ],
  [{ kind: "worker", spec: { name: "worker", image } }, []],
  [
    { kind: "worker", spec: { name: "worker", image, liveness_health_check: { port: 3002 } } },
    [3002],
  ],
  [{ kind: "job", spec: { name: "migrate", image, kind: "PRE_DEPLOY" } }, []],
] as const)("%j listens on %j", (component, ports) => {
  expect(listeningPorts(component as Parameters<typeof listeningPorts>[0])).toEqual(ports);
});

const instance = {
  name: "api-0",
  component: "api",
  kind: "service",
  deployment: "d",
  digest: "sha256:1",
  started: 0,
  isProgram: true,
  routed: 10,
  answers: 5,
} as const;

test.each([
  ["is ready and in the router's list", {}, true],
  ["is not ready", { answers: undefined }, false],
  ["drains", { draining: 15 }, false],
  ["is not in the list yet", { routed: 30 }, false],
  ["is no program", { isProgram: false }, false],
])("an instance that %s gets requests: %j, %s", (_what, fields, expected) => {
  const { answers, ...rest } = { ...instance, ...fields };
  const one = answers === undefined ? rest : { ...rest, answers };
  expect(takesRequests(one, 20)).toBe(expected);
});
