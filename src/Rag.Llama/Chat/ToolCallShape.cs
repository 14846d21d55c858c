using System.Text.Json;

namespace Rag.Llama.Chat;

/// <summary>How one call of one tool is written: a literal text, JSON, a literal text. Shapes of several tools may follow each other as <see cref="ToolCallFormat.Sequence"/> says.</summary>
/// <param name="Prefix">Before the JSON; may be empty.</param>
/// <param name="Schema">JSON schema of what stands between.</param>
/// <param name="Suffix">After the JSON; may be empty.</param>
public sealed record ToolCallShape(string Prefix, JsonElement Schema, string Suffix)
{
    /// <summary>What stands between the call's number, which then follows <see cref="Prefix"/>, and the JSON; <see langword="null"/> where calls have no numbers.</summary>
    public string? AfterNumber { get; init; }
}

/// <summary>How the calls of one answer stand together, even where there is one only.</summary>
/// <param name="Opening">Before the first; may be empty.</param>
/// <param name="Separator">Between one and the next; may be empty.</param>
/// <param name="Closing">After the last; may be empty.</param>
public sealed record ToolCallSequence(string Opening, string Separator, string Closing);
