using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class MsgReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["plan.txt", "deep.txt"];

    [Fact]
    public async Task A_message_is_read_with_its_head_its_text_and_the_message_inside()
    {
        var document = await ReadAsync(Sample());

        Golden.Check("sample.msg.txt", Golden.Describe(document));
    }

    [Fact]
    public async Task A_body_in_compressed_RTF_is_read()
    {
        // the worked example of [MS-OXRTFCP], 4.1
        var packed = Convert.FromHexString("2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423" + "20af32068656c090020627705b06c647d0a800fa0");
        byte[] raw = [.. new byte[4], .. BitConverter.GetBytes(40), .. "MELA"u8, .. new byte[4], .. @"{\rtf1 As it is.}"u8];

        Assert.Equal("hello world", (await ReadAsync(CompoundFiles.Of(("__properties_version1.0", new byte[32]), ("__substg1.0_10090102", packed)))).Text);
        Assert.Equal("As it is.", (await ReadAsync(CompoundFiles.Of(("__properties_version1.0", new byte[32]), ("__substg1.0_10090102", raw)))).Text);
    }

    [Fact]
    public async Task What_must_be_found_in_a_message_of_Outlook_is_found()
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require("office-markitdown/test_outlook_msg.msg"), "a");

        Assert.Equal("Test Email Message", document.Title);
        Assert.All(["test.sender@example.com", "To: test.recipient@example.com", "This is the body of the test email message"], text => Assert.Contains(text, document.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_message_is_refused_with_a_sentence()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]));

        Assert.Contains("no complete compound file", error.Message, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new MsgReader(limits);

    protected override byte[] Sample() => CompoundFiles.Of(
        ("__properties_version1.0", [.. new byte[32], .. Property(0x00390040, new DateTimeOffset(2024, 3, 5, 8, 30, 0, TimeSpan.Zero).ToFileTime())]),
        ("__substg1.0_0037001F", Wide("Report on the bridge")),
        ("__substg1.0_0C1A001F", Wide("Jürgen Meier")),
        ("__substg1.0_5D01001F", Wide("jm@example.org")),
        ("__substg1.0_1000001F", Wide("The bridge is 120 m long.\r\n\r\nIt was built in 1882.")),
        ("__recip_version1.0_#00000000/__substg1.0_3001001F", Wide("Ann")),
        ("__recip_version1.0_#00000000/__substg1.0_39FE001F", Wide("ann@example.org")),
        ("__recip_version1.0_#00000001/__substg1.0_3001001F", Wide("bob@example.org")),
        ("__recip_version1.0_#00000001/__properties_version1.0", [.. new byte[8], .. Property(0x0C150003, 2)]),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", Wide("plan.txt")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", Encoding.UTF8.GetBytes("The plan.")),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0", [.. new byte[24], .. Property(0x3FDE0003, 1251)]),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001E", Encoding.ASCII.GetBytes("Inner")),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_10130102", [.. "<p>"u8, 0xCC, 0xEE, 0xF1, 0xF2, .. "</p>"u8]),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__attach_version1.0_#00000000/__substg1.0_3704001F", Wide("deep.txt")),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__attach_version1.0_#00000000/__substg1.0_37010102", Encoding.UTF8.GetBytes("Deep.")));

    private static byte[] Wide(string text) => Encoding.Unicode.GetBytes(text);

    private static byte[] Property(int tag, long value) => [.. BitConverter.GetBytes(tag), .. new byte[4], .. BitConverter.GetBytes(value)];

    private static Task<Document> ReadAsync(byte[] bytes) => new MsgReader().ReadAsync(new MemoryStream(bytes), "sample");
}
