import { TestS3, elements } from "../support.ts";

function begin(s3: TestS3, key: string): string {
  const [id = ""] = elements(s3.call(`POST /media/${key}?uploads`).text, "UploadId");
  return id;
}

test("uploads are listed by key and age, and paged within a key", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const later = begin(s3, "b");
  const first = begin(s3, "a");
  s3.pass(1);
  const second = begin(s3, "a");

  const seen: string[] = [];
  let from: string | undefined = "";
  while (from !== undefined) {
    const { text } = s3.call(`GET /media?uploads&max-uploads=1${from}`);
    seen.push(...elements(text, "UploadId"));
    const [key] = elements(text, "NextKeyMarker");
    const [id = ""] = elements(text, "NextUploadIdMarker");
    from = key === undefined ? undefined : `&key-marker=${key}&upload-id-marker=${id}`;
  }
  expect(seen).toEqual([first, second, later]);
});

test("parts are listed in order and paged", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = begin(s3, "a");
  for (const number of [10, 2, 1])
    s3.call(`PUT /media/a?uploadId=${id}&partNumber=${number}`, { body: "x".repeat(number) });

  const page = s3.call(`GET /media/a?uploadId=${id}&max-parts=2`).text;
  expect(elements(page, "PartNumber")).toEqual(["1", "2"]);
  expect(elements(page, "Size")).toEqual(["1", "2"]);
  const [marker = ""] = elements(page, "NextPartNumberMarker");
  const rest = s3.call(`GET /media/a?uploadId=${id}&part-number-marker=${marker}`).text;
  expect(elements(rest, "PartNumber")).toEqual(["10"]);
  expect(elements(rest, "IsTruncated")).toEqual(["false"]);
});
