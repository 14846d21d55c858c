using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class MboxReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["1.eml", "2.eml", "3.eml"];

    [Fact]
    public async Task Its_own_document_lists_the_messages()
    {
        var document = await Create().ReadAsync(new MemoryStream(Sample()), "Inbox");

        Assert.Equal(
            "1. 2024-03-05 09:30:00 +01:00, Jürgen Meier <jm@example.org>, Bericht über the bridge\n2. 2024-03-06 09:30:00 +01:00, bob@example.org, What follows\n3. ann@example.org, Last",
            document.Text);
    }

    [Fact]
    public async Task Messages_are_as_they_were_before_they_were_put_into_the_mailbox()
    {
        var entries = await UnpackAsync(Sample());

        var second = await new EmlReader().ReadAsync(new MemoryStream(entries[1].Content.ToArray()), "2.eml");
        Assert.EndsWith("From here on it rains.\nFrom now on as well.\n\nFrom the quoted.", second.Text, StringComparison.Ordinal);
        Assert.Equal("first@example.org", second.Tags["thread"]);
        Assert.Equal(Encoding.UTF8.GetString(MailFiles.Sample()).Trim(), Encoding.UTF8.GetString(entries[0].Content.Span).Trim());
    }

    [Fact]
    public void A_mailbox_is_told_by_how_it_begins()
    {
        Assert.Equal("application/mbox", MediaTypes.Detect(Sample(), "Inbox"));
        Assert.Equal("message/rfc822", MediaTypes.Detect(Sample(), "Inbox.eml"));
        Assert.Equal("text/plain", MediaTypes.Detect("From here on it rains."u8, "a.txt"));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new MboxReader(limits);

    protected override byte[] Sample() => MailFiles.Mailbox();
}
