import { useComputed, useSignal, useSignalEffect } from "@preact/signals";

import { Confirmation } from "../shell/dialog.tsx";
import { Icon } from "../shell/icons.tsx";
import { usePlatform } from "../shell/platform.ts";
import type { FileUpload } from "./file-upload.ts";
import { percentOf, uploadWords } from "./upload-words.ts";

/** One upload: how far it is, and what one can do about it. */
export function UploadRow({ upload }: { readonly upload: FileUpload }) {
  const now = useSignal(0);
  const words = useComputed(() => uploadWords(upload, now.value));
  const percent = useComputed(() => percentOf(upload));
  useSignalEffect(() => {
    if (upload.trouble.value?.until === undefined) return;
    now.value = performance.now();
    const timer = setInterval(() => (now.value = performance.now()), 1000);
    return () => {
      clearInterval(timer);
    };
  });
  const phase = upload.phase.value;
  const asset = upload.asset.value;
  const { name } = upload.file;
  return (
    <li class="upload" data-phase={phase} data-trouble={upload.trouble.value !== undefined}>
      <div class="upload-text">
        {asset ? (
          <a class="upload-name" href={`/assets/${asset.id}`}>
            <Icon name="done" />
            {name}
          </a>
        ) : (
          <span class="upload-name">{name}</span>
        )}
        <span class="upload-state">{words}</span>
      </div>
      <UploadActions upload={upload} />
      {phase !== "done" && phase !== "failed" && (
        <progress class="progress" max={100} value={percent} aria-label={`Progress of ${name}`} />
      )}
    </li>
  );
}

function UploadActions({ upload }: { readonly upload: FileUpload }) {
  const { uploads } = usePlatform();
  const isAsking = useSignal(false);
  const phase = upload.phase.value;
  const { name } = upload.file;
  const isOver = phase === "done";
  return (
    <div class="upload-actions">
      {["waiting", "preparing", "sending"].includes(phase) && (
        <Action
          icon="pause"
          label={`Pause ${name}`}
          onClick={() => {
            upload.pause();
          }}
        />
      )}
      {phase === "paused" && (
        <Action
          icon="play"
          label={`Resume ${name}`}
          onClick={() => {
            uploads.resume(upload);
          }}
        />
      )}
      {phase === "failed" && (
        <Action
          icon="again"
          label={`Try ${name} again`}
          onClick={() => {
            uploads.resume(upload);
          }}
        />
      )}
      {isOver ? (
        <Action
          icon="close"
          label={`Clear ${name}`}
          onClick={() => {
            uploads.remove(upload);
          }}
        />
      ) : (
        <Action icon="close" label={`Cancel ${name}`} onClick={() => (isAsking.value = true)} />
      )}
      {isAsking.value && (
        <Confirmation
          title="Cancel this upload?"
          words={`What was sent of ${name} is deleted.`}
          action="Cancel upload"
          onConfirm={() => void uploads.cancel(upload)}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </div>
  );
}

interface ActionProps {
  readonly icon: "pause" | "play" | "again" | "close";
  readonly label: string;
  readonly onClick: () => void;
}

function Action({ icon, label, onClick }: ActionProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
