/** Where a machine keeps what it was told. Readable by root only. */
export const machineFolder = "/etc/mam";

/** Where a machine asks for its own id. Source: docs.digitalocean.com/reference/api/metadata. */
export const metadataAddress = "http://169.254.169.254/metadata/v1/id";

/**
 * Fetches what the machine has to know, writes it, and starts the worker. It runs once, when the machine first boots.
 *
 * An address that is refused is refused for good, so it gives up at once; a network that is not there yet is waited for.
 */
const bootstrap = `#!/usr/bin/env python3
"""Takes what this machine has to know from where it was put for it, and starts the preview worker."""
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

FOLDER = "${machineFolder}"
METADATA = "${metadataAddress}"


def fetch(address):
    for _ in range(60):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refused:
            sys.exit(f"mam-bootstrap: {refused.code}: what this machine has to know is not there any more")
        except OSError:
            time.sleep(5)
    sys.exit("mam-bootstrap: the network did not come up within five minutes")


def write(name, text):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


address_file = os.path.join(FOLDER, "bootstrap-address")
with open(address_file) as file:
    bundle = json.loads(fetch(file.read().strip()))
os.remove(address_file)
droplet = fetch(METADATA).strip()
variables = {**bundle["variables"], "WORKER_STATUS_KEY": f"_workers/{droplet}.json"}
write("worker.env", "".join(f"{name}={value}\\n" for name, value in variables.items()))
write("image.env", f"IMAGE={bundle['image']}\\n")
write("docker/config.json", json.dumps(bundle["registry"]))
subprocess.run(["docker", "--config", os.path.join(FOLDER, "docker"), "pull", bundle["image"]], check=True)
subprocess.run(["systemctl", "enable", "--now", "mam-worker.service"], check=True)
`;

/**
 * Runs the worker for as long as the machine lives. A machine that is shut down tells it so first (SIGTERM), and it gives
 * its job back within the time that \`docker stop\` leaves it. Docker gives a container the compute part of a card only,
 * unless it is asked for video.
 */
const unit = `[Unit]
Description=Preview worker
Requires=docker.service
After=docker.service network-online.target
Wants=network-online.target

[Service]
EnvironmentFile=${machineFolder}/image.env
ExecStartPre=-/usr/bin/docker rm --force mam-worker
ExecStart=/usr/bin/docker run --rm --name mam-worker --gpus all --env NVIDIA_DRIVER_CAPABILITIES=compute,video,utility --env-file ${machineFolder}/worker.env $IMAGE
ExecStop=/usr/bin/docker stop --time 60 mam-worker
Restart=always
RestartSec=5
TimeoutStopSec=90

[Install]
WantedBy=multi-user.target
`;

const file = (path: string, permissions: string, text: string) => ({
  path,
  permissions,
  owner: "root:root",
  content: text,
});

/**
 * User data of a machine. It holds no secret: whoever reads it later, from the machine or elsewhere, finds an address
 * that opens nothing any more. JSON, which is YAML too, and needs no escaping of its own.
 *
 * @param address presigned, for minutes, of what the machine has to know.
 */
export function gpuCloudConfig(address: string): string {
  const config = {
    write_files: [
      file(`${machineFolder}/bootstrap-address`, "0600", `${address}\n`),
      file("/usr/local/sbin/mam-bootstrap", "0700", bootstrap),
      file("/etc/systemd/system/mam-worker.service", "0644", unit),
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["/usr/bin/python3", "/usr/local/sbin/mam-bootstrap"],
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 1)}\n`;
}
