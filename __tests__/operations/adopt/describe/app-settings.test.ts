import { described, of, standing } from "../support/standing.ts";

const changes: readonly (readonly [string, object, RegExp])[] = [
  ["the CDN", {}, /App Platform's CDN serves nothing of it any more/],
  ["threat control", { enhanced_threat_control_enabled: true }, /its enhanced threat control goes/],
  [
    "a minimum TLS version",
    { domains: [{ domain: "www.shop.example", zone: "shop.example", minimum_tls_version: "1.3" }] },
    /its minimum TLS version goes/,
  ],
];

test.each(changes)("of %s is said that it goes", (_, spec, what) => {
  expect(of(described(standing(spec)).remarks, "changed")).toContainEqual(
    expect.stringMatching(what),
  );
});

test("addresses that others know the app by are lost", () => {
  const egress = { type: "DEDICATED_IP" };

  expect(of(described(standing({ egress })).remarks, "lost")).toEqual([
    expect.stringMatching(/^the dedicated egress addresses: .*the app gives them back/),
  ]);
});

test("channels of Slack that are told no more are named, and no address of a webhook is", () => {
  const { remarks } = described(standing({}, { slackChannels: ["#ops"] }));

  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(/its alerts are told to #ops no more/),
  );
});

test("variables of the whole app are read by every component that does not write them over", () => {
  const envs = [
    { key: "LOG_LEVEL", value: "warn" },
    { key: "JWT_SECRET_A", value: "EV[1:x]", type: "SECRET" },
    { key: "TEAM", value: "a" },
  ];
  const services = [{ name: "api", image: { registry_type: "DOCR", repository: "shop-api" } }];
  const { fields, remarks } = described(standing({ services, envs }));

  expect(fields.logs).toMatchObject({ level: "warn" });
  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(/^variables of the whole app: .* first deployment: TEAM$/),
  );
  expect(of(remarks, "changed")).toContainEqual(expect.stringMatching(/^the secret JWT_SECRET_A/));
});
