import { secretsOfChannel } from "../../../src/digitalocean/insights/index.ts";

const all = [
  "slack.webhook_url",
  "webhook.basic_auth.password",
  "webhook.bearer_token.token",
  "webhook.signature.secret",
];

test("secrets that come back masked are known to be kept", () => {
  expect(
    secretsOfChannel({
      slack: { channel: "#a", webhook_url: "********" },
      webhook: {
        url: "https://a.example",
        basic_auth: { username: "u", password: "********" },
        bearer_token: { token: "********" },
        signature: { secret: "********" },
      },
    }),
  ).toEqual(all);
});

test("secrets that a status stands for are known to be kept", () => {
  const status = { configured: true };

  expect(
    secretsOfChannel({
      slack: { channel: "#a", webhook_url_status: status },
      webhook: {
        url: "https://a.example",
        basic_auth: { username: "u", password_status: status },
        bearer_token: { token_status: status },
        signature: { secret_status: status },
      },
    }),
  ).toEqual(all);
});

test("a channel keeps no secret where nothing says so, or the status says no", () => {
  expect(
    secretsOfChannel({
      slack: { channel: "#a", webhook_url_status: { configured: false } },
      webhook: { url: "https://a.example" },
    }),
  ).toEqual([]);
});
