import { described, of, standing } from "../support/standing.ts";

test("a host that leads elsewhere already is not taken for media", () => {
  const takenHosts = ["media.shop.example", "edge.shop.example"];
  const { fields } = described(standing({}, { takenHosts }));

  expect(fields.domain.mediaHost).toBe("play.shop.example");
});

test("an app that had no host gets one that leads nowhere yet", () => {
  const otherwise = described(standing({ domains: [] })).fields.domain;
  const takenHosts = [otherwise.appHost];
  const { fields } = described(standing({ domains: [] }, { takenHosts }));

  expect(fields.domain.appHost).toBe(`www.${otherwise.zone}`);
});

test.each([
  ["acme.co.uk", "acme.co.uk"],
  ["acme.com.au", "acme.com.au"],
  ["www.acme.co.uk", "acme.co.uk"],
  ["www.acme.example", "acme.example"],
  ["acme.example", "acme.example"],
])("the zone of %s, which the account does not serve, is %s", (host, zone) => {
  const { fields } = described(standing({ domains: [{ domain: host }] }, { zones: [] }));

  expect(fields.domain).toMatchObject({ zone, mediaHost: `media.${zone}` });
});

test("a certificate authority that mam verify will name is said before", () => {
  const { remarks } = described(standing({}, { authorities: ["digicert.com"] }));

  expect(of(remarks, "left")).toContainEqual(
    expect.stringMatching(/^the CAA record of digicert.com/),
  );
});

test.each([["nyc1"], ["nyc3"]])("an app that says %s is in nyc", (region) => {
  const { fields, remarks } = described(standing({ region }));

  expect(fields.network.region).toBe("nyc");
  expect(of(remarks, "refused")).toEqual([]);
});
