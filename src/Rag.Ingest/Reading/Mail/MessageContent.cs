namespace Rag.Ingest.Reading.Mail;

/// <summary>What of a message is shown, in order, what is attached, and what cannot be read.</summary>
internal sealed class MessageContent
{
    private readonly List<ShownPart> _shown = [];
    private readonly List<MimePart> _attachments = [];

    public MessageContent(MimePart message)
    {
        _shown.Add(new(message, 1, IsHead: true));
        Walk(message, 1);
    }

    public IReadOnlyList<ShownPart> Shown => _shown;

    public IReadOnlyList<MimePart> Attachments => _attachments;

    /// <summary>Parts that nobody can read without a key.</summary>
    public int Encrypted { get; private set; }

    private void Walk(MimePart part, int level)
    {
        switch (part.MediaType)
        {
            case "multipart/encrypted":
                Encrypted++;
                break;
            case "application/pkcs7-mime" or "application/x-pkcs7-mime":
                Encrypted++;
                break;
            case "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature":
                break;
            case "multipart/alternative" when part.Parts.Count > 0:
                Walk(Best(part.Parts), level);
                break;
            case "message/rfc822" or "message/global" when part.Parts.Count > 0:
                _shown.Add(new(part.Parts[0], level + 1, IsHead: true));
                Walk(part.Parts[0], level + 1);
                break;
            case var type when type.StartsWith("multipart/", StringComparison.Ordinal) && part.Parts.Count > 0:
                foreach (var child in part.Parts)
                {
                    Walk(child, level);
                }

                break;
            case var type when !part.IsAttachment && (type.StartsWith("text/", StringComparison.Ordinal) || type.StartsWith("multipart/", StringComparison.Ordinal) || type.StartsWith("message/", StringComparison.Ordinal)):
                _shown.Add(new(part, level, IsHead: false));
                break;
            case var type when type.StartsWith("image/", StringComparison.Ordinal) && part.Headers.Raw("Content-ID") is not null:
                break; // shown in the text
            default:
                _attachments.Add(part);
                break;
        }
    }

    // Plain text says the same as the others without their dress; the last one is the sender's best.
    private static MimePart Best(IReadOnlyList<MimePart> parts) =>
        parts.FirstOrDefault(part => part.MediaType == "text/plain" && !string.IsNullOrWhiteSpace(part.Text()))
        ?? parts.LastOrDefault(part => part.MediaType == "text/html" || part.Parts.Count > 0)
        ?? parts[^1];
}

/// <summary>Something of a message that is shown.</summary>
/// <param name="Part">A message or a part of text.</param>
/// <param name="Level">1 for the message itself, 2 for a message in it, and so on.</param>
/// <param name="IsHead">Whether the header of a message is meant, not the text.</param>
internal sealed record ShownPart(MimePart Part, int Level, bool IsHead);
