using Rag.Pdf.Files.Security;

namespace Rag.Pdf.Tests.Files.Security;

public sealed class DecryptionTests
{
    public static TheoryData<string> Methods => ["r2-rc4-40", "r3-rc4-128", "r4-rc4-128", "r4-aes-128", "r4-aes-128-open-metadata", "r5-aes-256", "r6-aes-256", "r6-object-streams"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Open_takes_the_user_or_the_owner_password(string file)
    {
        foreach (var password in new[] { "user", "owner" })
        {
            AssertOpen(new Opened(EncryptedFiles.Read(file), password));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Open_wants_the_right_password(string file)
    {
        Assert.True(Assert.Throws<PdfException>(() => new Opened(EncryptedFiles.Read(file))).NeedsPassword);
        var e = Assert.Throws<PdfException>(() => new Opened(EncryptedFiles.Read(file), "wrong"));
        Assert.True(e.NeedsPassword);
        Assert.Contains("--password", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_tries_the_empty_password_by_itself()
    {
        AssertOpen(new Opened(EncryptedFiles.Read("r6-aes-256-empty-user")));
        AssertOpen(new Opened(EncryptedFiles.Read("r6-aes-256-empty-user"), "not needed"));
    }

    [Fact]
    public void Open_takes_a_password_of_any_letters()
    {
        AssertOpen(new Opened(EncryptedFiles.Read("r6-aes-256-unicode"), "pässwörd"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Open_decrypts_a_file_whose_table_is_damaged(string file)
    {
        var bytes = EncryptedFiles.Read(file);
        bytes.AsSpan(bytes.AsSpan().LastIndexOf("startxref"u8), 9).Fill((byte)'x');

        AssertOpen(new Opened(bytes, "user"));
    }

    [Fact]
    public void Open_says_which_encryption_it_does_not_know()
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.TrailerEntries = "/Encrypt << /Filter /Adobe.PubSec /V 4 >>";
        Assert.Contains("Adobe.PubSec", Assert.Throws<PdfException>(() => new Opened(pdf.ToBytes())).Message, StringComparison.Ordinal);

        pdf.TrailerEntries = "/Encrypt << /Filter /Standard /V 3 >>";
        Assert.Contains("version 3", Assert.Throws<PdfException>(() => new Opened(pdf.ToBytes())).Message, StringComparison.Ordinal);

        pdf.TrailerEntries = "/Encrypt << /Filter /Standard /V 5 /R 6 /O (short) >>";
        Assert.Contains("damaged", Assert.Throws<PdfException>(() => new Opened(pdf.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Key", "Plaintext", "BBF316E8D940AF0AD3")]
    [InlineData("Wiki", "pedia", "1021BF0420")]
    [InlineData("Secret", "Attack at dawn", "45A01F645FC35B383552544B9BF5")]
    public void Rc4_gives_the_known_cipher_text(string key, string plain, string expected)
    {
        var output = new byte[plain.Length];

        Rc4.Apply(System.Text.Encoding.ASCII.GetBytes(key), System.Text.Encoding.ASCII.GetBytes(plain), output);

        Assert.Equal(expected, Convert.ToHexString(output));
    }

    private static void AssertOpen(Opened opened)
    {
        PdfFileTests.AssertSays("Top secret text", opened);
        Assert.Equal("A secret title", opened.File.Information!.Text("Title"));
        Assert.Equal("Än", opened.File.Information!.Text("Author"));
        using var metadata = opened.File.Catalog.Stream("Metadata")!.Decode();
        Assert.StartsWith("<x>metadata xml</x>", System.Text.Encoding.Latin1.GetString(metadata.Span), StringComparison.Ordinal);
    }
}
