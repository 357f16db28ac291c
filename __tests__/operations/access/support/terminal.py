"""Runs a program at a pseudo-terminal of its own, as a person's window does.

What the program prints goes to standard output. Lines of JSON on standard input say what the person does:
{"type": "text"}, {"resize": [columns, rows]}, {"signal": 15}. After its end one line of JSON goes to standard error:
its exit code, and whether the terminal is set as it was before.
"""

import fcntl
import json
import os
import select
import signal
import struct
import sys
import termios

columns, rows, *line = sys.argv[1:]
person, terminal = os.openpty()


def resize(columns, rows):
    fcntl.ioctl(person, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(int(columns), int(rows))
before = termios.tcgetattr(terminal)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(terminal, descriptor)
    os.closerange(3, 64)
    os.execvp(line[0], line)


def do(action):
    if "type" in action:
        os.write(person, action["type"].encode())
    if "resize" in action:
        resize(*action["resize"])
    if "signal" in action:
        os.kill(child, action["signal"])


asked = b""
reading = [person, 0]
ended = None
while True:
    ready, _, _ = select.select(reading, [], [], 0.05)
    if person in ready:
        os.write(1, os.read(person, 65536))
        continue
    if 0 in ready:
        read = os.read(0, 65536)
        if not read:
            reading.remove(0)
        *complete, asked = (asked + read).split(b"\n")
        for one in complete:
            do(json.loads(one))
        continue
    if ended is not None:
        break
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        ended = os.waitstatus_to_exitcode(status)

same = termios.tcgetattr(terminal) == before
print(json.dumps({"exitCode": ended, "same": same}), file=sys.stderr)
