using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading.Archives;

namespace Rag.Ingest.Reading;

/// <summary>Reads ZIP, TAR, and files packed by gzip, TAR.GZ among them: each file inside is an entry; its own document lists them. Safe for concurrent use.</summary>
/// <remarks>
/// Everything is unpacked twice: once to see that it keeps within the budget, before any entry is given. Links and devices in TAR, encrypted entries and
/// those beyond the limits of a reader are told as problems. Names that begin with a dot, and the folder <c>__MACOSX</c>, are passed over, as in folders.
/// </remarks>
/// <param name="limits">Bounds of the source and of each entry; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class ArchiveReader(ReaderLimits? limits = null) : IContainerReader
{
    private const string Zip = "application/zip";
    private const string Tar = "application/x-tar";
    private const string Gzip = "application/gzip";

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Zip, Tar, Gzip];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var (builder, mediaType) = (new DocumentBuilder(documentId, _limits, cancellationToken), TypeOf(bytes.Span));
        var budget = new UnpackBudget();
        foreach (var (name, entry) in Guarded(bytes, documentId, budget, cancellationToken))
        {
            budget.TakeEntry(documentId);
            builder.Add(BlockKind.ListItem, $"- {name}", 1);
        }

        return builder.ToDocument(null, mediaType);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        foreach (var (_, entry) in Guarded(bytes, documentId, budget, cancellationToken))
        {
            budget.TakeEntry(documentId);
            entry.Skip();
        }

        foreach (var (name, entry) in Guarded(bytes, documentId, new UnpackBudget(long.MaxValue, int.MaxValue), cancellationToken))
        {
            var content = entry.Problem is null ? entry.Read(_limits.MaxBytes) : [];
            yield return content is null
                ? new(name, default) { Problem = string.Create(CultureInfo.InvariantCulture, $"it is larger than {_limits.MaxBytes:N0} bytes") }
                : new(name, content) { Problem = entry.Problem };
        }
    }

    // Damage surfaces as an exception of this library, whichever way the entries are walked.
    private static IEnumerable<(string Name, ArchiveEntry Entry)> Guarded(ReadOnlyMemory<byte> bytes, string documentId, UnpackBudget budget, CancellationToken cancellationToken)
    {
        var (names, unpacked) = (new EntryNames(), 0L);
        using var entries = Entries(bytes, documentId, Count).GetEnumerator();
        while (Next(entries, documentId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!entries.Current.Name.Split('/', '\\').Any(segment => segment is ['.', not '.', ..] or "__MACOSX"))
            {
                yield return (names.Add(entries.Current.Name), entries.Current);
            }
        }

        void Count(int read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            unpacked += read;
            budget.TakeBytes(documentId, read, unpacked, bytes.Length);
        }
    }

    private static bool Next(IEnumerator<ArchiveEntry> entries, string documentId)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DocumentFormatException(documentId, $"the archive is damaged: {e.Message} Copy it again from its source.", e);
        }
    }

    private static IEnumerable<ArchiveEntry> Entries(ReadOnlyMemory<byte> bytes, string documentId, Action<int> onRead) => TypeOf(bytes.Span) switch
    {
        Zip => ZipEntries.Of(bytes, onRead),
        Gzip => GzipEntries.Of(bytes, documentId, onRead),
        _ => TarEntries.Of(bytes.AsStream(), onRead),
    };

    private static string TypeOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK"u8) ? Zip : bytes.StartsWith([(byte)0x1F, (byte)0x8B]) ? Gzip : Tar;
}
