import { explain } from "../../../rehearsal/parity/explained.ts";

const explained = [{ pattern: /^terraform, .*\.etag = /, why: "An etag is made anew." }];

test("a difference with a written reason carries it, any other has none", () => {
  expect(
    explain(["terraform, only with real providers: a.etag = 1", "POST /v2/apps: asked"], explained),
  ).toEqual([
    {
      what: "terraform, only with real providers: a.etag = 1",
      why: "An etag is made anew.",
    },
    { what: "POST /v2/apps: asked" },
  ]);
});
