import { inspect } from "../../../rehearsal/stage/inspection.ts";
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

test("two rehearsals of the same are inspected alike, although every id and time is another", async () => {
  const [one, other] = await Promise.all([openPlatforms(), openPlatforms()]);
  await useNetworks(one, "same");
  await useNetworks(other, "same");
  const [first, second] = [await inspect(one.cloud), await inspect(other.cloud)];
  await one.close();
  await other.close();

  expect(second).toEqual(first);
  expect(first.standing.digitalocean?.join("\n")).toMatch(/vpcs\.\d+\.description = "same"/);
  expect(first.asked).toEqual({ "POST /v2/vpcs": 2, "DELETE /v2/vpcs/{id}": 1 });
});
