using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>The calls of a record, to be found again by what was asked: the first call with a request finds the first that was recorded with it, and so on. Not safe for concurrent use.</summary>
internal sealed class RecordedCalls(IReadOnlyList<RecordedCall> calls)
{
    private readonly Dictionary<string, Queue<RecordedCall>> _open = calls.GroupBy(KeyOf).ToDictionary(g => g.Key, g => new Queue<RecordedCall>(g));

    /// <summary>What makes two calls the same: what is asked, not which model is asked.</summary>
    public static string KeyOf(RecordedCall call) => $"{call.Kind}\n{(call.Kind == RecordedCallKind.Chat ? "" : call.Name)}\n{JsonSerializer.Serialize(call.Request, RecordJson.Compact.Of<JsonElement>())}";

    /// <summary>Calls in a fixed order: as they were made, but samples of one prompt, which are made side by side, by their seeds.</summary>
    public static IReadOnlyList<RecordedCall> InOrder(IEnumerable<RecordedCall> calls)
    {
        var (ordered, side) = (new List<RecordedCall>(), new List<RecordedCall>());
        foreach (var call in calls)
        {
            if (side is [var first, ..] && !(call.Kind == RecordedCallKind.Chat && ChatRequest.KeyOf(first) == ChatRequest.KeyOf(call)))
            {
                Close();
            }

            (call.Kind == RecordedCallKind.Chat ? side : ordered).Add(call);
        }

        Close();
        return ordered;

        void Close()
        {
            ordered.AddRange(side.OrderBy(ChatRequest.SeedOf));
            side.Clear();
        }
    }

    /// <summary>The call that a request stands for, once; <see langword="null"/> where there is none left.</summary>
    public RecordedCall? Take(RecordedCall call) =>
        _open.TryGetValue(KeyOf(call), out var open) && open.TryDequeue(out var recorded) ? recorded
        // a sample that had no time to begin shares the end of those beside it
        : call.Kind == RecordedCallKind.Chat ? calls.LastOrDefault(c => c.Kind == RecordedCallKind.Chat && c.Outcome is (RecordedOutcome.TimedOut or RecordedOutcome.LeftOut) && ChatRequest.KeyOf(c) == ChatRequest.KeyOf(call))
        : null;

    /// <summary>A call that may be asked for again and again.</summary>
    public RecordedCall? Find(RecordedCall call) => _open.TryGetValue(KeyOf(call), out var open) ? open.Peek() : null;

    /// <summary>The first call of a kind that was not asked for yet.</summary>
    public RecordedCall? Next(RecordedCallKind kind)
    {
        var open = _open.Values.SelectMany(queue => queue).ToHashSet(ReferenceEqualityComparer.Instance);
        return calls.FirstOrDefault(c => c.Kind == kind && open.Contains(c));
    }
}
