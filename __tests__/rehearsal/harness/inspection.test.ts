import { inspect } from "../../../rehearsal/harness/inspection.ts";
import { openPlatforms, type Platforms } from "../provider/support/platforms.ts";

/** Makes a network as a provider would, and deletes another one. */
async function useNetworks({ cloud }: Platforms, description: string): Promise<void> {
  const { endpoints, credentials } = cloud;
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${endpoints.digitalOcean}/v2/vpcs${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credentials.digitalOceanToken}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answer.text();
  };
  await call("POST", "", { name: "kept", region: "nyc1", description });
  const made = await call("POST", "", { name: "gone", region: "nyc1" });
  const { vpc } = JSON.parse(made) as { vpc: { id: string } };
  await call("DELETE", `/${vpc.id}`);
  await call("GET", "");
}

test("what stands and what was asked is written without anything that another rehearsal would have otherwise", async () => {
  const platforms = await openPlatforms();
  await useNetworks(platforms, "mine");
  const { standing, asked } = await inspect(platforms.cloud);
  await platforms.close();
  const lines = standing.digitalocean ?? [];

  expect(lines).toContainEqual(expect.stringMatching(/^vpcs\.\d+\.description = "mine"$/));
  expect(lines).toContainEqual(expect.stringMatching(/^vpcs\.\d+\.id = "id-\d+"$/));
  expect(lines.join("\n")).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}-\d\d-\d\dT|sha256:/);
  expect(asked).toEqual({ "POST /v2/vpcs": 2, "DELETE /v2/vpcs/{id}": 1 });
});
