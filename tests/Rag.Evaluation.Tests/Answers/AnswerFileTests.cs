using Rag.Evaluation.Answers;

namespace Rag.Evaluation.Tests.Answers;

public sealed class AnswerFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Squad_has_articles_of_paragraphs_of_questions()
    {
        var path = _folder.Write("squad.json", """
            {"version": "2", "data": [{"title": "Marlow_Ferry", "paragraphs": [{"context": "It is small.", "qas": [
                {"id": "1", "question": "How big is it?", "is_impossible": false, "answers": [{"text": "small", "answer_start": 6}, {"text": "is small", "answer_start": 3}]},
                {"id": "2", "question": "Who rules it?", "is_impossible": true, "answers": []}]}]},
              {"paragraphs": []}]}
            """);

        var articles = await SquadFile.ReadAsync(path);

        Assert.Equal(["Marlow Ferry", ""], articles.Select(a => a.Title));
        var paragraph = Assert.Single(articles[0].Paragraphs);
        Assert.Equal("It is small.", paragraph.Text);
        Assert.Equal([("1", "How big is it?", "small|is small"), ("2", "Who rules it?", "")], paragraph.Questions.Select(q => (q.Id, q.Text, string.Join('|', q.Answers))));
    }

    [Fact]
    public async Task Clapnq_has_a_question_on_each_line_and_keeps_each_persons_choice()
    {
        var path = _folder.Write("clapnq.jsonl", """
            {"id": "7", "input": "who rules it", "passages": [{"title": "Ferry", "text": "A . B .", "sentences": ["A .", "B ."]}], "output": [{"answer": "", "selected_sentences": []}, {"answer": "B", "selected_sentences": ["B ."]}]}

            {"id": "8", "input": "why", "passages": [], "output": []}
            """);

        var questions = await ClapnqFile.ReadAsync(path);

        Assert.Equal([("7", "who rules it"), ("8", "why")], questions.Select(q => (q.Id, q.Text)));
        Assert.Equal(["A .", "B ."], Assert.Single(questions[0].Passages).Sentences);
        Assert.Equal(["B ."], Assert.Single(questions[0].Selections));
        Assert.Empty(questions[1].Selections);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"data": 3}""")]
    [InlineData("""{"data": [{"paragraphs": [{"context": null, "qas": []}]}]}""")]
    public async Task A_file_of_another_form_is_refused_with_the_form_expected(string text)
    {
        var squad = await Assert.ThrowsAsync<EvaluationFileException>(() => SquadFile.ReadAsync(_folder.Write("x.json", text)));
        var clapnq = await Assert.ThrowsAsync<EvaluationFileException>(() => ClapnqFile.ReadAsync(_folder.Write("x.jsonl", $"\n{text}")));

        Assert.Contains("expected SQuAD's JSON", squad.Message, StringComparison.Ordinal);
        Assert.Equal(2, clapnq.Line);
        Assert.Contains("no such file", (await Assert.ThrowsAsync<EvaluationFileException>(() => SquadFile.ReadAsync(Path.Combine(_folder.Root, "none")))).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", (await Assert.ThrowsAsync<EvaluationFileException>(() => ClapnqFile.ReadAsync(Path.Combine(_folder.Root, "none")))).Message, StringComparison.Ordinal);
    }
}
