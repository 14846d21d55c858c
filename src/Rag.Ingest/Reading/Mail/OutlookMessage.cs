using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Mail;

/// <summary>The properties of a message in a compound file ([MS-OXMSG], [MS-OXPROPS]).</summary>
/// <param name="file">The file.</param>
/// <param name="storage">The message's own storage; <see langword="null"/> for the root.</param>
internal sealed class OutlookMessage(CompoundFile file, CompoundEntry? storage)
{
    private const string RecipientPrefix = "__recip_version1.0_#";
    private const string AttachmentPrefix = "__attach_version1.0_#";
    private const string Properties = "__properties_version1.0";

    private static readonly int[] _addresses = [0x5D01, 0x5D02, 0x0C1F, 0x0065]; // the sender's, the best first

    private readonly OutlookProperties _own = new(file, storage, storage is null ? 32 : 24);

    public string Subject => TextCleaning.OneLine(_own.Text(0x0037) ?? "");

    public string Sender => Person(_own.Text(0x0C1A) ?? _own.Text(0x0042), _addresses.Select(_own.Text).FirstOrDefault(address => address?.Contains('@') == true));

    /// <summary>In ISO 8601; empty where it was never sent.</summary>
    public string Date => (_own.Time(0x0039) ?? _own.Time(0x0E06)) is { } time ? MailDate.Iso(time) : "";

    public MessageBody Body => new(_own.Text(0x1000), _own.Text(0x1013) ?? (_own.Binary(0x1013) is { } bytes ? _own.Decode(bytes.Span) : null), _own.Binary(0x1009));

    /// <summary>Names with addresses: 1 for those it is sent to, 2 for copies.</summary>
    public string Recipients(int kind)
    {
        var people = Storages(RecipientPrefix).Select(recipient => new OutlookProperties(file, recipient, 8)).Where(recipient => (recipient.Number(0x0C15) ?? 1) == kind)
            .Select(recipient => Person(recipient.Text(0x3001), recipient.Text(0x39FE) ?? recipient.Text(0x3003))).Where(person => person.Length > 0).ToList();
        return people.Count > 0 ? string.Join(", ", people) : TextCleaning.OneLine(_own.Text(kind == 1 ? 0x0E04 : 0x0E03) ?? "");
    }

    /// <summary>Messages that are attached to it.</summary>
    public IEnumerable<OutlookMessage> Messages() => Storages(AttachmentPrefix).Select(attachment => file.Find("__substg1.0_3701000D", attachment))
        .Where(inner => inner is not null && file.Find(Properties, inner) is not null).Select(inner => new OutlookMessage(file, inner));

    /// <summary>Files that are attached to it, without pictures that its text shows.</summary>
    public IEnumerable<(string Name, Func<ReadOnlyMemory<byte>> Content)> Attachments()
    {
        foreach (var attachment in Storages(AttachmentPrefix))
        {
            var properties = new OutlookProperties(file, attachment, 8);
            var name = properties.Text(0x3707) ?? properties.Text(0x3704) ?? properties.Text(0x3001) ?? "";
            var isShown = properties.Text(0x3712) is not null && (properties.Text(0x370E)?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ?? false);
            if (!isShown && file.Find("__substg1.0_37010102", attachment) is { } data)
            {
                yield return (name, () => file.Read(data));
            }
        }
    }

    private IEnumerable<CompoundEntry> Storages(string prefix) => file.Children(storage).Where(entry => entry.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    private static string Person(string? name, string? address)
    {
        var (called, at) = (TextCleaning.OneLine(name ?? ""), TextCleaning.OneLine(address ?? ""));
        // inside Exchange an address is a path that says nothing
        return at.Length == 0 || at.StartsWith('/') || at.Equals(called, StringComparison.OrdinalIgnoreCase) ? called : called.Length == 0 ? at : $"{called} <{at}>";
    }
}
