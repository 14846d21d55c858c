using AngleSharp.Dom;
using Rag.Ingest.Reading.Html;
using Rag.Ingest.Reading.Rtf;

namespace Rag.Ingest.Reading.Mail;

/// <summary>Writes messages as blocks: the subject as a heading, who wrote whom and when, the text.</summary>
internal sealed class MessageWriter(DocumentBuilder builder, string documentId, ReaderLimits limits, CancellationToken cancellationToken)
{
    /// <summary>The head of a message; fields without a value are left out.</summary>
    /// <param name="level">1 for the message itself, more for one inside it.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="fields">What people ask for.</param>
    public void Head(int level, string subject, params IEnumerable<(string Name, string Value)> fields)
    {
        if (level > 1 || subject.Length > 0)
        {
            builder.Add(BlockKind.Heading, subject.Length > 0 ? subject : "(no subject)", Math.Min(level, 6));
        }

        builder.Add(BlockKind.Paragraph, string.Join('\n', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name}: {field.Value}")));
    }

    /// <summary>A body in HTML: all of it that is visible.</summary>
    public void Html(string html)
    {
        using var page = HtmlPage.Parse(html, documentId, limits, cancellationToken);
        if (page.Body is { } body)
        {
            new BlockWriter(builder, new HashSet<IElement>()).Write(body);
        }
    }

    /// <summary>A body in plain text.</summary>
    public void Plain(string text, bool isFlowed = false, bool dropsSpace = false) => FlowedText.Write(builder, text, isFlowed, dropsSpace);

    /// <summary>The text of a message of Outlook.</summary>
    /// <exception cref="InvalidDataException">Its RTF is cut off.</exception>
    public void Body(MessageBody body)
    {
        if (!string.IsNullOrWhiteSpace(body.Plain))
        {
            Plain(body.Plain);
        }
        else if (body.Html is { } html)
        {
            Html(html);
        }
        else if (body.PackedRtf is { } rtf)
        {
            new RtfParser(builder, documentId, cancellationToken).Parse(CompressedRtf.Decompress(rtf.Span));
        }
    }

    /// <summary>What a message shows.</summary>
    public void Write(MessageContent content)
    {
        foreach (var shown in content.Shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (part, level, isHead) = shown;
            if (shown.Packed is { } packed && isHead)
            {
                Head(level, packed.Subject, [("From", packed.Sender)]);
            }
            else if (shown.Packed is { } message)
            {
                Body(message.Body);
            }
            else if (isHead)
            {
                var headers = part.Headers;
                Head(level, headers.Text("Subject"), [("From", headers.Text("From")), ("To", headers.Text("To")), ("Cc", headers.Text("Cc")), ("Date", MailDate.Iso(headers.Text("Date")))]);
            }
            else if (part.MediaType == "text/html")
            {
                Html(part.Text());
            }
            else
            {
                Plain(part.Text(), part.Parameter("format") is { } format && format.Equals("flowed", StringComparison.OrdinalIgnoreCase), part.Parameter("delsp") is "yes" or "Yes");
            }
        }
    }
}

/// <summary>The forms in which a message of Outlook has its text, of which the first that is there is read.</summary>
/// <param name="Plain">As it is.</param>
/// <param name="Html">As HTML.</param>
/// <param name="PackedRtf">As RTF ([MS-OXRTFCP]).</param>
internal sealed record MessageBody(string? Plain, string? Html, ReadOnlyMemory<byte>? PackedRtf);
