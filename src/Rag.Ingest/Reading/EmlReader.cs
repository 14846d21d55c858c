using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading.Mail;

namespace Rag.Ingest.Reading;

/// <summary>Reads e-mail messages (RFC 5322, MIME): subject, sender, recipients and date, the text, and messages inside as sections; attachments are entries.</summary>
/// <remarks>
/// Of a text in several forms the plain one is read, else the one in HTML. Malformed messages are read as what they are: without a header all is text, a
/// missing boundary is guessed, an unknown character set too. What a signature encloses (S/MIME) is read, but no signature is checked; encrypted parts are not read; <see cref="Document.Warnings"/> names both.
/// Of Outlook's <c>winmail.dat</c> (TNEF) attachments and messages inside are read, and its text where the message has no other.
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
            Warnings = [.. Warnings(content)],
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var names = new EntryNames();
        foreach (var (name, content) in new MessageContent(MimePart.Parse(bytes)).Attachments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            budget.TakeEntry(documentId);
            yield return new(names.Add(name, "attachment"), content());
        }
    }

    private static IEnumerable<string> Warnings(MessageContent content)
    {
        if (content.Encrypted > 0)
        {
            yield return $"Encrypted parts were not read: {content.Encrypted}. Save the message decrypted to have them.";
        }

        if (content.Signed > 0)
        {
            yield return $"Signatures were not checked: {content.Signed}. Check them in a mail program before you rely on who signed.";
        }

        if (content.Damaged > 0)
        {
            yield return $"Signed parts were not read, for they are damaged or stand in too many others: {content.Damaged}. Save the message again in a mail program.";
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
