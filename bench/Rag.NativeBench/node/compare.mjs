// Measures with node-llama-cpp what `Rag.NativeBench single` measures with Rag.Llama, and prints it as JSON.
import {readFileSync} from "node:fs";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [model, ...rest] = process.argv.slice(2);
const options = Object.fromEntries(rest.join(" ").split("--").filter(Boolean).map(o => o.trim().split(" ")));
const number = name => Number(options[name]);

const pageSize = 4096;
const resident = () => Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]) * pageSize / 2 ** 20;

// as Prompts.cs
const promptOf = (length, seed) => Array.from({length}, (_, i) => 259 + (i * 7919 + seed * 104729 + i * i % 31) % Math.min(4000, number("vocabulary") - 259));

const llama = await getLlama({gpu: false, build: "never", skipDownload: true, maxThreads: number("threads"), logLevel: LlamaLogLevel.error});
const before = resident();
let start = performance.now();
const loaded = await llama.loadModel({modelPath: model, gpuLayers: 0});
const load = performance.now() - start;

start = performance.now();
const context = await loaded.createContext({contextSize: number("context"), batchSize: number("batch"), threads: {ideal: number("threads"), min: number("threads")}, sequences: 1});
const contextTime = performance.now() - start;
const afterLoad = resident();
const sequence = context.getSequence();

async function run(prompt, tokens) {
    const chosen = [];
    const begin = performance.now();
    let first = begin;
    for await (const token of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
        first = chosen.length === 0 ? performance.now() : first;
        chosen.push(token);
        if (chosen.length === tokens) {
            break;
        }
    }

    return {chosen, prompt: first - begin, text: performance.now() - first};
}

const warm = await run(promptOf(16, number("seed")), 8);
await sequence.clearHistory();
const measured = await run(promptOf(number("prompt"), number("seed")), number("tokens"));

console.log(JSON.stringify({
    "load ms": load,
    "context ms": contextTime,
    "prompt tok/s": number("prompt") / measured.prompt * 1000,
    "text tok/s": (number("tokens") - 1) / measured.text * 1000,
    "MiB before": before,
    "MiB loaded": afterLoad,
    "MiB after": resident(),
    "tokens": measured.chosen.length,
    "first tokens": warm.chosen.join(" "),
    "threads": context.currentThreads,
    "idealThreads": context.idealThreads,
}));
process.exit(0);
