# Runs on a node for as long as the node-manager holds its lease there: a line of input is a beat, and names the fleet's other
# machines, "host port host port ...". Where no beat comes and fewer than half of the machines answer, this one counted, it is this
# machine that is cut off: its instances are killed before they are started elsewhere. The end of input is no silence: who held
# the lease let go of it. Of other machines only those count that have answered one of the last two looks: one that was slow once
# is there all the same.
#
# Usage: SILENCE-SECONDS ANSWER-SECONDS DOCKER-SOCKET LABEL...
set -u
silence=$1 answers_within=$2 engine=unix://$3
shift 3
filters=(--filter status=running)
for label in "$@"; do filters+=(--filter "label=$label"); done

readonly LOOK_EVERY=60 LOOK_AGAIN=12    # beats; again while not all answer
readonly GIVE_UP_AFTER=1800    # silences in a row: there is a session like this for each one that was lost
known=() counted=() seen=() before=() told='' beats=0 look_at=0 silences=0

answers() { timeout "$answers_within" bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }

# Those of the machines that answer, all asked at once.
answering() {
  while [ $# -gt 1 ]; do
    (if answers "$1" "$2"; then echo "$1 $2"; fi) &
    shift 2
  done
  wait
}

# What was seen counts once a beat came after it: what is seen while the network breaks is no measure.
beat() {
  silences=0
  known=("${counted[@]}")
  if [ "$1" != "$told" ] || [ "$beats" -ge "$look_at" ]; then
    if [ "$1" = "$told" ]; then before=("${seen[@]}"); else before=(); fi
    told=$1 looked_for=($1)
    seen=($(answering $1))
    counted=($(printf '%s %s\n' "${before[@]}" "${seen[@]}" | sort -u))
    look_at=$((beats + (${#seen[@]} < ${#looked_for[@]} ? LOOK_AGAIN : LOOK_EVERY)))
  fi
  beats=$((beats + 1))
}

is_cut_off() {
  local now=($(answering "${known[@]}"))
  [ $((2 * (1 + ${#now[@]} / 2))) -lt $((1 + ${#known[@]} / 2)) ]
}

kill_all() { docker -H "$engine" ps -q "${filters[@]}" | xargs -r -n 4 -P 4 docker -H "$engine" kill; }

while [ $silences -lt $GIVE_UP_AFTER ]; do
  if read -r -t "$silence" line; then
    beat "$line"
  elif [ $? -le 128 ]; then
    exit 0
  else
    silences=$((silences + 1))
    if is_cut_off; then kill_all; fi
  fi
done
