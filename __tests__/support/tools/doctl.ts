import { endpointsVariable } from "../../../stacks/endpoints.ts";

// Stands in for doctl 1.131 where it cannot be had: it takes the lines that `mam` prints, and no others. What each of
// them asks of the API is in docs.digitalocean.com/reference/doctl; what doctl would ask first is answered with yes.

type Request = readonly [method: "POST" | "DELETE", path: string, body?: object];

const number = (text: string | undefined) => Number(text ?? "NaN");

/** Lines by their words, with the request that each comes to; an argument is `*`. */
const lines: Readonly<
  Record<string, (words: readonly string[], flags: ReadonlyMap<string, string>) => Request>
> = {
  "compute domain records create *": ([zone = ""], flags) => [
    "POST",
    `/v2/domains/${zone}/records`,
    {
      type: flags.get("--record-type"),
      name: flags.get("--record-name"),
      data: flags.get("--record-data"),
      ttl: number(flags.get("--record-ttl")),
      priority: 0,
      port: 0,
      weight: 0,
      flags: 0,
    },
  ],
  "compute domain records delete * *": ([zone = "", id = ""]) => [
    "DELETE",
    `/v2/domains/${zone}/records/${id}`,
  ],
  "databases pool delete * *": ([cluster = "", name = ""]) => [
    "DELETE",
    `/v2/databases/${cluster}/pools/${name}`,
  ],
  "databases user delete * *": ([cluster = "", name = ""]) => [
    "DELETE",
    `/v2/databases/${cluster}/users/${name}`,
  ],
  "databases db delete * *": ([cluster = "", name = ""]) => [
    "DELETE",
    `/v2/databases/${cluster}/dbs/${name}`,
  ],
  "monitoring alert delete *": ([id = ""]) => ["DELETE", `/v2/monitoring/alerts/${id}`],
  "monitoring uptime delete *": ([id = ""]) => ["DELETE", `/v2/uptime/checks/${id}`],
  "monitoring uptime alert delete * *": ([check = "", alert = ""]) => [
    "DELETE",
    `/v2/uptime/checks/${check}/alerts/${alert}`,
  ],
};

const words: string[] = [];
const flags = new Map<string, string>();
const typed = process.argv.slice(2);
while (typed.length > 0) {
  const word = typed.shift() ?? "";
  if (word.startsWith("--")) flags.set(word, typed.shift() ?? "");
  else words.push(word);
}

const [line, request] =
  Object.entries(lines).find(([pattern]) => {
    const parts = pattern.split(" ");
    return (
      parts.length === words.length &&
      parts.every((part, index) => part === "*" || part === words[index])
    );
  }) ?? [];
if (line === undefined || request === undefined) {
  throw new Error(`doctl is not known to take: ${process.argv.slice(2).join(" ")}`);
}
const given = line.split(" ").flatMap((part, index) => (part === "*" ? [words[index] ?? ""] : []));
const [method, path, body] = request(given, flags);
const { digitalOcean } = JSON.parse(process.env[endpointsVariable] ?? "{}") as {
  readonly digitalOcean: string;
};
const answer = await fetch(`${digitalOcean}${path}`, {
  method,
  headers: {
    authorization: `Bearer ${process.env.DIGITALOCEAN_TOKEN ?? ""}`,
    ...(body ? { "content-type": "application/json" } : {}),
  },
  ...(body ? { body: JSON.stringify(body) } : {}),
});
if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
