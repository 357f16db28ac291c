import { PutObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";

import { machineFolder } from "../../constructs/gpu/cloud-config.ts";
import { statusKey } from "../../constructs/gpu/names.ts";
import { bucketName } from "../../constructs/storage/tiers.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Droplet } from "@mam-infra/cloud/digitalocean/droplets/model";
import { covers } from "@mam-infra/cloud/digitalocean/firewalls/firewall";
import { dockerCredentials } from "@mam-infra/cloud/digitalocean/registry/credentials";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import { withStorage } from "./wasabi-storage.ts";

const cloudConfig = z.strictObject({
  write_files: z.array(
    z.strictObject({
      path: z.string(),
      permissions: z.string(),
      owner: z.literal("root:root"),
      content: z.string(),
    }),
  ),
  runcmd: z.array(z.array(z.string())),
});

const bundleSchema = z.strictObject({
  image: z.string(),
  registry: z.strictObject({ auths: z.record(z.string(), z.strictObject({ auth: z.string() })) }),
  variables: z.record(z.string(), z.string()),
});

type Bundle = z.infer<typeof bundleSchema>;

/** A machine whose worker runs. */
interface Running {
  readonly bundle: Bundle;
  /** Why its card is of no use. */
  broken?: string;
  fellBack: number;
}

/** Milliseconds between two looks at what stands, and between two reports of a worker. */
const pause = 200;

/**
 * Droplets with a card as they would be: each boots once, with what its user data says and nothing else, and its worker
 * says what it is for as long as the Droplet is on. It is strict: a machine that could not work on the real platform says
 * nothing here.
 */
export class Machines {
  readonly #cloud: RehearsalCloud;
  readonly #running = new Map<number, Running>();
  readonly #booted = new Set<number>();
  readonly #mute = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #looking = Promise.resolve();
  /** Why machines stayed silent, or what of them is not as it has to be. */
  readonly objections: string[] = [];
  /** How many ran at the same time at least, since it was last asked. */
  #fewest = Infinity;

  constructor(cloud: RehearsalCloud) {
    this.#cloud = cloud;
    this.#timer = setInterval(() => {
      this.#looking = this.#looking
        .then(() => this.#look())
        .catch((error: unknown) => {
          this.objections.push(messageOf(error));
        });
    }, pause);
  }

  /** Ids of the machines whose workers run. */
  ids(): number[] {
    return [...this.#running.keys()];
  }

  /** What the workers of all machines were given. */
  variables(): readonly Readonly<Record<string, string>>[] {
    return [...this.#running.values()].map(({ bundle }) => bundle.variables);
  }

  /** A machine's card fails: the job in hand is done on the CPU, and so are all after it. */
  breakCard(id: number, reason: string): void {
    const machine = this.#running.get(id);
    if (!machine) throw new Error(`no machine ${id} runs`);
    machine.broken = reason;
    machine.fellBack += 1;
  }

  /** Machines of a name boot and say nothing, from now on, until the returned function is called. */
  mute(name: string): () => void {
    this.#mute.add(name);
    return () => this.#mute.delete(name);
  }

  /** The fewest machines that ran at any time since this was last asked. */
  fewest(): number {
    const fewest = this.#fewest;
    this.#fewest = this.#running.size;
    return fewest;
  }

  /** Lets every machine that runs say what it is once more. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2 * pause));
    await this.#looking;
  }

  /** Ends all of them, as far as they are played here. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { droplets } = this.#cloud.digitalOcean.store;
    for (const id of this.#running.keys()) {
      if (!droplets.some((one) => one.id === id && one.status === "active")) {
        this.#running.delete(id);
      }
    }
    for (const droplet of droplets.filter(({ status }) => status === "active")) {
      if (!this.#booted.has(droplet.id)) await this.#boot(droplet);
    }
    this.#fewest = Math.min(this.#fewest, this.#running.size);
    for (const [id, machine] of this.#running) await this.#report(id, machine);
  }

  async #boot(droplet: Droplet): Promise<void> {
    this.#booted.add(droplet.id);
    if (this.#mute.has(droplet.name)) return;
    try {
      const bundle = bundleSchema.parse(await fetched(addressIn(droplet.user_data)));
      this.#check(droplet, bundle);
      this.#running.set(droplet.id, { bundle, fellBack: 0 });
    } catch (error) {
      this.objections.push(`${droplet.name}: ${messageOf(error)}`);
    }
  }

  /** What a machine would fail by on the real platform. @throws Error with the first of it. */
  #check(droplet: Droplet, { image, registry, variables }: Bundle): void {
    const { store } = this.#cloud.digitalOcean;
    const out = store.firewalls
      .filter((firewall) => covers(firewall, droplet))
      .flatMap(({ outbound_rules }) => outbound_rules.map(({ ports }) => ports));
    const valkey = store.databases.find(({ engine }) => engine === "valkey");
    const [, repository, digest] =
      /^registry\.digitalocean\.com\/[^/]+\/([^@]+)@(.+)$/.exec(image) ?? [];
    const known = store.registries
      .flatMap(({ repositories }) => repositories)
      .find((one) => one.name === repository)
      ?.manifests.some((one) => one.digest === digest);
    const redis = new URL(variables.REDIS_URL ?? "none:");
    const wrong = [
      [!out.includes("443") || !out.includes("53"), "no firewall lets it out to the internet"],
      [!out.includes(redis.port), `no firewall lets it out to Valkey's port ${redis.port}`],
      [valkey?.private_network_uuid !== droplet.vpc_uuid, "Valkey is in another network"],
      [!redis.hostname.startsWith("private-"), "REDIS_URL is not Valkey's private address"],
      [
        decodeURIComponent(redis.password) !== valkey?.users[0]?.password,
        "REDIS_URL has another password than Valkey",
      ],
      [!known, `the registry does not have ${image}`],
      [
        JSON.stringify(registry) !== JSON.stringify(dockerCredentials(store)),
        "the registry refuses it",
      ],
      [!variables.API_BASE?.startsWith("https:"), "API_BASE is not the API's public address"],
    ] as const;
    const found = wrong.find(([isSo]) => isSo);
    if (found) throw new Error(found[1]);
  }

  /** What the worker writes, with its own key: one that storage refuses leaves it silent, as a retired one would. */
  async #report(id: number, { bundle: { variables }, broken, fellBack }: Running): Promise<void> {
    const { config } = this.#cloud.environment;
    const report = {
      version: 1,
      at: new Date().toISOString(),
      digest: variables.RELEASE_DIGEST,
      settings: variables.WORKER_SETTINGS,
      encoder: broken === undefined ? "nvenc" : "cpu",
      fellBack,
      ...(broken === undefined ? {} : { reason: broken }),
    };
    const key = {
      accessKeyId: variables.WASABI_PREVIEWS_ACCESS_KEY ?? "",
      secretAccessKey: variables.WASABI_PREVIEWS_SECRET ?? "",
    };
    const object = { Bucket: bucketName(config, "previews"), Key: statusKey(String(id)) };
    const Body = JSON.stringify(report);
    await withStorage({ cloud: this.#cloud }, key, (storage) =>
      storage.send(new PutObjectCommand({ ...object, Body, ContentType: "application/json" })),
    ).catch((error: unknown) => {
      this.objections.push(`machine ${id} cannot write its report: ${messageOf(error)}`);
    });
  }
}

/** The address that a machine asks, from its user data. @throws when that is not what cloud-init would take. */
function addressIn(userData: string): string {
  const [head = "", ...rest] = userData.split("\n");
  if (head !== "#cloud-config") throw new Error("its user data is no cloud-config");
  const { write_files: files, runcmd } = cloudConfig.parse(JSON.parse(rest.join("\n")));
  const file = (path: string) => files.find((one) => one.path === path);
  if (!file("/etc/systemd/system/mam-worker.service")) throw new Error("it has no unit");
  const run = runcmd.flat().find((word) => file(word)?.permissions === "0700");
  if (run === undefined) throw new Error("it runs nothing that it has");
  const address = file(`${machineFolder}/bootstrap-address`);
  if (address?.permissions !== "0600") throw new Error("everybody on it may read the address");
  return address.content.trim();
}

async function fetched(address: string): Promise<unknown> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`it was not given what it has to know: ${answer.status}`);
  return answer.json();
}

/** What an address answers now: a status, for whoever finds it in user data later. */
export async function answerOf(droplet: Pick<Droplet, "user_data">): Promise<number> {
  const answer = await fetch(addressIn(droplet.user_data));
  await answer.arrayBuffer();
  return answer.status;
}
