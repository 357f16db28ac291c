import { askedFor } from "../../../../operations/dashboard-page/serve/guard.ts";

const place = { port: 8400, key: "0123abcd" };
const ask = (changed: {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}) =>
  askedFor(
    {
      method: "GET",
      url: "/0123abcd/board.json",
      ...changed,
      headers: { host: "127.0.0.1:8400", ...changed.headers },
    },
    place,
  );

test.each(["127.0.0.1:8400", "localhost:8400", "[::1]:8400"])(
  "who knows the key is answered at %s",
  (host) => {
    expect(ask({ headers: { host } })).toBe("board.json");
    expect(ask({ url: "/0123abcd/", headers: { host } })).toBe("");
    expect(ask({ url: "/0123abcd/?x=1", headers: { host } })).toBe("");
  },
);

test.each([
  ["without the key", { url: "/board.json" }],
  ["with a part of the key", { url: "/0123/board.json" }],
  ["by a name that leads here", { headers: { host: "evil.example:8400" } }],
  ["by another port", { headers: { host: "127.0.0.1:80" } }],
  ["to be changed", { method: "POST" }],
  ["for another site", { headers: { "sec-fetch-site": "cross-site" } }],
  ["for another port of this machine", { headers: { "sec-fetch-site": "same-site" } }],
])("nothing is answered %s", (_, changed) => {
  expect(ask(changed)).toBeUndefined();
});

test("a link of another page leads to the page, and a page's own script to its data", () => {
  expect(ask({ url: "/0123abcd/", headers: { "sec-fetch-site": "cross-site" } })).toBe("");
  expect(ask({ headers: { "sec-fetch-site": "same-origin" } })).toBe("board.json");
});
