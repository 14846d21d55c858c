using System.Text.Json;

namespace Rag.Api.OpenAi;

/// <summary>What a client of OpenAI's responses asks: a text, or messages.</summary>
internal sealed record ResponseRequest(string? Model, JsonElement? Input, string? Instructions = null, bool Stream = false, string? PreviousResponseId = null, IReadOnlyList<JsonElement>? Tools = null);

/// <summary>A response with one message.</summary>
internal sealed record ResponseObject(string Id, string Object, long CreatedAt, string Status, string Model, IReadOnlyList<OutputItem> Output)
{
    public ResponseUsage? Usage { get; init; }

    public IReadOnlyList<JsonElement> Tools { get; init; } = [];

    public bool ParallelToolCalls { get; init; }

    public string ToolChoice { get; init; } = "none";
}

/// <summary>A message of the response.</summary>
internal sealed record OutputItem(string Id, string Type, string Status, string Role, IReadOnlyList<OutputText> Content);

/// <summary>Its text with what it cites.</summary>
internal sealed record OutputText(string Type, string Text, IReadOnlyList<FileCitation> Annotations);

/// <summary>A citation: <c>index</c> is where its mark ends in the text.</summary>
internal sealed record FileCitation(string Type, int Index, string FileId, string Filename, string Quote, int? Page);

/// <summary>Tokens.</summary>
internal sealed record ResponseUsage(int InputTokens, int OutputTokens, int TotalTokens);

/// <summary>One event of a streamed response; of the members those that its type has.</summary>
internal sealed record ResponseEvent(string Type, int SequenceNumber)
{
    public ResponseObject? Response { get; init; }

    public OutputItem? Item { get; init; }

    public OutputText? Part { get; init; }

    public FileCitation? Annotation { get; init; }

    public string? ItemId { get; init; }

    public int? OutputIndex { get; init; }

    public int? ContentIndex { get; init; }

    public int? AnnotationIndex { get; init; }

    public string? Delta { get; init; }

    public string? Text { get; init; }
}
