#!/bin/sh
# Stands for Terraform as far as a stack's plans, and what becomes of applying them, are concerned; states are the test's
# own. A shell script, because it starts in a few milliseconds. Beside it lie `journal` and a directory for each stack.
command=$1 stack=${PWD##*/} own=${0%/*} here=${0%/*}/$stack
case "$*" in *-refresh-only*) command=refresh;; esac
case $command in
  version | init | show) ;;
  untaint) for address; do :; done; echo "terraform untaint $stack $address" >> $own/journal;;
  *) echo "terraform $command $stack" >> $own/journal;;
esac
if [ -f $here/$command.fails ]; then cat $here/$command.fails; exit 1; fi
case $command in
  version) echo '{"terraform_version":"1.11.4"}';;
  plan)
    n=0; [ -f $here/made ] && read -r n < $here/made
    n=$((n + 1)); [ -d $here ] && echo $n > $here/made
    while [ $n -gt 1 ] && [ ! -f $here/plan-$n ]; do n=$((n - 1)); done
    echo "$stack $n" > plan
    [ ! -s $here/plan-$n ] || exit 2;;
  show) read -r _ n < plan; cat $here/plan-$n;;
  apply)
    [ ! -f $here/apply.ends-well ] || trap '' INT
    echo '{"type":"apply_start","hook":{"resource":{"addr":"a.resource"},"action":"update"}}'
    if [ -f $here/apply.goes-on ]; then
      trap 'exit 1' INT
      n=0
      while [ $n -lt 200 ]; do sleep 0.02; n=$((n + 1)); done
    fi;;
esac
exit 0
