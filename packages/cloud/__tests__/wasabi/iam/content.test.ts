import { groupContent, userContent } from "../../../src/wasabi/iam/content.ts";
import { TestIam } from "../support.ts";

const { account } = new TestIam([]);
const common = {
  path: "/mam/",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  inlinePolicies: new Map<string, string>(),
  attachedPolicies: new Set<string>(),
};

test("users and groups are shown with their ARN and the time of their creation", () => {
  expect(
    userContent(account, { ...common, id: "AIDA", name: "up", accessKeys: new Map() }),
  ).toEqual({
    Path: "/mam/",
    UserName: "up",
    UserId: "AIDA",
    Arn: "arn:aws:iam::100000000001:user/mam/up",
    CreateDate: "2026-01-01T00:00:00.000Z",
  });
  expect(
    groupContent(account, { ...common, id: "AGPA", name: "team", members: new Set() }),
  ).toEqual({
    Path: "/mam/",
    GroupName: "team",
    GroupId: "AGPA",
    Arn: "arn:aws:iam::100000000001:group/mam/team",
    CreateDate: "2026-01-01T00:00:00.000Z",
  });
});
