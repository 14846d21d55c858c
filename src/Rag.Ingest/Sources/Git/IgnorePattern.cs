using System.Text;

namespace Rag.Ingest.Sources.Git;

/// <summary>One line of a .gitignore, matched as Git's wildmatch does: by bytes, with <c>*</c>, <c>?</c>, sets and <c>**</c>. Time is at most the length of the pattern times that of the path.</summary>
internal sealed class IgnorePattern
{
    // The paths of Linux are no longer.
    private const int MaxLength = 4096;

    private readonly Token[] _tokens;
    private readonly byte[] _prefix; // as far as the pattern is plain text
    private readonly bool _isName; // it has no slash, so it says something of names, wherever they are

    private IgnorePattern(Token[] tokens, byte[] prefix, bool isName, bool isNegated, bool isFolder) =>
        (_tokens, _prefix, _isName, IsNegated, IsFolder) = (tokens, prefix, isName, isNegated, isFolder);

    private enum Kind
    {
        Byte,
        One,
        Set,
        Many, // but no slash
        All, // slashes as well
        Never,
    }

    /// <summary>Whether it takes back what an earlier pattern ignored.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether it means folders only.</summary>
    public bool IsFolder { get; }

    /// <summary>Reads a line; <see langword="null"/> for a comment, an empty line and one longer than any path.</summary>
    public static IgnorePattern? Parse(string line)
    {
        var text = WithoutTrailingSpaces(line);
        if (text.Length is 0 or > MaxLength || text[0] == '#')
        {
            return null;
        }

        var isNegated = text[0] == '!';
        text = isNegated ? text[1..] : text;
        var isFolder = text.EndsWith('/');
        text = isFolder ? text[..^1] : text;
        var isName = !text.Contains('/', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text.StartsWith('/') ? text[1..] : text);
        var prefix = bytes.AsSpan().IndexOfAny("*?[\\"u8) is >= 0 and var special ? bytes[..special] : bytes;
        return new([.. Tokens(bytes, isName, prefix.Length)], prefix, isName, isNegated, isFolder);
    }

    /// <summary>Whether it means that path.</summary>
    /// <param name="path">The path below the folder of the file in which the pattern stands, with slashes, in UTF-8.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Matches(ReadOnlySpan<byte> path, bool isFolder)
    {
        var text = _isName ? path[(path.LastIndexOf((byte)'/') + 1)..] : path;
        return (isFolder || !IsFolder) && text.StartsWith(_prefix) && Matches(text);
    }

    // All ways to match at once: which tokens may come next, after each byte.
    private bool Matches(ReadOnlySpan<byte> text)
    {
        if (_prefix.Length == _tokens.Length)
        {
            return text.Length == _prefix.Length;
        }

        var (now, next) = (new bool[_tokens.Length + 1], new bool[_tokens.Length + 1]);
        Enter(now, 0);
        foreach (var b in text)
        {
            Array.Clear(next);
            var isAlive = false;
            for (var i = 0; i < _tokens.Length; i++)
            {
                if (now[i] && _tokens[i].Takes(b))
                {
                    isAlive = true;
                    next[i] |= _tokens[i].Kind is Kind.Many or Kind.All;
                    Enter(next, i + 1);
                }
            }

            if (!isAlive)
            {
                return false;
            }

            (now, next) = (next, now);
        }

        return now[^1];
    }

    private void Enter(bool[] states, int at)
    {
        while (!states[at])
        {
            states[at] = true;
            if (at < _tokens.Length && _tokens[at] is { Kind: Kind.All, CanSkipSlash: true } && at + 2 <= _tokens.Length)
            {
                Enter(states, at + 2); // "a/**/b" means "a/b" too
            }

            if (at == _tokens.Length || _tokens[at].Kind is not (Kind.Many or Kind.All))
            {
                return;
            }

            at++;
        }
    }

    private static List<Token> Tokens(byte[] pattern, bool isName, int plain)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case (byte)'*':
                    var start = i;
                    while (i + 1 < pattern.Length && pattern[i + 1] == '*')
                    {
                        i++;
                    }

                    // Git compares the plain beginning by itself, so that what follows it stands at the start: "a**/b" means "a" and then "**/b".
                    var isBounded = i > start && (start == plain || pattern[start - 1] == '/') && (i + 1 == pattern.Length || pattern[i + 1] == '/' || pattern.AsSpan(i + 1).StartsWith("\\/"u8));
                    tokens.Add(isName || isBounded ? new(Kind.All) { CanSkipSlash = isBounded && i + 1 < pattern.Length && pattern[i + 1] == '/' } : new(Kind.Many));
                    break;
                case (byte)'?':
                    tokens.Add(new(Kind.One));
                    break;
                case (byte)'\\':
                    tokens.Add(++i < pattern.Length ? new(Kind.Byte, pattern[i]) : new(Kind.Never)); // nothing is escaped: no match
                    break;
                case (byte)'[':
                    tokens.Add(ByteSet.Read(pattern, ref i) is { } set ? new(Kind.Set) { Set = set } : new(Kind.Never));
                    break;
                default:
                    tokens.Add(new(Kind.Byte, pattern[i]));
                    break;
            }
        }

        return tokens;
    }

    // spaces at the end do not count, but for an escaped one
    private static string WithoutTrailingSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ')
        {
            end--;
        }

        var backslashes = 0;
        while (backslashes < end && line[end - 1 - backslashes] == '\\')
        {
            backslashes++;
        }

        return line[..(end < line.Length && backslashes % 2 == 1 ? end + 1 : end)];
    }

    private readonly record struct Token(Kind Kind, byte Value = 0)
    {
        public bool CanSkipSlash { get; init; }

        public bool[]? Set { get; init; }

        public bool Takes(byte b) => Kind switch
        {
            Kind.Byte => b == Value,
            Kind.One or Kind.Many => b != '/',
            Kind.All => true,
            Kind.Set => b != '/' && Set![b],
            _ => false,
        };
    }
}
