import { production } from "../../../environments/production.ts";
import { configurationDifferences } from "../../../operations/promote/differences.ts";
import { changed, checked } from "../../support/environments.ts";

const from = checked(production);

const differencesOf = (change: Parameters<typeof changed>[0]) =>
  configurationDifferences(from, checked(changed(change)));

test("what makes it another environment is no difference", () => {
  expect(
    differencesOf((draft) => {
      draft.network.vpcCidr = "10.122.0.0/20";
      draft.storage.bucketPrefix = "northlight-dam-production";
      draft.domain.appHost = "dam.northlight.example";
      draft.alerting.recipients = ["somebody@northlight.example"];
    }),
  ).toEqual([]);
});

test("a size is told from a variable, by its name, and from a feature", () => {
  expect(
    differencesOf((draft) => {
      draft.cache.size = "db-s-2vcpu-4gb";
      draft.services.api.rateLimits = { all: { maximum: 10 } };
      draft.services.backup = { enabled: false, disabledReason: "Accepted: made elsewhere." };
    }),
  ).toEqual([
    { kind: "size", what: "cache.size", from: '"db-s-1vcpu-2gb"', to: '"db-s-2vcpu-4gb"' },
    { kind: "variable", what: "RATE_LIMIT_MAX", from: "1000", to: "10" },
    { kind: "feature", what: "services.backup.enabled", from: "true", to: "false" },
  ]);
});

test("what only one of them says is none in the other", () => {
  const found = differencesOf((draft) => {
    draft.services.edge.instances = { count: 3 };
  });

  expect(found).toContainEqual({
    kind: "size",
    what: "services.edge.instances.count",
    from: "none",
    to: "3",
  });
  expect(found).toContainEqual(
    expect.objectContaining({ what: "services.edge.instances.autoscaling.maximum", to: "none" }),
  );
});
