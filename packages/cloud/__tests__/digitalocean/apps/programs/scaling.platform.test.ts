import {
  call,
  aCloud,
  aService,
  aSpec,
  anApp,
  eventually,
  running,
  visit,
  closeClouds,
} from "./support/cloud.ts";
import type { Cloud } from "../../../../src/cloud.ts";

afterEach(closeClouds);

const scaled = (fields: object = {}) =>
  aSpec({
    services: [
      {
        ...aService("well", {
          instance_size_slug: "apps-d-1vcpu-1gb",
          autoscaling: {
            min_instance_count: 2,
            max_instance_count: 4,
            metrics: { cpu: { percent: 70 } },
          },
          ...fields,
        }),
        instance_count: undefined,
      },
    ],
  });

const answering = async (cloud: Cloud) => {
  const seen = new Set<unknown>();
  for (let turn = 0; turn < 12; turn += 1) {
    const { headers } = await visit(cloud, "/release");
    seen.add(headers["x-rehearsal-instance"]);
  }
  return seen.size;
};

test("an autoscaled component begins with the fewest, gets more and fewer, and refuses nobody", async () => {
  const cloud = await aCloud();
  await anApp(cloud, scaled());
  expect(running(cloud)).toHaveLength(2);

  cloud.digitalOcean.scale({ app: "mam", component: "api", count: 4 });
  await eventually(
    () => answering(cloud),
    (count) => count === 4,
  );

  await fetch(`${cloud.endpoints.digitalOcean}/__instances/mam/api`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ count: 3 }),
  });
  await eventually(
    () => running(cloud).length,
    (count) => count === 3,
  );
  expect(await answering(cloud)).toBe(3);

  expect(cloud.digitalOcean.programs.counts()).toMatchObject({ refused: 0, broken: 0 });
  const [app] = cloud.digitalOcean.store.apps;
  const log = await call(cloud, "GET", `/v2/apps/${app?.id ?? ""}/logs?type=AUTOSCALE_EVENT`);
  const text = await (await fetch((log.historic_urls as string[])[0] ?? "")).text();
  expect(text).toMatch(/scaled from 2 to 4 instances\n.*scaled from 4 to 3 instances\n$/);
});
