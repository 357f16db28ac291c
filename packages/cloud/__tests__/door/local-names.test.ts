import { LocalNames } from "../../src/door/local-names.ts";

const names = new LocalNames(
  () => 8080,
  () => ["mam.example.com", "s3.eu-central-2.wasabisys.com"],
);

test.each([
  ["https://mam.example.com", "http://mam.example.com.localhost:8080"],
  ["https://mam.example.com/api?x=1", "http://mam.example.com.localhost:8080/api?x=1"],
  ["https://mam.example.com:443/", "http://mam.example.com.localhost:8080/"],
  [
    "https://mam.example.com,https://else.example",
    "http://mam.example.com.localhost:8080,https://else.example",
  ],
  ["https://mam.example.com.evil.example", "https://mam.example.com.evil.example"],
  ["https://mam.example.com:8443", "https://mam.example.com:8443"],
  ["https://not-mam.example.com", "https://not-mam.example.com"],
  ["http://mam.example.com", "http://mam.example.com"],
  ["mam.example.com", "mam.example.com"],
])("on this machine %s is %s", (official, local) => {
  expect(names.toLocal(official)).toBe(local);
});

test("what was made local can be made official again", () => {
  const text = "https://mam.example.com/a https://s3.eu-central-2.wasabisys.com/b";
  expect(names.toOfficial(names.toLocal(text))).toBe(text);
  expect(names.toOfficial("http://mam.example.com.localhost:9090")).toBe(
    "http://mam.example.com.localhost:9090",
  );
});

test.each([
  ["mam.example.com.localhost:8080", "mam.example.com"],
  ["MAM.example.com.localhost", "mam.example.com"],
  ["localhost:8080", undefined],
  ["127.0.0.1:8080", undefined],
  [undefined, undefined],
])("the Host %s stands for %s", (header, host) => {
  expect(names.officialHost(header)).toBe(host);
});
