import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import { repeatWhile } from "../../engine/repeat.ts";
import { cidr, lengthBetween, notEmpty } from "../../engine/rules.ts";
import { askUnlessGone, goTime, withoutEmpty, type DigitalOceanResource } from "./calls.ts";

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error reading VPC", () =>
    client.call("getVpc", { vpc_id: data.id }),
  );
  if (answer === undefined) return;
  const { vpc } = answer;
  data.id = vpc.id;
  data.set("name", vpc.name);
  data.set("region", vpc.region);
  data.set("description", vpc.description);
  data.set("ip_range", vpc.ip_range);
  data.set("urn", vpc.urn);
  data.set("default", vpc.default);
  data.set("created_at", goTime(vpc.created_at));
};

/** A private network (provider 2.99.1, vpc/resource_vpc.go). */
export const vpc: DigitalOceanResource = {
  type: "digitalocean_vpc",
  behaviour: {
    force_new: ["ip_range", "region"],
    // An empty one is not sent, so that a description cannot be taken away.
    answered_differently: ["description"],
    values_validated: {
      description: lengthBetween(0, 255),
      ip_range: cidr,
      name: notEmpty,
      region: notEmpty,
    },
    timeouts: { delete: 2 * 60 },
  },
  create: async (data, context) => {
    const region = data.text("region");
    const { vpc: created } = await context.serialised(`vpc/${region}`, () =>
      attempt("Error creating VPC", () =>
        context.client.call(
          "createVpc",
          {},
          {
            body: {
              name: data.text("name"),
              region,
              ...withoutEmpty({
                description: data.text("description"),
                ip_range: data.text("ip_range"),
              }),
            },
          },
        ),
      ),
    );
    data.id = created.id;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    if (data.changed("name", "description")) {
      const body = {
        name: data.text("name"),
        default: data.flag("default"),
        ...withoutEmpty({ description: data.text("description") }),
      };
      await attempt("Error updating VPC", () =>
        context.client.call("updateVpc", { vpc_id: data.id }, { body }),
      );
    }
    await read(data, context);
  },
  delete: async (data, context) => {
    // A network still counts its members for a while after they were deleted.
    const inUse = (error: unknown): boolean => [403, 409].includes(refusedWith(error) ?? 0);
    await attempt("Error deleting VPC", () =>
      repeatWhile(context, data.timeoutSeconds("delete"), inUse, () =>
        context.client.call("deleteVpc", { vpc_id: data.id }),
      ),
    );
  },
  importId: importById,
};
