using AngleSharp.Dom;
using Rag.Ingest.Reading.Html;

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

    /// <summary>What a message shows.</summary>
    public void Write(MessageContent content)
    {
        foreach (var (part, level, isHead) in content.Shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isHead)
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
