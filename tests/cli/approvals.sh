#!/usr/bin/env bash
# `waymark sign` and `waymark verify`, beside openssl, which knows nothing of either.
set -euo pipefail

# shellcheck source=tests/cli/expect.bash
. "$(dirname "${BASH_SOURCE[0]}")/expect.bash"

new_key() {
  openssl genpkey -algorithm ed25519 -out "$work/$1.pem"
  openssl pkey -in "$work/$1.pem" -pubout -out "$work/$1-public.pem"
}
new_key hers
new_key other
public_line() { sed -n 2p "$work/$1-public.pem"; }

guideline=$work/g
fresh() {
  rm -rf "$guideline"
  cp -r guidelines/essentials "$guideline"
  sed -i 's/^  status: draft$/  status: approved/' "$guideline/guideline.yaml"
}
sign() {
  "$tool" sign "${folder:-$guideline}" --key "${key:-$work/hers.pem}" --name "${who-Ana Pérez \"La Dra.\"}" --role Oncologist \
    --organisation 'Example: Hospital' --date "${date:-2026-11-28}" --review-by "${review_by:-2027-11-28}"
}
verify() { "$tool" verify "$guideline" --trust "$work/hers-public.pem" --today "${today:-2026-12-01}" "$@"; }
signed() {
  fresh
  sign >"$work/signed" || fail "signing"
}

fresh
expect 1 'nobody has signed this guideline' "a guideline without approvals is not approved" verify
signed
grep -qxF "$(public_line hers)" "$work/signed" || fail "signing tells the public key as openssl writes it"
expect 0 '^approved by Ana Pérez "La Dra\.", Oncologist, Example: Hospital, on 2026-11-28, until 2027-11-28$' "what was signed is approved" verify
today=2027-11-28 expect 0 'approved by' "an approval holds on its last day" verify
today=2027-11-29 expect 1 'approvals\.yaml:3:5: error: expired: .* ended on 2027-11-28; have it reviewed' "and no day longer" verify
expect 1 'unknown key: signed in the name of Ana.*--trust' "a key that is not trusted" "$tool" verify "$guideline" --trust "$work/other-public.pem" --today 2026-12-01
expect 1 'unknown key' "without a trusted key nothing is approved" "$tool" verify "$guideline" --today 2026-12-01
today=1-1-2027 expect 2 "'1-1-2027' is not a day; write it as" "a day that cannot be compared" verify
expect 0 'approved by' "the guideline may stand last" "$tool" verify --trust "$work/other-public.pem" --trust "$work/hers-public.pem" --today 2026-12-01 "$guideline"
expect 0 '"state": "approved"' "as JSON" verify --json
expect 0 'Proved for' "an approved guideline is checked as any" "$tool" check "$guideline"

# The bytes that are signed, as guidelines/README.md tells them, by openssl alone.
sha256=$(verify --json | sed -n 's/.*"sha256": "\([0-9a-f]*\)".*/\1/p')
[[ ${#sha256} == 64 ]] || fail "the fingerprint is told"
message() {
  printf 'waymark guideline approval 1\nsha256=%s\nname=%s\nrole=%s\norganisation=%s\ndate=%s\nreview_by=%s\nkey=%s\n' "$sha256" "$@" >"$work/message"
}
message 'Ana Pérez "La Dra."' Oncologist 'Example: Hospital' 2026-11-28 2027-11-28 "$(public_line hers)"
sed -n 's/^    signature: //p' "$guideline/approvals.yaml" | base64 -d >"$work/signature"
openssl pkeyutl -verify -pubin -inkey "$work/hers-public.pem" -rawin -in "$work/message" -sigfile "$work/signature" >/dev/null || fail "openssl finds the signature good"
message 'Bo Li' Pharmacist '' 2026-11-30 2027-01-31 "$(public_line other)"
openssl pkeyutl -sign -inkey "$work/other.pem" -rawin -in "$work/message" -out "$work/signature"
cat >>"$guideline/approvals.yaml" <<EOF
  - {name: Bo Li, role: Pharmacist, date: 2026-11-30, review_by: 2027-01-31, key: $(public_line other), signature: $(base64 -w0 "$work/signature")}
EOF
expect 0 'approved by Bo Li, Pharmacist, on 2026-11-30, until 2027-01-31' "what openssl signed is approved" verify --trust "$work/other-public.pem"
expect 1 'approvals\.yaml:10:5: error: unknown key: .*Bo Li' "one approval of two that does not count is told" verify

# Every way to change what was signed.
listed() { (cd "$guideline" && sha256sum ./*.yaml ./*/*.yaml); }
tampered() {
  local name=$1
  shift
  signed
  (cd "$guideline" && "$@")
  [[ $(listed) != "$before" ]] || fail "$name: nothing was changed"
  expect 1 'approvals\.yaml:3:5: error: altered: this is not what was signed' "$name" verify
}
signed
before=$(listed)
tampered "a rule" sed -i 's/option: \[olaparib\]/caution: [olaparib]/' rules.yaml
tampered "a space at the end of a file" bash -c 'echo >>facts.yaml'
tampered "a translation" bash -c 'echo "# x" >>locales/es.yaml'
tampered "the version" sed -i 's/^  version: .*/  version: "2026.9"/' guideline.yaml
tampered "a file more" bash -c 'echo "stops: {}" >z.yaml'
tampered "a file less" rm locales/es.yaml
tampered "a file of another name" mv facts.yaml facets.yaml
tampered "the name" sed -i 's/name: .*/name: Bo Li/' approvals.yaml
tampered "the role" sed -i 's/role: .*/role: Surgeon/' approvals.yaml
tampered "the organisation" sed -i '/organisation: /d' approvals.yaml
tampered "the date" sed -i 's/ date: .*/ date: 2026-11-29/' approvals.yaml
tampered "the end" sed -i 's/review_by: .*/review_by: 2037-11-28/' approvals.yaml
tampered "the key" sed -i "s|key: .*|key: $(public_line other)|" approvals.yaml
tampered "the signature" bash -c 'tr A-Za-z B-ZAb-za <<<"$(sed -n "s/^    signature: //p" approvals.yaml)" >s; sed -i "s|signature: .*|signature: $(cat s)|" approvals.yaml; rm s'
expect 0 'altered' "build says that the page will tell" bash -c "printf '<script type=\"application/json\" id=\"waymark-guidelines\">null</script>' >'$work/t.html'; '$tool' build '$guideline' --template '$work/t.html' -o '$work/p.html' 2>&1 | sed 's/the page will say so/altered/'"
expect 1 'approvals\.yaml:3:5: error: this is not what was signed in the name of Ana' "nobody signs beside an approval that no longer fits" sign
signed
sed -i 's/status: approved/status: draft/' "$guideline/guideline.yaml"
expect 1 'altered' "a draft that was approved" verify

# Written cases are no part of what is signed, and so can hold nothing else.
signed
echo '# a word more' >>"$(find "$guideline/vignettes" -name '*.yaml' | head -1)"
expect 0 'approved by' "a written case may change" verify
printf 'rules: {}\n' >"$guideline/vignettes/x.yaml"
expect 1 "vignettes/x\.yaml:1:1: error: a file in vignettes/ has no key 'rules'" "a rule among the written cases" verify

fresh
sed -i 's/status: approved/status: draft/' "$guideline/guideline.yaml"
expect 1 'calls itself a draft; write .status: approved.' "a draft is not signed" sign
[[ ! -e $guideline/approvals.yaml ]] || fail "and nothing is written"
fresh
date=2026-13-01 expect 2 "not a date: '2026-13-01'; write it as" "a day that is none" sign
review_by=2026-01-01 expect 2 'cannot end on 2026-01-01' "an approval that ends before it begins" sign
who=$'Ana\nrole=x' expect 2 'not one line' "a name of two lines" sign
who=$'\xff' expect 2 'UTF-8' "a name that is no text" sign
who= expect 2 'is empty' "no name" sign
expect 2 'key is required' "no key" "$tool" sign "$guideline" --name a --role b --review-by 2027-01-01
key=$work/none.pem expect 2 'none\.pem. cannot be read; make one with .openssl genpkey' "a key that is not there" sign
key=$work/hers-public.pem expect 2 'holds no private Ed25519 key' "the public half" sign
openssl genpkey -algorithm x25519 -out "$work/x.pem"
key=$work/x.pem expect 2 'holds no private Ed25519 key' "a key of another kind" sign
folder=$guideline/guideline.yaml expect 2 'only a folder can carry approvals' "a guideline in one file" sign
expect 2 'holds no public Ed25519 key' "the private half trusted" verify --trust "$work/hers.pem"
[[ ! -e $guideline/approvals.yaml ]] || fail "what was refused is not written"

if ((failures > 0)); then
  echo "$failures failed"
  exit 1
fi
echo "All as expected."
