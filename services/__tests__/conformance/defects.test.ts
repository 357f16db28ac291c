import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { defects } from "../../conformance/src/defects/index.ts";
import { playDefect } from "../../conformance/src/defects/play.ts";
import { type OwnPlatform, startOwnPlatform } from "../../conformance/src/start/own-platform.ts";
import { services } from "../../conformance/src/target.ts";
import { skipWithout } from "../../local/engines.ts";

const skip = skipWithout("ffmpeg", "postgres", "pgbouncer", "valkey");

void describe("services with one defect each", { skip, concurrency: true }, () => {
  let own: OwnPlatform;
  before(async () => {
    own = await startOwnPlatform();
    // What an API left to do is not to be done by one without the defect.
    await own.stopApi();
  });
  after(() => own.close());

  for (const service of services)
    void describe(`of the ${service}`, { concurrency: 1 }, () => {
      for (const defect of defects.filter((one) => one.service === service))
        test(`a service that ${defect.defect} is caught by the statements that are meant for it`, async () => {
          const caught = await playDefect(own, defect);

          assert.deepEqual(
            Object.keys(caught).sort(),
            [...defect.caught].sort(),
            JSON.stringify(caught, null, 2),
          );
        });
    });
});
