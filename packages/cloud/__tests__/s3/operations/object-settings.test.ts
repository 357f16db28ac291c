import { TestS3, elements } from "../support.ts";

function withLock() {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: { "x-amz-bucket-object-lock-enabled": "true" } });
  const { "x-amz-version-id": version = "" } = s3.call("PUT /media/a").headers;
  return { s3, version };
}

const retain = (mode: string, until: string) =>
  `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`;
const bypass = { headers: { "x-amz-bypass-governance-retention": "true" } };

test("tags are put, read and deleted", () => {
  const { s3 } = withLock();
  const body = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
  s3.call("PUT /media/a?tagging", { body });
  expect(s3.call("GET /media/a?tagging").text).toContain("<Key>k</Key><Value>v</Value>");
  s3.call("PUT /media/a?tagging", { body: "<Tagging><TagSet/></Tagging>" });
  expect(elements(s3.call("GET /media/a?tagging").text, "Key")).toEqual([]);
  expect(s3.call("DELETE /media/a?tagging").status).toBe(204);
});

test("a retention can be made longer, and shorter only by bypassing GOVERNANCE", () => {
  const { s3 } = withLock();
  const code = (mode: string, until: string, sent = {}) =>
    s3.errorOf("PUT /media/a?retention", { body: retain(mode, until), ...sent });

  expect(s3.errorOf("GET /media/a?retention")).toBe("NoSuchObjectLockConfiguration");
  expect(code("governance", "2026-02-01T00:00:00Z")).toBeUndefined();
  expect(code("GOVERNANCE", "2026-03-01T00:00:00Z")).toBeUndefined();
  expect(code("GOVERNANCE", "2026-02-01T00:00:00Z")).toBe("AccessDenied");
  expect(code("GOVERNANCE", "2026-02-01T00:00:00Z", bypass)).toBeUndefined();
  expect(s3.errorOf("PUT /media/a?retention", { body: "<Retention/>" })).toBe("AccessDenied");
  expect(s3.errorOf("PUT /media/a?retention", { body: "<Retention/>", ...bypass })).toBeUndefined();
  expect(code("COMPLIANCE", "2026-03-01T00:00:00Z")).toBeUndefined();
  expect(code("COMPLIANCE", "2026-02-01T00:00:00Z", bypass)).toBe("AccessDenied");
  expect(code("GOVERNANCE", "2026-04-01T00:00:00Z", bypass)).toBe("AccessDenied");
  expect(elements(s3.call("GET /media/a?retention").text, "Mode")).toEqual(["COMPLIANCE"]);
});

test("a date that has passed, half a retention and an unknown mode are refused", () => {
  const { s3 } = withLock();
  const code = (body: string) => s3.errorOf("PUT /media/a?retention", { body });

  expect(code(retain("GOVERNANCE", "2025-01-01T00:00:00Z"))).toBe("InvalidArgument");
  expect(code(retain("GOVERNANCE", "soon"))).toBe("InvalidArgument");
  expect(code(retain("LAX", "2026-02-01T00:00:00Z"))).toBe("InvalidArgument");
  expect(code("<Retention><Mode>GOVERNANCE</Mode></Retention>")).toBe("MalformedXML");
});

test("a legal hold protects a version until it is lifted, and nothing bypasses it", () => {
  const { s3, version } = withLock();
  const hold = (status: string) => ({ body: `<LegalHold><Status>${status}</Status></LegalHold>` });
  const remove = `DELETE /media/a?versionId=${version}`;

  s3.call("PUT /media/a?legal-hold", hold("on"));
  expect(elements(s3.call("GET /media/a?legal-hold").text, "Status")).toEqual(["ON"]);
  expect(s3.errorOf(remove, bypass)).toBe("AccessDenied");
  s3.call("PUT /media/a?legal-hold", hold("OFF"));
  expect(s3.errorOf(remove)).toBeUndefined();
});

test("a locked object can be hidden: the marker deletes nothing", () => {
  const { s3, version } = withLock();
  s3.call("PUT /media/a?retention", { body: retain("COMPLIANCE", "2026-02-01T00:00:00Z") });
  expect(s3.call("DELETE /media/a").headers["x-amz-delete-marker"]).toBe("true");
  expect(s3.call(`GET /media/a?versionId=${version}`).status).toBe(200);
});

test("locks need a bucket with object lock", () => {
  const s3 = new TestS3();
  s3.bucket("plain");
  s3.call("PUT /plain/a");
  expect(s3.errorOf("GET /plain/a?retention")).toBe("InvalidRequest");
  expect(
    s3.errorOf("PUT /plain/a?retention", { body: retain("GOVERNANCE", "2026-02-01T00:00:00Z") }),
  ).toBe("InvalidRequest");
  expect(s3.errorOf("GET /plain/a?legal-hold")).toBe("InvalidRequest");
});
