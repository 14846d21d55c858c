using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>A stretch of output between two markers.</summary>
/// <param name="Begin">The marker that opens it.</param>
/// <param name="Ends">The markers that close it; empty where it is no more than its opening marker, or ends with the JSON in it.</param>
internal abstract record Region(string Begin, IReadOnlyList<string> Ends)
{
    /// <summary>Reasoning, handed on as it comes.</summary>
    internal sealed record Reasoning(string Begin, params IReadOnlyList<string> Ends) : Region(Begin, Ends);

    /// <summary>A marker that means nothing to the reader and is dropped.</summary>
    internal sealed record Silent(string Begin) : Region(Begin, []);

    /// <summary>A call, or several, read when it is complete.</summary>
    /// <remarks><c>Read</c> is given what stands between the markers; with <c>IsJson</c> closing markers inside a JSON string do not count.</remarks>
    internal sealed record Call(string Begin, IReadOnlyList<string> Ends, Func<string, IReadOnlyList<ChatTool>, CallReading> Read, bool IsJson = true) : Region(Begin, Ends);
}

/// <summary>The calls that were read, or why none could be; an empty id where the format has none.</summary>
internal sealed record CallReading(IReadOnlyList<ChatToolCall> Calls, string? Error = null)
{
    /// <summary>No calls, for this reason.</summary>
    public static CallReading Failed(string error) => new([], error);
}
