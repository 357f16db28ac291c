import { production } from "../../../environments/production.ts";
import { gpuRules } from "../../../environments/rules/gpu.ts";
import { changed, checked as checkedOf } from "../../support/environments.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";
import { withGpu } from "../../support/gpu.ts";

const encoding = "gpu-4000adax1-20gb, gpu-6000adax1-48gb, gpu-l40sx1-48gb";

const withoutEncoder = (size: string, card: string): BrokenRule => ({
  in: withGpu(),
  change: (draft) => Object.assign(draft.services.worker.gpu ?? {}, { size }),
  path: "services.worker.gpu.size",
  value: `"${size}"`,
  expected: `a card with an encoder, which the ${card} does not have: ${encoding}`,
  fix: 'set services.worker.gpu.size: "gpu-4000adax1-20gb"',
});

const withoutReason = (size: string, count: number, month: number): BrokenRule => ({
  in: withGpu(),
  change: (draft) => (draft.services.worker.gpu = { size, count }),
  path: "services.worker.gpu.reason",
  value: "missing",
  expected: `a reason: it costs about $${month} a month, whether the machines work, idle or are off`,
  fix: "write services.worker.gpu.reason, or remove services.worker.gpu",
});

itFinds(
  [
    {
      in: withGpu(),
      change: (draft) => Object.assign(draft.services.worker.gpu ?? {}, { size: "s-1vcpu-1gb" }),
      path: "services.worker.gpu.size",
      value: '"s-1vcpu-1gb"',
      expected: `a size with one card that encodes: ${encoding}`,
      fix: 'set services.worker.gpu.size: "gpu-4000adax1-20gb"',
    },
    withoutEncoder("gpu-h100x1-80gb", "H100"),
    withoutEncoder("gpu-h200x1-141gb", "H200"),
    withoutEncoder("gpu-mi300x1-192gb", "MI300X"),
    {
      in: withGpu(),
      change: (draft) => (draft.network.region = "nyc"),
      path: "network.region",
      value: '"nyc"',
      expected: "a region with both the VPC and the RTX 4000 Ada: tor",
      fix: 'remove services.worker.gpu, or begin an environment with network.region: "tor"',
    },
    withoutReason("gpu-4000adax1-20gb", 1, 555),
    withoutReason("gpu-l40sx1-48gb", 3, 3438),
    {
      in: withGpu(),
      change: (draft) =>
        (draft.state.backend = { kind: "hcp", organization: "northlight", project: "mam" }),
      path: "state.backend.kind",
      value: '"hcp"',
      expected:
        '"spaces" with services.worker.gpu: what a new machine has to know lies in the state bucket for minutes, and in no other place',
      fix: 'set state.backend: { kind: "spaces", bucket: … }, or remove services.worker.gpu',
    },
  ],
  gpuRules,
);

test.each(["gpu-4000adax1-20gb", "gpu-6000adax1-48gb", "gpu-l40sx1-48gb"])(
  "%s may be asked for where it is sold",
  (size) => {
    const asked = withGpu({ size });

    expect(gpuRules.filter(({ fails }) => fails(checkedOf(asked)))).toEqual([]);
  },
);

test("an environment that asks for none breaks no rule about them, wherever it is", () => {
  const anywhere = checkedOf(changed((draft) => (draft.network.region = "blr"), production));

  expect(gpuRules.filter(({ fails }) => fails(anywhere))).toEqual([]);
});
