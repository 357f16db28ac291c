import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { production } from "../../../environments/production.ts";
import { type Session, openSession } from "../../../operations/context/session.ts";
import { jobLink } from "../../../operations/deploy/notice.ts";
import { notifyEnd } from "../../../operations/deploy/notify.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import { changed, checked, release } from "../../support/environments.ts";

const path = "/services/T00/B00/very-secret-part";
const received: { url: string; body: Record<string, unknown> }[] = [];
let status: number;
let server: Server;
let address: string;
let directory: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ url: request.url ?? "", body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(status).end(path);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  directory = mkdtempSync(join(tmpdir(), "mam-notify-"));
});

beforeEach(() => {
  status = 200;
  received.splice(0);
});

afterAll(async () => {
  rmSync(directory, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

const entry: LedgerEntry = {
  id: "20261124-013427-9f3a",
  kind: "deployment",
  who: "anna by CI",
  commit: "abc",
  begun: "2026-11-24T01:34:27.000Z",
  ended: "2026-11-24T01:36:31.000Z",
  images: release.images,
  stacks: {},
  findings: [{ id: "x", severity: "warning", resource: "r", expected: "e", found: "f", fix: "x" }],
  overrides: [],
  result: "succeeded",
};

/** Tells what became of a deployment of an environment that tells Slack and a webhook. */
async function notify(
  variables: Readonly<Record<string, string>>,
  { entry: ended = entry, ...settings }: { entry?: LedgerEntry; onlyFailures?: boolean } = {},
) {
  const interruption = AbortSignal.abort();
  const opened = openSession({ name: "production", project: directory, variables, interruption });
  const config = checked(
    changed((draft) => {
      draft.alerting.afterDeployment = {
        slackVariable: "CHAT_URL",
        webhookVariable: "HOOK_URL",
        ...settings,
      };
    }, production),
  );
  const session: Session = { ...opened, environment: { ...opened.environment, config } };
  try {
    return { line: await notifyEnd(session, ended), redactor: session.redactor };
  } finally {
    await session.close();
  }
}

test("Slack gets a sentence, and a webhook all of it as data, also after an interruption", async () => {
  const { line } = await notify({ CHAT_URL: address, HOOK_URL: address });

  expect(line).toBe("");
  expect(received.map(({ body }) => body)).toEqual(
    expect.arrayContaining([
      {
        text: "production: deployment 20261124-013427-9f3a by anna by CI succeeded after 124 s, 1 warnings\nhttps://mam.northlight.example",
      },
      expect.objectContaining({
        event: "mam.deployment.ended",
        environment: "production",
        release: entry.id,
        result: "succeeded",
        who: "anna by CI",
        images: release.images,
        warnings: 1,
        link: "https://mam.northlight.example",
      }),
    ]),
  );
});

test("an address may stand in a file", async () => {
  const file = join(directory, "chat");
  writeFileSync(file, `${address}\n`);

  expect((await notify({ CHAT_URL_FILE: file, HOOK_URL: address })).line).toBe("");
  expect(received).toHaveLength(2);
});

test("why it failed is told, and cannot write a mention or a link into Slack", async () => {
  const failed: LedgerEntry = { ...entry, result: "failed", reason: "api: <!channel> & more" };
  await notify({ CHAT_URL: address, HOOK_URL: address }, { entry: failed });

  expect(received.map(({ body }) => body.text).join("")).toContain(
    "api: &lt;!channel&gt; &amp; more",
  );
});

test("whoever cannot be told is a line that does not show the address, and no failure", async () => {
  status = 500;
  const { line, redactor } = await notify({ CHAT_URL: address, HOOK_URL: "not an address" });

  expect(line).toBe(
    "! Slack was not told what became of the deployment: its address answers 500\n" +
      "! The webhook was not told what became of the deployment: HOOK_URL is no https address\n",
  );
  expect(redactor.redact(`at ${address}`)).not.toContain("very-secret-part");
});

test("an address that nothing sets is named by its variable", async () => {
  const { line } = await notify({ CHAT_URL: address });

  expect(line).toContain("HOOK_URL is not set, nor is HOOK_URL_FILE");
});

test("over the internet nothing is told without encryption", async () => {
  const { line } = await notify({ CHAT_URL: "http://chat.example/x", HOOK_URL: address });

  expect(line).toContain("CHAT_URL is no https address");
});

test("who wants to hear of failures alone is not told of a success", async () => {
  const variables = { CHAT_URL: address, HOOK_URL: address };
  await notify(variables, { onlyFailures: true });
  expect(received).toEqual([]);

  await notify(variables, { onlyFailures: true, entry: { ...entry, result: "failed" } });
  expect(received).toHaveLength(2);
});

test.each([
  [
    {
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "northlight/mam",
      GITHUB_RUN_ID: "7",
    },
    "https://github.com/northlight/mam/actions/runs/7",
  ],
  [{ CI_JOB_URL: "https://gitlab.example/jobs/7" }, "https://gitlab.example/jobs/7"],
  [{}, undefined],
])("the job that deployed is linked where a CI service says which it is", (variables, link) => {
  expect(jobLink(variables)).toBe(link);
});
