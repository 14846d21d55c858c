using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Agents.Tools;

/// <summary>What an agent keeps from run to run: <c>remember</c> stores a fact, <c>recall</c> finds facts by words, <c>forget</c> deletes one.</summary>
/// <remarks>
/// A fact is a small document of one passage with the tags <c>kind</c> (<c>fact</c>), <c>task</c> and <c>origin</c>: the ids of the documents whose passages say it, as the verifier finds them
/// among the passages of the run, else <c>user</c>, for no passage says it and the user has allowed it. To remember and to forget must be approved each time: what a document says does not stay
/// by itself. The same words are stored once. Who shares the tenant shares the facts, so give each user one of their own.
/// </remarks>
public static class FactMemory
{
    private const int MaxLength = 1000;
    private const int MaxTask = 200;

    /// <summary>The tools <c>remember</c>, <c>recall</c> and <c>forget</c>.</summary>
    /// <param name="store">Where facts are kept.</param>
    /// <param name="retriever">Finds them by words.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="task">What the tag <c>task</c> of new facts says, such as a name of the project. Default none.</param>
    /// <param name="top">Facts that are recalled at once, at least 1. Default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    public static IReadOnlyList<AIFunction> Create(IChunkStore store, IRetriever retriever, string tenant, string task = "", int top = 5)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var verifier = new CitationVerifier();
        return
        [
            new ApprovalRequiredAIFunction(ToolFunction.Of("remember", "Keeps a fact for later tasks.",
                async ([Description("The fact, as a sentence that can be understood alone.")] string fact, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
                {
                    var text = Prompt.OnOneLine(fact);
                    if (text.Length is 0 or > MaxLength)
                    {
                        return FormattableString.Invariant($"Not remembered: a fact has 1 to {MaxLength} characters, and this has {text.Length}.");
                    }

                    var origin = await OriginAsync(verifier, text, AgentContext.Of(arguments), cancellationToken);
                    var document = Fact(text, tenant, origin, Prompt.Shorten(Prompt.OnOneLine(task), MaxTask));
                    await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))], cancellationToken);
                    return $"Remembered as {document.Id}, from {origin}.";
                })),
            ToolFunction.Of("recall", "Finds facts that were kept before. Gives them numbered; cite them by their numbers, such as [1].",
                async ([Description("Words that the facts hold.")] string words, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
                {
                    var found = string.IsNullOrWhiteSpace(words) ? [] : await retriever.RetrieveAsync(new(words) { Tenant = tenant, Filter = Filter.Equal("kind", "fact") }, top, cancellationToken);
                    return found.Count == 0
                        ? $"No fact was kept about [{Prompt.OnOneLine(words)}]."
                        : string.Join('\n', found.Select((f, i) => FormattableString.Invariant($"[{AgentContext.Of(arguments)?.Cite(f.Chunk, f.Score) ?? i + 1}] {Prompt.OnOneLine(f.Chunk.Text)} ({f.Chunk.DocumentId}, from {f.Chunk.Tags.GetValueOrDefault("origin", "an unknown origin")})")));
                }),
            new ApprovalRequiredAIFunction(ToolFunction.Of("forget", "Deletes a fact that was kept.",
                async ([Description("Id of the fact, such as fact-0123456789abcdef, as recall gives it.")] string id, CancellationToken cancellationToken) =>
                {
                    var document = await store.GetDocumentAsync(id.Trim(), tenant, cancellationToken);
                    return document?.Tags.GetValueOrDefault("kind") == "fact" && await store.DeleteDocumentAsync(document.Id, tenant, cancellationToken)
                        ? $"Forgot {document.Id}."
                        : $"There is no fact {Prompt.OnOneLine(id)}. Use recall to find its id.";
                })),
        ];
    }

    private static async Task<string> OriginAsync(CitationVerifier verifier, string fact, AgentContext? context, CancellationToken cancellationToken)
    {
        var passages = context?.Passages ?? [];
        var check = passages.Count == 0 ? null : await verifier.VerifyAsync(fact, fact, passages, cancellationToken);
        return check is { Citations.Count: > 0 } ? string.Join("; ", check.Citations.Select(c => c.Chunk.DocumentId).Distinct().Order(StringComparer.Ordinal)) : "user";
    }

    private static Document Fact(string text, string tenant, string origin, string task)
    {
        var tags = new Dictionary<string, string> { ["kind"] = "fact", ["origin"] = origin };
        if (task.Length > 0)
        {
            tags["task"] = task;
        }

        return new($"fact-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}", "Remembered", text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Tenant = tenant, Tags = tags };
    }
}
