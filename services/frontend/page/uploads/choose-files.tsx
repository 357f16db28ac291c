import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";

interface FileChoiceProps {
  readonly class: string;
  readonly children: ComponentChildren;
}

/** A button that lets a person choose files to upload. */
export function FileChoice({ class: className, children }: FileChoiceProps) {
  const { uploads } = usePlatform();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        class="file-input"
        type="file"
        multiple
        hidden
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          uploads.add([...(currentTarget.files ?? [])]);
          // The same file chosen again shall be an event again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** The upload button of the header. */
export function UploadButton() {
  return (
    <FileChoice class="button button-primary">
      <Icon name="upload" />
      <span>Upload</span>
    </FileChoice>
  );
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** The whole page takes files that are dropped on it. */
export function DropZone() {
  const { uploads } = usePlatform();
  const isOver = useSignal(false);
  useEffect(() => {
    const over = new AbortController();
    const on = (event: "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void) => {
      document.addEventListener(event, react, { signal: over.signal });
    };
    on("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = true;
    });
    on("dragleave", ({ relatedTarget }) => {
      if (relatedTarget === null) isOver.value = false;
    });
    on("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = false;
      uploads.add([...(event.dataTransfer?.files ?? [])]);
    });
    return () => {
      over.abort();
    };
  }, [uploads, isOver]);
  return isOver.value ? (
    <div class="drop-zone" aria-hidden="true">
      <Icon name="upload" />
      <p>Drop to upload</p>
    </div>
  ) : null;
}
