#!/usr/bin/env bash
# crossplane 0.5.8, NGINX's own reader and writer of its configuration: an argument in quotes that begins with a hash, as a
# colour or a part of a page does; read, written, and read again.
# Expected: quotes where they are needed, as an argument with a space has them. Seen: they are gone, so that the hash begins a
# comment, to which the semicolon belongs now, and the next directive is arguments of this one. What was valid is refused:
#   read: set $colour "#0069ff"; set $title "MAM media"; return 204;
#   written: set $colour #0069ff; set $title 'MAM media'; return 204;
#   read again: invalid number of arguments in "set" directive
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check crossplane==0.5.8
cat >seen.py <<'PY'
import re
import crossplane


def read(text):
    with open("nginx.conf", "w") as file:
        file.write(text)
    return crossplane.parse("nginx.conf")


directives = 'set $colour "#0069ff"; set $title "MAM media"; return 204;'
print("read:", directives)
first = read("events { } http { server { " + directives + " } }")
assert first["errors"] == [], first["errors"]
written = crossplane.build(first["config"][0]["parsed"])
print("written:", " ".join(re.findall(r"(?m)^ {8}(.*)$", written)))
print("read again:", read(written)["errors"][0]["error"].split(" in nginx.conf")[0])
PY
seen=$(venv/bin/python seen.py)
expected="read: set \$colour \"#0069ff\"; set \$title \"MAM media\"; return 204;
written: set \$colour #0069ff; set \$title 'MAM media'; return 204;
read again: invalid number of arguments in \"set\" directive"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
