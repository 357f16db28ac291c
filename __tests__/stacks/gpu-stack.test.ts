import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";

import { gpuCloudConfig } from "../../constructs/gpu/cloud-config.ts";
import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { withGpu } from "../support/gpu.ts";
import { schemaObjections } from "../support/provider-schema.ts";
import { type TerraformBlock, resources, stackOf, stacksOf } from "../support/stacks.ts";

const gpu = stackOf(anEnvironment(withGpu()), "gpu");

const machines = resources(gpu, "digitalocean_droplet");

function withoutGpu(input: EnvironmentInput): EnvironmentInput {
  return changed((draft) => delete draft.services.worker.gpu, input);
}

test("an environment that asks for no card has its three stacks, and no letter of them knows of cards", () => {
  const { stacks, text } = stacksOf([anEnvironment(production), anEnvironment(staging)]);

  expect(Object.keys(stacks)).toHaveLength(6);
  expect(text).not.toMatch(/gpu|droplet/i);
});

test("asking for cards adds a stack, and changes no letter of the other three", () => {
  const without = stacksOf([anEnvironment(withoutGpu(withGpu()))]);
  const asked = stacksOf([anEnvironment(withGpu())]);

  expect(Object.keys(asked.stacks)).toEqual([...Object.keys(without.stacks), "production-gpu"]);
  expect(asked.text.startsWith(without.text)).toBe(true);
});

test("each machine stands in the environment's network, nobody has a key to it, and it goes only once it was shut down", () => {
  expect(machines.map(([name]) => name)).toEqual(["gpu_worker_1", "gpu_worker_2"]);
  for (const [, machine] of machines) {
    expect(machine).toMatchObject({
      region: "tor1",
      size: "gpu-4000adax1-20gb",
      vpc_uuid: expect.stringContaining("digitalocean_vpc_vpc_id"),
      monitoring: true,
      backups: false,
      graceful_shutdown: true,
    });
    expect(machine).not.toHaveProperty("ssh_keys");
    expect(JSON.stringify(machine.lifecycle)).not.toContain("prevent_destroy");
  }
});

test("a machine is replaced when its image, its settings or its storage key is another one, and each by itself", () => {
  const made = resources(gpu, "terraform_data");
  const triggers = machines.map(
    ([, { lifecycle }]) => (lifecycle as TerraformBlock).replace_triggered_by,
  );

  expect(triggers).toEqual(made.map(([name]) => [`terraform_data.${name}`]));
  expect(made.map(([, { input }]) => input)).toEqual(
    [1, 2].map(() => ({
      image: `mam-worker@sha256:${"3".repeat(64)}`,
      settings: expect.stringMatching(/^[0-9a-f]{16}$/),
      storage_key: expect.stringContaining("_transcoder_key_a_id"),
    })),
  );
});

test("a new image and a new setting are other machines; a new wish for their number is not", () => {
  const madeFrom = (input: EnvironmentInput, worker?: string) => {
    const environment = anEnvironment(input);
    const { release } = environment;
    const images = { ...release.images, worker: worker ?? release.images.worker };
    const stack = stackOf({ ...environment, release: { images } }, "gpu");
    return resources(stack, "terraform_data")[0]?.[1].input;
  };
  const busier = changed((draft) => (draft.services.worker.concurrency = 4), withGpu());

  expect(madeFrom(withGpu({ count: 3 }))).toEqual(madeFrom(withGpu()));
  expect(madeFrom(withGpu({ size: "gpu-l40sx1-48gb" }))).not.toEqual(madeFrom(withGpu()));
  expect(madeFrom(busier)).not.toEqual(madeFrom(withGpu()));
  expect(madeFrom(withGpu(), `sha256:${"9".repeat(64)}`)).not.toEqual(madeFrom(withGpu()));
});

test("user data holds an address and no secret, and Terraform does not replace a machine for another address", () => {
  const [, machine] = machines[0] ?? ["", {}];

  expect(machine.user_data).toBe(gpuCloudConfig("${var.gpu_bootstrap}"));
  expect(machine.lifecycle).toMatchObject({ ignore_changes: ["user_data"] });
  expect(gpu.variable).toEqual({
    gpu_bootstrap: { default: "", sensitive: true, type: "string" },
  });
  expect(JSON.stringify(gpu)).not.toMatch(/secret|password/i);
});

test("nobody reaches a machine, and it reaches TLS anywhere, names, time, and Valkey in the network", () => {
  expect(resources(gpu, "digitalocean_firewall")).toMatchObject([
    [
      expect.any(String),
      {
        name: "mam-production-gpu-worker",
        tags: ["${digitalocean_tag.gpu_tag.name}"],
        outbound_rule: [
          ["tcp", "443", ["0.0.0.0/0", "::/0"]],
          ["tcp", "53", ["0.0.0.0/0", "::/0"]],
          ["udp", "53", ["0.0.0.0/0", "::/0"]],
          ["udp", "123", ["0.0.0.0/0", "::/0"]],
          [
            "tcp",
            expect.stringContaining("digitalocean_database_cluster_valkey_port"),
            ["10.120.0.0/20"],
          ],
        ].map(([protocol, port_range, destination_addresses]) => ({
          protocol,
          port_range,
          destination_addresses,
        })),
      },
    ],
  ]);
  expect(resources(gpu, "digitalocean_firewall")[0]?.[1]).not.toHaveProperty("inbound_rule");
  for (const [, machine] of machines) {
    expect(machine.depends_on).toEqual([expect.stringMatching(/^digitalocean_firewall\./)]);
  }
});

test("machines belong to the project, and whoever is on call hears of them", () => {
  expect(resources(gpu, "digitalocean_project_resources")).toMatchObject([
    [
      "machines_members",
      {
        resources: [
          "${digitalocean_droplet.gpu_worker_1.urn}",
          "${digitalocean_droplet.gpu_worker_2.urn}",
        ],
      },
    ],
  ]);
  expect(
    resources(gpu, "digitalocean_monitor_alert").map(([, { entities, alerts, type }]) => ({
      entities,
      alerts,
      type,
    })),
  ).toEqual(
    ["disk_utilization_percent", "memory_utilization_percent"].map((metric) => ({
      entities: [
        "${digitalocean_droplet.gpu_worker_1.id}",
        "${digitalocean_droplet.gpu_worker_2.id}",
      ],
      alerts: { email: ["on-call@northlight.example"] },
      type: `v1/insights/droplet/${metric}`,
    })),
  );
});

test("a muted environment's machines have no alerts", () => {
  const muted = changed((draft) => {
    draft.alerting = { recipients: [], mutedReason: "Nobody is on call before the launch." };
  }, withGpu());

  expect(resources(stackOf(anEnvironment(muted), "gpu"), "digitalocean_monitor_alert")).toEqual([]);
});

test("it uses only what the pinned provider knows, with its type", () => {
  expect(schemaObjections(gpu, [digitaloceanSchema, awsSchema])).toEqual([]);
});
