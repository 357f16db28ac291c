import { anAccount, digest, pick, workingImage, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

test.each(["registries", "registry"])(
  "/v2/%s lists repositories, digests and tags",
  async (base) => {
    account.cloud.pushImage({
      repository: "team/api",
      digest: digest("7"),
      tags: ["v1"],
      image: workingImage,
    });
    const root = `/v2/${base}/rehearsal`;

    const repositories = await account.get(`${root}/repositoriesV2`);
    const digests = await account.get(`${root}/repositories/team%2Fapi/digests`);
    const tags = await account.get(`${root}/repositories/team%2Fapi/tags`);

    expect(pick(repositories.body, "meta.total")).toBe(3);
    expect(digests.body).toMatchObject({ manifests: [{ digest: digest("7"), tags: ["v1"] }] });
    expect(tags.body).toMatchObject({ tags: [{ tag: "v1", manifest_digest: digest("7") }] });
  },
);

test("a tag moves to the image that is pushed last", async () => {
  for (const digit of ["7", "8"]) {
    account.cloud.pushImage({
      repository: "api",
      digest: digest(digit),
      tags: ["latest"],
      image: workingImage,
    });
  }
  const { body } = await account.get("/v2/registries/rehearsal/repositories/api/tags");
  expect(body).toMatchObject({ tags: [{ tag: "latest", manifest_digest: digest("8") }] });
});

test("a digest can be deleted, once", async () => {
  const path = `/v2/registries/rehearsal/repositories/api/digests/${digest("1")}`;
  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.call("DELETE", path)).status).toBe(404);
});

test("registries are listed, created once by name and deleted", async () => {
  const registry = { name: "second", subscription_tier_slug: "basic", region: "fra1" };
  expect((await account.post("/v2/registries", registry)).status).toBe(201);
  expect((await account.post("/v2/registries", registry)).status).toBe(409);
  expect((await account.post("/v2/registries/validate-name", { name: "second" })).status).toBe(409);
  expect((await account.post("/v2/registries/validate-name", { name: "third" })).status).toBe(204);
  expect(pick((await account.get("/v2/registries")).body, "registries.1.region")).toBe("fra1");
  expect((await account.call("DELETE", "/v2/registries/second")).status).toBe(204);
  expect((await account.get("/v2/registries/second")).status).toBe(404);
});

test("the subscription is answered", async () => {
  const { body } = await account.get("/v2/registries/subscription");
  expect(pick(body, "subscription.tier.slug")).toBe("professional");
});
