#!/usr/bin/env bash
# Runs what a published rag does, and the same with the ordinary program, and compares every output but for times, ids and addresses.
# Usage: deploy/check-native.sh RAG [ORDINARY], two programs; ORDINARY is made by 'dotnet build src/Rag.Cli' where it is not given.
# Needs curl, jq and zip. Ends with 1 and shows what differs.
set -euo pipefail

native=$(realpath "${1:?Usage: deploy/check-native.sh RAG [ORDINARY]}")
ordinary=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
root=$PWD
model=$root/../shared/models/stories260K.gguf
[ -n "$ordinary" ] || { dotnet build src/Rag.Cli -v q -nodeReuse:false >&2; ordinary=$root/artifacts/bin/Rag.Cli/debug/rag; }
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
failed=0 checked=0

mkdir -p "$work"/{files,beir/qrels,native,ordinary}
cp tests/Rag.Pdf.Tests/Files/Encrypted/r6-aes-256-empty-user.pdf "$work/files/report.pdf"
printf '<html><head><title>Lighthouse</title></head><body><h1>Lighthouse</h1><p>The lighthouse of Norrland was lit in 1891.</p><table><tr><th>Keeper</th></tr><tr><td>Ida Berg</td></tr></table></body></html>' >"$work/files/lighthouse.html"
printf 'Place,Depth\nNorrland,31\nSandvik,12\n' >"$work/files/depths.csv"
mkdir -p "$work/docx/word" "$work/docx/_rels"
printf '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>' >"$work/docx/[Content_Types].xml"
printf '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>' >"$work/docx/_rels/.rels"
printf '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>The ferry to Sandvik leaves at noon.</w:t></w:r></w:p></w:body></w:document>' >"$work/docx/word/document.xml"
(cd "$work/docx" && zip -qrX ../files/ferry.docx .)
printf '{"_id":"a","title":"","text":"The lighthouse was lit in 1891."}\n{"_id":"b","title":"","text":"The ferry leaves at noon."}\n' >"$work/beir/corpus.jsonl"
printf '{"_id":"q","text":"when does the ferry leave"}\n' >"$work/beir/queries.jsonl"
printf 'query-id\tcorpus-id\tscore\nq\tb\t1\n' >"$work/beir/qrels/test.tsv"

# What one run is bound to have otherwise than another: times, ids made anew, where a program lies and listens.
same() {
  sed -E -e "s#$work/(native|ordinary)#WORK#g" -e "s#$(dirname "$native")/?|$(dirname "$ordinary")/?#PROGRAM/#g" -e 's#127\.0\.0\.1:[0-9]+#ADDRESS#g' \
    -e 's/"([A-Za-z0-9_]*(Ms|_ms|MsP50|MsP99)|queriesPerSecond|ingestedAt|createdAt|updatedAt|changedAt|created|created_at|session|turn|etag|started|at)": ?("[^"]*"|-?[0-9.eE+-]+)/"\1":0/g' \
    -e 's/^Date: .*//' -e 's/rag_[A-Za-z0-9_-]{40,}/KEY/' -e 's/\b[0-9a-f]{32}\b/ID/g' -e 's/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(chatcmpl|resp|msg|call)[-_][0-9a-f]{32}/ID/g' -e 's/\b[0-9]+([.,][0-9]+)? (ms|s)\b/TIME/g' "$1"
}

compare() { # NAME: what both programs wrote under that name
  checked=$((checked + 1))
  if diff <(same "$work/native/$1") <(same "$work/ordinary/$1") >"$work/diff" && [ -s "$work/native/$1" ]; then
    echo "ok    $1"
  else
    failed=1
    echo "FAIL  $1"; [ -s "$work/native/$1" ] || echo "      no output"; head -c 3000 "$work/diff"; head -c 500 "$work/native/$1.err" 2>/dev/null || true
  fi
}

both() { # NAME ARGUMENT...: runs it with both, each in its folder
  local name=$1 which; shift
  for which in native ordinary; do
    (cd "$work/$which" && "${!which}" "$@" >"$name" 2>"$name.err" </dev/null; echo "exit $?" >>"$name") || true
  done
  compare "$name"
}

succeeds() { grep -q 'exit 0' "$work/native/$1" || { failed=1; echo "FAIL  $1 ended with '$(tail -n 1 "$work/native/$1")': $(head -n 3 "$work/native/$1.err")"; }; }

S=(--store store.db)
"$native" --version
both help --help
both wrong serach
both ingest ingest "$root/docs" "$work/files" "${S[@]}" --tag kind=check --enrich all --json; succeeds ingest
both read read "$work/files/report.pdf" "$work/files/ferry.docx" "$work/files/lighthouse.html" "$work/files/depths.csv" --json; succeeds read
both documents documents "${S[@]}" --json; succeeds documents
for retriever in default bm25 bm25-lucene bm25-rm3; do both "search-$retriever" search "how is a citation checked" "${S[@]}" --retriever "$retriever" --why --json; succeeds "search-$retriever"; done
both search-filter search "lighthouse" "${S[@]}" --filter "kind = check" --json
both search-text search "when was the lighthouse lit" "${S[@]}" --top 2
for question in "When was the lighthouse of Norrland lit?" "When does the ferry leave?" "Who won the match yesterday?"; do both "ask $question" ask "$question" "${S[@]}" --json; done
both ask-text ask "When was the lighthouse of Norrland lit?" "${S[@]}"
both chat chat "${S[@]}" --json
both read-missing read nowhere.pdf --json
both eval-retrieval eval retrieval --beir "$work/beir" --retriever default --retriever bm25 --run-out run --out results.jsonl --json; succeeds eval-retrieval
both eval-report eval report results.jsonl --out report.html
printf 'the ferry leaves\n' >"$work/text"
both eval-text eval text --metric rougeL --candidates "$work/text" --references "$work/text" --json; succeeds eval-text
both models models list --json; succeeds models
both keys keys add web --scope ask --keys keys.json
both feedback feedback list "${S[@]}" --json
if [ -e "$model" ]; then
  both generate generate --model "$model" --prompt "Once upon a time" --max-tokens 20 --seed 1 --temperature 0 --threads 1 --json; succeeds generate
  both embed embed --model "$model" "one text" # refused: a model that writes makes no vectors
  both doctor doctor "${S[@]}" --model "$model" --json
  both agent-model agent "What is 2 + 3?" --strategy cot --model "$model" --max-steps 2 --max-tokens 16 --threads 1 "${S[@]}" --json
else
  both doctor doctor "${S[@]}" --json
fi

# The server: the same requests to both.
for which in native ordinary; do
  (cd "$work/$which" && exec "${!which}" serve "${S[@]}" --urls http://127.0.0.1:0 2>serve.err) & servers+=($!)
  for _ in $(seq 300); do grep -q 'Listening on' "$work/$which/serve.err" 2>/dev/null && break; sleep 0.1; done
  declare "$which"_url="$(sed -nE 's#.*(http://127\.0\.0\.1:[0-9]+).*#\1#p' "$work/$which/serve.err" | head -n 1)"
done
ask() { # NAME PATH [CURL ARGUMENT...]
  local name=$1 path=$2 which url; shift 2
  for which in native ordinary; do
    url=${which}_url
    curl -sS -w '\n%{http_code} %{content_type}\n' "$@" "${!url}$path" >"$work/$which/$name" 2>"$work/$which/$name.err" || true
  done
  compare "$name"
}
J=(-H 'Content-Type: application/json' -d)
ask http-live /health/live
ask http-ready /health/ready
ask http-contract /openapi/v1.json
ask http-page /
ask http-page-file /page/api.js -D -
ask http-unknown /nowhere
ask http-search /api/search "${J[@]}" '{"query":"when does the ferry leave","top":3}'
ask http-ask /api/ask "${J[@]}" '{"question":"When does the ferry leave?"}'
ask http-ask-stream /api/ask -H 'Accept: text/event-stream' "${J[@]}" '{"question":"When does the ferry leave?"}'
ask http-fault /api/ask "${J[@]}" '{"question":'
ask http-documents '/api/documents?limit=5'
ask http-completion /v1/chat/completions "${J[@]}" '{"model":"rag","messages":[{"role":"user","content":"When does the ferry leave?"}]}'
ask http-completion-stream /v1/chat/completions "${J[@]}" '{"model":"rag","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"When does the ferry leave?"}]}'
ask http-response /v1/responses "${J[@]}" '{"model":"rag","input":"When does the ferry leave?"}'
ask http-models /v1/models
ask http-upload /api/documents -F "file=@$work/files/depths.csv;filename=uploaded.csv"
for url in "$native_url" "$ordinary_url"; do for _ in $(seq 300); do curl -sS "$url/api/jobs" | grep -qE '"state":"(queued|running)"' || break; sleep 0.1; done; done
ask http-jobs /api/jobs
ask http-sessions /api/sessions
ask http-delete /api/documents/uploaded.csv -X DELETE
ask http-metrics /metrics -o /dev/null

# Agents ask the ordinary server as their model, over the protocol of OpenAI.
for strategy in cot react plan; do
  both "agent-$strategy" agent "When does the ferry leave?" --strategy "$strategy" --endpoint "$ordinary_url/v1" --endpoint-model rag --max-steps 3 --record "$strategy.json" "${S[@]}" --json
  both "agent-$strategy-replay" agent --replay "$strategy.json" --json; succeeds "agent-$strategy-replay"
done
kill "${servers[@]}" && wait "${servers[@]}" || true
servers=()

requests=('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"check","version":"1"}}}' '{"jsonrpc":"2.0","method":"notifications/initialized"}'
  '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search","arguments":{"question":"when does the ferry leave"}}}'
  '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"ask","arguments":{"question":"When does the ferry leave?"}}}' '{"jsonrpc":"2.0","id":5,"method":"resources/list"}')
for which in native ordinary; do
  mkfifo "$work/$which/pipe"
  (cd "$work/$which" && "${!which}" mcp "${S[@]}" <pipe >mcp.lines 2>mcp.err) & server=$!
  exec 3>"$work/$which/pipe"
  printf '%s\n' "${requests[@]}" >&3
  for _ in $(seq 300); do [ "$(wc -l <"$work/$which/mcp.lines")" -ge 5 ] && break; sleep 0.1; done # answers come while the pipe is open
  exec 3>&-
  wait "$server" || echo "ended with $?" >>"$work/$which/mcp.lines"
  sort "$work/$which/mcp.lines" >"$work/$which/mcp"
done
compare mcp
both delete delete "lighthouse.html" "${S[@]}" --json
both documents-after documents "${S[@]}" --json

echo "$checked outputs compared."
exit $failed
