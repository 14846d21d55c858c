using System.Runtime.CompilerServices;
using Rag.Ingest.Reading.Mail;

namespace Rag.Ingest.Reading;

/// <summary>Reads Outlook messages ([MS-OXMSG]) to what <see cref="EmlReader"/> gives of the same message; attachments are entries, messages inside are sections. Safe for concurrent use.</summary>
/// <remarks>The body in plain text is read, else the one in HTML, else the compressed RTF ([MS-OXRTFCP]).</remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class MsgReader(ReaderLimits? limits = null) : IContainerReader
{
    private const string Msg = "application/vnd.ms-outlook";
    private const int MostDepth = 8; // of messages in messages

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Msg];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        return Guarded(documentId, () =>
        {
            var message = new OutlookMessage(new(bytes), null);
            Write(message, builder, documentId, 1, cancellationToken);
            return builder.ToDocument(message.Subject, Msg);
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var names = new EntryNames();
        foreach (var (name, content) in Guarded(documentId, () => Attachments(new(new(bytes), null), 1).ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            budget.TakeEntry(documentId);
            yield return new(names.Add(name, "attachment"), Guarded(documentId, content));
        }
    }

    private void Write(OutlookMessage message, DocumentBuilder builder, string documentId, int level, CancellationToken cancellationToken)
    {
        var writer = new MessageWriter(builder, documentId, _limits, cancellationToken);
        writer.Head(level, message.Subject, [("From", message.Sender), ("To", message.Recipients(1)), ("Cc", message.Recipients(2)), ("Date", message.Date)]);
        writer.Body(message.Body);
        foreach (var inner in level < MostDepth ? message.Messages() : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(inner, builder, documentId, level + 1, cancellationToken);
        }
    }

    private static IEnumerable<(string Name, Func<ReadOnlyMemory<byte>> Content)> Attachments(OutlookMessage message, int level) =>
        message.Attachments().Concat((level < MostDepth ? message.Messages() : []).SelectMany(inner => Attachments(inner, level + 1)));

    private static T Guarded<T>(string documentId, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new DocumentFormatException(documentId, $"it is no message that can be read: {e.Message} Save it again in Outlook.", e);
        }
    }
}
