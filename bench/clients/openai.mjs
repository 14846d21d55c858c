// OpenAI's own client against a running server: chat whole and streamed, responses whole and streamed, embeddings, errors.
//   node openai.mjs --address http://127.0.0.1:5180 --question TEXT [--key KEY] [--embeddings MODEL]

import { parseArgs } from "node:util";
import OpenAI from "openai";
import { expect, finish } from "./checks.mjs";

const { values: options } = parseArgs({ options: { address: { type: "string", default: "http://127.0.0.1:5180" }, question: { type: "string" }, key: { type: "string", default: "none" }, embeddings: { type: "string" } } });
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

if (options.embeddings) {
  const made = await client.embeddings.create({ model: options.embeddings, input: ["one text", "another text"] });
  expect("embeddings: a vector for each text", made.data.length === 2 && made.data[0].embedding.length === made.data[1].embedding.length && made.data[0].embedding.every(Number.isFinite), JSON.stringify(made).slice(0, 200));
} else {
  const error = await client.embeddings.create({ model: "x", input: "x" }).catch(e => e);
  expect("embeddings without a model: the problem's words", error.status === 501 && /--embed/.test(error.message), error.message);
}

const unknown = await client.chat.completions.create({ model: "no-such-model", messages }).catch(e => e);
expect("an unknown model: NotFoundError with its code", unknown instanceof OpenAI.NotFoundError && unknown.code === "unknown-model", `${unknown}`);
const empty = await client.chat.completions.create({ model: "rag", messages: [] }).catch(e => e);
expect("no messages: BadRequestError with its code", empty instanceof OpenAI.BadRequestError && empty.code === "invalid-request", `${empty}`);
finish("openai");
