// The MCP project's own client against 'rag mcp': tools, resources, and what is not there.
//   node mcp.mjs --question TEXT -- rag mcp --store FILE

import { parseArgs } from "node:util";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, finish } from "./checks.mjs";

const { values: options, positionals: [command, ...args] } = parseArgs({ allowPositionals: true, options: { question: { type: "string" } } });
const client = new Client({ name: "rag-clients", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command, args }));
const call = async (name, given) => (await client.callTool({ name, arguments: given })).content.map(c => c.text).join("");

expect("the server says who it is and how to use it", client.getServerVersion().name === "rag" && client.getInstructions().length > 0);
const { tools } = await client.listTools();
expect("tools: search, ask, read and list", ["ask", "list_documents", "read_document", "search"].join() === tools.map(t => t.name).sort().join(), tools.map(t => t.name).join());
expect("tools: all say that they only read", tools.every(t => t.annotations?.readOnlyHint === true));
expect("ask: an answer with its quote", /\n\[1\] .*: ".+"/s.test(await call("ask", { question: options.question })));
expect("search: numbered passages", /\[1\] /.test(await call("search", { question: options.question })));

const { resources } = await client.listResources();
expect("resources: each document is one", resources.length > 0 && resources.every(r => r.uri.startsWith("rag://document/") && r.mimeType === "text/plain"), `${resources.length}`);
expect("list_documents: the same documents", (await call("list_documents", {})).split("\n").filter(l => !l.startsWith("There are more")).length === resources.length);
const { contents } = await client.readResource({ uri: resources[0].uri });
expect("resources: one is read", contents[0].text.length > 0);
expect("read_document: a page of it", (await call("read_document", { document: resources[0].name })).length > 0);
const absent = await client.readResource({ uri: "rag://document/no-such-document" }).catch(e => e);
expect("resources: one that is not there is an error", /There is no document/.test(absent.message), absent.message);
const unknown = await client.callTool({ name: "delete_documents", arguments: {} }).catch(e => ({ isError: true, content: [{ text: e.message }] }));
expect("tools: one that is not there is an error", unknown.isError === true);
await client.close();
finish("@modelcontextprotocol/sdk");
