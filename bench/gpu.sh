#!/usr/bin/env bash
# Measures Rag.Llama on a GPU. Needs the folder that bench/publish.sh wrote, in which it lies, and a CUDA build of llama.cpp v0.5.0: no SDK, no network.
# Usage: RAG_LLAMA_LIBRARY=FOLDER gpu.sh OUT [--dry-run] [--publish FOLDER] [--models FOLDER] [--only models,single,sweep,users,soak,tests] [--shapes 1b,8b] [--types f16,q8_0,q4_k_m] [--bandwidth GB/s]
# --dry-run: the whole flow on the CPU with tiny settings.
set -uo pipefail

usage() {
    sed -n '3p' "$0" >&2
    exit 2
}

[ $# -ge 1 ] && [[ $1 != --* ]] || usage
out=$(realpath -m "$1")
shift
publish=$(cd "$(dirname "$0")" && pwd)
models=${TMPDIR:-/tmp}/rag-native-models
only=models,single,sweep,users,soak,tests
shapes=1b,8b
types=f16,q8_0,q4_k_m
bandwidth=()
dry=
while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=1; shift; continue ;;
        --publish) publish=$(realpath "${2:?}") ;;
        --models) models=$(realpath -m "${2:?}") ;;
        --only) only=${2:?} ;;
        --shapes) shapes=${2:?} ;;
        --types) types=${2:?} ;;
        --bandwidth) bandwidth=(--bandwidth "${2:?}") ;;
        *) usage ;;
    esac
    shift 2
done

if [ -n "$dry" ]; then
    names=(33m-f16 33m-q8_0)
    where=(--threads 1)
    single=(--prompt 32 --tokens 8 --rounds 1 --context 256)
    large=(--batch 64)
    sweep=(--users 1,2 --prompt 8 --tokens 8 --rounds 1)
    users=(--users 1,2 --prompt 8 --tokens 4 --requests 1 --rounds 1 --long 64 --short 8 --document 96)
    soak=(--requests 80 --warm-up 20)
    layers=0
else
    : "${RAG_LLAMA_LIBRARY:?Set RAG_LLAMA_LIBRARY to a folder with a CUDA build of llama.cpp v0.5.0}"
    export LD_LIBRARY_PATH=$RAG_LLAMA_LIBRARY${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    names=()
    for shape in ${shapes//,/ }; do for type in ${types//,/ }; do names+=("$shape-$type"); done; done
    where=(--threads 4 --gpu-layers all)
    single=(--prompt 2048 --tokens 256 --rounds 3 --context 4096)
    large=(--batch 2048)
    sweep=(--users 1,2,4,8,16,32,64 --prompt 32 --tokens 128 --rounds 3)
    users=(--users 1,4,8,16,32,64 --prompt 128 --tokens 64 --requests 2 --rounds 3 --long 2000 --short 32 --document 3000)
    soak=(--requests 4000 --warm-up 400)
    layers=all
fi

[ -x "$publish/Rag.NativeBench" ] || { echo "There is no Rag.NativeBench in '$publish'. Write it with bench/publish.sh, or name the folder with --publish." >&2; exit 2; }
mkdir -p "$out" "$models"
command -v nvidia-smi > /dev/null && nvidia-smi > "$out/gpu.txt"
failed=()

wanted() { [[ ,$only, == *,$1,* ]]; }

# name, arguments: Markdown on the screen and in NAME.md, JSON in NAME.json
measure() {
    local name=$1
    shift
    echo "== $name" >&2
    "$publish/Rag.NativeBench" "$@" --save "$out/$name.json" 2> "$out/$name.log" | tee "$out/$name.md"
    [ "${PIPESTATUS[0]}" -eq 0 ] || { failed+=("$name"); tail -n 5 "$out/$name.log" >&2; }
}

if wanted models; then
    # side by side: making the numbers is what takes time
    pids=()
    for name in "${names[@]}"; do
        "$publish/Rag.NativeBench" models "$models" --only "$name" --save "$out/models-$name.json" > "$out/models-$name.md" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || failed+=("models"); done
fi

for name in "${names[@]}"; do
    model=$models/$name.gguf
    if wanted single; then
        measure "single-$name" single "$model" "${where[@]}" "${single[@]}"
        measure "single-large-batch-$name" single "$model" "${where[@]}" "${single[@]}" "${large[@]}"
        measure "raw-$name" raw "$model" "${where[@]}" "${single[@]}"
    fi
    wanted sweep && measure "sweep-$name" sweep "$model" "${where[@]}" "${sweep[@]}" "${bandwidth[@]}"
    wanted users && measure "users-$name" users "$model" "${where[@]}" "${users[@]}"
done

wanted soak && measure soak soak "${where[@]}" "${soak[@]}"

if wanted tests && [ -x "$publish/Rag.Llama.Tests" ]; then
    echo "== tests" >&2
    RAG_TEST_GPU_LAYERS=$layers "$publish/Rag.Llama.Tests" -noColor -trait- Category=Slow -xml "$out/tests.xml" > "$out/tests.txt" 2>&1 || failed+=(tests)
    tail -n 20 "$out/tests.txt"
fi

echo "Results: $out" >&2
[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}" >&2; exit 1; }
