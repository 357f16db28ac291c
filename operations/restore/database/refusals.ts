/** SQLSTATE of a right that is missing. */
export const insufficientPrivilege = "42501";
