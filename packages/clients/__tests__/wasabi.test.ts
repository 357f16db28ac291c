import { GetUserCommand } from "@aws-sdk/client-iam";
import { GetBucketWebsiteCommand, HeadBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { errorCode, errorStatus } from "../src/aws-error.ts";
import { type AwsOptions } from "../src/aws-sdk.ts";
import { createSpaces } from "../src/spaces.ts";
import { createWasabiIam, createWasabiStorage } from "../src/wasabi.ts";
import { startHttpDouble, type HttpDouble, type Reply } from "./support/http-double.ts";

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()));
});

async function aService(
  answer: (count: number) => Reply,
): Promise<{ service: HttpDouble; options: AwsOptions; waits: number[] }> {
  const service = await startHttpDouble((_, count) => answer(count));
  opened.push(service);
  const waits: number[] = [];
  const options: AwsOptions = {
    endpoint: service.url,
    region: "eu-central-2",
    credentials: { accessKeyId: "AK", secretAccessKey: "SK" },
    userAgent: "mam-infra/test",
    sleep: (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  };
  return { service, options, waits };
}

const notImplemented = {
  status: 501,
  body: '<?xml version="1.0"?><Error><Code>NotImplemented</Code><Message>no</Message></Error>',
};

test("buckets are addressed by path, in the client's region, by a caller with a name", async () => {
  const { service, options } = await aService(() => ({ status: 200 }));

  await createWasabiStorage(options).send(new HeadBucketCommand({ Bucket: "masters" }));

  expect(service.seen[0]).toMatchObject({
    method: "HEAD",
    path: "/masters/",
    headers: { "user-agent": "mam-infra/test" },
  });
  expect(service.seen[0]?.headers.authorization).toContain("/eu-central-2/s3/aws4_request");
});

test("an upload carries no checksum that nobody asked for", async () => {
  const { service, options } = await aService(() => ({ status: 200 }));

  await createSpaces(options).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" }));

  expect(
    Object.keys(service.seen[0]?.headers ?? {}).filter((name) => name.includes("checksum")),
  ).toEqual([]);
});

test("what the store does not have is not asked again, and its code can be read", async () => {
  const { service, options } = await aService(() => notImplemented);

  const error: unknown = await createWasabiStorage(options)
    .send(new GetBucketWebsiteCommand({ Bucket: "b" }))
    .catch((thrown: unknown) => thrown);

  expect(service.seen).toHaveLength(1);
  expect([errorCode(error), errorStatus(error)]).toEqual(["NotImplemented", 501]);
});

test("the code of a refusal is the service's own, not the SDK's name for it", async () => {
  const { options } = await aService(() => ({
    status: 404,
    body: "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no such user</Message></Error></ErrorResponse>",
  }));

  const error: unknown = await createWasabiIam(options)
    .send(new GetUserCommand({ UserName: "nobody" }))
    .catch((thrown: unknown) => thrown);

  expect(errorCode(error)).toBe("NoSuchEntity");
});

test("a server fault is tried again with growing waits, then reported", async () => {
  const { service, options, waits } = await aService(() => ({ status: 503 }));

  await expect(
    createWasabiIam(options).send(new GetUserCommand({ UserName: "u" })),
  ).rejects.toThrow();

  expect(service.seen).toHaveLength(5);
  expect(waits).toEqual([1, 2, 4, 8]);
});

test("a dropped connection is tried again", async () => {
  const { service, options } = await aService((count) => (count === 1 ? "drop" : { status: 200 }));

  await createWasabiStorage(options).send(new HeadBucketCommand({ Bucket: "b" }));

  expect(service.seen).toHaveLength(2);
});

const thrownBy = async (answer: Reply) => {
  const { options } = await aService(() => answer);
  return createWasabiStorage(options)
    .send(new GetBucketWebsiteCommand({ Bucket: "b" }))
    .then(
      () => new Error("it was answered"),
      (thrown: unknown) => thrown as Error,
    );
};

test("a refusal names the platform, the call and its status", async () => {
  const error = await thrownBy(notImplemented);

  expect(error.message).toBe("Wasabi S3: GetBucketWebsite: 501 NotImplemented: no");
  expect([errorCode(error), errorStatus(error)]).toEqual(["NotImplemented", 501]);
});

test("a signature of another time is the clock's fault, and says how to set it", async () => {
  const code = "<Error><Code>RequestTimeTooSkewed</Code><Message>too large</Message></Error>";
  const error = await thrownBy({ status: 403, body: code });

  expect(error.message).toMatch(
    /^Wasabi S3: GetBucketWebsite: 403 RequestTimeTooSkewed: the clock of this machine says \d{4}-.*timedatectl/,
  );
});

test("a page in the service's place is a proxy's", async () => {
  const error = await thrownBy({ status: 200, body: "<html><body>Log in<br></body></html>" });

  expect(error.message).toMatch(/an answer that is not the platform's: a proxy or a gateway/);
  expect(error.message).not.toContain("Log in");
});

test("where nothing listens, the platform, the call and the cause are named", async () => {
  const { service, options } = await aService(() => ({ status: 200 }));
  await service.close();
  const waiting = createSpaces(options).send(new HeadBucketCommand({ Bucket: "b" }));

  await expect(waiting).rejects.toThrow(
    /^Spaces: HeadBucket at http:\/\/127\.0\.0\.1:\d+: no answer: the connection is refused.*ECONNREFUSED/,
  );
});
