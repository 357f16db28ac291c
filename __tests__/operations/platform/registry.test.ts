import { createDigitalOcean } from "@mam-infra/clients/digitalocean";

import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import { registryWith } from "../../../operations/platform/registry.ts";
import {
  type RehearsalCloud,
  startRehearsalCloud,
} from "../../../rehearsal/harness/rehearsal-cloud.ts";

const [environment] = loadEnvironments({
  inputs: environments,
  only: "staging",
  directory: "environments",
});
const { repository } = environment!.config.services.worker;
const digest = environment!.release.images.worker;
let cloud: RehearsalCloud;

beforeAll(async () => {
  cloud = await startRehearsalCloud(environment!);
});
afterAll(() => cloud.close());

const open = () =>
  createDigitalOcean({
    endpoint: cloud.endpoints.digitalOcean,
    token: cloud.credentials.digitalOceanToken,
    userAgent: "test",
    sleep: () => Promise.resolve(),
  });

test("an image is in the registry that has its digest, and in none without", async () => {
  const api = open();
  const other = `sha256:${"0".repeat(64)}`;

  expect(await registryWith(api, repository, digest)).toBe("rehearsal");
  await expect(registryWith(api, repository, other)).rejects.toThrow(
    `no registry of the account has ${repository}@${other}`,
  );
  await expect(registryWith(api, "nowhere", digest)).rejects.toThrow("no registry of the account");
  await api.close();
});

test("a registry that does not answer is told as such, and not as one without the image", async () => {
  const api = open();
  cloud.faults.add({
    platform: "digitalocean",
    path: "/digests$",
    kind: "error-before-effect",
    times: 50,
  });
  const asked = registryWith(api, repository, digest);

  await expect(asked).rejects.toThrow("500");
  cloud.faults.clear();
  await api.close();
});
