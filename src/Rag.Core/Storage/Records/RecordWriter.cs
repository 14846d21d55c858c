namespace Rag.Storage.Records;

/// <summary>Replaces and deletes documents so that a reader, or a process killed at any step, finds each one whole.</summary>
/// <remarks>
/// A document is what the greatest of its heads says. Replacing notes the write in the journal, writes texts, chunks and vectors that no head points at yet, and then the head (the step
/// that decides: one record appears at once), tells the readers by a new revision, and removes what is older. Deleting removes the head first. Whoever is killed leaves a note in the journal
/// by which the next one to open the store finishes. Whoever comes later has the higher generation and wins.
/// </remarks>
internal sealed class RecordWriter(IRecords records, TimeProvider clock, TimeSpan abandonedAfter)
{
    /// <summary>Stores a document; the head that it has now.</summary>
    public async Task<StoredHead> ReplaceAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        var scope = RecordId.ScopeOf(document.Tenant);
        var now = clock.GetUtcNow();
        var older = await HeadsAsync(scope, document.Tenant, document.Id, cancellationToken);
        var generation = Math.Max(Microseconds(now), older is [.., var last] ? RecordId.GenerationOf(last) + 1 : 0);
        var texts = StoredContents.Texts(document, records.MaxBodyBytes);
        var (packs, starts) = StoredContents.Packs(chunks, records.MaxBodyBytes);
        var size = chunks is [{ Vector.Length: > 0 and var length }, ..] ? length : 0;
        var head = new StoredHead
        {
            Tenant = document.Tenant,
            Id = document.Id,
            Generation = generation,
            Write = Guid.NewGuid().ToString("n"),
            Title = document.Title,
            Type = document.MediaType,
            Path = document.Path,
            Language = document.Language,
            Version = document.Version,
            Tags = document.Tags,
            Groups = document.Groups,
            Findings = FindingCodec.Encode(document.Findings),
            IngestedAt = now,
            Texts = texts.Count,
            Chunks = chunks.Count,
            Packs = LayoutCodec.Encode(starts),
            Size = size,
            Model = size > 0 ? chunks[0].Model : null,
            Zeros = size > 0 ? [.. chunks.Index().Where(c => c.Item.Vector.Span.IndexOfAnyExcept(0f) < 0).Select(c => c.Index)] : [],
        };
        var body = BodyOf(head);
        await records.WriteAsync(RecordId.JournalScope, [new(RecordId.OfJournal(head), body)], cancellationToken);
        await records.WriteAsync(
            scope,
            [
                .. texts.Select((text, i) => new StoredRecord(RecordId.Text(head.Write, i), text)),
                .. packs.Select((pack, i) => new StoredRecord(RecordId.Pack(head.Write, i), pack)),
                .. (size == 0 ? [] : chunks.Index().ExceptBy(head.Zeros, c => c.Index)).Select(c => new StoredRecord(RecordId.Vector(head.Write, c.Index), "", c.Item.Vector)),
            ],
            cancellationToken);
        await records.WriteAsync(scope, [new(RecordId.OfHead(head), body)], cancellationToken);

        // From here on the new version is the stored one; a cancellation in between would only leave work for the next opening.
        await TellAsync(scope, CancellationToken.None);
        await TidyAsync(scope, head, CancellationToken.None);
        await records.DeleteAsync(RecordId.JournalScope, [RecordId.OfJournal(head)], 0, CancellationToken.None);
        return head;
    }

    /// <summary>Removes a document; whether there was one.</summary>
    public async Task<bool> DeleteAsync(string tenant, string documentId, CancellationToken cancellationToken)
    {
        var scope = RecordId.ScopeOf(tenant);
        if (await NewestAsync(tenant, documentId, cancellationToken) is not { } head)
        {
            return false;
        }

        // An older version that was left must not come to light again.
        await TidyAsync(scope, head, cancellationToken);
        await records.WriteAsync(RecordId.JournalScope, [new(RecordId.OfJournal(head), BodyOf(head))], cancellationToken);
        await records.DeleteAsync(scope, [RecordId.OfHead(head)], 0, cancellationToken);
        await TellAsync(scope, CancellationToken.None);
        await RemoveContentsAsync(scope, head, CancellationToken.None);
        await records.DeleteAsync(RecordId.JournalScope, [RecordId.OfJournal(head)], 0, CancellationToken.None);
        return true;
    }

    /// <summary>Finishes what killed writers left, once it is old.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        var abandoned = Microseconds(clock.GetUtcNow() - abandonedAfter);
        string[] left = [.. (await records.ListAsync(RecordId.JournalScope, RecordId.Journal, null, cancellationToken)).Where(id => RecordId.GenerationOf(id) < abandoned)];
        foreach (var note in await records.ReadAsync(RecordId.JournalScope, left, 0, cancellationToken))
        {
            var head = StoredContents.Head(note.Body);
            var scope = RecordId.ScopeOf(head.Tenant);
            var heads = await HeadsAsync(scope, head.Tenant, head.Id, cancellationToken);
            await TellAsync(scope, cancellationToken);
            if (!heads.Contains(RecordId.OfHead(head)))
            {
                await RemoveContentsAsync(scope, head, cancellationToken);
            }

            await TidyAsync(scope, head, cancellationToken);
            await records.DeleteAsync(RecordId.JournalScope, [note.Id], 0, cancellationToken);
        }
    }

    /// <summary>The head of a document that counts, or <see langword="null"/> where there is none.</summary>
    public async Task<StoredHead?> NewestAsync(string tenant, string documentId, CancellationToken cancellationToken)
    {
        var scope = RecordId.ScopeOf(tenant);
        for (var attempt = 0; attempt < TenantCatalog.MaxTries; attempt++)
        {
            if (await HeadsAsync(scope, tenant, documentId, cancellationToken) is not [.., var newest])
            {
                return null;
            }

            // One that is gone by now has been replaced or deleted.
            if (await records.ReadAsync(scope, [newest], 0, cancellationToken) is [var record, ..])
            {
                return StoredContents.Head(record.Body);
            }
        }

        throw Missing(documentId);
    }

    /// <summary>Records of a document are not there though its head is, again and again.</summary>
    public StoreException Missing(string documentId) => new($"Records of document '{documentId}' are missing in '{records.Address}'. Ingest it again.");

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private string BodyOf(StoredHead head)
    {
        var body = StoredContents.Of(head);
        var bytes = System.Text.Encoding.UTF8.GetByteCount(body);
        return bytes <= records.MaxBodyBytes
            ? body
            : throw new StoreException($"Title, path, tags, findings and groups of document '{head.Id}' take {bytes} bytes, with the table of its chunks, and a record of this store takes {records.MaxBodyBytes}. Give the document fewer or shorter ones, or split it.");
    }

    /// <summary>The ids of a document's heads, the one that counts last.</summary>
    private async Task<string[]> HeadsAsync(string scope, string tenant, string documentId, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(scope, RecordId.Head, RecordId.Document(tenant, documentId), cancellationToken)).Order(StringComparer.Ordinal)];

    private async Task TellAsync(string scope, CancellationToken cancellationToken)
    {
        await records.WriteAsync(scope, [new(RecordId.Revision(scope), Guid.NewGuid().ToString("n"))], cancellationToken);
        await records.SettleAsync(scope, cancellationToken);
    }

    /// <summary>Removes the versions of a document that do not count.</summary>
    private async Task TidyAsync(string scope, StoredHead document, CancellationToken cancellationToken)
    {
        var heads = await HeadsAsync(scope, document.Tenant, document.Id, cancellationToken);
        if (heads.Length < 2)
        {
            return;
        }

        foreach (var record in await records.ReadAsync(scope, heads[..^1], 0, cancellationToken))
        {
            await RemoveContentsAsync(scope, StoredContents.Head(record.Body), cancellationToken);
        }

        // Heads last: whoever is killed in between finds them again. And told again: a list that was read meanwhile may lack others, for its pages have shifted.
        await records.DeleteAsync(scope, heads[..^1], 0, cancellationToken);
        await TellAsync(scope, cancellationToken);
    }

    private async Task RemoveContentsAsync(string scope, StoredHead head, CancellationToken cancellationToken)
    {
        if (head.Size > 0)
        {
            await records.DeleteAsync(scope, [.. head.VectorIds()], head.Size, cancellationToken);
        }

        await records.DeleteAsync(scope, [.. head.TextIds()], 0, cancellationToken);
    }
}
