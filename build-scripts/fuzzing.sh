# What `fuzz` and `test` share: the fuzz targets, their seeds, and one run of one target.
# Sourced after lib.sh.
# shellcheck shell=bash

# shellcheck disable=SC2034 # used by the scripts that source this one
fuzz_packages=(clang libclang-rt-dev)
# shellcheck disable=SC2034
fuzz_targets=(record_fuzz guideline_fuzz approvals_fuzz facts_fuzz)

build_fuzz() { # TARGET...
  cmake --preset fuzz
  cmake --build --preset fuzz --target "$@"
}

seeds() { # TARGET FOLDER
  local key signature
  mkdir -p "$2"
  case $1 in
    record_fuzz) cp tests/records/*.json "$2" ;;
    guideline_fuzz)
      cat guidelines/essentials/*.yaml >"$2/essentials.yaml"
      find guidelines tests -name '*.yaml' -not -path '*/node_modules/*' -size -40k -exec cp -n {} "$2" \;
      ;;
    approvals_fuzz)
      key=MCowBQYDK2VwAyEA$(printf 'A%.0s' {1..43})=
      signature=$(printf 'A%.0s' {1..86})==
      printf 'approvals:\n  - {name: Ana, role: Doctor, organisation: "O", date: 2026-11-28, review_by: 2027-11-28, key: %s, signature: %s}\n' \
        "$key" "$signature" >"$2/approvals.yaml"
      ;;
    facts_fuzz)
      printf '{"her2": ["positive", "negative"], "brca": null}' >"$2/facts"
      printf '{"distant_metastasis": "m1", "hormone_receptor": "positive"}' >"$2/more"
      ;;
  esac
}

fuzz() { # TARGET SECONDS
  local corpus=build/fuzz/corpus/$1
  seeds "$1" "$corpus"
  mkdir -p build/fuzz/found
  build/fuzz/tests/"$1" -max_total_time="$2" -timeout=20 -rss_limit_mb=3000 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/found/$1-" "$corpus"
}
