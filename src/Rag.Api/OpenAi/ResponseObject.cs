using System.Text.Json;

namespace Rag.Api.OpenAi;

/// <summary>What a client of OpenAI's responses asks: a text, or messages.</summary>
internal sealed record ResponseRequest(
    [Description("Which model: rag, which answers from the documents.")] string? Model,
    [Description("The question as a text, or messages of which the last one is the question.")] JsonElement? Input,
    [Description("What the model is told besides; it has no effect on rag.")] string? Instructions = null,
    [Description("Whether the answer is sent in events as it is made.")] bool Stream = false,
    [Description("An earlier response to go on from; refused, since responses are not kept.")] string? PreviousResponseId = null,
    [Description("What a model may call; it has no effect on rag.")] IReadOnlyList<JsonElement>? Tools = null);

/// <summary>A response with one message.</summary>
internal sealed record ResponseObject(
    [Description("The id of the response.")] string Id,
    [Description("What this is: response.")] string Object,
    [Description("When it was made, in seconds since 1970.")] long CreatedAt,
    [Description("How far it is: in_progress or completed.")] string Status,
    [Description("The model that answered.")] string Model,
    [Description("The answer, in a list of one message.")] IReadOnlyList<OutputItem> Output)
{
    [Description("The tokens that were used.")]
    public ResponseUsage? Usage { get; init; }

    [Description("What the model may call: nothing.")]
    public IReadOnlyList<JsonElement> Tools { get; init; } = [];

    [Description("Whether it calls several at once: no.")]
    public bool ParallelToolCalls { get; init; }

    [Description("Whether it calls: none.")]
    public string ToolChoice { get; init; } = "none";
}

/// <summary>A message of the response.</summary>
internal sealed record OutputItem(
    [Description("The id of the message.")] string Id,
    [Description("What this is: message.")] string Type,
    [Description("How far it is: in_progress or completed.")] string Status,
    [Description("Who speaks: assistant.")] string Role,
    [Description("Its text, in a list of one.")] IReadOnlyList<OutputText> Content);

/// <summary>Its text with what it cites.</summary>
internal sealed record OutputText(
    [Description("What this is: output_text.")] string Type,
    [Description("The answer with its marks.")] string Text,
    [Description("What the answer cites.")] IReadOnlyList<FileCitation> Annotations);

/// <summary>A citation in OpenAI's form for responses.</summary>
internal sealed record FileCitation(
    [Description("What kind of annotation it is: file_citation.")] string Type,
    [Description("Where the mark ends in the answer, in UTF-16 code units from 0.")] int Index,
    [Description("The id of the document.")] string FileId,
    [Description("The title of the document.")] string Filename,
    [Description("The words of the document, exactly as they stand there.")] string Quote,
    [Description("The page of the quote, from 1; left out where the format has none.")] int? Page);

/// <summary>Tokens.</summary>
internal sealed record ResponseUsage(
    [Description("Tokens that a model read.")] int InputTokens,
    [Description("Tokens that a model wrote.")] int OutputTokens,
    [Description("The sum of both.")] int TotalTokens);

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
