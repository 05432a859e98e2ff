# What each platform service on this machine has taken since its start: its name, CPU time in ticks (1/100 s), memory in KiB.
# Memory that processes share is counted once.
for container in $(docker ps -q --filter label=io.gantry.platform-service); do
  service=$(docker inspect -f '{{index .Config.Labels "io.gantry.platform-service"}}' "$container")
  ticks=0
  kib=0
  for pid in $(docker top "$container" -eo pid | tail -n +2); do
    # After the program's name, which is in brackets: state is the first field; own and reaped children's time are 12 to 15. Of a
    # process that has ended meanwhile there is nothing to read.
    used=$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }')
    held=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null)
    ticks=$((ticks + ${used:-0}))
    kib=$((kib + ${held:-0}))
  done
  echo "$service $ticks $kib"
done
