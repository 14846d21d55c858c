using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Llama;
using Rag.Queries;
using Rag.Ratings;
using Rag.Storage;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Questions and answers in a terminal until the input ends or <c>/quit</c>.</summary>
internal sealed class Conversation(IAnsiConsole console, Library library, Func<CancellationToken, Task<string?>> readLine)
{
    private const int MaxMessages = 20; // no follow-up reaches back further

    private readonly FollowUpTransformer _followUps = new();
    private readonly List<ChatMessage> _history = [];
    private readonly AnswerView _answers = new(console);
    private readonly PassageView _passages = new(console);
    private Answer? _last;
    private string? _asked;

    /// <summary>Runs the conversation.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        console.MarkupLine("[grey]Ask a question, or /help.[/]");
        while (await readLine(cancellationToken) is { } line && line.Trim() is not ("/quit" or "/exit"))
        {
            try
            {
                await TakeAsync(line.Trim(), cancellationToken);
            }
            catch (Exception e) when (e is StoreException or LlamaException or IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]{Plain.Line(e.Message)}[/]");
            }
        }
    }

    private Task TakeAsync(string line, CancellationToken cancellationToken)
    {
        if (line.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (line[0] != '/')
        {
            return AskAsync(line, cancellationToken);
        }

        var (name, rest) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (line, "");
        return name switch
        {
            "/sources" => AfterAnswer(SourcesAsync),
            "/why" => AfterAnswer(_ => WhyAsync(cancellationToken)),
            "/open" => AfterAnswer(answer => OpenAsync(answer, rest, cancellationToken)),
            "/good" => AfterAnswer(answer => RateAsync(answer, Verdict.Good, rest, cancellationToken)),
            "/bad" => AfterAnswer(answer => RateAsync(answer, Verdict.Bad, rest, cancellationToken)),
            "/better" => AfterAnswer(answer => CorrectAsync(answer, rest, cancellationToken)),
            "/reindex" => ReindexAsync(cancellationToken),
            "/help" => Say(Help),
            _ => Say($"There is no {name}. {Help}"),
        };
    }

    private const string Help = "Commands: /sources shows where the last answer stands, /why how its passages were found, /open N passage N in its surroundings, /good and /bad WHY rate the last answer, /better TEXT says what it should have been, /reindex reads changed files, /quit ends.";

    private async Task AskAsync(string question, CancellationToken cancellationToken)
    {
        var asked = (await _followUps.TransformAsync(library.Scope with { Text = question, History = _history }, cancellationToken))[0].Text;
        if (asked.Length > RagPipeline.MaxQuestionLength)
        {
            await Say($"The question has {asked.Length} characters and may have {RagPipeline.MaxQuestionLength}. Shorten it.");
            return;
        }

        if (asked != question)
        {
            console.MarkupLineInterpolated($"[grey]Read together with what was said before: {Plain.Line(asked)}[/]");
        }

        console.WriteLine();
        _last = await _answers.ShowAsync(library.Pipeline.AskStreamingAsync(library.Scope with { Text = asked }, cancellationToken: cancellationToken), cancellationToken);
        _asked = asked;
        _history.AddRange([new(ChatRole.User, question), new(ChatRole.Assistant, _last.Text)]);
        _history.RemoveRange(0, Math.Max(0, _history.Count - MaxMessages));
        console.WriteLine();
    }

    private Task SourcesAsync(Answer answer)
    {
        foreach (var passage in answer.Passages)
        {
            var cited = answer.Citations.Any(c => c.Number == passage.Number) ? " (cited)" : "";
            console.MarkupLineInterpolated($"[bold aqua][[{passage.Number}]][/] {Place.Of(passage.Chunk)}[grey]{Place.PagesOrLines(passage.Chunk)}[/]{cited}");
            console.MarkupLineInterpolated($"    [grey]{Plain.Line(passage.Chunk.Context)}[/]");
        }

        return Task.CompletedTask;
    }

    private async Task WhyAsync(CancellationToken cancellationToken)
    {
        var query = library.Scope with { Text = _asked!, Explain = true };
        _passages.List(await library.Retriever.RetrieveAsync(query, Math.Max(1, _last!.Passages.Count), cancellationToken), texts: false);
    }

    private Task OpenAsync(Answer answer, string number, CancellationToken cancellationToken)
    {
        var passage = answer.Passages.FirstOrDefault(p => p.Number.ToString() == number);
        return passage is null
            ? Say(answer.Passages.Count == 0 ? "The last question found no passages." : $"Say which: /open 1 to /open {answer.Passages.Count}.")
            : _passages.OpenAsync(library.Store, library.Scope.Tenant, passage.Chunk, answer.Citations.Where(c => c.Number == passage.Number).Select(c => c.Source), cancellationToken);
    }

    private Task RateAsync(Answer answer, Verdict verdict, string why, CancellationToken cancellationToken) =>
        KeepAsync(Rating.Of(answer, verdict, TimeProvider.System.GetUtcNow()) with { Comment = why.Length > 0 ? why : null }, cancellationToken);

    private Task CorrectAsync(Answer answer, string text, CancellationToken cancellationToken) => text.Length == 0
        ? Say("Write the answer that you would have wanted: /better TEXT, or /better - where the documents hold none.")
        : KeepAsync(Rating.Of(answer, Verdict.Bad, TimeProvider.System.GetUtcNow()) with { Correction = text == "-" ? Rating.Unanswerable : text }, cancellationToken);

    private async Task KeepAsync(Rating rating, CancellationToken cancellationToken)
    {
        if (library.Ratings is not { } ratings)
        {
            await Say("Ratings are kept in a store's SQLite file, and there is none here. Use rag chat with --store FILE.");
            return;
        }

        var earlier = _history.Where(m => m.Role == ChatRole.User).Select(m => m.Text).SkipLast(1);
        await ratings.AddAsync(rating with { Tenant = library.Scope.Tenant, EarlierQuestions = [.. earlier], Origin = library.Origin }, cancellationToken);
        await Say("Kept. rag feedback list shows it.");
    }

    private Task ReindexAsync(CancellationToken cancellationToken) =>
        library.Reindex is { } reindex ? reindex(cancellationToken) : Say("The folders of this store are not known here. Start with --docs PATH, or run: rag ingest PATH");

    private Task AfterAnswer(Func<Answer, Task> show) => _last is { } answer ? show(answer) : Say("Ask something first.");

    private Task Say(string sentence)
    {
        console.MarkupLineInterpolated($"[grey]{Plain.Line(sentence)}[/]");
        return Task.CompletedTask;
    }
}
