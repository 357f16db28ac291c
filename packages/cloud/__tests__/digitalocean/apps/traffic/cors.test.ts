import { corsAnswer } from "../../../../src/digitalocean/apps/traffic/cors.ts";

const page = "https://mam.example.com";

test.each([
  [{ exact: page }, true],
  [{ exact: "https://mam.example.co" }, false],
  [{ prefix: "https://mam." }, true],
  [{ regex: "^https://(mam|media)\\.example\\.com$" }, true],
  [{ regex: "https://mam" }, false],
  [{ regex: ".*example.*" }, true],
])("%j allows the page: %s", (matcher, allowed) => {
  const answer = corsAnswer({ allow_origins: [matcher] }, page, page);
  expect(answer !== undefined).toBe(allowed);
});

test("nothing is said where there is no policy", () => {
  expect(corsAnswer(undefined, page, page)).toBeUndefined();
  expect(corsAnswer({}, page, page)).toBeUndefined();
});

test("the origin is shown as the browser knows it, and what is not set is not said", () => {
  const shown = "http://mam.example.com.localhost:8080";
  expect(corsAnswer({ allow_origins: [{ exact: page }], max_age: "1m30s" }, page, shown)).toEqual({
    preflight: [
      ["access-control-allow-origin", shown],
      ["access-control-max-age", "90"],
    ],
    answer: [["access-control-allow-origin", shown]],
  });
});
