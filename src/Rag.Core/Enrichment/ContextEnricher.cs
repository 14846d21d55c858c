using Microsoft.Extensions.AI;

namespace Rag.Enrichment;

/// <summary>Has a language model say in a sentence or two where a chunk stands in its document and what it is about, at temperature 0. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// Anthropic, "Introducing Contextual Retrieval", 2024. What is written follows the heading path in <see cref="Chunk.Context"/>: a "the company" in a chunk is then found by the company's name.
/// The model sees the beginning of the document and what stands around the chunk, between fences that they do not hold. One call a chunk; a useless reply leaves the chunk as it was, a model that fails ends the work.
/// </remarks>
public sealed class ContextEnricher : IChunkEnricher
{
    // Two sentences, and of the document what tells where a passage stands: the whole would cost its length for every chunk.
    private const int MaxReplyTokens = 128;
    private const int MaxContextLength = 600;
    private const int BeginningLength = 3_000;
    private const int AroundLength = 2_000;

    private static readonly string Instructions = Prompt.Read("chunk-context");

    private readonly IChatClient _client;

    /// <summary>Contexts by one model.</summary>
    /// <param name="client">The model; stays the caller's.</param>
    public ContextEnricher(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        Name = $"context-1 {(client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId}".TrimEnd();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Chunk>> EnrichAsync(Document document, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        List<Chunk> enriched = [];
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, Reasoning = new() { Effort = ReasoningEffort.None } };
            var reply = await _client.GetResponseAsync(Messages(document, chunk), chat, cancellationToken);
            var written = Prompt.Shorten(Prompt.OnOneLine(reply.Text), MaxContextLength);
            enriched.Add(written.Any(char.IsLetter) ? chunk with { Context = chunk.Context.Length == 0 ? written : $"{chunk.Context}: {written}" } : chunk);
        }

        return enriched;
    }

    private static ChatMessage[] Messages(Document document, Chunk chunk)
    {
        var beginning = Prompt.Shorten(document.Text, BeginningLength);
        var (from, to) = (Math.Max(beginning.Length, chunk.Span.Start - (AroundLength / 2)), Math.Min(document.Text.Length, chunk.Span.End + (AroundLength / 2)));
        var around = from < chunk.Span.Start ? document.Text[from..chunk.Span.Start] : "";
        var after = document.Text[chunk.Span.End..to];
        var title = Prompt.OnOneLine($"{document.Title} {chunk.Context}");
        var fence = Prompt.Fence([beginning, around, chunk.Text, after, title]);
        return
        [
            new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
            new(ChatRole.User, $"{fence} document: {title}\n{beginning}\n{fence} before the passage\n{around}\n{fence} passage\n{chunk.Text}\n{fence} after the passage\n{after}\n{fence}"),
        ];
    }
}
