#!/usr/bin/env bash
# Brings what Loiter needs to Debian 12 or newer, and to systems derived from it.
#
#   third_party/setup-debian.sh SET...      sets: build test bench clang tidy (see debian-packages.txt)
#
# 1. Missing Debian packages, by apt as root or through sudo.
# 2. Into .deps/ (git-ignored): Dear ImGui 1.92 source, because Debian 12's own is 1.86, and with the set "test"
#    Catch2 v3, which Debian 12 has in its backports. Both are read through private apt options (own sources, lists and
#    cache), so the system's apt configuration and package versions stay as they are; apt checks Debian's signatures.
#
# Writes to standard error only. Status 0: everything is there. Status 1: one line says what is missing and what to do.
# LOITER_DEBIAN_MIRROR replaces the mirror this system already uses.
set -euo pipefail

readonly imgui_suites="sid testing" imgui_pin="1.92.2b" imgui_least="1.92"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
deps=$root/.deps
log=$deps/setup.log
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

say() { printf 'lab: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# The one sentence for a failed apt call, from what apt wrote; $1 says what was being tried.
die_of_apt() {
  if grep -qiE 'no space left|enough free space' "$log"; then
    die "$1 failed: the disk is full. Free about 2 GB and run the same command again."
  elif grep -qE 'Could not get lock|Unable to acquire the dpkg' "$log"; then
    die "$1 failed: another package manager is at work. Let it finish and run the same command again."
  elif grep -qE 'Could not resolve|Temporary failure|Could not connect|Cannot initiate|Network is unreachable|Connection (failed|refused|timed out)' "$log"; then
    die "$1 failed: Debian's mirror cannot be reached. Connect this machine to the network and run the same command again (details: $log)."
  elif grep -qE 'a password is required|a terminal is required|not in the sudoers|not allowed to' "$log"; then
    die "$1 failed: sudo was refused. Run as root: apt-get install $missing"
  fi
  die "$1 failed: $(grep -E '^(E|W|sudo):' "$log" | tail -n 1 || true) (details: $log)"
}

packages_of() {  # SET...: the packages of these sets
  local set package rest
  while read -r set package rest; do
    case " $* " in *" $set "*) printf '%s\n' "$package" ;; esac
  done < <(grep -vE '^[[:space:]]*(#|$)' "$here/debian-packages.txt")
}

not_installed() {  # PACKAGE...: those that are not installed, on one line
  local have
  have=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$have" "-") | paste -sd' ' || true
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"; fi
}

install_packages() {
  # shellcheck disable=SC2046  # a list of words
  missing=$(not_installed $(packages_of "$@"))
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    die "These packages are missing and there is neither root nor sudo to install them. Run as root: apt-get install $missing"
  fi
  say "installing Debian packages: $missing"
  # A source this machine cannot reach may well be one that is not needed: the install decides.
  as_root apt-get -q -o DPkg::Lock::Timeout=600 update >"$log" 2>&1 || true
  # shellcheck disable=SC2086  # a list of words
  as_root apt-get -q -y -o DPkg::Lock::Timeout=600 --no-install-recommends install $missing >>"$log" 2>&1 ||
    die_of_apt "Installing packages"
}

# The mirror of Debian's main archive that this machine is set up for: no host is named in this project.
find_mirror() {
  mirror=${LOITER_DEBIAN_MIRROR:-}
  [ -n "$mirror" ] && return
  # shellcheck disable=SC2016  # apt's own variable
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
    'Label: Debian' 'Component: main' 2>/dev/null | head -n 1)
  [ -n "$mirror" ]
}

# apt-get with its own sources, lists and cache. The date until which a list says it is valid is not looked at: the versions
# are pinned and signed, so a mirror that stands still, or a clock that is ahead, does no harm.
apt_private() {
  apt-get -q -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User="$(id -un)" "$@" >>"$log" 2>&1
}

use_sources() {  # LINE...: the private sources are these, freshly read
  printf '%s\n' "$@" >"$scratch/sources.list"
  apt_private update
}

imgui_version_of() { sed -n 's/^#define IMGUI_VERSION  *"\(.*\)"/\1/p' "$1/imgui.h" 2>/dev/null || true; }

fetch_imgui() {
  local suite version
  version=$(imgui_version_of "$deps/imgui")
  [ -n "$version" ] && dpkg --compare-versions "$version" ge "$imgui_least" && return
  say "fetching the source of Dear ImGui $imgui_pin"
  for suite in $imgui_suites; do
    use_sources "deb-src [signed-by=$key] $mirror $suite main" || continue
    # Debian keeps one version per suite: the pinned one while it is there, otherwise what followed it.
    (cd "$scratch" && { apt_private --download-only source "imgui=$imgui_pin+ds-1" || apt_private --download-only source imgui; }) ||
      continue
    mkdir "$scratch/imgui"
    tar -xf "$scratch"/imgui_*.orig.tar.* -C "$scratch/imgui" --strip-components=1
    version=$(imgui_version_of "$scratch/imgui")
    if dpkg --compare-versions "$version" ge "$imgui_least"; then
      rm -rf "$deps/imgui"
      mv "$scratch/imgui" "$deps/imgui"
      return
    fi
    rm -rf "$scratch"/imgui*
  done
  die_of_apt "Fetching Dear ImGui"
}

fetch_catch2() {
  [ -f "$deps/catch2/usr/include/catch2/catch_test_macros.hpp" ] && return
  [ -f /usr/include/catch2/catch_test_macros.hpp ] && return
  local suite
  for suite in "$codename-backports" "$codename"; do
    use_sources "deb [signed-by=$key] $mirror $suite main" || continue
    (cd "$scratch" && apt_private download libcatch2-dev) || continue
    rm -rf "$deps/catch2"
    dpkg -x "$scratch"/libcatch2-dev_*.deb "$scratch/catch2"
    mv "$scratch/catch2" "$deps/catch2"
    return
  done
  die_of_apt "Fetching Catch2 v3"
}

main() {
  local wanted=" $* " free
  mkdir -p "$deps"
  : >"$log"
  free=$(df -Pk "$deps" | awk 'NR == 2 {print $4}')
  [ "${free:-0}" -gt 500000 ] || die "The disk that holds $root has under 500 MB left. Free about 2 GB and run the same command again."
  install_packages "$@"

  # shellcheck source=/dev/null
  . /etc/os-release
  codename=${DEBIAN_CODENAME:-${VERSION_CODENAME:-sid}}
  key=/usr/share/keyrings/debian-archive-keyring.gpg
  # A derived system may have neither Debian's mirror nor its key: CMake then takes its own way to both libraries.
  if [ ! -r "$key" ] || ! find_mirror; then
    say "this system does not read Debian's own archive: CMake will look for Dear ImGui and Catch2 elsewhere"
    return
  fi
  rm -rf "$deps"/setup.??????  # what a killed set-up left behind
  scratch=$(mktemp -d "$deps/setup.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
  case $wanted in *" build "*) fetch_imgui ;; esac
  case $wanted in *" test "*) fetch_catch2 ;; esac
}

main "$@"
