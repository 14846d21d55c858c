using Rag.Chat.Dialogue;

namespace Rag.Cli.Tests.Dialogue;

public sealed class PlainTests
{
    [Theory]
    [InlineData("\e[31mred\e[0m", "[31mred[0m")]
    [InlineData("a\u009b2Jb\u0007\u007f\0", "a2Jb")]
    [InlineData("one\r\ntwo\tthree", "one\ntwo    three")]
    [InlineData("abc\u202egpj.exe", "abcgpj.exe")]
    [InlineData("naïve 東京 🙂", "naïve 東京 🙂")]
    public void Text_keeps_words_and_drops_what_controls_a_terminal(string text, string safe) => Assert.Equal(safe, Plain.Text(text));

    [Fact]
    public void Text_replaces_half_a_character() => Assert.Equal("half \ufffd", Plain.Text("half \ud83d"));

    [Fact]
    public void Line_makes_one_line() => Assert.Equal("a b c", Plain.Line("  a\r\n\tb\n\n c "));

    [Fact]
    public void Text_of_random_characters_holds_no_control_character()
    {
        var random = new Random(5);

        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 50).Select(_ => (char)random.Next(0, 0x300)));
            Assert.DoesNotContain(Plain.Text(text), c => char.IsControl(c) && c != '\n');
        }
    }
}
