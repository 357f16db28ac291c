import { aCloud, aService, aSpec, anApp, close, variable, closeClouds } from "./support/cloud.ts";

afterEach(closeClouds);

test("a command runs with the environment of a running instance, and is given its input", async () => {
  const cloud = await aCloud();
  const envs = [variable("PORT", "3000"), variable("KEY", "sesame", "SECRET")];
  await anApp(cloud, aSpec({ services: [aService("well", { envs })] }));

  const result = await cloud.digitalOcean.runIn({
    app: "mam",
    component: "api",
    command: 'read -r name; echo "$name $KEY"; ls service.mjs; echo careful >&2; exit 5',
    input: "admin\n",
  });

  expect(result).toEqual({
    exitCode: 5,
    stdout: "admin sesame\nservice.mjs\n",
    stderr: "careful\n",
  });
});

test("a component without a running instance has no console", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await expect(
    cloud.digitalOcean.runIn({ app: "mam", component: "worker", command: "true" }),
  ).rejects.toThrow("App mam has no running instance of worker.");
});

test("a command that runs when the cloud ends is ended", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const result = cloud.digitalOcean.runIn({ app: "mam", component: "api", command: "sleep 600" });
  await close(cloud);
  expect(await result).toMatchObject({ exitCode: 137 });
});
