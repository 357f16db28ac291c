# Runs a program and ends it with the process that started this script, also when that one was killed: then the pipe on
# standard input ends. Until then each line of it names a signal for the program.
#   sh watchdog.sh SIGNAL DIRECTORY PROGRAM [ARGUMENT...]
# SIGNAL ends the program when the starter is gone; DIRECTORY, which holds nothing but its data, is removed then.
ending=$1
directory=$2
shift 2
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(
  while read -r signal <&3; do kill -"$signal" "$program" 2>/dev/null; done
  trap '' TERM
  kill -"$ending" "$program" 2>/dev/null
  tenths=0
  while kill -0 "$program" 2>/dev/null && [ "$tenths" -lt 50 ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -KILL "$program" 2>/dev/null
  exit 9
) &
watch=$!
wait "$program"
code=$?
kill -TERM "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
# Last of all, and again: what a server started itself may still write when the server is gone.
if [ $? -eq 9 ]; then
  attempt=0
  until rm -rf "$directory" 2>/dev/null || [ "$attempt" -eq 20 ]; do
    sleep 0.2
    attempt=$((attempt + 1))
  done
fi
exit "$code"
