import { WebSocket } from "ws";

import {
  aCloud,
  aService,
  aSpec,
  anApp,
  call,
  close,
  variable,
  closeClouds,
} from "./support/cloud.ts";

afterEach(closeClouds);

/** What a console prints, and how it ends. */
async function open(url: string) {
  const socket = new WebSocket(url);
  let text = "";
  socket.on("message", (data) => {
    text += (JSON.parse((data as Buffer).toString()) as { data: string }).data;
  });
  const ended = new Promise<number>((resolve) => {
    socket.once("close", resolve);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    send: (message: object) => {
      socket.send(JSON.stringify(message));
    },
    ended: ended.then((code) => ({ code, text })),
  };
}

async function aConsole() {
  const cloud = await aCloud();
  const envs = [variable("PORT", "3000"), variable("KEY", "sesame", "SECRET")];
  await anApp(cloud, aSpec({ services: [aService("well", { envs })] }));
  const [app] = cloud.digitalOcean.store.apps;
  const ask = async (rest: string) => {
    const { url } = await call(cloud, "GET", `/v2/apps/${app!.id}${rest}`);
    return String(url);
  };
  return { cloud, app: app!, ask };
}

test("a console is a shell at a terminal, with the instance's environment and folder", async () => {
  const { ask } = await aConsole();
  const shell = await open(await ask("/components/api/exec"));
  shell.send({ op: "resize", width: 80, height: 24 });
  shell.send({ op: "stdin", data: 'test -t 0 && echo "at $KEY $(ls service.mjs)"; exit\n' });

  expect(await shell.ended).toEqual({
    code: 1000,
    text: expect.stringContaining("at sesame service.mjs") as unknown,
  });
});

test("of a deployment and of an instance by name there is a console, of others none", async () => {
  const { app, ask } = await aConsole();
  const name = app.instances[0]!.name;
  const own = await ask(
    `/deployments/${app.active_deployment!}/components/api/exec?instance_name=${name}`,
  );

  expect(own).toMatch(/^ws:/);
  await expect(ask("/components/nobody/exec")).rejects.toThrow("404");
  await expect(ask("/components/api/exec?instance_name=api-gone")).rejects.toThrow("404");
});

test("an address is good once, and an unknown message ends the console", async () => {
  const { cloud, ask } = await aConsole();
  const url = await ask("/components/api/exec");
  const shell = await open(url);
  await expect(open(url)).rejects.toThrow("403");
  shell.send({ op: "paste", data: "x" });

  expect(await shell.ended).toMatchObject({ code: 1003 });
  expect(cloud.digitalOcean.findings()).toEqual([expect.stringContaining("console")]);
});

test("a console ends with its instance, and with the cloud", async () => {
  const { cloud, app, ask } = await aConsole();
  const shell = await open(await ask("/components/api/exec"));
  app.instances.splice(0);
  expect(await shell.ended).toMatchObject({ code: 1001 });
  await close(cloud);
});
