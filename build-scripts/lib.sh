# What `run` and `test` share: progress lines, Debian packages, npm packages, and the three builds.
# Sourced, never started. The scripts that source it say which steps come in which order.
# shellcheck shell=bash

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build/logs
cd "$root"
mkdir -p "$logs" build/stamps
export LC_ALL=C.UTF-8

# ---- progress: one line per step, everything else into build/logs

step_number=0
step_count=0 # set by the script that runs the steps

# step NAME TEXT COMMAND...: runs the command with its output in build/logs/NAME.log; on failure shows its end and stops.
step() {
  local name=$1 text=$2 status
  shift 2
  announce "$text"
  set +e
  (
    set -e
    "$@"
  ) >"$logs/$name.log" 2>&1 </dev/null
  status=$?
  set -e
  if ((status != 0)); then
    printf 'FAILED after %d s\n' $((SECONDS - step_started))
    show_log_end "$name"
    exit 1
  fi
  printf '%d s\n' $((SECONDS - step_started))
}

announce() {
  step_number=$((step_number + 1))
  step_started=$SECONDS
  printf '[%d/%d] %s ... ' "$step_number" "$step_count" "$1"
}

show_log_end() {
  printf -- '---- the last lines of build/logs/%s.log:\n' "$1" >&2
  tail -n 40 "$logs/$1.log" >&2
  printf -- '---- all of it: %s\n' "$logs/$1.log" >&2
}

# ---- Debian packages

# shellcheck disable=SC2034 # used by the scripts that source this one
build_packages=(g++ cmake ninja-build emscripten nlohmann-json3-dev libyaml-cpp-dev libcli11-dev libssl-dev dpkg-dev ca-certificates)
# shellcheck disable=SC2034
test_packages=(catch2 chromium firefox-esr webkit2gtk-driver xvfb fonts-dejavu-core poppler-utils nginx-light openssl)

# Prints those of the named packages that are not installed.
missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
}

# Any node from 18 on will do, wherever it comes from; only where there is none does Debian's come.
node_packages() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) || major=0
  if ((major < 18)); then echo nodejs; fi
  if ! command -v npm >/dev/null; then echo npm; fi
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# install_packages NAME...: asks apt only for what is missing, so a second run costs nothing.
install_packages() {
  local missing
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This script installs Debian packages and finds no apt-get here. It needs: $* nodejs npm"
    return 1
  fi
  mapfile -t missing < <(missing_packages "$@"; node_packages)
  if ((${#missing[@]} == 0)); then
    echo "All there."
    return
  fi
  echo "Installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}"
}

# Lets sudo ask for its password before its question would disappear into a log.
ask_for_rights() {
  local missing
  if ((EUID == 0)) || ! command -v apt-get >/dev/null; then return; fi
  mapfile -t missing < <(missing_packages "$@"; node_packages)
  if ((${#missing[@]} == 0)); then return; fi
  if ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing and only root can install them: ${missing[*]}" >&2
    exit 1
  fi
  echo "Debian packages to install: ${missing[*]}"
  sudo -v
}

# ---- npm packages

# npm_packages FOLDER: as its lock file says, and only when that or node has changed.
npm_packages() {
  local folder=$1 stamp wanted
  stamp=$root/build/stamps/npm-$folder
  wanted=$(cat "$folder/package-lock.json" <(node --version) | sha256sum)
  if [[ -d $folder/node_modules && -f $stamp && $(<"$stamp") == "$wanted" ]]; then
    echo "Unchanged."
    return
  fi
  rm -f "$stamp"
  (cd "$folder" && npm ci --no-audit --no-fund)
  echo "$wanted" >"$stamp"
}

# ---- sources of libraries that are compiled here

fetch_sources() {
  build-scripts/debian-source yaml-cpp include/yaml-cpp/parser.h libyaml-cpp-dev
  fetch_7zip
}
fetch_7zip() {
  build-scripts/debian-source 7zip C/Ppmd7.c
}

# ---- builds

build_native() { # [TARGET...]
  cmake --preset native "${native_options[@]}"
  cmake --build --preset native ${1:+--target "$@"}
}
native_options=()

build_wasm() {
  cmake --preset wasm
  cmake --build --preset wasm
}

build_page() {
  node web/build.mjs
  [[ -s build/web/waymark-template.html ]]
}

build_guideline() {
  build/native/waymark build guidelines/mbc guidelines/essentials --without-vignettes -o build/waymark.html
  build/native/waymark build guidelines/essentials -o build/waymark-essentials.html
}
