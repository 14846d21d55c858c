using Rag.Evaluation.Collections;

namespace Rag.Evaluation.Tests.Collections;

public sealed class BeirFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        CollectionDocument[] documents = [new("d1", "Title", "Text \"with\" quotes\nand lines"), new("d 2", "", "")];
        CollectionQuery[] queries = [new("q1", "What?")];
        var beir = new BeirFolder(Path.Combine(_folder.Root, "small") + Path.DirectorySeparatorChar);

        await beir.WriteAsync(documents, queries, new(new Dictionary<string, IReadOnlyDictionary<string, int>> { ["q1"] = new Dictionary<string, int> { ["d 2"] = 2 } }), "dev");

        Assert.Equal("small", beir.Name);
        Assert.Equal(documents, await beir.ReadDocumentsAsync().ToListAsync());
        Assert.Equal(queries, await beir.ReadQueriesAsync().ToListAsync());
        Assert.Equal(2, (await beir.ReadJudgementsAsync("dev")).Queries["q1"]["d 2"]);
    }

    [Fact]
    public async Task A_title_may_be_absent_or_null()
    {
        _folder.Write("corpus.jsonl", "{\"_id\":\"1\",\"text\":\"a\",\"metadata\":{}}\n\n{\"_id\":\"2\",\"title\":null,\"text\":\"b\"}\n");

        Assert.Equal([new("1", "", "a"), new("2", "", "b")], await new BeirFolder(_folder.Root).ReadDocumentsAsync().ToListAsync());
    }

    [Theory]
    [InlineData("{\"_id\":\"1\",\"text\":\"a\"}\n{\"_id\":\"1\",\"text\":\"b\"}", "line 2: the id '1' comes twice.")]
    [InlineData("{\"id\":\"1\"}", "line 1: this is no JSON object with a string \"_id\".")]
    [InlineData("{\"_id\":7}", "line 1: this is no JSON object with a string \"_id\".")]
    [InlineData("[1]", "line 1: this is no JSON object with a string \"_id\".")]
    [InlineData("{\"_id\":\"1\",", "line 1: this is not JSON")]
    [InlineData("{\"_id\":\"1\",\"text\":5}", "line 1: this is not JSON in BEIR's form")]
    public async Task A_bad_corpus_is_refused_with_line_and_reason(string corpus, string message)
    {
        _folder.Write("corpus.jsonl", corpus);

        var e = await Assert.ThrowsAsync<EvaluationFileException>(async () => await new BeirFolder(_folder.Root).ReadDocumentsAsync().ToListAsync());

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_or_split_is_said()
    {
        _folder.Write("qrels/dev.tsv", "");
        var beir = new BeirFolder(_folder.Root);

        Assert.Contains("there is no such file", (await Assert.ThrowsAsync<EvaluationFileException>(async () => await beir.ReadQueriesAsync().ToListAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("Splits: dev.", (await Assert.ThrowsAsync<EvaluationFileException>(() => beir.ReadJudgementsAsync("test"))).Message, StringComparison.Ordinal);
    }
}
