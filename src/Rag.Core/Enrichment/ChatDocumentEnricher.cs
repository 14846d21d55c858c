using Microsoft.Extensions.AI;
using Rag.Citations;

namespace Rag.Enrichment;

/// <summary>Has a language model sum a document up and name its keywords, at temperature 0, and keeps what the document bears out. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// Found are <c>summary</c>, a sentence each that <see cref="CitationVerifier"/> finds supported, with the places that support it and how well, and <c>keyword</c>, each with the places where it stands. What the document does not bear
/// out is dropped; the finding <c>unsupported</c> says of <c>summary</c> or <c>keyword</c> how many were. One call a document, of which the model sees the beginning between fences that it does not hold; a useless reply finds nothing, a model that
/// fails ends the work.
/// </remarks>
public sealed class ChatDocumentEnricher : IDocumentEnricher
{
    private const int MaxReplyTokens = 400;
    private const int MaxSentences = 3;
    private const int MaxSentenceLength = 400;
    private const int MaxKeywords = 8;
    private const int MaxKeywordLength = 60;
    private const int MaxSpans = 8;
    private const string KeywordLine = "keywords:";
    private const string SummaryLine = "summary:";

    private static readonly string Instructions = Prompt.Read("document-summary");
    private static readonly CitationVerifier Verifier = new(new() { Unsupported = UnsupportedSentences.Drop });

    private readonly IChatClient _client;
    private readonly int _maxCharacters;
    private readonly string? _model;

    /// <summary>Summaries by one model.</summary>
    /// <param name="client">The model; stays the caller's.</param>
    /// <param name="maxCharacters">The budget for each document: UTF-16 code units of it that the model sees, at least 500. Default 12,000, about 3,000 tokens of English.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCharacters"/> is below its range.</exception>
    public ChatDocumentEnricher(IChatClient client, int maxCharacters = 12_000)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 500);
        (_client, _maxCharacters) = (client, maxCharacters);
        _model = (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;
        Name = $"summary-1 {_model}".TrimEnd();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        var text = Prompt.Shorten(document.Text, _maxCharacters);
        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await _client.GetResponseAsync(Messages(document, text), chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var lines = reply.Text.Split('\n').Select(line => line.Trim().TrimStart('*', '-', '#', ' ')).Where(line => line.Any(char.IsLetter)).ToList();
        var sentences = lines.Where(line => Is(line, SummaryLine)).Take(MaxSentences).Select(line => Prompt.Shorten(CitationMark.Remove(Behind(line)), MaxSentenceLength));
        var keywords = lines.Where(line => Is(line, KeywordLine)).SelectMany(line => Behind(line).Split(',', ';')).Select(Prompt.OnOneLine).Where(k => k.Any(char.IsLetterOrDigit)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxKeywords);
        return [.. await SummaryAsync(document, text, string.Join('\n', sentences), cancellationToken), .. Keywords(text, [.. keywords])];
    }

    private static bool Is(string line, string kind) => line.Replace("*", "", StringComparison.Ordinal).StartsWith(kind, StringComparison.OrdinalIgnoreCase);

    private static string Behind(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("**", "", StringComparison.Ordinal).Trim();

    private static ChatMessage[] Messages(Document document, string text)
    {
        var title = Prompt.OnOneLine(document.Title);
        var fence = Prompt.Fence([title, text]);
        return [new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)), new(ChatRole.User, $"{fence} document: {title}\n{text}\n{fence}")];
    }

    private async Task<List<DocumentFinding>> SummaryAsync(Document document, string text, string written, CancellationToken cancellationToken)
    {
        if (written.Length == 0 || text.Length == 0)
        {
            return [];
        }

        var check = await Verifier.Check([new(1, Chunk.Of(document, 0, new(0, text.Length)), 1)]).CheckAsync(written, cancellationToken);
        List<DocumentFinding> found =
        [
            .. check.Sentences.Where(s => s.Supported).Select(sentence => Finding("summary", CitationMark.Remove(sentence.Span.Of(check.Text)).Trim()) with
            {
                Spans = [.. check.Citations.Where(c => sentence.Span.Contains(c.Mark)).Select(c => c.Source).Distinct().Order()],
                Confidence = Math.Round(sentence.Support, 2),
            }),
        ];
        return [.. found, .. Unsupported("summary", check.Findings.Count)];
    }

    private List<DocumentFinding> Keywords(string text, List<string> keywords)
    {
        var found = new List<DocumentFinding>();
        foreach (var keyword in keywords)
        {
            var spans = keyword.Length > MaxKeywordLength ? [] : Places(text, keyword).ToList();
            if (spans.Count > 0)
            {
                found.Add(Finding("keyword", keyword) with { Count = spans.Count, Spans = [.. spans.Take(MaxSpans)] });
            }
        }

        return [.. found, .. Unsupported("keyword", keywords.Count - found.Count)];
    }

    private static IEnumerable<TextSpan> Places(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
        {
            yield return new(at, at + word.Length);
        }
    }

    private IEnumerable<DocumentFinding> Unsupported(string what, int count) => count > 0 ? [Finding("unsupported", what) with { Count = count }] : [];

    private DocumentFinding Finding(string name, string value) => new(name, value, Name) { Model = _model };
}
