/** The platform of all rows. */
export const platform = "digitalocean";
/** Where the tests are. */
export const tests = "packages/cloud/__tests__/digitalocean/insights";
/** Where most shapes are from. */
export const godo =
  "godo 1.239.0, insights.go and insights_test.go: what the client's author knows of the server";
/** Where most surprises are from. */
export const seen = "DO-Solutions/porthole, which saw it on a team of its own on 2026-10-08 and 09";
/** When godo was read. */
export const readInGodo = {
  date: "2026-11-28",
  how: "read in the source of godo 1.239.0; the shapes of its tests are no recordings",
};
/** When porthole saw it. */
export const reportedBy = {
  date: "2026-10-09",
  how: "reported by DO-Solutions/porthole of a team of its own in tor1 and syd1",
};
/** The address of the API. */
export const base = "https://api.digitalocean.com/v2/insights";
/** A call with the token. */
export const curl = (rest: string) =>
  `curl -sH "Authorization: Bearer $DIGITALOCEAN_TOKEN" ${rest}`;
/** A day, as queries want it. */
export const window = "start=$(date -ud '-1 day' +%s)&end=$(date +%s)";
