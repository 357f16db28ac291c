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

/** A store that answers the question for a bucket, and the wish to make it, with these refusals. */
function refusing(asked: number, made: number) {
  const send = (command: object) => {
    const httpStatusCode = command.constructor.name === "HeadBucketCommand" ? asked : made;
    const error = Object.assign(new Error(`refused: ${httpStatusCode}`), {
      $metadata: { httpStatusCode },
    });
    return Promise.reject(error);
  };
  return aSession({
    ...{ environment: anEnvironment(), project: "/project" },
    clients: { spaces: () => ({ send }) as never },
  });
}

test.each([
  ["may not be looked at", 403, 200],
  ["may not be made", 404, 403],
  ["is somebody else's", 404, 409],
])("a bucket that %s is said, with the key that it takes", async (_, asked, made) => {
  await expect(bootstrapState(refusing(asked, made), {}, silent)).rejects.toThrow(
    /cannot be made or used with this key.*\n {2}fix: set AWS_ACCESS_KEY_ID/,
  );
});

test.each([
  ["looked for", 500, 200, "refused: 500"],
  ["made", 404, 503, "refused: 503"],
])(
  "a store that is down while a bucket is %s is said as it says it",
  async (_, asked, made, words) => {
    await expect(bootstrapState(refusing(asked, made), {}, silent)).rejects.toThrow(
      new RegExp(`^${words}$`),
    );
  },
);

test.each([
  [
    "locked twice",
    true,
    /northlight-production-history takes both of two locks: two deployments.*\n {2}fix: let nobody/,
  ],
  [
    "made, and is not there",
    false,
    /northlight-production-history was made, and is not there\n {2}fix: give the token's team/,
  ],
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
