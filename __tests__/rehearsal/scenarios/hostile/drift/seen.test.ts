import type { Change } from "../../../../../rehearsal/scenarios/hostile/drift/apply.ts";
import type { Report } from "../../../../../rehearsal/scenarios/hostile/drift/report.ts";
import { lineAbout } from "../../../../../rehearsal/scenarios/hostile/drift/seen.ts";

const change = (field: string, candidate: unknown = "x"): Change => ({
  form: {
    operation: "PUT /v2/apps/{id}",
    about: "the app",
    address: /^digitalocean_app\.app$/,
    path: "",
    standing: {},
    replaces: true,
  },
  edit: { field, pattern: field, kind: "changed", candidates: [candidate], path: [] },
  candidate,
});

const planned = (address: string, path: string): Report => ({
  planned: [{ address, path, text: "" }],
  verified: [],
  codes: [1, 0],
});

const app = "digitalocean_app.app";

test.each([
  ["the same field of the same element", app, "spec.service[api].instance_count", true],
  ["the same field of another element", app, "spec.service[edge].instance_count", false],
  ["another field", app, "spec.service[api].http_port", false],
  ["the element as a whole", app, "spec.service[api]", true],
  ["another resource", "digitalocean_app.other", "spec.service[api].instance_count", false],
])("%s in a plan", (_, address, path, isSaid) => {
  const line = lineAbout(change("spec.services[api].instance_count"), planned(address, path));

  expect(line !== undefined).toBe(isSaid);
});

test("an address is one name, whatever dots are in it", () => {
  const { form, ...rest } = change("rules[10.121.0.0/20].description");
  const firewall = { ...form, address: /firewall/ };
  const report = planned("digitalocean_database_firewall.pg", "rule[203.0.113.7]");

  expect(lineAbout({ ...rest, form: firewall }, report)).toBeUndefined();
});

test("what was added to a list is looked for by its own name", () => {
  const added = change("spec.services[api].envs[+]", { key: "BY_HAND" });

  expect(lineAbout(added, planned(app, "spec.service[api].env[BY_HAND]"))).toBeDefined();
  expect(lineAbout(added, planned(app, "spec.service[api].env[OTHER].value"))).toBeUndefined();
});

test("verify's words about the app's specification count as well", () => {
  const text = "services.api.protocol in the app spec: expected missing, found HTTP2";
  const report: Report = { planned: [], verified: [{ id: "app-spec", text }], codes: [0, 1] };

  expect(lineAbout(change("spec.services[api].protocol"), report)).toBe("verify: app-spec");
  expect(lineAbout(change("spec.services[edge].protocol"), report)).toBeUndefined();
});
