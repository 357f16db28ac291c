import { publicAddress } from "../../../operations/access/address.ts";
import { distrust, trust } from "../../../operations/access/trusted-sources.ts";
import { runningCluster } from "../../../operations/restore/cluster/record.ts";
import { databaseOf } from "../../../operations/restore/cluster/restored.ts";
import { applySettings } from "../../../operations/restore/database/settings.ts";
import { type Moments, lackOfEngines, openMoments } from "./support/moments.ts";

const describeHere = lackOfEngines === undefined ? describe : describe.skip;
const lack = lackOfEngines === undefined ? "" : ` (${lackOfEngines})`;

describeHere(`settings of a cluster's users${lack}`, () => {
  let moments: Moments;
  beforeAll(async () => {
    moments = await openMoments();
  }, 120_000);
  afterAll(() => moments.platform.end());

  test("are set by each user itself: the cluster's administrator is no superuser, and made none of them", async () => {
    const session = moments.session();
    const api = session.clients.digitalOcean();
    const cluster = await runningCluster(session);
    const address = await publicAddress(session);
    await trust(api, cluster.id, address);
    const target = await databaseOf(session, cluster);
    const [first] = target.users;
    await applySettings(target, [
      `${first!.user}: statement_timeout=7s`,
      "nobody: statement_timeout=1s",
    ]);
    const client = await target.connect(first!);
    const { rows } = await client.query<{ statement_timeout: string }>("show statement_timeout");
    await client.end();
    await distrust(api, cluster.id, [address]);

    expect(rows).toEqual([{ statement_timeout: "7s" }]);
  }, 60_000);
});
