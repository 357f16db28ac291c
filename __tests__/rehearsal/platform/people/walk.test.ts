import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { walk } from "../../../../rehearsal/platform/people/walk.ts";

test("a walk that ends before it says anything is an error with its last words", async () => {
  const services = mkdtempSync(join(tmpdir(), "no-services-"));
  try {
    const place = { app: "http://mam.localhost", email: "ada@example.com", password: "secret" };
    const walking = walk(
      {
        services,
        chromium: "chromium",
        place,
        clip: "film.mov",
        expiredLink: "http://mam.localhost/s/1",
        interruption: new AbortController().signal,
      },
      () => undefined,
    );

    await expect(walking).rejects.toThrow(/broke off: [^]*tsx/);
  } finally {
    rmSync(services, { recursive: true });
  }
});
