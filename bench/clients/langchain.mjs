// LangChain against a running server: a chain over the model 'rag', and a chain of a retriever over /api/search.
//   node langchain.mjs --address http://127.0.0.1:5180 --question TEXT [--key KEY]

import { parseArgs } from "node:util";
import { Document } from "@langchain/core/documents";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { BaseRetriever } from "@langchain/core/retrievers";
import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { ChatOpenAI } from "@langchain/openai";
import { expect, finish } from "./checks.mjs";

const { values: options } = parseArgs({ options: { address: { type: "string", default: "http://127.0.0.1:5180" }, question: { type: "string" }, key: { type: "string", default: "none" } } });
const model = new ChatOpenAI({ model: "rag", apiKey: options.key, maxRetries: 0, configuration: { baseURL: `${options.address}/v1` } });

/** Passages of the server as LangChain's documents. */
class RagRetriever extends BaseRetriever {
  lc_namespace = ["rag"];

  async _getRelevantDocuments(query) {
    const response = await fetch(`${options.address}/api/search`, { method: "POST", headers: { "Content-Type": "application/json", ...(options.key === "none" ? {} : { Authorization: `Bearer ${options.key}` }) }, body: JSON.stringify({ query, top: 4 }) });
    if (!response.ok) throw new Error((await response.json()).detail);
    return (await response.json()).hits.map(hit => new Document({ pageContent: hit.text, metadata: { source: hit.documentId, page: hit.page }, id: hit.chunkId }));
  }
}

const answered = await model.invoke(options.question);
expect("invoke: an answer with marks", /\[\d+\]/.test(answered.content), answered.content);

let [streamed, pieces] = ["", 0];
for await (const piece of await model.stream(options.question)) {
  streamed += piece.content;
  pieces++;
}
expect("stream: the same text in pieces", streamed === answered.content && pieces > 2, `${pieces} pieces: ${streamed}`);

const both = await model.batch([options.question, options.question]);
expect("batch: the same answer twice", both.every(b => b.content === answered.content));

const documents = await new RagRetriever().invoke(options.question);
expect("retriever: passages with their sources", documents.length > 0 && documents.every(d => d.pageContent.length > 0 && d.metadata.source.length > 0));

// The prompt's passages show that a chain runs; the model 'rag' searches and cites by itself.
const chain = RunnableSequence.from([
  { passages: new RagRetriever().pipe(found => found.map(d => d.metadata.source).join(", ")), question: new RunnablePassthrough() },
  ChatPromptTemplate.fromMessages([["system", "The documents found: {passages}"], ["user", "{question}"]]),
  model,
  new StringOutputParser(),
]);
const chained = await chain.invoke(options.question);
expect("retrieval chain: the answer as a text", chained === answered.content, chained);

const refused = await new ChatOpenAI({ model: "no-such-model", apiKey: options.key, maxRetries: 0, configuration: { baseURL: `${options.address}/v1` } }).invoke(options.question).catch(e => e);
expect("an unknown model: the problem's words", /There is no model/.test(refused.message), refused.message);
finish("@langchain/openai");
