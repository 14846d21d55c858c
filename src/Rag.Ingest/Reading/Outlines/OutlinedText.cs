namespace Rag.Ingest.Reading.Outlines;

/// <summary>Reads a text as it stands, in blocks of code that an outline divides.</summary>
internal sealed class OutlinedText(ReaderLimits? limits, string mediaType)
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <summary>The document of all bytes of <paramref name="source"/>; where its outline cannot be found, divided at blank lines with a warning.</summary>
    public async Task<Document> ReadAsync(Stream source, string documentId, Func<string, List<Joint>> outline, CancellationToken cancellationToken)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var text = TextEncodings.Decode(bytes.Span, documentId);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        List<string> warnings = [];
        List<Joint> joints;
        try
        {
            joints = outline(text);
        }
        catch (OutlineException e)
        {
            warnings.Add($"{e.Message}; it was read as lines of text. Correct the file to have it divided by its structure.");
            joints = Paragraphs(text);
        }

        Joint.Write(builder, text, joints);
        return builder.ToDocument(null, mediaType) with { Warnings = warnings };
    }

    /// <summary>A joint behind each run of blank lines.</summary>
    public static List<Joint> Paragraphs(string text)
    {
        var joints = new List<Joint>();
        var isBlank = false;
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            var end = rest.IndexOfAny('\r', '\n') is >= 0 and var found ? found : rest.Length;
            var isBlankLine = rest[..end].IsWhiteSpace();
            if (isBlank && !isBlankLine)
            {
                joints.Add(new(at, null));
            }

            isBlank = isBlankLine;
            at += end + (end + 1 < rest.Length && rest[end] == '\r' && rest[end + 1] == '\n' ? 2 : 1);
        }

        return joints;
    }
}

/// <summary>A text has no outline of its format. The message says why.</summary>
internal sealed class OutlineException(string message, Exception inner) : Exception(message, inner);
