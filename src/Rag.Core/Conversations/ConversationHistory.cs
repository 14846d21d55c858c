using Microsoft.Extensions.AI;
using Rag.Queries;

namespace Rag.Conversations;

/// <summary>What of a conversation the next question is read with: the newest turns in full, the older ones as a summary, within a budget.</summary>
/// <remarks>When the turns no longer fit, as many are summed up that the others take half of their room: so a summary is made once in several turns.</remarks>
internal sealed class ConversationHistory(ISessionStore sessions, IConversationSummarizer summarizer, ITokenCounter tokens, int maxTokens)
{
    private readonly int _summaryTokens = Math.Max(1, maxTokens / 4);

    private int TurnTokens => maxTokens - _summaryTokens;

    /// <summary>The messages of a branch, oldest first; makes and keeps a summary where one is due.</summary>
    public async Task<IReadOnlyList<ChatMessage>> ReadAsync(ConversationSession session, IReadOnlyList<Turn> branch, CancellationToken cancellationToken)
    {
        // The newest turn is read in full, so a summary that holds it too is none for now.
        var summed = branch.SkipLast(1).LastOrDefault(t => t.Summary is not null);
        var summary = summed?.Summary;
        Turn[] turns = [.. branch.SkipWhile(t => summed is not null && t.Id <= summed.Id)];
        if (turns.Sum(Tokens) > TurnTokens && Kept(turns) is var kept && kept < turns.Length)
        {
            var older = turns[..^kept];
            summary = Fitting(await summarizer.SummarizeAsync(summary, older, _summaryTokens, cancellationToken), _summaryTokens);
            await sessions.SetSummaryAsync(session, older[^1].Id, summary, cancellationToken);
            turns = turns[^kept..];
        }

        return [.. string.IsNullOrEmpty(summary) ? [] : (ChatMessage[])[new(ChatRole.User, summary) { AuthorName = ChatQueryTransformer.SummaryAuthor }], .. turns.SelectMany(Messages)];
    }

    private int Tokens(Turn turn) => tokens.Count(turn.Answer.Question) + tokens.Count(turn.Answer.Text);

    private int Kept(Turn[] turns)
    {
        var (kept, room) = (1, (TurnTokens / 2) - Tokens(turns[^1]));
        while (kept < turns.Length && (room -= Tokens(turns[^(kept + 1)])) >= 0)
        {
            kept++;
        }

        return kept;
    }

    private ChatMessage[] Messages(Turn turn)
    {
        var (question, answer) = (turn.Answer.Question, turn.Answer.Text);
        if (Tokens(turn) > TurnTokens) // only ever the newest, alone
        {
            question = Fitting(question, TurnTokens / 2);
            answer = Fitting(answer, TurnTokens - tokens.Count(question));
        }

        return [new(ChatRole.User, question), new(ChatRole.Assistant, answer)];
    }

    /// <summary>The beginning of a text that has at most so many tokens.</summary>
    private string Fitting(string text, int most)
    {
        var (low, high) = (0, text.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = tokens.Count(text.AsSpan(0, middle)) <= most ? (middle, high) : (low, middle - 1);
        }

        return Prompt.Shorten(text, low);
    }
}
