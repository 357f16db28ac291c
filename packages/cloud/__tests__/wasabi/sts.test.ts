import { stsActions, stsActionsNotImplemented } from "../../src/wasabi/sts.ts";
import { TestIam, adminKey } from "./support.ts";

test("whoever asks is told who he is, without any permission", () => {
  const sts = new TestIam(stsActions.values());
  expect(sts.resource("GetCallerIdentity")).toBeUndefined();
  expect(sts.call("GetCallerIdentity")).toContain(
    "<Arn>arn:aws:iam::100000000001:root</Arn><UserId>100000000001</UserId><Account>100000000001</Account>",
  );
  sts.caller = adminKey.accessKeyId;
  expect(sts.call("GetCallerIdentity")).toContain(
    "<Arn>arn:aws:iam::100000000001:user/terraform</Arn>",
  );
});

test("what Wasabi has beside that is known not to be played", () => {
  expect([...stsActionsNotImplemented]).toEqual(["AssumeRole", "GetSessionToken"]);
});
