import { secondsOf } from "../../durations.ts";
import { dropletSizes } from "../account/sizes.ts";
import { notFound, unprocessable } from "../api/errors.ts";
import { addressAt } from "../networks.ts";
import { assignToProject, unassign } from "../projects/assignments.ts";
import { isDatacentre } from "../regions.ts";
import { scheduleAfter } from "../schedule.ts";
import type { Store } from "../store.ts";
import { createTag } from "../tags/tag.ts";
import { defaultVpc } from "../vpcs/vpc.ts";
import { isSold } from "../withdrawn.ts";
import type { Droplet } from "./model.ts";

/** What a new Droplet is asked to be. */
export interface DropletRequest {
  readonly name: string;
  readonly region: string;
  readonly size: string;
  readonly image: string;
  readonly tags: readonly string[];
  readonly monitoring: boolean;
  readonly user_data?: string;
  readonly vpc_uuid?: string;
}

/** Most that user data may be. Source: DigitalOcean API description, droplets/models/droplet_create.yml. */
const largestUserData = 64 * 1024;

/**
 * Images that are known here: the base of GPU Droplets, and one for all others. Source: DigitalOcean API description,
 * droplets/responses/examples.yml.
 */
const images: readonly string[] = ["gpu-h100x1-base", "ubuntu-24-04-x64"];

/** Ids are given out in the order of creation, in the range that accounts of today see. */
const firstId = 560_000_001;

/** Name of a Droplet in the words of projects and the bill. */
export const dropletUrn = ({ id }: Pick<Droplet, "id">) => `do:droplet:${id}`;

/** Whether a Droplet is of a size with a card, which is listed with its kind alone. */
export function hasCard({ size }: Pick<Droplet, "size">): boolean {
  return dropletSizes.some(({ slug, gpu_info: card }) => slug === size && card !== undefined);
}

/** Finds a Droplet. @throws ApiError 404. */
export function findDroplet({ droplets }: Store, id: string): Droplet {
  const droplet = droplets.find((one) => String(one.id) === id);
  if (!droplet) throw notFound();
  return droplet;
}

/**
 * Creates a Droplet, which boots by itself a while later. Names need not be unique, and tags that do not exist are created.
 *
 * @throws ApiError 422 for a size that the region does not have or has none left of, for an image that does not fit it, for
 *   a network elsewhere, and for user data of more than 64 KiB.
 */
export function createDroplet(store: Store, request: DropletRequest, at: Date): Droplet {
  check(store, request);
  const { name, region, size, image, tags, monitoring, user_data = "" } = request;
  const network = request.vpc_uuid ?? defaultVpc(store, region, at).id;
  const number = store.nextDroplet;
  store.nextDroplet += 1;
  const droplet: Droplet = {
    id: firstId + number,
    name,
    region,
    size,
    image,
    vpc_uuid: network,
    tags: [...tags],
    user_data,
    features: ["droplet_agent", "private_networking", ...(monitoring ? ["monitoring"] : [])],
    status: "new",
    addresses: {
      private: addressAt(rangeOf(store, network), 100 + number),
      public: `203.0.113.${(number % 254) + 1}`,
    },
    created_at: at.toISOString(),
  };
  tags.forEach((tag) => createTag(store, tag));
  store.droplets.push(droplet);
  assignToProject(store, dropletUrn(droplet), undefined, at);
  scheduleAfter(store.schedule, at, secondsOf("droplet-create"), {
    kind: "droplet-boots",
    droplet: droplet.id,
  });
  return droplet;
}

const rangeOf = ({ vpcs }: Store, id: string) =>
  vpcs.find((vpc) => vpc.id === id)?.ip_range ?? "10.0.0.0/24";

function check(store: Store, request: DropletRequest): void {
  const { region, vpc_uuid: network, user_data: data = "" } = request;
  if (!isDatacentre(region) || !isSold(store, region)) {
    throw unprocessable(`region ${region} is not available`);
  }
  checkSize(store, request);
  if (Buffer.byteLength(data) > largestUserData) throw unprocessable("User data is too large.");
  const vpc = store.vpcs.find(({ id }) => id === network);
  if (network !== undefined && vpc?.region !== region) {
    throw unprocessable("VPC is not available in this region.");
  }
}

function checkSize(store: Store, { region, size, image }: DropletRequest): void {
  const sold = dropletSizes.find(({ slug }) => slug === size);
  if (!sold) throw unprocessable("You specified an invalid size for Droplet creation.");
  if (!sold.regions.includes(region) || !isSold(store, size)) {
    throw unprocessable("Size is not available in this region.");
  }
  if (!images.includes(image)) throw unprocessable("You specified an invalid image.");
  if (sold.gpu_info !== undefined && !image.startsWith("gpu-")) {
    throw unprocessable("The image you selected is not compatible with the size you selected.");
  }
}

/** Plays what a Droplet does by itself, unless it was destroyed meanwhile. */
export function playDropletEvent(
  { droplets }: Store,
  event: { readonly kind: "droplet-boots" | "droplet-stops"; readonly droplet: number },
): void {
  const droplet = droplets.find(({ id }) => id === event.droplet);
  if (droplet) droplet.status = event.kind === "droplet-boots" ? "active" : "off";
}

/** Begins an orderly end: programs are told, and the Droplet is off when they have ended. It is billed on. */
export function shutDown({ schedule }: Store, { id }: Droplet, at: Date): void {
  scheduleAfter(schedule, at, secondsOf("droplet-shutdown"), {
    kind: "droplet-stops",
    droplet: id,
  });
}

/** Destroys a Droplet at once, with what is on it. */
export function destroyDroplet(store: Store, droplet: Droplet): void {
  unassign(store, dropletUrn(droplet));
  store.droplets.splice(store.droplets.indexOf(droplet), 1);
}
