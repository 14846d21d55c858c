using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class EvalRetrievalCommandTests : IClassFixture<CliModels>, IDisposable
{
    private static readonly string[] Fields = ["retriever", "ndcg10", "map", "mrr10", "recall10", "recall100", "p30", "indexMs", "queryMsP50", "queryMsP99", "queriesPerSecond", "rerank", "chunks", "embedMs"];

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("rag-eval-").FullName, "small");

    private readonly CliModels _models;

    public EvalRetrievalCommandTests(CliModels models)
    {
        _models = models;
        Write("corpus.jsonl", """
            {"_id": "ledger", "title": "Ledger", "text": "Conflicts are found with a version column."}
            {"_id": "archive", "title": "", "text": "The archive was founded in 1987."}
            {"_id": "printer", "title": "Printing", "text": "The printer prints forty pages a minute."}
            """);
        Write("queries.jsonl", """
            {"_id": "q1", "text": "version conflicts"}
            {"_id": "q2", "text": "when was the archive founded"}
            {"_id": "q3", "text": "not judged"}
            """);
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tledger\t1\nq1\tgone\t1\nq2\tarchive\t2\nq2\tprinter\t0\n");
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task Json_has_the_fields_of_the_contract_and_lost_documents_count_as_never_found()
    {
        var run = await Run.RagAsync("eval", "retrieval", "--beir", _folder, "--retriever", "bm25", "--retriever", "bm25-lucene", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("collection", "documents", "queries", "runs");
        Assert.Equal(("small", 3, 2), (run.Json.Text("collection"), run.Json.Number("documents"), run.Json.Number("queries")));
        var runs = run.Json.GetProperty("runs").AssertArrayOf(Fields);
        Assert.Equal(["bm25", "bm25-lucene"], runs.Select(r => r.Text("retriever")));
        Assert.All(runs, r => Assert.Equal((0.75, 1.0, 0.75, 1.0 / 30), (Value(r, "map"), Value(r, "mrr10"), Value(r, "recall10"), Value(r, "p30"))));
        Assert.Equal((1 + (1 / (1 + (1 / Math.Log2(3))))) / 2, Value(runs[0], "ndcg10"), 12);
    }

    [Fact]
    public async Task Run_file_ranks_from_1_under_the_name_of_the_retriever()
    {
        var one = Path.Combine(_folder, "one.run");
        await Run.RagAsync("eval", "retrieval", "--beir", _folder, "--run-out", one);
        await Run.RagAsync("eval", "retrieval", "--beir", _folder, "--run-out", Path.Combine(_folder, "two"), "--retriever", "bm25", "--retriever", "default");

        Assert.Matches(@"^q1 Q0 ledger 1 \S+ default$", File.ReadLines(one).First());
        Assert.True(File.Exists(Path.Combine(_folder, "two.bm25")) && File.Exists(Path.Combine(_folder, "two.default")));
    }

    [Fact]
    public async Task Results_hold_every_query_with_its_text_and_the_page_is_made_of_them()
    {
        var (results, page) = (Path.Combine(_folder, "r.jsonl"), Path.Combine(_folder, "r.html"));
        var run = await EvalAsync("--retriever", "bm25", "--retriever", "ql", "--out", results, "--run-out", Path.Combine(_folder, "run"), "--json");
        var report = await Run.RagAsync("eval", "report", results, Path.Combine(_folder, "run.bm25"), "--qrels", Path.Combine(_folder, "qrels/test.tsv"), "--out", page);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = File.ReadLines(results).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(["bm25", "ql"], lines.Select(l => l.Text("name")));
        Assert.Equal(["version conflicts", "when was the archive founded"], lines[0].GetProperty("queries").EnumerateArray().Select(q => q.Text("text")));
        Assert.Equal(Value(run.Json.GetProperty("runs")[0], "ndcg10"), lines[0].GetProperty("queries").EnumerateArray().Average(q => Value(q.GetProperty("values"), "ndcg_cut_10")), 12);
        Assert.Equal((0, $"{page}: 3 runs\n", ""), (report.Code, report.Out.ReplaceLineEndings("\n"), report.Error));
        var html = await File.ReadAllTextAsync(page);
        Assert.Contains("bm25 (run)", html, StringComparison.Ordinal); // the run in TREC's format stands beside the results for the same queries
        Assert.Contains("bm25 (r)", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<h2>").Length);
    }

    [Fact]
    public async Task Passages_of_cut_entries_count_for_their_entry()
    {
        Write("corpus.jsonl", $$"""
            {"_id": "ledger", "title": "Ledger", "text": "{{string.Concat(Enumerable.Range(0, 200).Select(i => $"Row {i} is stored in a page of its own. "))}}Conflicts are found with a version column."}
            {"_id": "archive", "title": "", "text": "The archive was founded in 1987."}
            """);

        var run = (await EvalAsync("--chunk", "--retriever", "bm25", "--json")).Json;

        var measured = run.GetProperty("runs")[0];
        Assert.True(measured.Number("chunks") > 4);
        Assert.Equal((2, 1.0), (run.Number("documents"), Value(measured, "mrr10")));
    }

    [Fact]
    public async Task Retrievers_that_compare_vectors_are_measured_with_a_model_and_embed_once()
    {
        CliModels.RequireLibrary();

        var run = await EvalAsync("--retriever", "dense", "--retriever", "hybrid", "--embed", _models.Embedding, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var runs = run.Json.GetProperty("runs").AssertArrayOf(Fields);
        Assert.Equal(["dense", "hybrid"], runs.Select(r => r.Text("retriever")));
        Assert.Equal(0.75, Value(runs[0], "recall10")); // with vectors every document is found
        Assert.True(Value(runs[0], "embedMs") > 0);
        Assert.Equal(Value(runs[0], "embedMs"), Value(runs[1], "embedMs"));
    }

    [Fact]
    public async Task A_reranker_is_named_with_what_it_changed()
    {
        CliModels.RequireLibrary();
        var results = Path.Combine(_folder, "r.jsonl");

        var run = await EvalAsync("--rerank", _models.Reranker, "--rerank-depth", "2", "--out", results, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var name = run.Json.GetProperty("runs")[0].Text("rerank");
        Assert.NotEmpty(name);
        Assert.Contains($"default, re-ranked by {name}", await File.ReadAllTextAsync(results), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_get_a_table()
    {
        var run = await Run.RagAsync("eval", "retrieval", "--beir", _folder, "--retriever", "bm25");

        Assert.Matches(@"bm25\s+0\.\d{4}\s+0\.7500", run.Out);
        Assert.Contains("small: 3 documents, 2 queries", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_said_in_one_sentence()
    {
        (await EvalAsync("--split", "dev")).AssertComplains(1, "there is no split 'dev'. Splits: test.");
        (await EvalAsync("--retriever", "bm25", "--retriever", "dense")).AssertComplains(2, "'dense' compares vectors and needs --embed MODEL");
        Write("qrels/lost.tsv", "q9 0 ledger 1\n");
        (await EvalAsync("--split", "lost")).AssertComplains(1, "judges query 'q9'");
        Write("qrels/none.tsv", "q1 0 ledger 0\n");
        (await EvalAsync("--split", "none")).AssertComplains(1, "nothing to measure");
        Write("corpus.jsonl", "{\"_id\": \"a\"}\n{\"_id\": \"a\"}\n");
        (await EvalAsync()).AssertComplains(1, "line 2: the id 'a' comes twice.");
    }

    private Task<Run> EvalAsync(params string[] options) => Run.RagAsync(["eval", "retrieval", "--beir", _folder, .. options]);

    private static double Value(JsonElement run, string name) => run.GetProperty(name).GetDouble();

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
