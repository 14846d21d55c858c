using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class EmlReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["Größe.txt", "Größe (2).txt", "notes.csv"];

    [Fact]
    public async Task A_message_is_read_with_its_head_its_text_and_the_message_inside()
    {
        var document = await ReadAsync(Sample());

        Golden.Check("sample.eml.txt", Golden.Describe(document));
        Assert.Equal("first@example.org", document.Tags["thread"]);
        Assert.Equal(["Encrypted parts were not read: 1. Save the message decrypted to have them."], document.Warnings);
    }

    [Fact]
    public async Task Attachments_are_entries_with_their_bytes()
    {
        var entries = await UnpackAsync(Sample());

        Assert.Equal(["attached text\n", "again", "a;b"], entries.Select(e => Encoding.UTF8.GetString(e.Content.Span).Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    public static TheoryData<string, string, string> Texts { get; } = new()
    {
        { "nothing but text", "Hello there.\n\nNo head at all.", "Hello there.\n\nNo head at all." },
        { "a missing boundary is guessed", "Content-Type: multipart/mixed\n\n--x\n\nOne.\n--x\n\nTwo.\n--x--\n", "One.\n\nTwo." },
        { "a boundary that does not occur", "Content-Type: multipart/mixed; boundary=b\n\nStill shown.", "Still shown." },
        { "cut off within a part", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe beginning of", "The beginning of" },
        { "a boundary that begins like another", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nOne.\n--bc\nStill one.\n--b--\nepilogue", "One.\n--bc\nStill one." },
        { "flowed text is joined", "Content-Type: text/plain; format=flowed\n\nThis line \ngoes on.\n > no quote\n>> a quote \n>> goes on", "This line goes on.\n> no quote\n\na quote goes on" },
        { "an unknown transfer encoding", "Content-Transfer-Encoding: x-unknown\n\nAs it is.", "As it is." },
        { "broken base64", "Content-Transfer-Encoding: base64\n\nSGVs!bG8g*d29y\nbGQ", "Hello world" },
        { "broken quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n100 = 3D=C3=A4=\n!=", "100 = 3Dä!" },
        { "an unknown charset", "Content-Type: text/plain; charset=x-none\n\nCafé", "Café" },
        { "a wrong charset", "Content-Type: text/plain; charset=iso-8859-1\n\nCafé", "Café" },
        { "only white space in the plain part", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>Shown <b>well</b>.<p hidden>Never.\n--b--", "Shown well." },
        { "encoded words in two pieces", "Subject: =?utf-8?B?w6Q=?= =?UTF-8?Q?_b=C3?=\n =?utf-8?q?=A4?= end\n\nx", "ä bä end\n\nx" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Messages_good_and_bad_are_read_as_what_they_are(string what, string message, string text)
    {
        var document = await ReadAsync(Encoding.UTF8.GetBytes(message));

        Assert.True(text == document.Text, $"{what}: {document.Text}");
    }

    [Theory]
    [InlineData("Fri, 16 Dec 2022 17:04:16 -0500 (EST)", "2022-12-16 17:04:16 -05:00")]
    [InlineData("16 Dec 22 17:04 GMT", "2022-12-16 17:04:00 +00:00")]
    [InlineData("Mon, 16 Dec 2022 17:04:16 +0100", "2022-12-16 17:04:16 +01:00")]
    [InlineData("2025-07-29T12:42:06.000Z", "2025-07-29 12:42:06 +00:00")]
    [InlineData("yesterday", "yesterday")]
    public async Task Dates_are_given_in_ISO_8601(string date, string expected)
    {
        var document = await ReadAsync(Encoding.UTF8.GetBytes($"Date: {date}\n\nx"));

        Assert.Equal($"Date: {expected}\n\nx", document.Text);
    }

    [Theory]
    [InlineData("1709627400.M1.host:2,S", "From: a@example.org\nDate: Tue, 5 Mar 2024 09:30:00 +0100\nSubject: x\n\ny", "message/rfc822")]
    [InlineData("note.txt", "From: a@example.org\nDate: Tue, 5 Mar 2024 09:30:00 +0100\nSubject: x\n\ny", "text/plain")]
    [InlineData("note", "From: Ann\nNote: x\n\ny", "text/plain")]
    [InlineData("note", "", "text/plain")]
    public void A_message_without_an_extension_is_told_by_its_header(string name, string text, string mediaType) => Assert.Equal(mediaType, MediaTypes.Detect(Encoding.UTF8.GetBytes(text), name));

    [Fact]
    public async Task Messages_in_messages_without_end_are_read_to_a_depth()
    {
        var message = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 5_000)) + "Subject: deep\n\nx";

        DocumentPromises.Check(await ReadAsync(Encoding.UTF8.GetBytes(message)));
    }

    [Fact]
    public async Task Every_message_of_the_data_is_read()
    {
        foreach (var file in Directory.GetFiles(SharedData.Require("office-eml"), "*.eml"))
        {
            var document = await DocumentReaders.Default.ReadFileAsync(file, Path.GetFileName(file));

            DocumentPromises.Check(document);
            Assert.True(document.Blocks.Count > 1 || Path.GetFileName(file) is "empty.eml" or "fake-encrypted.eml", file);
        }
    }

    [Theory]
    [InlineData("fake-email-utf-16.eml", "Roses are red")]
    [InlineData("fake-email-utf-16-le.eml", "Roses are red")]
    [InlineData("fake-email-utf-16-be.eml", "Roses are red")]
    [InlineData("fake-email-malformed-encoding.eml", "Violets are blue")]
    [InlineData("mime-multipart-digest.eml", "This is the third message in the digest.")]
    [InlineData("mime-word-encoded-subject.eml", "☸☿")]
    [InlineData("email-replace-mime-encodings-error-4.eml", "Hi! I’m Ihor")]
    public async Task What_must_be_found_is_found(string file, string text)
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require($"office-eml/{file}"), file);

        Assert.Contains(text, document.Text, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new EmlReader(limits);

    protected override byte[] Sample() => MailFiles.Sample();

    private static Task<Document> ReadAsync(byte[] bytes) => new EmlReader().ReadAsync(new MemoryStream(bytes), "sample");
}
