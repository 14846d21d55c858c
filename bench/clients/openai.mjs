// OpenAI's own client against a running server: chat whole and streamed, responses whole and streamed, errors; embeddings by the model of --embed, where the server has one.
//   node openai.mjs --address http://127.0.0.1:5180 --question TEXT [--key KEY]

import { parseArgs } from "node:util";
import OpenAI from "openai";
import { expect, finish } from "./checks.mjs";

const { values: options } = parseArgs({ options: { address: { type: "string", default: "http://127.0.0.1:5180" }, question: { type: "string" }, key: { type: "string", default: "none" } } });
const client = new OpenAI({ baseURL: `${options.address}/v1`, apiKey: options.key, maxRetries: 0 });
const messages = [{ role: "user", content: options.question }];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
expect("models: 'rag' is listed", models.includes("rag"), models.join());

const whole = await client.chat.completions.create({ model: "rag", messages });
const { content, annotations } = whole.choices[0].message;
expect("chat: an answer", content.length > 0 && whole.choices[0].finish_reason === "stop", content);
expect("chat: citations are annotations", annotations.length > 0 && annotations.every(a => a.type === "url_citation" && a.url_citation.quote.length > 0));
expect("chat: each citation's mark stands where it says", annotations.every(a => /^\[\d+\]$/.test(content.slice(a.url_citation.start_index, a.url_citation.end_index))));

let [text, chunks, usage, cited] = ["", 0, null, 0];
for await (const chunk of await client.chat.completions.create({ model: "rag", messages, stream: true, stream_options: { include_usage: true } })) {
  chunks++;
  text += chunk.choices[0]?.delta.content ?? "";
  cited += chunk.choices[0]?.delta.annotations?.length ?? 0;
  usage = chunk.usage ?? usage;
}
expect("chat, streamed: the same text", text === content, text);
expect("chat, streamed: chunks, citations and usage", chunks > 2 && cited === annotations.length && usage !== null, `${chunks} chunks, ${cited} citations, usage ${JSON.stringify(usage)}`);

const runner = client.chat.completions.stream({ model: "rag", messages });
expect("chat, by the client's own accumulator: the same text", (await runner.finalContent()) === content);

const response = await client.responses.create({ model: "rag", input: options.question });
expect("responses: the same text", response.output_text === content, response.output_text);
expect("responses: citations of files", response.output[0].content[0].annotations.every(a => a.type === "file_citation" && a.file_id.length > 0));

const events = [];
const stream = client.responses.stream({ model: "rag", input: options.question });
for await (const event of stream) events.push(event);
expect("responses, streamed: the same text", (await stream.finalResponse()).output_text === content);
expect("responses, streamed: events in their order", events[0].type === "response.created" && events.at(-1).type === "response.completed" && events.every((e, i) => e.sequence_number === i), events.map(e => e.type).join());

const embed = (input, more = {}) => client.embeddings.create({ model: models.at(-1), input, ...more });
const tried = await embed("A text.").catch(e => e);
if (tried instanceof OpenAI.APIError && tried.status === 501) {
  expect("embeddings without a model: the problem's words", /--embed/.test(tried.message), tried.message);
} else {
  const texts = ["A heron stands in the shallow water.", "Invoices are kept for ten years.", "A heron stands in the shallow water."];
  const one = await embed(texts[0]);
  const length = one.data[0].embedding.length;
  const norm = vector => Math.hypot(...vector);
  const close = (a, b) => a.length === b.length && a.every((n, i) => Math.abs(n - b[i]) < 1e-5);
  expect("embeddings: a text has a vector of unit length", one.data.length === 1 && length > 1 && Math.abs(norm(one.data[0].embedding) - 1) < 1e-3, `${length} numbers, norm ${norm(one.data[0].embedding)}`);
  expect("embeddings: the model's name and the tokens", models.includes(one.model) && one.usage.prompt_tokens > 0 && one.usage.total_tokens === one.usage.prompt_tokens, JSON.stringify([one.model, one.usage]));
  const many = await embed(texts);
  expect("embeddings: a vector for each text, numbered in their order", many.data.map(d => d.index).join() === "0,1,2" && many.data.every(d => d.embedding.length === length && d.embedding.every(Number.isFinite)));
  expect("embeddings: equal texts have equal vectors, other texts others", close(many.data[0].embedding, many.data[2].embedding) && !close(many.data[0].embedding, many.data[1].embedding));
  const turned = await embed(texts.toReversed());
  const alone = await Promise.all(texts.map(text => embed(text)));
  expect("embeddings: a text's vector is the same alone, among others and in another order", texts.every((_, i) => close(many.data[i].embedding, alone[i].data[0].embedding) && close(many.data[i].embedding, turned.data[2 - i].embedding)));
  expect("embeddings: tokens of several texts add up", many.usage.prompt_tokens === alone.reduce((sum, e) => sum + e.usage.prompt_tokens, 0), `${many.usage.prompt_tokens}`);
  const [floats, packed] = [await embed(texts, { encoding_format: "float" }), await embed(texts, { encoding_format: "base64" })];
  const unpacked = packed.data.map(d => [...new Float32Array(Uint8Array.from(Buffer.from(d.embedding, "base64")).buffer)]);
  expect("embeddings: numbers and base64 are the same vectors, to the last bit", floats.data.every((d, i) => d.embedding.length === length && d.embedding.every((n, j) => Math.fround(n) === unpacked[i][j])));
  const short = (await embed(texts[0], { dimensions: 8 })).data[0].embedding;
  const scale = norm(one.data[0].embedding.slice(0, 8));
  expect("embeddings: with dimensions, the first numbers at unit length", short.length === 8 && close(short, one.data[0].embedding.slice(0, 8).map(n => n / scale)), `${short}`);
  for (const [what, call] of [["more dimensions than there are", () => embed(texts[0], { dimensions: length + 1 })], ["no dimensions", () => embed(texts[0], { dimensions: 0 })], ["an empty text", () => embed("")], ["an empty text among others", () => embed(["a", ""])], ["no texts", () => embed([])], ["lists of tokens", () => embed([1, 2, 3])], ["another encoding", () => embed(texts[0], { encoding_format: "hex" })]]) {
    const error = await call().then(() => "it was taken", e => e);
    expect(`embeddings: ${what}: BadRequestError with its code`, error instanceof OpenAI.BadRequestError && error.code === "invalid-request", `${error}`);
  }
}

const unknown = await client.chat.completions.create({ model: "no-such-model", messages }).catch(e => e);
expect("an unknown model: NotFoundError with its code", unknown instanceof OpenAI.NotFoundError && unknown.code === "unknown-model", `${unknown}`);
const empty = await client.chat.completions.create({ model: "rag", messages: [] }).catch(e => e);
expect("no messages: BadRequestError with its code", empty instanceof OpenAI.BadRequestError && empty.code === "invalid-request", `${empty}`);
finish("openai");
