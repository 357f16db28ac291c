import type { XmlValue } from "../../s3/xml.ts";
import { type Account, type Group, type User, groupArn, userArn } from "../account.ts";

/** A user as IAM shows him. */
export function userContent(account: Account, user: User): XmlValue {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(account, user),
    CreateDate: user.createdAt.toISOString(),
  };
}

/** A group as IAM shows it. */
export function groupContent(account: Account, group: Group): XmlValue {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: groupArn(account, group),
    CreateDate: group.createdAt.toISOString(),
  };
}
