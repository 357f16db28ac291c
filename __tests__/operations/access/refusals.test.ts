import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { packages } from "@mam-infra/clients/packages";

import { publicAddress } from "../../../operations/access/address.ts";
import { openWebTerminal } from "../../../operations/access/web-terminal.ts";
import { consoleSession } from "../../../operations/access/console.ts";
import { reachDatabase } from "../../../operations/access/database.ts";
import { askedOf } from "../../../operations/access/record.ts";
import { distrust, trust } from "../../../operations/access/trusted-sources.ts";
import type { Internet } from "../../../operations/context/internet.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

describe("a session", () => {
  test.each(["0", "241", "1.5", "long", ""])("of %s minutes is refused", (minutes) => {
    expect(() => askedOf({ minutes, reason: "ticket 1" })).toThrow(
      `--minutes ${minutes}: expected a whole number, 1 to 240`,
    );
  });

  test.each([undefined, "", "  "])("without a reason is refused: %j", (reason) => {
    const given = reason === undefined ? {} : { reason };
    expect(() => askedOf({ minutes: "240", ...given })).toThrow("fix: say it with --reason");
  });
});

type Answers = Readonly<Record<string, object>>;

/** DigitalOcean that answers calls by their names, and remembers what it was told to write. */
function platform(answers: Answers) {
  const written: unknown[] = [];
  const call = (name: string, _: object, { body }: { readonly body?: object } = {}) => {
    if (body) written.push(body);
    return Promise.resolve(answers[name] ?? {});
  };
  return { api: { call } as unknown as DigitalOcean, written };
}

const sessionWith = (answers: Answers) =>
  aSession({
    ...{ environment: anEnvironment(), project: "/project" },
    clients: { digitalOcean: () => platform(answers).api },
  });
const cluster = { id: "one", name: "mam-production-postgres", engine: "pg" };

describe("the address of this machine", () => {
  const seen = (read: Internet["read"]) =>
    aSession({
      ...{ environment: anEnvironment(), project: "/project" },
      clients: { internet: () => ({ read }) as Internet },
    });

  test("is refused where a person says none of IPv4", async () => {
    const nobody = seen(() => Promise.reject(new Error("nobody is asked")));
    await expect(publicAddress(nobody, "2001:db8::1")).rejects.toThrow(
      "--address 2001:db8::1: expected an IPv4 address",
    );
    expect(await publicAddress(nobody, "198.51.100.7")).toBe("198.51.100.7");
  });

  test.each([
    ["nothing", () => Promise.reject(new Error("no answer")), "no answer"],
    [
      "a page",
      () => Promise.resolve({ status: 200, body: "<html>" } as never),
      "it answered something else than an IPv4 address",
    ],
  ])("that is answered with %s has to be said", async (_, read, why) => {
    await expect(publicAddress(seen(read))).rejects.toThrow(
      new RegExp(`is not known: https://checkip\\S* ${why}\\n {2}fix: say it with --address`),
    );
  });
});

test.each([
  [
    "is not there",
    { databases: [] },
    "is not there, expected online\n  fix: mam deploy production",
  ],
  [
    "is being made",
    { databases: [{ ...cluster, status: "creating" }] },
    "is creating, expected online\n  fix: the same line again, once it is",
  ],
  [
    "hides its administrator",
    { databases: [{ ...cluster, status: "online", connection: { host: "h", port: 1 } }] },
    "fix: use a token with the scope database:view_credentials",
  ],
])("a database that %s is not reached", async (_, listDatabases, words) => {
  await expect(reachDatabase(sessionWith({ listDatabases }))).rejects.toThrow(words);
});

describe("trusted sources", () => {
  const rule = { uuid: "1", cluster_uuid: "one", type: "ip_addr", value: "203.0.113.1" };

  test("of which there are none are not begun with this machine's", async () => {
    const { api, written } = platform({ getDatabaseFirewall: { rules: [] } });
    await expect(trust(api, "one", "203.0.113.1")).rejects.toThrow(
      /^the cluster has no trusted sources: it is open to the internet, .*\n {2}fix: mam deploy writes the trusted sources again$/,
    );
    expect(written).toEqual([]);
  });

  test("keep their last one", async () => {
    const { api, written } = platform({ getDatabaseFirewall: { rules: [rule] } });
    await expect(distrust(api, "one", ["203.0.113.1"])).rejects.toThrow(
      /^nothing else is trusted: without a rule the cluster would be open .*\n {2}fix: mam deploy writes the trusted sources again$/,
    );
    expect(written).toEqual([]);
  });

  test("that somebody else writes at the same time are tried a few times, and then said", async () => {
    const other = { ...rule, value: "10.0.0.0/20" };
    const { api, written } = platform({ getDatabaseFirewall: { rules: [other] } });
    await expect(trust(api, "one", "203.0.113.1")).rejects.toThrow(
      "somebody else writes the cluster's trusted sources at the same time\n  fix: the same line again",
    );
    expect(written).toHaveLength(4);
  });
});

test("a console of an app that there is not yet is refused", async () => {
  const asked = { component: "api", minutes: 10, reason: "ticket 1" };
  await expect(consoleSession(sessionWith({ listApps: {} }), asked)).rejects.toThrow(
    "there is no app of production yet\n  fix: mam deploy production",
  );
});

test("a console that nobody answers is said, without its address", async () => {
  const { Agent } = packages.undici();
  const agent = new Agent();
  const session = aSession({
    ...{ environment: anEnvironment(), project: "/project" },
    clients: { web: () => agent },
  });
  const address = "ws://127.0.0.1:1/?token=secret-token";
  const opened = openWebTerminal(session, address, () => undefined);

  await expect(opened).rejects.toThrow(
    /^the console was not opened: the connection was closed with \d+\n {2}fix: the same line again; mam status <environment> says/,
  );
  await agent.close();
});
