import { certificateAuthorities } from "../../../constructs/domain/certificate-authorities.ts";
import type { Check } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";
import { lookAtAuthorities, lookAtHostRecords } from "../hosts.ts";
import { needing } from "../needing.ts";
import { lookAtTakenHosts } from "../taken-hosts.ts";
import { lookAtDelegation, lookAtLeftovers, nameServers } from "../zone.ts";

/** Whether the hosts can lead to the app, and get certificates. */
export const domainChecks: readonly Check<DoctorContext>[] = needing(undefined, [
  {
    id: "zone-delegation",
    severity: "error",
    what: "The zone is delegated to whoever manages it: DigitalOcean's name servers, or others.",
    why: "Nobody finds the hosts, and no certificate is issued for them.",
    fix: `set the name servers ${nameServers.join(", ")} at the registrar, or in the zone above`,
    run: lookAtDelegation,
  },
  {
    id: "host-records",
    severity: "error",
    what: "The hosts lead to the app.",
    why: "Nobody reaches the app under its hosts, and no certificate is issued for them.",
    fix: "create the records that the finding names: App Platform makes each of them once, and only in a zone of the account",
    run: lookAtHostRecords,
  },
  {
    id: "hosts-free",
    severity: "error",
    what: "No other app of the account has one of the hosts.",
    why: "App Platform gives a host to one app only, so the deployment fails, and a live site may be at the other one.",
    fix: "choose another host in domain.appHost or domain.mediaHost, or take it from the app that has it first",
    run: lookAtTakenHosts,
  },
  {
    id: "leftover-records",
    severity: "error",
    what: "No record of the hosts in the zone leads elsewhere.",
    why: "App Platform cannot create its own record beside it, and the certificate stays pending.",
    fix: "delete the record",
    run: lookAtLeftovers,
  },
  {
    id: "certificate-authorities",
    severity: "error",
    what: `CAA records of the hosts allow ${certificateAuthorities.join(" and ")}, or nobody is excluded.`,
    why: "App Platform gets its certificates from both, and the next renewal fails without warning.",
    fix: "add the CAA record that the finding names",
    run: lookAtAuthorities,
  },
]);
