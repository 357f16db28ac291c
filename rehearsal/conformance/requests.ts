import { appRequests } from "./requests/apps.ts";
import { databaseRequests } from "./requests/databases.ts";
import { otherRequests } from "./requests/others.ts";
import type { ValidRequest } from "./valid-request.ts";

/** A valid request of every operation, or several where one cannot have all fields. */
export const validRequests: readonly ValidRequest[] = [
  ...appRequests,
  ...databaseRequests,
  ...otherRequests,
];
