import { dropletSizes } from "../account/sizes.ts";
import { datacentres } from "../regions.ts";
import type { Droplet } from "./model.ts";

const address = (ip: string, type: "private" | "public", gateway: string) => ({
  ip_address: ip,
  netmask: "255.255.240.0",
  gateway,
  type,
});

/** A Droplet as the API shows it, without its user data. Source: DigitalOcean API description, droplets/models/droplet.yml. */
export function describeDroplet(droplet: Droplet) {
  const { addresses, region, size, image } = droplet;
  const sold = dropletSizes.find(({ slug }) => slug === size);
  const place = datacentres.find(({ slug }) => slug === region);
  return {
    id: droplet.id,
    name: droplet.name,
    status: droplet.status,
    vpc_uuid: droplet.vpc_uuid,
    tags: droplet.tags,
    features: droplet.features,
    created_at: droplet.created_at,
    memory: sold?.memory ?? 0,
    vcpus: sold?.vcpus ?? 0,
    disk: sold?.disk ?? 0,
    locked: droplet.status === "new",
    backup_ids: [],
    next_backup_window: null,
    snapshot_ids: [],
    volume_ids: [],
    image: {
      id: 155_133_621,
      name: image,
      slug: image,
      distribution: "Ubuntu",
      type: "base",
      public: true,
      regions: ["nyc1", "tor1"],
      created_at: "2024-05-14T00:00:00Z",
      min_disk_size: 25,
      size_gigabytes: 20,
      description: "",
      tags: [],
      status: "available",
    },
    size: sold ?? { slug: size },
    size_slug: size,
    region: {
      slug: region,
      name: place?.name ?? region,
      features: ["backups", "ipv6", "metadata"],
      available: true,
      sizes: dropletSizes.filter((one) => one.regions.includes(region)).map((one) => one.slug),
    },
    networks: {
      v4: [
        address(addresses.private, "private", "10.0.0.1"),
        address(addresses.public, "public", "203.0.113.1"),
      ],
      v6: [],
    },
  };
}
