import type { ComponentChildren } from "preact";

import { Icon } from "./icons.tsx";

interface NoticeProps {
  readonly icon: "alert" | "film" | "clock";
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** A calm page with one thing to say. */
export function Notice({ icon, title, children }: NoticeProps) {
  return (
    <section class="notice">
      <span class="notice-icon">
        <Icon name={icon} />
      </span>
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </section>
  );
}
