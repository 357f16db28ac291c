import type { Defect } from "./defect.ts";

/** Defects of the frontend. */
export const frontendDefects: readonly Defect[] = [
  {
    defect: "has its media host built in",
    service: "frontend",
    file: "frontend/src/main.ts",
    line: "media: variables.NEXT_PUBLIC_EDGE_BASE,",
    instead: 'media: "https://media.northlight.example",',
    caught: ["frontend-configuration", "frontend-policy"],
  },
  {
    defect: "lets its page speak to every host",
    service: "frontend",
    file: "frontend/src/policy.ts",
    line: "\"connect-src\": `'self' ${mediaOrigin} ${storageOrigin}`,",
    instead: "\"connect-src\": `'self' ${mediaOrigin} ${storageOrigin} *`,",
    caught: ["frontend-policy"],
  },
  {
    defect: "has no page at the address of a share",
    service: "frontend",
    file: "frontend/src/server.ts",
    line: '"/assets/:id", "/s/:exp/:slot/:signature/:asset"];',
    instead: '"/assets/:id"];',
    caught: ["frontend-share"],
  },
  {
    defect: "hands its environment to the page",
    service: "frontend",
    file: "frontend/src/server.ts",
    line: "renderPage(files, { apiPath, edgeBase: hosts.media, environment });",
    instead: "renderPage(files, { apiPath, edgeBase: hosts.media, environment, ...process.env });",
    caught: ["frontend-secrets"],
  },
  {
    defect: "has no service levels",
    service: "frontend",
    file: "frontend/src/server.ts",
    line: '"/service-levels",',
    instead: '"/levels",',
    caught: ["frontend-levels"],
  },
];
