import { RequestLog } from "../src/request-log.ts";
import type { LoggedRequest } from "../src/request-log.ts";

const entry: LoggedRequest = {
  at: "2026-12-01T00:00:00.000Z",
  platform: "spaces",
  caller: "Terraform/1.11.4",
  method: "PUT",
  path: "/state/key",
  query: "",
  status: 200,
};

test("requests are kept in order, and a list once read does not grow", () => {
  const requestLog = new RequestLog();
  requestLog.record(entry);
  const read = requestLog.entries();

  requestLog.record({ ...entry, status: 412 });

  expect(read).toHaveLength(1);
  expect(requestLog.entries().map(({ status }) => status)).toEqual([200, 412]);
});
