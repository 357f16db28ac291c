#!/usr/bin/env bash
# python-hcl2 8.1.4: a heredoc as the argument of a function, as of base64encode for user data, read and written again.
# Expected: HCL that means the same. Seen: a string in quotes with the heredoc's markers and line breaks in it, which is
# no HCL (a string in quotes ends on its line) and would be another text if it were:
#   user_data = base64encode("<<EOT
#   #!/bin/sh
#   EOT")
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-hcl2==8.1.4
cat >seen.py <<'PY'
import hcl2
print(hcl2.dumps(hcl2.loads("user_data = base64encode(<<EOT\n#!/bin/sh\nEOT\n)\n")), end="")
PY
seen=$(venv/bin/python seen.py)
expected='user_data = base64encode("<<EOT
#!/bin/sh
EOT")'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
