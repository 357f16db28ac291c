/**
 * The role that may read the database and cannot sign in: the users of people's sessions are its members. A session makes it,
 * and it stays, so that the rights of tables, and with them every dump, name it alone.
 */
export const readersRole = "mam_readers";
