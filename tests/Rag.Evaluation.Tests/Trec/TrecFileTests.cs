using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Tests.Trec;

public sealed class TrecFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Qrels_are_read_in_both_forms_with_any_white_space()
    {
        var trec = await QrelsFile.ReadAsync(_folder.Write("a", "# made by hand\r\n1 0\td1\t2\r\n\r\n 1 0 d2 0 \n2 0 d1 -1\n"));
        var beir = await QrelsFile.ReadAsync(_folder.Write("b", "query-id\tcorpus-id\tscore\n1\td1\t2\n1\ta doc with spaces\t1.0\n"));

        Assert.Equal((2, 0, -1), (trec.Queries["1"]["d1"], trec.Queries["1"]["d2"], trec.Queries["2"]["d1"]));
        Assert.Equal((2, 1), (beir.Queries["1"]["d1"], beir.Queries["1"]["a doc with spaces"]));
        Assert.Equal(["1"], trec.WithAnswers().Queries.Keys);
    }

    [Theory]
    [InlineData("1 0 d1 1\n1 0 d1 1\n", 2, "judged twice")]
    [InlineData("1 0 d1\n", 1, "3 fields")]
    [InlineData("1 0 d1 good\n", 1, "the grade is 'good'")]
    [InlineData("1 0 d1 0.5\n", 1, "the grade is '0.5'")]
    [InlineData("1 0 d1 NaN\n", 1, "the grade is 'NaN'")]
    [InlineData("{\"_id\": 1}\n", 1, "2 fields")]
    [InlineData("q\td\t1\n", 1, "need its header")]
    [InlineData("query-id\tcorpus-id\tscore\nq d 1\n", 2, "one tab between")]
    public async Task Bad_qrels_are_refused_with_line_and_reason(string text, int line, string reason)
    {
        var e = await Assert.ThrowsAsync<EvaluationFileException>(() => QrelsFile.ReadAsync(_folder.Write("q", text)));

        Assert.Equal(line, e.Line);
        Assert.Contains($"line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 Q0 d1 1 0.5 r\n1 Q0 d1 2 0.4 r\n", 2, "twice")]
    [InlineData("1 Q0 d1 1 0.5 r\n1 Q0 d2 2 NaN r\n", 2, "the score is 'NaN'")]
    [InlineData("1 Q0 d1 1 Infinity r\n", 1, "the score is 'Infinity'")]
    [InlineData("1 Q0 d1 1 high r\n", 1, "the score is 'high'")]
    [InlineData("1 Q0 d1 1 0.5\n", 1, "5 fields")]
    [InlineData("1,Q0,d1,1,0.5,r\n", 1, "1 fields")]
    public async Task A_bad_run_is_refused_with_line_and_reason(string text, int line, string reason)
    {
        var e = await Assert.ThrowsAsync<EvaluationFileException>(() => RunFile.ReadAsync(_folder.Write("r", text)));

        Assert.Equal(line, e.Line);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_ordered_by_score_then_by_id_descending_whatever_its_ranks_say()
    {
        var run = await RunFile.ReadAsync(_folder.Write("r", "1 Q0 a 1 1.5 mine\n1 Q0 b 2 1.5 mine\n1 Q0 c 3 1e1 mine\n1 Q0 \uE000 4 1.5 mine\n1 Q0 \U0001F600 5 1.5 mine\n"));

        Assert.Equal("mine", run.Tag);
        Assert.Equal(["c", "\U0001F600", "\uE000", "b", "a"], run.Rankings["1"].Select(d => d.Id));
    }

    [Fact]
    public async Task A_written_run_keeps_its_ranks_where_scores_are_equal_or_nearly_so()
    {
        ScoredDocument[] ranking = [new("a", 2.00000001), new("b", 2), new("c", 2), new("d", 0), new("e", 0), new("f", -1)];
        var path = Path.Combine(_folder.Root, "run");

        await RunFile.WriteAsync(path, new("t", new Dictionary<string, IReadOnlyList<ScoredDocument>> { ["q"] = ranking }));

        Assert.Equal("q Q0 a 1 2 t", File.ReadLines(path).First());
        Assert.Equal(["a", "b", "c", "d", "e", "f"], (await RunFile.ReadAsync(path)).Rankings["q"].Select(d => d.Id));
        Assert.Equal(6, File.ReadLines(path).Select(l => float.Parse(l.Split(' ')[4], System.Globalization.CultureInfo.InvariantCulture)).Distinct().Count());
    }

    [Theory]
    [InlineData("a doc", 1.0)]
    [InlineData("", 1.0)]
    [InlineData("d", double.NaN)]
    public async Task What_a_run_cannot_say_is_refused(string id, double score) => await Assert.ThrowsAsync<EvaluationFileException>(() =>
        RunFile.WriteAsync(Path.Combine(_folder.Root, "run"), new("t", new Dictionary<string, IReadOnlyList<ScoredDocument>> { ["q"] = [new(id, score)] })));
}
