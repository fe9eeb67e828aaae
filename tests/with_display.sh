#!/usr/bin/env bash
# Runs a command on a display of its own: Xvfb with software OpenGL, which draws the same pixels everywhere.
#
#   tests/with_display.sh COMMAND [ARGUMENT...]
#
# The X server picks a free display number itself, so any number of these can run at once. It ends with the command.
# LOITER_TEST_SCREEN is the size of the screen, 1600x1000x24 unless set.
set -euo pipefail

if ! command -v Xvfb >/dev/null; then
  echo "with_display.sh: Xvfb is not installed (Debian: apt-get install xvfb)" >&2
  exit 1
fi
scratch=$(mktemp -d)
server=
command=
# shellcheck disable=SC2317  # the trap calls it
clean_up() {
  # shellcheck disable=SC2086  # either may be empty
  kill $command $server 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP

mkfifo "$scratch/display"
Xvfb -displayfd 3 -screen 0 "${LOITER_TEST_SCREEN:-1600x1000x24}" -nolisten tcp -noreset \
  3>"$scratch/display" >"$scratch/log" 2>&1 &
server=$!
if ! read -r -t 30 number <"$scratch/display"; then
  echo "with_display.sh: Xvfb did not start:" >&2
  cat "$scratch/log" >&2
  exit 1
fi
export DISPLAY=:$number LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe
unset WAYLAND_DISPLAY XAUTHORITY
"$@" &
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
