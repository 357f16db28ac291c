import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "digitalocean";
const description = "DigitalOcean API description";
const test = "packages/cloud/__tests__/digitalocean/droplets/droplet.test.ts";
const firewallTest = "packages/cloud/__tests__/digitalocean/firewalls/firewall.test.ts";

/** What is assumed about Droplets and the firewalls in front of them. */
export const dropletFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A new Droplet is `new` and locked, and `active` once it boots; its user data is in no answer of the API.",
    source: `${description}, droplets/models/droplet.yml`,
    lastVerified: reading.apiDescription,
    probe:
      "doctl compute droplet create --user-data-file f --wait ...; doctl compute droplet get $ID -o json",
    test,
  },
  {
    platform,
    behaviour: "A new Droplet boots within two minutes.",
    source: "assumption",
    lastVerified: "never",
    probe: "time doctl compute droplet create --wait ...",
    test,
  },
  {
    platform,
    behaviour:
      "A size that its region does not have, or has none left of, is refused with 422 at creation.",
    source:
      "the words are those of reports of users; that a sold-out size is refused in the same way is an assumption",
    lastVerified: "never",
    probe:
      "doctl compute droplet create --region nyc1 --size gpu-4000adax1-20gb --image gpu-h100x1-base x",
    test,
  },
  {
    platform,
    behaviour: "A GPU size wants an image for GPUs; user data may be 64 KiB long.",
    source: `${description}, droplets/models/droplet_create.yml (user_data); the refusal of the image is an assumption`,
    lastVerified: "never",
    probe:
      "doctl compute droplet create --size gpu-4000adax1-20gb --image ubuntu-24-04-x64 --region tor1 x",
    test,
  },
  {
    platform,
    behaviour:
      "A Droplet that is shut down goes `off` once its programs have ended, and stands and is billed until it is destroyed.",
    source: `${description}, droplets/dropletActions_post.yml; docs.digitalocean.com/products/droplets/details/pricing`,
    lastVerified: "never",
    probe: "doctl compute droplet-action shutdown $ID --wait",
    test,
  },
  {
    platform,
    behaviour:
      "Without a type the list has no Droplet with a card, and with `type=gpus` no other; by a tag it has all, and takes neither name nor type beside it.",
    source: `${description}, droplets/parameters.yml; that a tag finds those with a card too, and the 422, are assumptions`,
    lastVerified: "never",
    probe: "doctl compute droplet list --gpus; curl .../v2/droplets?tag_name=t",
    test,
  },
  {
    platform,
    behaviour: "A tag that a new Droplet is given and that does not exist is created.",
    source: `${description}, droplets/models/droplet_create.yml`,
    lastVerified: reading.apiDescription,
    probe: "doctl compute droplet create --tag-name new ...; doctl compute tag get new",
    test,
  },
  {
    platform,
    behaviour:
      "A network with a Droplet in it cannot be deleted, and an alert policy about a Droplet that does not exist is taken.",
    source: "assumption: the network as with databases",
    lastVerified: "never",
    probe: "doctl monitoring alert create --type v1/insights/droplet/cpu --entities 1 ...",
    test,
  },
  {
    platform,
    behaviour:
      "A firewall has a name of its own, one rule or more, and only tags and Droplets that exist.",
    source: `${description}, firewalls/models/firewall.yml (existing tags); the rest is an assumption, on the strict side`,
    lastVerified: "never",
    probe:
      "doctl compute firewall create --name f --tag-names none --outbound-rules protocol:tcp,ports:443,address:0.0.0.0/0",
    test: firewallTest,
  },
];
