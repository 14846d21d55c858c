using System.Text;
using Rag.Api.Jobs;

namespace Rag.Api.Tests.Jobs;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Übersicht für 文書.md", "Übersicht für 文書.md")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\x", "x")]
    [InlineData("C:\\Users\\me\\x.txt", "x.txt")]
    [InlineData("C:x.txt", "C_x.txt")]
    [InlineData("/srv/a/../b.txt", "b.txt")]
    [InlineData("a\0.txt", "a.txt")]
    [InlineData("a\r\nContent-Type: x.txt", "aContent-Type_ x.txt")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")] // no longer reads as "invoiceexe.pdf"
    [InlineData("\U000E0041hidden.txt", "hidden.txt")]
    [InlineData("a.txt:stream", "a.txt_stream")]
    [InlineData("a<b>|?*\".txt", "a_b_____.txt")]
    [InlineData("  spaced.txt . ", "spaced.txt")]
    [InlineData(".env", ".env")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("COM1.tar.gz", "_COM1.tar.gz")]
    [InlineData("lpt9 .txt", "_lpt9 .txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a\u2215b\uFF0Fc.txt", "a\u2215b\uFF0Fc.txt")] // look like separators, are none
    public void Of_leaves_a_safe_last_segment(string name, string safe) => Assert.Equal(safe, FileName.Of(name));

    [Fact]
    public void Of_gives_well_formed_text_in_form_C()
    {
        Assert.Equal("\uFFFD.txt", FileName.Of("\uD800.txt")); // half a pair
        Assert.Equal("U\u0308bersicht.md".Normalize(), FileName.Of("U\u0308bersicht.md")); // which a runtime without Unicode's tables leaves as it is
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" . .. ")]
    [InlineData("../..")]
    [InlineData("folder/")]
    [InlineData("\u200B\u202E\0")]
    public void Of_refuses_what_leaves_nothing(string? name) => Assert.Equal(400, Assert.Throws<ApiProblemException>(() => FileName.Of(name)).Status);

    [Theory]
    [InlineData("a")]
    [InlineData("文")]
    [InlineData("👩‍👩‍👧")]
    public void Of_cuts_a_long_name_and_tells_it_from_others_that_begin_alike(string letter)
    {
        var (one, two) = (FileName.Of(string.Concat(Enumerable.Repeat(letter, 400)) + "1.pdf"), FileName.Of(string.Concat(Enumerable.Repeat(letter, 400)) + "2.pdf"));

        Assert.NotEqual(one, two);
        Assert.EndsWith(".pdf", one, StringComparison.Ordinal);
        Assert.InRange(one.Length, 50, 200);
        Assert.InRange(Encoding.UTF8.GetByteCount(one), 100, 240);
        Assert.Equal(one, FileName.Of(one));
    }

    [Fact]
    public void Of_gives_for_any_text_a_name_that_stays_in_its_folder()
    {
        var random = new Random(7);
        string[] pieces = ["..", "/", "\\", ".", "a", "é", "\0", "\n", ":", "CON", "\uD83D", "\uDE00", "\u202E", "文", " ", "%2e%2e%2f", "~", "aux", "\u0301"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            string safe;
            try
            {
                safe = FileName.Of(text);
            }
            catch (ApiProblemException)
            {
                continue;
            }

            Assert.Equal(safe, Path.GetFileName(safe));
            Assert.Equal("/files/" + safe, Path.GetFullPath("/files/" + safe));
            Assert.DoesNotContain(safe, c => c is '\\' or ':' || char.IsControl(c));
            Assert.Equal(safe, FileName.Of(safe));
        }
    }
}
