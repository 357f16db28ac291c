import type { Queryable } from "../database/pool.ts";

/** What was uploaded. It never changes. */
export interface UploadedFile {
  readonly fileName: string;
  readonly size: number;
}

/** Finds what the assets of a page were uploaded as, by the ids that both have in common. */
type FindFiles = (ids: readonly string[]) => Promise<ReadonlyMap<string, UploadedFile>>;

/** Files that are remembered, each about 200 bytes. */
const filesKept = 10_000;

/**
 * Files of pages, each asked for once: to join them takes PostgreSQL as long as all the rest of a page, and everybody looks at
 * the same newest ones.
 */
export function rememberFiles(database: Queryable, most = filesKept): FindFiles {
  const known = new Map<string, UploadedFile>();
  return async (ids) => {
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length === 0) return known;
    // Whole also when it is this page that fills the memory.
    const page = new Map(ids.flatMap((id) => entryOf(known, id)));
    for (const { id, ...file } of await ask(database, unknown)) page.set(id, file);
    if (known.size + unknown.length > most) known.clear();
    for (const [id, file] of page) known.set(id, file);
    return page;
  };
}

function entryOf(files: ReadonlyMap<string, UploadedFile>, id: string) {
  const file = files.get(id);
  return file ? [[id, file] as const] : [];
}

async function ask(database: Queryable, ids: readonly string[]) {
  const { rows } = await database.query<UploadedFile & { readonly id: string }>(
    `select id, file_name as "fileName", size from uploads where id = any($1)`,
    [ids],
  );
  return rows;
}
