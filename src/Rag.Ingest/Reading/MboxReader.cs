using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading.Mail;

namespace Rag.Ingest.Reading;

/// <summary>Reads mailbox files (mbox): each message is an entry of its own, named by its number.</summary>
/// <remarks>
/// A mailbox is added to at its end, so that the numbers of messages stay and a sync reads only the new ones. Its own document lists them: number, date, sender, subject.
/// The messages of a conversation share the tag <c>thread</c>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class MboxReader(ReaderLimits? limits = null) : IContainerReader
{
    private const string Mbox = "application/mbox";

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Mbox];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        foreach (var (index, message) in Mailbox.Messages(await ReadAllAsync(source, documentId, cancellationToken)).Index())
        {
            var headers = MimeHeaders.Parse(message.Span, out _);
            string[] known = [MailDate.Iso(headers.Text("Date")), headers.Text("From"), headers.Text("Subject")];
            builder.Add(BlockKind.ListItem, $"{Number(index)}. {string.Join(", ", known.Where(text => text.Length > 0))}", 1);
        }

        return builder.ToDocument(null, Mbox);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        foreach (var (index, message) in Mailbox.Messages(await ReadAllAsync(source, documentId, cancellationToken)).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new($"{Number(index)}.eml", Mailbox.Unquoted(message));
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream source, string documentId, CancellationToken cancellationToken)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        return Mailbox.Begins(bytes.Span) ? bytes : throw new DocumentFormatException(documentId, "it does not begin with a line such as 'From sender Mon Mar 17 11:15:17 2014', as a mailbox does. Check its format.");
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
