import { plainProgress } from "../../../operations/context/progress.ts";
import { bootstrapState } from "../../../operations/state/bootstrap.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

const silent = plainProgress(() => undefined);

test("states that are files of this machine have no place to be made", async () => {
  const environment = anEnvironment();
  const { config } = environment;
  const state = { ...config.state, backend: { kind: "local" } as const };
  const session = aSession({
    ...{ environment: { ...environment, config: { ...config, state } }, project: "/project" },
    clients: {},
  });

  await expect(bootstrapState(session, {}, silent)).rejects.toThrow(
    /files of this machine, of which no versions are kept\.\n {2}fix: set state\.backend\.kind/,
  );
});

test.each([
  ["is somebody else's", 403],
  ["may not be made", 409],
])("a bucket that %s is said, with the key that it takes", async (_, made) => {
  const answers = (name: string) => (name === "HeadBucketCommand" ? 404 : made);
  const send = (command: object) => {
    const httpStatusCode = answers(command.constructor.name);
    return Promise.reject(Object.assign(new Error("no"), { $metadata: { httpStatusCode } }));
  };
  const session = aSession({
    ...{ environment: anEnvironment(), project: "/project" },
    clients: { spaces: () => ({ send }) as never },
  });

  await expect(bootstrapState(session, {}, silent)).rejects.toThrow(
    /cannot be made or used with this key.*\n {2}fix: set AWS_ACCESS_KEY_ID/,
  );
});

test.each([
  ["locked twice", true, /northlight-production-history takes both of two locks: two deployments/],
  ["made, and is not there", false, /northlight-production-history was made, and is not there/],
])("a history whose workspace can be %s is no place for states", async (_, isThere, words) => {
  const given: string[] = [];
  const hcp = {
    project: () => Promise.resolve("prj-1"),
    workspace: (name: string) => Promise.resolve(isThere ? { id: name } : undefined),
    createWorkspace: () => Promise.resolve(),
    updateWorkspace: () => Promise.resolve(),
    lock: () => Promise.resolve(true),
    unlock: (id: string) => Promise.resolve(void given.push(id)),
  };
  const environment = anEnvironment();
  const { config } = environment;
  const backend = {
    kind: "hcp",
    organization: "acme",
    project: "media",
    execution: "local",
    plan: "paid",
    workspacePrefix: "northlight-",
  } as const;
  const session = aSession({
    environment: { ...environment, config: { ...config, state: { ...config.state, backend } } },
    ...{ project: "/project", clients: { hcp: () => hcp as never } },
  });

  await expect(bootstrapState(session, {}, silent)).rejects.toThrow(words);
  expect(given).toEqual(isThere ? ["northlight-production-history"] : []);
});
