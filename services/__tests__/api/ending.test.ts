import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { begin, bytesOf, sendParts } from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { signedIn } from "./support/person.ts";
import { type Platform, startPlatform } from "../../local/platform.ts";
import { launch } from "../../local/processes.ts";
import { until } from "../../local/wait.ts";

describe("the end of an instance", needs, () => {
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.close());

  test("comes after the answers that it had begun, with exit code 0", async () => {
    const api = await platform.start();
    const person = await signedIn(api.url);
    const upload = await begin(person, "a.mov", 1000);
    await sendParts(person, upload, bytesOf(1000), [1]);
    platform.storage.cloud.faults.add({
      platform: "wasabi",
      method: "POST",
      path: upload.id,
      kind: "slow",
      seconds: 2,
    });
    const answer = person.call("POST", `/api/uploads/${upload.id}/complete`);
    await until("storage is asked", async () => {
      const rows = await platform.database.server.query(
        "select 1 from uploads where expected_tag is not null",
        [],
        "defaultdb",
      );
      return rows.length === 1;
    });
    const code = api.stop();

    assert.equal((await answer).status, 200);
    assert.equal(await code, 0);
    await assert.rejects(fetch(`${api.url}/api/health`));
  });

  test("comes at once, with exit code 1 and why, when its port is taken", async () => {
    const api = await platform.start();
    const second = launch("main", { ...platform.variables, PORT: new URL(api.url).port });
    const { code, errors } = await second.ended;

    assert.equal(code, 1);
    assert.match(errors, /EADDRINUSE/);
  });

  test("comes at once, with exit code 2 and no secret, when the slot that shall sign has no key", async () => {
    const { code, errors } = await launch("main", {
      ...platform.variables,
      JWT_SECRET_ACTIVE: "B",
      JWT_SECRET_B: "",
      COOKIE_SECRET_A: "short-secret",
    }).ended;

    assert.equal(code, 2);
    assert.match(errors, /COOKIE_SECRET_A: expected 32 bytes or more/);
    assert.doesNotMatch(errors, /short-secret|c{64}/);
  });
});
