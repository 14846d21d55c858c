using System.Runtime.CompilerServices;

namespace Rag.Ingest.Reading;

/// <summary>Opens one container and those inside it. Not safe for concurrent use.</summary>
internal sealed class Unpacking(DocumentReaders readers, IProgress<string>? leftOut = null, UnpackBudget? budget = null)
{
    /// <summary>How deep containers may stand in each other: an archive in an archive in an archive is still opened.</summary>
    public const int MaxDepth = 3;

    private readonly UnpackBudget _budget = budget ?? new();
    private readonly EntryNames _ids = new();

    /// <summary>Says of a container that stands too deep why nothing of it is read.</summary>
    public static string TooDeep { get; } = $"What is in it was not read, since it stands in {MaxDepth} other containers. Unpack the outer ones into a folder and ingest that.";

    /// <summary>The entries with the ids that they have as documents.</summary>
    /// <exception cref="DocumentFormatException">The container is damaged or asks for too much.</exception>
    public async IAsyncEnumerable<(string Id, ContainerEntry Entry)> EntriesAsync(IContainerReader container, string containerId, ReadOnlyMemory<byte> bytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var entries = container.ReadEntriesAsync(bytes.AsStream(), containerId, _budget, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(entries, containerId))
        {
            // an entry may be named like one inside another: "a.zip/b" beside the b of "a.zip"
            var (id, entry) = (_ids.AddId(containerId, entries.Current.Name), entries.Current);
            // even to list what a container holds can mean to unpack it
            var isRefused = _budget.IsSpent && readers.ContainerOf(MediaTypes.Detect(entry.Content.Span, entry.Name)) is not null;
            yield return (id, isRefused ? entry with { Content = default, Problem = "as much as is allowed was unpacked of the containers before it" } : entry);
        }
    }

    /// <summary>A document, and where it is a container those inside it.</summary>
    public async IAsyncEnumerable<Document> ReadAsync(Document document, ReadOnlyMemory<byte> bytes, int depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (readers.ContainerOf(document.MediaType) is not { } container)
        {
            yield return document;
            yield break;
        }

        yield return depth <= MaxDepth ? document : document with { Warnings = [.. document.Warnings, TooDeep] };
        if (depth > MaxDepth)
        {
            yield break;
        }

        var problems = new LeftOut();
        await using var entries = EntriesAsync(container, document.Id, bytes, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(entries, problems))
        {
            var (id, entry) = entries.Current;
            if (await ReadAsync(id, entry, problems, cancellationToken) is { } inside)
            {
                inside = inside with { Path = document.Path + id[document.Id.Length..] };
                await foreach (var read in ReadAsync(inside, entry.Content, depth + 1, cancellationToken))
                {
                    yield return read;
                }
            }
        }

        foreach (var warning in problems.Warnings())
        {
            leftOut?.Report($"{document.Id}: {warning}");
        }
    }

    private async Task<Document?> ReadAsync(string id, ContainerEntry entry, LeftOut problems, CancellationToken cancellationToken)
    {
        var mediaType = MediaTypes.Detect(entry.Content.Span, entry.Name);
        var problem = entry.Problem ?? (entry.Content.IsEmpty ? "it is empty" : readers.Supported.Contains(mediaType) ? null : $"{MediaTypes.NameOf(mediaType)} is not supported yet");
        try
        {
            if (problem is null)
            {
                return await readers.ReadAsync(entry.Content, id, entry.Name, mediaType, cancellationToken);
            }
        }
        catch (DocumentFormatException e)
        {
            problem = e.Message;
        }

        problems.Add(entry.Name, problem);
        return null;
    }

    // of an outer document that was given already, what breaks off is told like what is left out
    private static async Task<bool> NextAsync(IAsyncEnumerator<(string, ContainerEntry)> entries, LeftOut problems)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (DocumentFormatException e)
        {
            problems.Add("its entries", e.Message);
            return false;
        }
    }

    // a fault of a reader is one of the file
    private static async Task<bool> NextAsync(IAsyncEnumerator<ContainerEntry> entries, string containerId)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (Exception e) when (e is not (OperationCanceledException or DocumentFormatException))
        {
            throw new DocumentFormatException(containerId, $"{e.Message} Copy it again from its source.", e);
        }
    }
}
