using Rag.Chat.Dialogue;

namespace Rag.Cli.Tests.Dialogue;

public sealed class LineEditorTests
{
    private static readonly ConsoleKeyInfo Enter = Key(ConsoleKey.Enter, '\r');
    private static readonly ConsoleKeyInfo Left = Key(ConsoleKey.LeftArrow);
    private static readonly ConsoleKeyInfo Up = Key(ConsoleKey.UpArrow);
    private static readonly ConsoleKeyInfo Down = Key(ConsoleKey.DownArrow);
    private static readonly ConsoleKeyInfo Backspace = Key(ConsoleKey.Backspace, '\b');

    [Fact]
    public void Read_inserts_at_the_cursor() => Assert.Equal(["split query"], Read([.. Type("splitquery"), Left, Left, Left, Left, Left, .. Type(" "), Enter]));

    [Fact]
    public void Read_recalls_earlier_lines_with_the_arrows() =>
        Assert.Equal(["one", "two", "one", "two!"], Read([.. Type("one"), Enter, .. Type("two"), Enter, Up, Up, Enter, Up, Up, .. Type("x"), Backspace, Up, Down, .. Type("!"), Enter]));

    [Fact]
    public void Read_takes_a_character_of_two_code_units_as_one() => Assert.Equal(["ab"], Read([.. Type("a🙂b"), Left, Backspace, Enter]));

    [Fact]
    public void Read_knows_the_control_keys() =>
        Assert.Equal(["end", "one three", "kept"], Read([.. Type("gone"), Control(ConsoleKey.U), .. Type("end"), Enter, .. Type("one two"), Control(ConsoleKey.W), .. Type("three"), Enter, .. Type("kept lost"), Control(ConsoleKey.A), .. Rights(4), Control(ConsoleKey.K), Enter]));

    [Fact]
    public void Read_ends_at_control_d_on_an_empty_line() => Assert.Equal(["a"], Read([.. Type("a"), Enter, Control(ConsoleKey.D)]));

    [Fact]
    public void Read_clears_the_line_at_control_c() => Assert.Equal(["b"], Read([.. Type("a"), Control(ConsoleKey.C), .. Type("b"), Enter]));

    [Fact]
    public void Read_shows_the_part_of_a_long_line_that_ends_at_the_cursor()
    {
        using var screen = new StringWriter();
        var keys = new Queue<ConsoleKeyInfo>([.. Type("0123456789abcdefghij"), Enter]);

        new LineEditor(keys.Dequeue, screen, () => 14).Read("> ");

        Assert.Contains("> \e[0m9abcdefghij\e[K", screen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("89abcdefghij\e[K", screen.ToString(), StringComparison.Ordinal);
    }

    private static List<string> Read(ConsoleKeyInfo[] keys)
    {
        var queue = new Queue<ConsoleKeyInfo>([.. keys, Control(ConsoleKey.D)]);
        var editor = new LineEditor(queue.Dequeue, TextWriter.Null, () => 80);
        List<string> lines = [];
        while (editor.Read("> ") is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static IEnumerable<ConsoleKeyInfo> Type(string text) => text.Select(c => new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false));

    private static IEnumerable<ConsoleKeyInfo> Rights(int count) => Enumerable.Repeat(Key(ConsoleKey.RightArrow), count);

    private static ConsoleKeyInfo Key(ConsoleKey key, char c = '\0') => new(c, key, false, false, false);

    private static ConsoleKeyInfo Control(ConsoleKey key) => new('\0', key, false, false, control: true);
}
