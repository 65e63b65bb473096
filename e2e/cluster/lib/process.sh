# Components as processes: each has its command line in commands/, its log in log/ and its process id in pids/.

start_component() { # NAME [COMMAND...]: without a command, the one it was started with before
  local name=$1; shift
  if runs "$name"; then fail "$name runs already"; fi
  if [ $# -gt 0 ]; then
    { echo '#!/usr/bin/env bash'; printf 'exec'; printf ' %q' "$@"; echo; } >"$RUN/commands/$name"
    chmod +x "$RUN/commands/$name"
  fi
  # Each step replaces the one before, so that the recorded process is the component itself.
  (
    if has_network; then exec nsenter --net="/run/netns/$NETNS" setsid "$RUN/commands/$name"; fi
    exec setsid "$RUN/commands/$name"
  ) >>"$RUN/log/$name.log" 2>&1 </dev/null &
  echo $! >"$RUN/pids/$name.pid"
  wait_until 100 runs_or_ended "$name" $!
}

stop_component() { # NAME [SIGNAL]
  local pid
  pid=$(cat "$RUN/pids/$1.pid" 2>/dev/null) || fail "no component $1 runs here"
  if runs "$1"; then
    kill "-${2:-KILL}" "$pid" 2>/dev/null || true
    # One that is stopped takes no other signal before it goes on.
    kill -CONT "$pid" 2>/dev/null || true
    wait_until 600 has_ended "$pid" || fail "$1 (process $pid) has not ended"
  fi
  rm "$RUN/pids/$1.pid"
}

signal_component() { # NAME SIGNAL
  runs "$1" || fail "no component $1 runs here"
  kill "-$2" "$(cat "$RUN/pids/$1.pid")"
}

# Whether the process is there and is what the component was started as: after a reboot its id may be another program's.
runs() { # NAME
  local pid program
  pid=$(cat "$RUN/pids/$1.pid" 2>/dev/null) || return 1
  program=$(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | head -1)
  [ -n "$program" ] && grep -qwF -e "$program" "$RUN/commands/$1"
}

runs_or_ended() { runs "$1" || has_ended "$2"; } # NAME PID

# A process that was killed holds its ports until the last of its threads has gone, while its first is a zombie already.
has_ended() { # PID
  ! kill -0 "$1" 2>/dev/null || { [ "$(ps -o stat= -p "$1" | cut -c1)" = Z ] && [ "$(ls "/proc/$1/task" 2>/dev/null | wc -l)" -le 1 ]; }
}

wait_until() { # TENTHS COMMAND...: until the command succeeds, at most so many tenths of a second
  local left=$1; shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 0.1
  done
}

ready_or_ended() { # NAME COMMAND...
  local pid
  pid=$(cat "$RUN/pids/$1.pid"); shift
  "$@" || has_ended "$pid"
}

wait_for() { # NAME TENTHS COMMAND...: like wait_until, and shows the component's last words when it dies or never gets there
  local name=$1 tenths=$2; shift 2
  wait_until "$tenths" ready_or_ended "$name" "$@"
  if "$@" >/dev/null 2>&1; then return 0; fi
  tail -5 "$RUN/log/$name.log" >&2
  fail "$name is not ready; its log is in $RUN/log/$name.log"
}

# Whether a component answers. Not whether it has done all that it does after a start.
ready() { # NAME
  case $1 in
    etcd) healthy_etcd ;;
    apiserver) ready_apiserver ;;
    controllers) listens 127.0.0.1 10257 ;;
    scheduler) listens 127.0.0.1 10259 ;;
    containerd) ctr --address "$CONTAINERD_SOCKET" version ;;
    kubelet) listens "$(sed -n 's/^address: //p' "$RUN/kubelet.yaml")" 10250 ;;
    proxy) listens 127.0.0.1 10249 ;;
    dns) listens 10.99.0.1 53 ;;
    *) runs "$1" ;;
  esac
}

# It listens long before it serves.
healthy_etcd() { inside bash -c 'exec 3<>/dev/tcp/127.0.0.1/2379 && printf "GET /health HTTP/1.0\r\n\r\n" >&3 && grep -q \"true\" <&3'; }
ready_apiserver() { inside kubectl get --raw /readyz; }
listens() { inside bash -c ": </dev/tcp/$1/$2"; } # ADDRESS PORT

# The kubelet goes first, or it would start again what the others stop.
stop_all() {
  local name
  for name in v2-node kubelet proxy dns; do if [ -e "$RUN/pids/$name.pid" ]; then stop_component $name; fi; done
  stop_pods
  for name in containerd scheduler controllers apiserver etcd mounts; do if [ -e "$RUN/pids/$name.pid" ]; then stop_component $name; fi; done
}
