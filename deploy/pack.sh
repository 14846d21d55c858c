#!/usr/bin/env bash
# Packs all libraries and the tool into a folder, looks into each package, installs the tool from there and searches with it.
# Usage: deploy/pack.sh FOLDER
set -euo pipefail

folder=$(realpath -m "${1:?Usage: deploy/pack.sh FOLDER}")
cd "$(dirname "$0")/.."
rm -rf "$folder" && mkdir -p "$folder"
# none: llama.cpp is fetched where a program is built, and lies in no package
dotnet pack Rag.sln -c Release -p:RagLlamaBackend=none -o "$folder" -v q -nodeReuse:false

failed=0
fail() { echo "$1" >&2; failed=1; }
for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  package=$(ls "$folder/$name".[0-9]*.nupkg 2>/dev/null) || { fail "$name has no package"; continue; }
  files=$(unzip -Z1 "$package")
  nuspec=$(unzip -p "$package" "$name.nuspec")
  grep -qx 'PACKAGE.md' <<<"$files" || fail "$name has no readme"
  grep -q '<license type="expression">MIT</license>' <<<"$nuspec" || fail "$name states no licence"
  grep -q '<description>Package Description</description>' <<<"$nuspec" && fail "$name has no description"
  if [ "$name" = Rag.Cli ]; then
    grep -q 'DotnetToolSettings.xml$' <<<"$files" || fail "$name is no tool"
  else
    grep -qx "lib/net10.0/$name.dll" <<<"$files" || fail "$name has no assembly"
    grep -qx "lib/net10.0/$name.xml" <<<"$files" || fail "$name has no documentation"
    grep -Eq '\.(so|dylib)(\.|$)|^content' <<<"$files" && fail "$name holds files that belong to no library: $(grep -E '\.(so|dylib)(\.|$)|^content' <<<"$files" | head -n 3)"
    grep -qx "lib/net10.0/$name.pdb" <<<"$(unzip -Z1 "$folder/$name".[0-9]*.snupkg)" || fail "$name has no symbols"
  fi
  printf '%8d KB  %s\n' "$(($(stat -c %s "$package") / 1024))" "$name"
done
[ "$(ls "$folder"/*.nupkg | wc -l)" = "$(ls src/*/*.csproj | wc -l)" ] || fail "there are packages of projects that are not in src/"

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
dotnet tool install Rag.Cli --tool-path "$tools" --source "$folder" --version "$(ls "$folder"/Rag.Cli.*.nupkg | sed -E 's/.*Rag\.Cli\.(.*)\.nupkg/\1/')"
"$tools/rag" ingest docs/concepts --store "$tools/store.db"
"$tools/rag" search "how is a citation checked" --store "$tools/store.db" --top 1 | grep . >/dev/null || fail "the installed tool finds nothing"
exit $failed
