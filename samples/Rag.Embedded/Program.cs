// <readme>
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rag.Generation;
using Rag.Ingest;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddSqliteChunkStore("docs.db").AddRagIngest().AddRag();
using var host = builder.Build();

await host.Services.GetRequiredService<IngestionPipeline>().SyncAsync(["docs"]);
var answer = await host.Services.GetRequiredService<RagPipeline>().AskAsync("How is a citation checked?");

Console.WriteLine(answer.Text);
foreach (var c in answer.Citations)
    Console.WriteLine($"[{c.Number}] {c.Chunk.Path}, line {c.Line}: \"{c.Quote}\"");
// </readme>
