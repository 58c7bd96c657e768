# What the command line's tests share: a place for their files, and `expect`. Sourced, never started.
# shellcheck shell=bash

tool=${WAYMARK_TOOL:-build/native/waymark}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0 # shown by the script that sources this

fail() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}

# expect CODE PATTERN NAME COMMAND...: runs the command; its output must match the extended regular expression, if there is one.
expect() {
  local code=$1 pattern=$2 name=$3 status=0
  shift 3
  "$@" >"$work/out" 2>&1 </dev/null || status=$?
  [[ $status == "$code" ]] || fail "$name: exit $status, expected $code: $(head -c 400 "$work/out")"
  [[ -z $pattern ]] || grep -qE "$pattern" "$work/out" || fail "$name: no match for '$pattern' in: $(head -c 400 "$work/out")"
}
