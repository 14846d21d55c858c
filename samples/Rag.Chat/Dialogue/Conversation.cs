using System.Runtime.CompilerServices;
using Rag.Agents;
using Rag.Conversations;
using Rag.Generation;
using Rag.Llama;
using Rag.Ratings;
using Rag.Storage;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Questions and answers in a terminal until the input ends or <c>/quit</c>.</summary>
internal sealed class Conversation(IAnsiConsole console, Library library, Func<CancellationToken, Task<string?>> readLine)
{
    private const string Unnamed = "this conversation";
    private const float Warm = 0.8f;

    private readonly ConversationPipeline _pipeline = new(library.Pipeline, library.Sessions, library.Summarizer);
    private readonly AnswerView _answers = new(console);
    private readonly PassageView _passages = new(console);
    private readonly SessionView _sessions = new(console);
    private string _session = library.Session ?? Unnamed;
    private string? _agent; // the strategy by which questions are answered; none for passages and an answer
    private int _at; // the turn after which the next question is asked

    private string Tenant => library.Scope.Tenant;

    /// <summary>Runs the conversation.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _at = (await SessionAsync(cancellationToken)).Turns.Count;
        await Say(_at == 0 ? "Ask a question, or /help." : $"Going on with '{_session}' after {Turns(_at)}; /history shows them. Ask a question, or /help.");
        while (await readLine(cancellationToken) is { } line && line.Trim() is not ("/quit" or "/exit"))
        {
            try
            {
                await TakeAsync(line.Trim(), cancellationToken);
            }
            catch (Exception e) when (e is StoreException or LlamaException or IOException or UnauthorizedAccessException or ArgumentException)
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
            return _agent is null ? AskAsync(line, _at, cancellationToken) : RunAgentAsync(_agent, line, cancellationToken);
        }

        var (name, rest) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (line, "");
        return name switch
        {
            "/sources" => AfterAnswer(SourcesAsync, cancellationToken),
            "/why" => AfterAnswer(branch => WhyAsync(branch, cancellationToken), cancellationToken),
            "/open" => AfterAnswer(branch => OpenAsync(branch, rest, cancellationToken), cancellationToken),
            "/history" => HistoryAsync(cancellationToken),
            "/edit" => OnTurnAsync(rest, "/edit N NEW QUESTION", EditAsync, cancellationToken),
            "/fork" => OnTurnAsync(rest, "/fork N, or /fork N NAME for a session of its own", ForkAsync, cancellationToken),
            "/sessions" => SessionsAsync(cancellationToken),
            "/forget" => ForgetAsync(cancellationToken),
            "/good" => AfterAnswer(branch => RateAsync(branch, Verdict.Good, rest, cancellationToken), cancellationToken),
            "/bad" => AfterAnswer(branch => RateAsync(branch, Verdict.Bad, rest, cancellationToken), cancellationToken),
            "/other" => AfterAnswer(branch => OtherAsync(branch[^1], cancellationToken), cancellationToken),
            "/prefer" => OnTurnAsync(rest, "/prefer N", PreferAsync, cancellationToken),
            "/better" => AfterAnswer(branch => CorrectAsync(branch, rest, cancellationToken), cancellationToken),
            "/agent" => AgentAsync(rest, cancellationToken),
            "/reindex" => ReindexAsync(cancellationToken),
            "/help" => Say(Help),
            _ => Say($"There is no {name}. {Help}"),
        };
    }

    private const string Help = "Commands: /sources shows where the last answer stands, /why how its passages were found, /open N passage N in its surroundings; "
        + "/history numbers the turns, /edit N NEW QUESTION asks turn N in other words, /fork N [NAME] goes on from turn N, /sessions lists what is kept, /forget deletes this session; "
        + "/good and /bad WHY rate the last answer, /better TEXT says what it should have been, /other writes another answer and /prefer N keeps which one is better; "
        + "/agent STRATEGY has an agent answer from now on, /agent STRATEGY TASK once, /agent off ends it; "
        + "/reindex reads changed files, /quit ends.";

    private async Task AskAsync(string question, int after, CancellationToken cancellationToken, AskOptions? asking = null)
    {
        if (question.Length > RagPipeline.MaxQuestionLength)
        {
            await Say($"The question has {question.Length} characters and may have {RagPipeline.MaxQuestionLength}. Shorten it.");
            return;
        }

        var updates = _pipeline.AskStreamingAsync(_session, library.Scope with { Text = question }, after, asking ?? library.Asking, cancellationToken);
        await _answers.ShowAsync(WatchAsync(question, updates, cancellationToken), cancellationToken);
        console.WriteLine();
    }

    // Says before the answer what was asked in fact, and notes the turn that it becomes.
    private async IAsyncEnumerable<AnswerUpdate> WatchAsync(string question, IAsyncEnumerable<AnswerUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            if (update is AnswerUpdate.Retrieved { Searched: var searched })
            {
                await (searched == question ? Task.CompletedTask : Say($"Read together with what was said before: {searched}"));
                console.WriteLine();
            }

            _at = update is AnswerUpdate.Completed { Turn: { } turn } ? turn : _at;
            yield return update;
        }
    }

    private Task AgentAsync(string words, CancellationToken cancellationToken)
    {
        var (strategy, task) = words.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (words, "");
        if (strategy == "off")
        {
            _agent = null;
            return Say("Questions are answered from passages again.");
        }

        if (library.Model is null || !AgentStrategies.Names.Contains(strategy))
        {
            return Say(library.Model is null ? "An agent needs a language model: start with --model." : $"Say how it should reason: /agent {string.Join(", /agent ", AgentStrategies.Names)}.");
        }

        if (task.Length > 0)
        {
            return RunAgentAsync(strategy, task, cancellationToken);
        }

        _agent = strategy;
        return Say($"Questions go to an agent now, by {strategy}. /agent off ends that.");
    }

    private async Task RunAgentAsync(string strategy, string task, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken);
        var known = session.Branch(_at).SelectMany(t => t.Answer.Passages).DistinctBy(p => p.Number);
        var asked = new AgentTask(task) { History = await _pipeline.HistoryAsync(session, _at, cancellationToken), Known = [.. known] };
        var answer = await new AgentView(console).ShowAsync(library.Agent(strategy).RunStreamingAsync(asked, cancellationToken), cancellationToken);
        _at = (await library.Sessions.AddTurnAsync(session, _at, answer, cancellationToken)).Id;
        console.WriteLine();
    }

    private Task<ConversationSession> SessionAsync(CancellationToken cancellationToken) => library.Sessions.GetAsync(_session, Tenant, cancellationToken);

    private async Task HistoryAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken);
        await (session.Turns.Count == 0 ? Say("Nothing was asked yet.") : Task.CompletedTask);
        _sessions.History(session, _at);
    }

    /// <summary>Does something with the turn whose number the words begin with, and the words behind it.</summary>
    private async Task OnTurnAsync(string words, string usage, Func<ConversationSession, Turn, string, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken);
        var (number, rest) = words.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (words, "");
        await (session.Turns.FirstOrDefault(t => $"{t.Id}" == number) is { } turn
            ? action(session, turn, rest, cancellationToken)
            : Say(session.Turns.Count == 0 ? "Nothing was asked yet." : $"Say which turn, from 1 to {session.Turns.Count}: {usage}. /history numbers them."));
    }

    private Task EditAsync(ConversationSession session, Turn turn, string question, CancellationToken cancellationToken) =>
        question.Length == 0 ? Say($"Write the new question behind the number: /edit {turn.Id} NEW QUESTION.") : AskAsync(question, turn.Parent, cancellationToken);

    private async Task ForkAsync(ConversationSession session, Turn turn, string name, CancellationToken cancellationToken)
    {
        if (name.Length == 0)
        {
            _at = turn.Id;
            await Say($"The next question goes on from turn {turn.Id}.");
        }
        else if (await library.Sessions.ForkAsync(session, turn.Id, name, cancellationToken))
        {
            (_session, _at) = (name, session.Branch(turn.Id).Count);
            await Say($"This is now '{name}', which begins with {Turns(_at)}.");
        }
        else
        {
            await Say($"There is a session '{name}' already. Choose another name.");
        }
    }

    private async Task SessionsAsync(CancellationToken cancellationToken)
    {
        var sessions = await library.Sessions.ListAsync(Tenant, cancellationToken);
        _sessions.List(sessions, _session);
        await (library.Session is null ? Say("Nothing is kept when this conversation ends. Start with --session NAME to keep it.") : sessions.Count == 0 ? Say("No session is kept yet.") : Task.CompletedTask);
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var deleted = await library.Sessions.DeleteAsync(_session, Tenant, cancellationToken);
        _at = 0;
        await Say(deleted ? $"Deleted: '{_session}' with all of its turns." : "Nothing was asked yet.");
    }

    private Task SourcesAsync(IReadOnlyList<Turn> branch)
    {
        var answer = branch[^1].Answer;
        foreach (var passage in answer.Passages)
        {
            var cited = answer.Citations.Any(c => c.Number == passage.Number) ? " (cited)" : "";
            console.MarkupLineInterpolated($"[bold aqua][[{passage.Number}]][/] {Place.Of(passage.Chunk)}[grey]{Place.PagesOrLines(passage.Chunk)}[/]{cited}");
            console.MarkupLineInterpolated($"    [grey]{Plain.Line(passage.Chunk.Context)}[/]");
        }

        return Task.CompletedTask;
    }

    private async Task WhyAsync(IReadOnlyList<Turn> branch, CancellationToken cancellationToken)
    {
        var answer = branch[^1].Answer;
        var query = library.Scope with { Text = answer.Searched, Explain = true };
        _passages.List(await library.Retriever.RetrieveAsync(query, Math.Max(1, answer.Passages.Count), cancellationToken), texts: false);
    }

    // A number means the same passage throughout the conversation, so those of earlier answers can be opened too.
    private Task OpenAsync(IReadOnlyList<Turn> branch, string number, CancellationToken cancellationToken)
    {
        var given = branch.SelectMany(t => t.Answer.Passages).DistinctBy(p => p.Number).OrderBy(p => p.Number).ToList();
        return given.FirstOrDefault(p => $"{p.Number}" == number) is { } passage
            ? _passages.OpenAsync(library.Store, Tenant, passage.Chunk, branch.SelectMany(t => t.Answer.Citations).Where(c => c.Number == passage.Number).Select(c => c.Source), cancellationToken)
            : Say(given.Count == 0 ? "The last question found no passages." : $"Say which: /open {given[0].Number} to /open {given[^1].Number}.");
    }

    private Task RateAsync(IReadOnlyList<Turn> branch, Verdict verdict, string why, CancellationToken cancellationToken) =>
        KeepAsync(branch, Rating.Of(branch[^1].Answer, verdict, TimeProvider.System.GetUtcNow()) with { Comment = why.Length > 0 ? why : null }, cancellationToken);

    // The same question once more, warmer and with another seed: a model writes something else then.
    private async Task OtherAsync(Turn turn, CancellationToken cancellationToken)
    {
        var chat = library.Asking.Chat?.Clone() ?? new();
        (chat.Temperature, chat.Seed) = (Warm, (await SessionAsync(cancellationToken)).Turns.Count);
        await AskAsync(turn.Answer.Question, turn.Parent, cancellationToken, library.Asking with { Chat = chat });
        await Say($"Which is better? /prefer {turn.Id} or /prefer {_at}.");
    }

    private Task PreferAsync(ConversationSession session, Turn turn, string rest, CancellationToken cancellationToken) =>
        session.Turns.LastOrDefault(t => t.Id != turn.Id && t.Parent == turn.Parent && t.Answer.Question == turn.Answer.Question) is not { } other ? Say($"The question of turn {turn.Id} has one answer. /other writes another one.")
        : other.Answer.Text == turn.Answer.Text ? Say($"The answers of turns {turn.Id} and {other.Id} are the same. A language model may write another one: /other.")
        : KeepAsync(session.Branch(other.Id), Rating.Of(other.Answer, Verdict.Bad, TimeProvider.System.GetUtcNow()) with { Alternative = turn.Answer.Abstained ? Rating.Unanswerable : turn.Answer.Text }, cancellationToken);

    private Task CorrectAsync(IReadOnlyList<Turn> branch, string text, CancellationToken cancellationToken) => text.Length == 0
        ? Say("Write the answer that you would have wanted: /better TEXT, or /better - where the documents hold none.")
        : KeepAsync(branch, Rating.Of(branch[^1].Answer, Verdict.Bad, TimeProvider.System.GetUtcNow()) with { Correction = text == "-" ? Rating.Unanswerable : text }, cancellationToken);

    private async Task KeepAsync(IReadOnlyList<Turn> branch, Rating rating, CancellationToken cancellationToken)
    {
        if (library.Ratings is not { } ratings)
        {
            await Say("Ratings are kept in a store's SQLite file, and there is none here. Use rag chat with --store FILE.");
            return;
        }

        var earlier = branch.SkipLast(1).Select(turn => turn.Answer).ToList();
        var documents = earlier.SelectMany(answer => answer.Passages).Select(p => p.Chunk.DocumentId).Distinct(StringComparer.Ordinal);
        await ratings.AddAsync(rating with { Tenant = Tenant, EarlierQuestions = [.. earlier.Select(answer => answer.Question)], EarlierDocuments = [.. documents], Origin = library.Origin }, cancellationToken);
        await Say("Kept. rag feedback list shows it.");
    }

    private Task ReindexAsync(CancellationToken cancellationToken) =>
        library.Reindex is { } reindex ? reindex(cancellationToken) : Say("The folders of this store are not known here. Start with --docs PATH, or run: rag ingest PATH");

    private async Task AfterAnswer(Func<IReadOnlyList<Turn>, Task> show, CancellationToken cancellationToken) =>
        await ((await SessionAsync(cancellationToken)).Branch(_at) is { Count: > 0 } branch ? show(branch) : Say("Ask something first."));

    private static string Turns(int count) => count == 1 ? "1 turn" : $"{count} turns";

    private Task Say(string sentence)
    {
        console.MarkupLineInterpolated($"[grey]{Plain.Line(sentence)}[/]");
        return Task.CompletedTask;
    }
}
