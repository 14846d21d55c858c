using Rag.Evaluation.Collections;
using Rag.Evaluation.Spans;
using Rag.Indexing;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Spans;

public sealed class SpanFilesTests : IDisposable
{
    private const string Text = "= = Plans = =\nIt 😀 said \"yes\", twice.\r\nNothing more.\n";

    private readonly TemporaryFolder _folder = new();

    public SpanFilesTests()
    {
        _folder.Write("corpora/speech.md", Text);
        _folder.Write("corpora/other.txt", "= = =\n");
        _folder.Write("corpora/notes.pdf", "no text");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Texts_stay_as_they_are_with_lines_as_paragraphs()
    {
        var corpora = await SpanFiles.ReadCorporaAsync(Path.Combine(_folder.Root, "corpora"));

        Assert.Equal(["other", "speech"], corpora.Select(d => d.Id));
        Assert.Equal(Text, corpora[1].Text);
        Assert.Equal([(BlockKind.Heading, 2), (BlockKind.Paragraph, 0), (BlockKind.Paragraph, 0)], corpora[1].Blocks.Select(b => (b.Kind, b.Level)));
        Assert.Equal(BlockKind.Paragraph, Assert.Single(corpora[0].Blocks).Kind);
    }

    [Fact]
    public async Task Excerpts_are_found_by_code_points_and_quotes_are_undone()
    {
        var question = Assert.Single(await QuestionsAsync("\"Who, and\nwhere?\",\"[{\"\"content\"\": \"\"said \\\"\"yes\\\"\"\"\", \"\"start_index\"\": 19, \"\"end_index\"\": 29}]\",speech"));

        Assert.Equal(("Who, and\nwhere?", "speech"), (question.Text, question.DocumentId));
        Assert.Equal("said \"yes\"", Assert.Single(question.Excerpts).Of(Text));
    }

    [Theory]
    [InlineData("q,[],speech", 2, "no excerpt")]
    [InlineData("q,[]", 2, "2 fields")]
    [InlineData("q,[],../speech", 2, "there is no text '../speech'. Texts: other, speech")]
    [InlineData("q,nothing,speech", 2, "not JSON")]
    [InlineData("q,[{}],speech", 2, "not JSON")]
    [InlineData("q,\"[{\"\"content\"\": \"\"It\"\", \"\"start_index\"\": 13, \"\"end_index\"\": 15}]\",speech", 2, "the excerpt 'It' does not stand at 13 to 15")]
    [InlineData("q,\"[{\"\"content\"\": \"\"It\"\", \"\"start_index\"\": 14, \"\"end_index\"\": 1600}]\",speech", 2, "does not stand")]
    [InlineData("q,\"[{\"\"content\"\": \"\"It\"\", \"\"start_index\"\": -1, \"\"end_index\"\": 1}]\",speech", 2, "does not stand")]
    [InlineData("\n\"q,[],speech", 3, "no other closes")]
    [InlineData("\"q\"s,[],speech", 2, "text follows the quote")]
    public async Task Bad_questions_are_refused_with_line_and_reason(string row, int line, string reason)
    {
        var e = await Assert.ThrowsAsync<EvaluationFileException>(() => QuestionsAsync(row));

        Assert.Equal(line, e.Line);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_or_folder_of_another_form_is_refused()
    {
        Assert.Contains("no such folder", await FaultAsync(() => SpanFiles.ReadCorporaAsync(Path.Combine(_folder.Root, "gone"))), StringComparison.Ordinal);
        Assert.Contains("holds no text", await FaultAsync(() => SpanFiles.ReadCorporaAsync(_folder.Root)), StringComparison.Ordinal);
        Assert.Contains("expected the header", await FaultAsync(() => SpanFiles.ReadQuestionsAsync(_folder.Write("q", "text,answer\na,b\n"), [])), StringComparison.Ordinal);
        _folder.Write("corpora/speech.txt", "");
        Assert.Contains("'speech' too", await FaultAsync(() => SpanFiles.ReadCorporaAsync(Path.Combine(_folder.Root, "corpora"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_hold_what_they_were_written_with()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            string[][] rows = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 3).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => "a,\"\n b"[random.Next(6)]))).ToArray())];
            var csv = string.Join(random.Next(2) == 0 ? "\n" : "\r\n", rows.Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

            Assert.Equal(rows, CsvRows.Of("f", csv).Select(r => r.Fields));
        }
    }

    [Fact]
    public async Task Chromas_questions_are_all_there_and_who_finds_what_is_needed_misses_nothing()
    {
        var folder = SharedData.Require("chunking-chroma");
        var corpora = await SpanFiles.ReadCorporaAsync(Path.Combine(folder, "corpora"));
        var questions = await SpanFiles.ReadQuestionsAsync(Path.Combine(folder, "questions_df.csv"), corpora);
        Chunk[] all = [.. corpora.SelectMany(Pieces)];
        await using var store = new CollectionStore(KeywordModel.Bm25);
        await new CollectionLoader(store, TimeProvider.System) { Split = Pieces }.LoadAsync(corpora.ToAsyncEnumerable());

        var perfect = await SpanEvaluation.OfNeededAsync(questions, new Knowing(questions, all), all);
        var words = await SpanEvaluation.OfNeededAsync(questions, new KeywordRetriever(store), all);

        Assert.Equal((276, 452), (questions.Count, questions.Sum(q => q.Excerpts.Count)));
        Assert.All(perfect.Scores, s => Assert.Equal(1, s.Recall));
        Assert.InRange(words.Recall, 0.6, 0.9);
        Assert.InRange(words.IntersectionOverUnion, 0.5 * perfect.IntersectionOverUnion, perfect.IntersectionOverUnion);
    }

    private static IReadOnlyList<Chunk> Pieces(Document document) =>
        [.. Enumerable.Range(0, (document.Text.Length + 1199) / 1200).Select(i => Chunk.Of(document, i, new(i * 1200, Math.Min((i + 1) * 1200, document.Text.Length))))];

    private static async Task<string> FaultAsync(Func<Task> read) => (await Assert.ThrowsAsync<EvaluationFileException>(read)).Message;

    private async Task<IReadOnlyList<SpanQuestion>> QuestionsAsync(string rows) =>
        await SpanFiles.ReadQuestionsAsync(_folder.Write("questions.csv", $"question,references,corpus_id\r\n{rows}\r\n"), await SpanFiles.ReadCorporaAsync(Path.Combine(_folder.Root, "corpora")));

    /// <summary>Finds the passages that hold or touch the answer, and no others.</summary>
    private sealed class Knowing(IReadOnlyList<SpanQuestion> questions, Chunk[] all) : IRetriever
    {
        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            var question = questions.First(q => q.Text == query.Text);
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. all.Where(c => SpanScore.Needed(question, [c]) > 0).Select(c => new ScoredChunk(c, 1)).Take(top)]);
        }
    }
}
