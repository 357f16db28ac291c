/** What is in a stateful resource, by its address: what is lost with it. */
const holdings: Readonly<Record<string, string>> = {
  "aws_s3_bucket.staging": "it holds the uploads that are not masters yet",
  "aws_s3_bucket.masters": "it holds the masters: the originals, which cannot be made again",
  "aws_s3_bucket.previews":
    "it holds the previews, which take days to be made again from the masters",
  "aws_s3_bucket.backups": "it holds the dumps of the database",
  "digitalocean_database_cluster.postgres":
    "it holds the platform's source of truth: every asset, person and permission",
  "digitalocean_database_cluster.valkey": "it holds the queued jobs, and has no backups",
  "digitalocean_database_db.postgres_database":
    "it holds the platform's source of truth: every asset, person and permission",
};

/** What is in a resource, as a sentence; undefined for one that holds nothing. */
export function holdingOf(address: string): string | undefined {
  return holdings[address];
}
