#!/usr/bin/env bash
# Publishes bench/Rag.NativeBench and tests/Rag.Llama.Tests with the .NET runtime into one folder, to be run where there is no SDK and no network.
# Usage: bench/publish.sh FOLDER
set -euo pipefail

folder=$(realpath -m "${1:?Usage: bench/publish.sh FOLDER}")
cd "$(dirname "$0")/.."
mkdir -p "$folder"
for project in tests/Rag.Llama.Tests bench/Rag.NativeBench; do
    # a lock file of its own: the runtime's package would else be added to those of every project
    dotnet publish "$project" -c Release -r linux-x64 --self-contained -o "$folder"
done
cp bench/gpu.sh "$folder"
du -sh "$folder"
