using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

/// <summary>The code of docs/how-to/answer-with-a-model.md, run.</summary>
public sealed class AnswerPageTests
{
    [Fact]
    public async Task Page_answers_with_examples_and_a_budget()
    {
        using var client = new ScriptedChatClient("The ferry leaves at noon. [1]");
        var retriever = ScriptedRetriever.Finding(Passages.Of("The ferry leaves at noon."));
        var cancellationToken = CancellationToken.None;
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """{"question":"When does the ship leave?","passages":[{"title":"ships.md","text":"The ship leaves at dawn."}],"answer":"The ship leaves at dawn. [1]"}""", cancellationToken);

        // <ask>
        var generator = new ChatAnswerGenerator(client, new() { MaxTokens = 300 });
        var verifier = new CitationVerifier(new() { Unsupported = UnsupportedSentences.Repair });
        var pipeline = new RagPipeline(retriever, generator, verifier);
        var asking = new AskOptions
        {
            Examples = await ExampleFile.ReadAsync(path, cancellationToken),
            Budget = new() { MaxTokens = 8000, Price = new(Prompt: 0.15m, Completion: 0.60m), MaxCost = 0.002m },
        };
        var answer = await pipeline.AskAsync(new Query("When does the ferry leave?"), asking, cancellationToken);
        // </ask>

        File.Delete(path);
        AnswerContract.Check(answer);
        Assert.Equal("The ferry leaves at noon. [1]", answer.Text);
        Assert.Equal(4, client.Messages.Count);
    }
}
