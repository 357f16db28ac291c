import { domainRules } from "../../../environments/rules/domain.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.domain.appHost = "mam.elsewhere.example"),
    path: "domain.appHost",
    value: '"mam.elsewhere.example"',
    expected: "a host inside northlight.example",
    fix: 'set domain.appHost: "mam.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = "medianorthlight.example"),
    path: "domain.mediaHost",
    value: '"medianorthlight.example"',
    expected: "a host inside northlight.example",
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = draft.domain.appHost),
    path: "domain.mediaHost",
    value: '"mam.northlight.example"',
    expected: "another host than domain.appHost: the edge answers everything on its host",
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
];

itFinds(rows, domainRules);
