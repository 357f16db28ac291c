import type { S3Client } from "@aws-sdk/client-s3";

import type { Session } from "../../../operations/context/session.ts";
import { migrateStates } from "../../../operations/state/migrate.ts";
import { silent } from "../../support/deploying.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";
import { withConfig } from "../doctor/support/breakage.ts";

let world: World;
beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

const theirs = '{"version":4,"serial":1,"lineage":"theirs","outputs":{},"resources":[]}';
const ours = '{"version":4,"serial":7,"lineage":"ours","outputs":{"made":{}},"resources":[]}';

/** A store of which the old bucket has a state, and in which somebody else writes over whatever is written into the new one. */
function raced({ session, bucket }: World): Session {
  bucket.objects.set("production-data.tfstate", ours);
  const client = bucket.client(new AbortController().signal);
  const written = new Map<string, string>();
  const send = async (command: { readonly input: { Bucket?: string; Key?: string } }) => {
    const { Bucket = "", Key = "" } = command.input;
    if (Bucket === "old") return client.send(command as never);
    if (command.constructor.name === "PutObjectCommand") {
      written.set(Key, theirs);
      return {};
    }
    const text = written.get(Key);
    if (text === undefined)
      throw Object.assign(new Error("none"), { $metadata: { httpStatusCode: 404 } });
    return { Body: { transformToString: () => Promise.resolve(text) } };
  };
  const spaces = () => ({ send }) as unknown as S3Client;
  return { ...session, clients: { ...session.clients, spaces } };
}

test("a state that somebody else wrote over in the new place is no state that was moved", async () => {
  const session = withConfig(raced(world), ({ state }) => {
    state.backend = { kind: "spaces", bucket: "new" };
  });

  await expect(migrateStates(session, { from: "old" }, silent)).rejects.toThrow(
    "the state of production-data in the new place is not the one that was written: somebody else writes there\n  fix: see who works there, then the same line again",
  );
  expect(world.bucket.objects.get("production-data.tfstate")).toBe(ours);
});

test.each(["hcp:", "hcp:acme", "hcp:acme/mam/x"])(
  "%s is no place that states were in",
  async (from) => {
    await expect(migrateStates(world.session, { from }, silent)).rejects.toThrow(
      `${from} names no place.\n  fix: hcp:<organization>/<what stands before the stack's name in the workspace's>`,
    );
  },
);

test("where no state is, nothing is moved, and what to look at is said", async () => {
  const session = withConfig(world.session, ({ state }) => {
    state.backend = { kind: "spaces", bucket: "new" };
  });

  await expect(migrateStates(session, { from: "old" }, silent)).rejects.toThrow(
    [
      "The states of production cannot be moved. Nothing was written.",
      "  no state of production is there: --from names no place that it was deployed to",
      "  fix: see who works there, and which of two states is right: mam state show production lists those of the new place",
    ].join("\n"),
  );
});
