using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading.Mail;

namespace Rag.Ingest.Reading;

/// <summary>Reads e-mail messages (RFC 5322, MIME): subject, sender, recipients and date, the text, and messages inside as sections; attachments are entries.</summary>
/// <remarks>
/// Of a text in several forms the plain one is read, else the one in HTML. Malformed messages are read as what they are: without a header all is text, a
/// missing boundary is guessed, an unknown character set too. Encrypted parts and signatures are not read; the former are named in <see cref="Document.Warnings"/>.
/// The tag <c>thread</c> is the id of the message that the conversation began with. Nothing is fetched. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class EmlReader(ReaderLimits? limits = null) : IContainerReader
{
    private const string Eml = "message/rfc822";
    private const int MaxThread = 200;

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Eml];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        TextEncodings.Detect(bytes.Span, documentId); // refuses what is no text
        var message = MimePart.Parse(bytes);
        var content = new MessageContent(message);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        new MessageWriter(builder, documentId, _limits, cancellationToken).Write(content);
        return builder.ToDocument(message.Headers.Text("Subject"), Eml) with
        {
            Tags = Thread(message.Headers) is { } thread ? new Dictionary<string, string> { ["thread"] = thread } : ReadOnlyDictionary<string, string>.Empty,
            Metadata = message.Headers.Text("Date") is { Length: > 0 } date ? new Dictionary<string, string> { ["date"] = MailDate.Iso(date) } : ReadOnlyDictionary<string, string>.Empty,
            Warnings = content.Encrypted == 0 ? [] : [$"Encrypted parts were not read: {content.Encrypted}. Save the message decrypted to have them."],
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var names = new EntryNames();
        foreach (var part in new MessageContent(MimePart.Parse(bytes)).Attachments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            budget.TakeEntry(documentId);
            yield return new(names.Add(part.FileName, "attachment"), part.Content());
        }
    }

    // the first of the messages that it answers; else itself, for the others to point to
    private static string? Thread(MimeHeaders headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["References", "In-Reply-To", "Message-ID"])
        {
            if (headers.Text(name) is var text && text.IndexOf('<') is >= 0 and var start && text.IndexOf('>', start) is > 0 and var end)
            {
                return text[(start + 1)..Math.Min(end, start + 1 + MaxThread)];
            }
        }

        return null;
    }
}
