using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests.Reading;

public sealed class EntryNamesTests
{
    [Theory]
    [InlineData("a/b.txt", "a/b.txt")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("..\\..\\windows\\win.ini", "windows/win.ini")]
    [InlineData("C:\\a.txt", "a.txt")]
    [InlineData("a/./b/../c.txt", "a/b/c.txt")]
    [InlineData("a\u0000b\u202Egpj.exe\n", "abgpj.exe")]
    [InlineData(" / .. /", "unnamed")]
    [InlineData(null, "unnamed")]
    public void Names_cannot_leave_their_container(string? name, string clean) => Assert.Equal(clean, new EntryNames().Add(name));

    [Fact]
    public void Names_that_are_alike_are_told_apart()
    {
        var names = new EntryNames();

        Assert.Equal(["a.txt", "a (2).txt", "a (3).txt", "a (2) (2).txt", "b", "b (2)"], new[] { "a.txt", "../a.txt", "/a.txt", "a (2).txt", "b", "b" }.Select(name => names.Add(name)));
    }

    [Fact]
    public void Long_names_keep_their_extension()
    {
        var name = new EntryNames().Add(new string('a', 1_000) + ".docx");

        Assert.Equal(120, name.Length);
        Assert.EndsWith("a.docx", name, StringComparison.Ordinal);
    }
}
