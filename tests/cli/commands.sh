#!/usr/bin/env bash
# The command line as its users meet it: exit codes, messages, shapes.
set -euo pipefail

# shellcheck source=tests/cli/expect.bash
. "$(dirname "${BASH_SOURCE[0]}")/expect.bash"

facts() { printf '%s\n' "$1" >"$work/facts.json"; }

expect 0 'Examples' "help teaches with examples" "$tool" --help
expect 0 'waymark [0-9]' "version" "$tool" --version
expect 2 "no command 'evla'; did you mean 'eval'" "a misspelt command" "$tool" evla
expect 2 'subcommand is required' "no command" "$tool"
expect 2 "no guideline 'essentals'; did you mean 'essentials'" "a misspelt guideline" "$tool" check essentals

facts '{"distant_metastasis": "m1", "her2": ["positive", "negative"]}'
expect 0 '^\{"waymark":1,"guideline":\{"id":"essentials"' "eval by short name" "$tool" eval essentials --facts "$work/facts.json"
facts '{"distant_metastasis": "m0"}'
expect 0 '"why_not":\[\{"fact":"distant_metastasis","values":\["m0"\]\}\]' "eval --all says why not" "$tool" eval essentials --facts "$work/facts.json" --all
expect 2 'does not speak .fr.; use en or es' "an unknown locale" "$tool" eval essentials --facts "$work/facts.json" --locale fr
expect 2 'audience' "an unknown audience" "$tool" eval essentials --facts "$work/facts.json" --audience nurse
expect 2 'cannot be read' "facts that are not there" "$tool" eval essentials --facts "$work/none.json"
expect 2 'facts is required' "eval without facts" "$tool" eval essentials
facts '{"her22": "positive"}'
expect 2 "no fact 'her22'; did you mean 'her2'" "an unknown fact" "$tool" eval essentials --facts "$work/facts.json"
facts '{"her2": "positve"}'
expect 2 "no value 'positve'; did you mean 'positive'" "an unknown value" "$tool" eval essentials --facts "$work/facts.json"

printf '%s\n' '{"distant_metastasis": "m0"}' 'nonsense' '{"brca": "mutated"}' >"$work/cohort"
expect 0 . "a cohort" "$tool" eval essentials --cohort --facts "$work/cohort"
[[ $(wc -l <"$work/out") == 3 ]] || fail "a cohort answers line for line"
sed -n 2p "$work/out" | grep -q '^{"error":' || fail "a bad record is answered in its place"
sed -n 3p "$work/out" | grep -q '^{"waymark":1' || fail "the record after a bad one is answered"
sed -n 1p "$work/out" | grep -q '"options":\[{' && fail "M0 shows an option"

printf 'guideline:\n  id: x\n  verison: "1"\n' >"$work/broken.yaml"
expect 1 'broken\.yaml:3:3: error: .*verison.*did you mean .version' "check names place and remedy" "$tool" check "$work/broken.yaml"
expect 1 'broken.yaml' "eval of a broken guideline" "$tool" eval "$work/broken.yaml" --facts "$work/cohort"
expect 0 'Proved for' "check proves" "$tool" check essentials
expect 0 '"claims"' "check --json" "$tool" check essentials --json
expect 0 '"score"' "test --json carries the mutation score" "$tool" test essentials --json
expect 0 'as expected, 0 not' "test" "$tool" test essentials

expect 0 '^digraph' "graph as dot" "$tool" graph essentials --format dot
expect 0 '^flowchart LR' "graph as mermaid" "$tool" graph essentials --format mermaid
expect 0 '"nodes"' "graph as json" "$tool" graph essentials --format json
expect 2 'format' "an unknown graph format" "$tool" graph essentials --format png

expect 0 'Every patient gets the same answer' "diff of the same" "$tool" diff essentials essentials
cp -r guidelines/essentials "$work/changed"
sed -i 's/option: \[olaparib\]/caution: [olaparib]/' "$work/changed/rules.yaml"
expect 1 'olaparib .systemic_therapy.: option -> caution for [0-9.]+ % of all profiles' "diff names the patients" "$tool" diff essentials "$work/changed"
expect 1 '"same_answers":false' "diff --json" "$tool" diff essentials "$work/changed" --json

records=tests/records
import() { "$tool" import mbc "$1" --today 2026-11-24; }
expect 0 '^\{"waymark":1,.*"refused":null,"facts":\{"distant_metastasis":\["m1"\].*"provenance":\[\{' "import proposes, with places" import $records/triple-negative.json
expect 0 '"conflicts":\[\{"fact":' "import shows a conflict" import $records/conflict.json
for refused in m0 other-cancer in-situ no-patient two-patients refuted died stage-3; do
  expect 1 'waymark: refused: .' "import refuses $refused" import "$records/$refused.json"
  grep -q '"refused":{"id":"[a-z0-9_]*","text":".*"facts":{},' "$work/out" || fail "$refused: the reason, and no facts"
done
"$tool" import mbc - --today 2026-11-24 <$records/m0.json >"$work/out" 2>/dev/null || [[ $? == 1 ]] || fail "a record from standard input"
grep -q '"id":"m0"' "$work/out" || fail "a record from standard input is read"
expect 2 'none.json. cannot be read' "a record that is not there" import "$work/none.json"
printf '{"resourceType": "Bundle", "entry": [' >"$work/half.json"
expect 2 'is not JSON .*check that it is complete' "half a record" import "$work/half.json"
: >"$work/empty.json"
expect 2 'is empty' "an empty record" import "$work/empty.json"
expect 2 'record is required' "import without a record" "$tool" import mbc

facts '{"distant_metastasis": "m1", "her2": "positive"}'
export_as() { "$tool" export essentials --facts "$work/facts.json" --today 2026-11-24 "$@"; }
expect 0 '"resourceType": ?"QuestionnaireResponse"' "export of the answers" export_as --format questionnaire-response
expect 0 '"intent": ?"proposal"' "export as drafts" export_as --format bundle --subject Patient/1
grep -qE '"intent": ?"(order|plan)"|"status": ?"active"' "$work/out" && fail "an export orders something"
grep -q 'Patient/1' "$work/out" || fail "the export is about the patient named"
expect 0 '"cards"' "export as CDS Hooks cards" export_as --format cds-cards
expect 0 '2026-11-24' "export as text" export_as
expect 0 'HER2' "export in Spanish" export_as --locale es
expect 2 'does not speak .fr.; use en or es' "export in an unknown locale" export_as --locale fr
expect 2 'format' "an unknown export format" export_as --format pdf
facts '{"her2": "positve"}'
expect 2 "no value 'positve'; did you mean 'positive'" "export of an unknown value" export_as
expect 2 'does not speak .fr.' "ask in an unknown locale" "$tool" ask essentials --locale fr

printf '<p><script type="application/json" id="waymark-guidelines">null</script></p>' >"$work/template.html"
expect 0 '' "build fills a template" "$tool" build essentials --template "$work/template.html" -o "$work/page.html"
grep -q '">{"packed":"[A-Za-z0-9+/]*=*"}</script>' "$work/page.html" || fail "the page holds the guideline"
[[ $(grep -o '</script' "$work/page.html" | wc -l) == 1 ]] || fail "the guideline is inside one script element"
printf '<script type="application/json" id="waymark-look">null</script>\n' >>"$work/template.html"
cp -r guidelines/essentials "$work/ending"
sed -i 's|patient: Stage 4 breast cancer, the essentials|patient: </script><!-- <script>|' "$work/ending/guideline.yaml"
expect 0 '' "build fills a template" "$tool" build "$work/ending" --template "$work/template.html" -o "$work/page.html"
grep -qF '{"patient":"\u003c/script>\u003c!-- \u003cscript>"' "$work/page.html" || fail "the page holds the look"
[[ $(grep -o '</script' "$work/page.html" | wc -l) == 2 ]] || fail "guideline text cannot end the script element"
expect 1 'has no place for a guideline' "build with a page that has no place" "$tool" build essentials --template "$work/broken.yaml" -o "$work/page2.html"
expect 1 'cannot be written' "build into a missing folder" "$tool" build essentials --template "$work/template.html" -o "$work/none/page.html"

printf '1\n9\ns\nb\n1\n1\nq\n' | "$tool" ask essentials >"$work/out" 2>&1 || fail "ask ends well"
grep -q 'Please type a number from 1 to' "$work/out" || fail "ask says which numbers there are"
grep -q 'Your answers' "$work/out" || fail "ask ends with a summary"

if ((failures > 0)); then
  echo "$failures failed"
  exit 1
fi
echo "All as expected."
