using System.Formats.Asn1;

namespace Rag.Ingest.Reading.Mail;

/// <summary>What of a message is shown, in order, what is attached, and what cannot be read.</summary>
internal sealed class MessageContent
{
    private const int MostEnclosed = 8; // signatures around signatures

    private readonly List<ShownPart> _shown = [];
    private readonly List<(string? Name, Func<ReadOnlyMemory<byte>> Content)> _attachments = [];
    private int _enclosing;

    public MessageContent(MimePart message)
    {
        _shown.Add(new(message, 1, IsHead: true));
        Walk(message, 1);
    }

    public IReadOnlyList<ShownPart> Shown => _shown;

    public IReadOnlyList<(string? Name, Func<ReadOnlyMemory<byte>> Content)> Attachments => _attachments;

    /// <summary>Parts that nobody can read without a key.</summary>
    public int Encrypted { get; private set; }

    /// <summary>Parts that a signature encloses, which were read. Nobody has checked the signatures.</summary>
    public int Signed { get; private set; }

    /// <summary>Parts enclosed by a signature that are damaged, or nested too deeply.</summary>
    public int Damaged { get; private set; }

    private void Walk(MimePart part, int level)
    {
        switch (part.MediaType)
        {
            case "multipart/encrypted":
                Encrypted++;
                break;
            case "application/pkcs7-mime" or "application/x-pkcs7-mime":
                Enclosed(part, level);
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
            case var type when IsPacked(part) && TnefMessage.Parse(part.Content()) is { } packed:
                Unpack(part, packed, level);
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
                _attachments.Add((part.FileName, part.Content));
                break;
        }
    }

    private void Enclosed(MimePart part, int level)
    {
        ReadOnlyMemory<byte>? content = null;
        try
        {
            content = SignedContent.Of(part.Content());
        }
        catch (AsnContentException)
        {
            Damaged++; // the warning says so
            return;
        }

        if (content is null)
        {
            Encrypted++;
        }
        else if (_enclosing == MostEnclosed)
        {
            Damaged++;
        }
        else if (content.Value.Length > 0)
        {
            Signed++;
            _enclosing++;
            Walk(MimePart.Parse(content.Value), level);
            _enclosing--;
        }
    }

    private static bool IsPacked(MimePart part) => part.MediaType is "application/ms-tnef" or "application/vnd.ms-tnef" || (part.FileName?.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase) ?? false);

    // its text says the same as the text beside it, where there is one
    private void Unpack(MimePart part, TnefMessage packed, int level)
    {
        var isSaid = _shown.Exists(shown => shown is { IsHead: false, Packed: null } && shown.Level == level && !string.IsNullOrWhiteSpace(shown.Part.Text()));
        Add(part, packed, level, isSaid);
    }

    private void Add(MimePart part, TnefMessage packed, int level, bool isSaid)
    {
        if (!isSaid)
        {
            _shown.Add(new(part, level, IsHead: false) { Packed = packed });
        }

        foreach (var (name, content) in packed.Attachments)
        {
            _attachments.Add((name, () => content));
        }

        foreach (var inner in packed.Messages)
        {
            _shown.Add(new(part, level + 1, IsHead: true) { Packed = inner });
            Add(part, inner, level + 1, isSaid: false);
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
internal sealed record ShownPart(MimePart Part, int Level, bool IsHead)
{
    /// <summary>What is meant of the part, where it is a packed message or one with more of them inside.</summary>
    public TnefMessage? Packed { get; init; }
}
